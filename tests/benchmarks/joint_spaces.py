"""Made-up spaces in which texts and pictures lie apart, and how often what is absent is told there.

    python -m tests.benchmarks.joint_spaces

No CLIP-like weights come with the program, so where matches end in such spaces is measured on
vectors with the properties that are published of them:

- the modality gap and the cone: in OpenAI's CLIP the means of pictures and of texts are 0.82
  apart, and pictures without relation have a cosine of about 0.5 (Liang et al., "Mind the Gap",
  NeurIPS 2022, arXiv 2203.02053);
- low, narrow scores: a picture and its caption lie at 0.3, where LAION-400M drew the line for
  ViT-B/32 (arXiv 2111.02114), some 0.1 above chance; in SigLIP 2 at 0.06 to 0.09, with others
  below zero (github.com/ncoevoet/facet, issue 145);
- no flat cut-off: the best picture of one question has less than the noise of another one
  (github.com/immich-app/immich, issue 5996), as each has a conformity of its own (Levi and Gilboa,
  "The Double-Ellipsoid Geometry of CLIP", ICML 2025, arXiv 2411.14517);
- anisotropy: a few directions hold most of the variance (the same);
- how well they tell concepts apart: the energy of a concept is such that of 1000 concepts a picture
  finds its own as often as was published for ImageNet: 0.63 (ViT-B/32), 0.76 (ViT-L/14; arXiv
  2103.00020), 0.76 (SigLIP B/16; arXiv 2303.15343), 0.83 (SigLIP 2 so400m; arXiv 2502.14786).

A concept has relatives: a zebra's picture answers "giraffe" half-way. Libraries hold concepts by a
power law, as people's do. Half of the spaces were looked at when the constants were chosen; the
other half is printed apart.

What this can't show: how the towers err on real pictures. A made-up space is no proof of a real
one, and nothing at all was published of Nova's, so "like Nova" is a guess.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova_desktop.library.backgrounds import CONTENTS
from nova_desktop.library.evidence import Background, learn
from nova_desktop.model import Modality, Near, Row, Source

Floats = NDArray[np.float32]
ASKED = 60  # concepts of each kind: present, and absent
RELATED = 8  # concepts of one family


@dataclass(frozen=True)
class Setting:
    """A space, and a library in it. Energies are shares of a vector's squared length."""

    name: str
    dim: int
    cone: float  # energy of the mean of a modality: the cosine of two unrelated pictures
    gap: float  # cosine of the two means
    concept: float  # by how much a picture is nearer to its own text than to one of another family
    relatives: float  # which share of that also lies between members of a family
    spectrum: float  # variance of direction n falls as n to the minus this: the anisotropy
    conformity: float  # deviation of the energy of the mean, over vectors
    pictures: int
    concepts: int  # that the library holds; there are twice as many
    skew: float  # of the power law by which concepts have pictures
    texts: int  # rows of words in it


SPACES = (
    ("like CLIP B/32", 512, 0.5, 0.35, 0.115, 0.35, 0.3, 0.03),
    ("like CLIP L/14", 768, 0.5, 0.35, 0.108, 0.4, 0.3, 0.03),
    ("like SigLIP B/16", 768, 0.45, -0.05, 0.126, 0.3, 0.5, 0.04),
    ("like SigLIP 2", 1152, 0.45, -0.05, 0.122, 0.4, 0.5, 0.04),
    ("like Nova", 1024, 0.3, 0.5, 0.3, 0.4, 0.6, 0.03),
    ("steep", 768, 0.4, 0.1, 0.2, 0.35, 0.8, 0.04),
)
LIBRARIES = ((150, 60, 0.5, 0), (1500, 120, 1.0, 300), (3000, 240, 1.0, 0))
SETTINGS = tuple(Setting(*space, *library) for space in SPACES for library in LIBRARIES)


@dataclass(frozen=True)
class World:
    """The vectors of one setting."""

    pictures: Floats
    of: NDArray[np.int64]  # the concept of each picture
    texts: Floats  # rows of words
    present: Floats  # questions, each on a concept of `asked`
    asked: NDArray[np.int64]
    absent: Floats


