"""Other words for what is recognised in pictures and sounds, which is said in English. Pure.

The encoder knows most of them by their meaning, but not every short word alone ("rot"), and word
search knows none.
"""

from __future__ import annotations

import functools

from nova_desktop.folding import fold
from nova_desktop.kinds import Modality

# What is said: other words for it. Words of German, and the first of French, Spanish and Italian.
_WORDS = """
red: rot rote roter rotes roten rotem rouge rouges rojo roja rojos rosso rossa
orange: orangefarben naranja arancione
yellow: gelb gelbe gelber gelbes gelben gelbem jaune amarillo amarilla giallo gialla
green: grün grüne grüner grünes grünen grünem vert verte verde
blue: blau blaue blauer blaues blauen blauem bleu bleue azul
violet: violett violette violetter violettes violetten lila purple morado
pink: rosa
brown: braun braune brauner braunes braunen braunem brun marrón marrone
black: schwarz schwarze schwarzer schwarzes schwarzen schwarzem noir noire negro negra nero nera
grey: gray grau graue grauer graues grauen grauem gris grigio
white: weiß weiße weißer weißes weißen weißem blanc blanche blanco blanca bianco bianca
black white: schwarzweiß schwarzweißbild schwarzweißbilder schwarzweißfoto schwarzweißfotos
black white: monochrome
dark: dunkel dunkle dunkler dunkles dunklen
bright: helle heller helles hellen
night: nachts nacht nächte nächtlich nächtliche nuit noche notte nights
sky: himmel cielo ciel skies
sea: meer ozean ocean seas oceans mer
sunset: sunsets sonnenuntergang sonnenuntergänge sonnenaufgang sunrise abendrot abendhimmel dusk
grass: gras wiese wiesen rasen lawn meadow meadows herbe hierba erba
screenshot: screenshots bildschirmfoto bildschirmfotos
silence: silent stille
noise: noises noisy rauschen geräusch geräusche
music: musik musique música musica
speech: voice voices sprache stimme stimmen gesprochen speaking talking
"""

# Words for what kind of file is meant, which say next to nothing of what is in it.
_KINDS = {
    Modality.IMAGE: "picture pictures photo photos photograph photographs image images bild bilder "
    "foto fotos fotografie",
    Modality.VIDEO: "video videos film films filme clip clips movie movies",
    Modality.AUDIO: "audio sound sounds recording recordings tonaufnahme aufnahme aufnahmen",
}


def said(term: str) -> tuple[str, ...]:
    """The words that are all said where a folded term is meant; () where it has no other ones."""
    return _said().get(term, ())


def with_said(text: str) -> str:
    """A question with the words that are said for its own, to look for either."""
    known = _said()
    more = [word for term in fold(text).replace("-", " ").split() for word in known.get(term, ())]
    return " ".join([text, *dict.fromkeys(more)])


def kind_meant(term: str) -> Modality | None:
    """The kind of file that a folded term names."""
    return _kinds().get(term)


@functools.cache
def _said() -> dict[str, tuple[str, ...]]:
    lines = (line.partition(":") for line in _WORDS.strip().splitlines())
    return {fold(word): tuple(told.split()) for told, _, words in lines for word in words.split()}


@functools.cache
def _kinds() -> dict[str, Modality]:
    return {fold(word): kind for kind, words in _KINDS.items() for word in words.split()}
