"""Words that say nothing by themselves, in languages that write spaces and have many readers.

The index has no stop words: it would have to guess the language, and "to be or not to be" is a
question. But where a question has other words, these carry no match that is worth marking, and no
group of files is named by them.
"""

from __future__ import annotations

_OF = """
a an the of on in at to for from by with and or is are was were be it its this that as into my our
not but
der die das den dem des ein eine einen einem einer eines und oder im am an auf aus bei mit von vom
zu zum zur für ist sind war über unter nach vor nicht
le la les un une des du de et ou en au aux dans sur sous avec pour par est sont ce cette
el los las uno una unos unas del al y o con por para es son su sus que como
il lo gli i uno e ed nel nella nei sul sulla di da che per tra fra della dei delle non
os as um uma do da dos das no na nos nas em com ao aos não
het een van op te voor met bij naar
"""
SMALL_WORDS = frozenset(_OF.split())