def world(setting: Setting, seed: int) -> World:
    chance = np.random.default_rng(seed)
    dim = setting.dim
    scales = np.arange(1, dim + 1) ** (-setting.spectrum / 2)
    scales /= np.linalg.norm(scales)
    turned = np.linalg.qr(chance.standard_normal((dim, dim)))[0]

    def ways(count: int) -> NDArray[np.float64]:
        """Of length 1 or about, more of them in some directions than in others."""
        return np.asarray((chance.standard_normal((count, dim)) * scales) @ turned)

    first, other = np.linalg.qr(chance.standard_normal((dim, 2)))[0].T
    means = first, setting.gap * first + np.sqrt(1 - setting.gap**2) * other
    every = 2 * setting.concepts
    families = ways(-(-every // RELATED))[np.arange(every) // RELATED]
    meant = np.sqrt(setting.relatives) * families + np.sqrt(1 - setting.relatives) * ways(every)

    def vectors(concepts: NDArray[np.int64], mean: NDArray[np.float64]) -> Floats:
        count = len(concepts)
        cone = np.clip(setting.cone + setting.conformity * chance.standard_normal(count), 0.05, 0.9)
        noise = np.maximum(0.02, 1 - cone - setting.concept)
        made = np.sqrt(cone)[:, None] * mean + np.sqrt(setting.concept) * meant[concepts]
        made += np.sqrt(noise)[:, None] * ways(count)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)

    order = chance.permutation(every)
    held, lacking = order[: setting.concepts], order[setting.concepts :]
    shares = np.arange(1, setting.concepts + 1) ** -setting.skew
    of = chance.choice(held, setting.pictures, p=shares / shares.sum())
    asked = chance.choice(np.unique(of), ASKED)
    words = chance.choice(order, setting.texts)
    return World(
        vectors(of, means[0]),
        of,
        vectors(words, means[1]),
        vectors(asked, means[1]),
        asked,
        vectors(chance.choice(lacking, ASKED), means[1]),
    )


def background(made: World, chance: np.random.Generator) -> Background:
    """What is learned of a library: from as many of its rows as the program takes."""
    sources = [Source.PICTURE] * len(made.pictures) + [Source.TEXT] * len(made.texts)
    vectors = np.concatenate([made.pictures, made.texts])
    some = chance.permutation(len(vectors))[:CONTENTS]
    rows = [Row(f"{n}", 0, Modality.IMAGE, None, sources[n], "", 0.0, vectors[n]) for n in some]
    return learn(len(vectors), rows, by_words=False)


def judged(made: World, learned: Background) -> tuple[float, float, float]:
    """Share of absent concepts that are said to be; recall among ten without and with an end."""

    def best(question: Floats, wanted: int | None) -> tuple[float, bool]:
        scores = made.pictures @ question
        judge = learned.judge("", question)
        top = np.argsort(-scores)[:10]
        near = Near("", 0, Modality.IMAGE, None, Source.PICTURE, "", 0.0, float(scores[top[0]]))
        return judge.evidence(near), wanted is not None and wanted in made.of[top]

    present = [best(v, int(k)) for v, k in zip(made.present, made.asked, strict=True)]
    absent = [best(v, None)[0] for v in made.absent]
    said = float(np.mean([sure < learned.ends for sure in absent]))
    without = float(np.mean([right for _, right in present]))
    within = float(np.mean([right and sure >= learned.ends for sure, right in present]))
    return said, without, within


def main() -> int:
    for half, of_half in enumerate(("looked at", "held out")):
        print(f"\n{of_half:32} said    recall at 10 without and with an end")
        found = []
        for number, space in enumerate(SPACES[half::2]):
            for library in LIBRARIES:
                setting = Setting(*space, *library)
                made = world(setting, 100 * half + number)
                found.append(judged(made, background(made, np.random.default_rng(number))))
                said, without, within = found[-1]
                name = f"{setting.name}, {setting.pictures} pictures"
                print(f"{name:32} {said:.2f}    {without:.2f}  {within:.2f}")
        print(f"{'mean':32} " + "    ".join(f"{v:.2f}" for v in np.mean(found, axis=0)))
        low, high = intervals(np.array(found))
        print(f"{'95 % of it':32} " + "    ".join(map("{:.2f}–{:.2f}".format, low, high)))
    return 0


def intervals(found: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """95 % of the mean, by drawing settings again and again by chance."""
    drawn = np.random.default_rng(0).integers(0, len(found), (1000, len(found)))
    means = found[drawn].mean(axis=1)
    return np.quantile(means, 0.025, axis=0), np.quantile(means, 0.975, axis=0)


if __name__ == "__main__":
    sys.exit(main())
