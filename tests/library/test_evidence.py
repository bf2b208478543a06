"""How surely rows answer a question, and where matches end."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nova_desktop.library.backgrounds import CONTENTS, Backgrounds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.evidence import COVERAGE, QUESTIONS, Prior, learn, terms_of, unknown
from nova_desktop.model import Modality, Near, Row, Source, Space
from nova_desktop.stores.memory import MemoryStore

SPACE = Space("words", "m", 64, 1)
CHANCE = np.random.default_rng(3)


def unit(vector) -> np.ndarray:
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def any_way() -> np.ndarray:
    return unit(CHANCE.normal(size=SPACE.dim))


def row(content: str, vector, words: str = "", number: int = 0, source=Source.TAGS) -> Row:
    return Row(content, number, Modality.IMAGE, None, source, words, 0.0, vector)


def near(words: str = "", score: float = 0.0, source=Source.TAGS) -> Near:
    return Near("c", 0, Modality.IMAGE, None, source, words, 0.0, score)


def noise(count: int) -> list[Row]:
    return [row(f"{n:04}", any_way(), f"word{n}") for n in range(count)]


@pytest.mark.parametrize("rows", [0, 1, 2, 40, 500])
def test_a_row_like_the_question_answers_and_a_row_like_all_others_does_not(rows):
    learned = learn(rows, noise(rows), by_words=True)
    question = any_way()
    judge = learned.judge("a giraffe", question)
    assert judge.evidence(near("cat", 0.8)) >= learned.ends
    assert judge.evidence(near("cat", 0.2)) < learned.ends


def test_a_question_that_everything_is_near_to_needs_more_than_another_one():
    rows = noise(300)
    middle = unit(sum(one.vector for one in rows))
    learned = learn(len(rows), rows, by_words=True)
    apart = learned.judge("", any_way()).evidence(near(score=0.4))
    assert learned.judge("", middle).evidence(near(score=0.4)) < apart


def test_words_that_are_everywhere_prove_less_than_rare_ones():
    rows = [row(f"{n}", any_way(), f"the word{n}") for n in range(90)]
    judge = learn(90, rows, by_words=True).judge("the volcano")
    assert judge.coverage("a volcano") > 0.7 > 0.3 > judge.coverage("the cat on the sofa")


def test_half_of_the_question_is_no_answer_and_all_of_it_is():
    learned = learn(600, (), by_words=True)
    judge = learned.judge("football stadium")
    assert judge.evidence_of("football helmet") < learned.ends <= COVERAGE
    assert judge.evidence_of("the Football-Stadium, at night") >= learned.ends


def test_half_of_the_question_proves_less_than_half_of_what_all_of_it_does():
    judge = learn(600, (), by_words=True).judge("football stadium")
    assert judge.evidence_of("football helmet") < 0.4 * judge.evidence_of("football stadium")


def test_articles_alone_are_near_nothing():
    learned = learn(600, (), by_words=True)
    for typed in ("the", "The, THE", "von der", "a of"):
        judge = learned.judge(typed, any_way())
        assert judge.evidence(near("the hat of the man", score=0.9)) == 0
    assert learned.judge("the hat").evidence_of("the hat") >= learned.ends


def test_a_name_that_the_question_holds_whole_is_an_answer():
    learned = learn(600, (), by_words=True)
    judge = learned.judge("the audiobook of Sense and Sensibility that Heather read")
    assert judge.evidence_of("sense and sensibility.ogg") < learned.ends
    assert judge.evidence_of_name("sense and sensibility.ogg") >= learned.ends
    assert learned.judge("the age of chivalry, read").evidence_of_name("age of chivalry.ogg") >= 3
    assert judge.evidence_of_name("audiobook.ogg") < learned.ends  # one word says too little
    assert judge.evidence_of_name("sense and nonsense.ogg") < learned.ends


def test_labels_are_read_against_labels_and_passages_against_passages():
    """A question of one word lies nearer to all single words than to any passage."""
    question = any_way()
    passage = "a passage of more words than a label or the name of a file has "
    labels = [row(f"l{n}", unit(any_way() + 0.6 * question), f"word{n}") for n in range(60)]
    passages = [row(f"p{n}", any_way(), f"{passage}{n}") for n in range(60)]
    judge = learn(120, [*labels, *passages], by_words=True).judge("", question)
    assert judge.evidence(near("cat", 0.5)) < judge.evidence(near(passage, 0.5)) - 0.5


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("galaxies", "galaxy"),
        ("dogs", "a photo of dog"),
        ("cat", "cats and kittens"),
        ("Désolé", "desole"),
        ("東京", "東京タワーの写真"),
        ("поезд", "Поезда идут"),
        ("IMG_2041", "img 2041"),
        ("Salzwasser", "in kochendes Salz-\nwasser"),
    ],
)
def test_terms_are_found_in_any_script_and_form(asked, words):
    assert unknown(by_words=True).judge(asked).coverage(words) >= 0.7


def test_a_question_of_signs_is_judged_by_its_words_where_vectors_are_of_words():
    assert terms_of("?!  ") == []
    for asked in ("?!", "…", "-", "🎉", "👍🏽"):
        judge = unknown(by_words=True).judge(asked, any_way())
        assert judge.coverage("anything") == 0.0
        assert judge.evidence(near("anything", 0.9)) == 0
        seen = unknown(by_words=False).judge(asked, any_way())
        assert seen.evidence(near("anything", 0.9, Source.PICTURE)) > 0
    assert unknown(by_words=True).judge("", any_way()).evidence(near("anything", 0.9)) > 0
    party = unknown(by_words=True).judge("🎉", any_way())
    assert party.evidence(near("Party 🎉 at the beach", 0.1)) == COVERAGE


def test_pictures_are_read_against_pictures_where_they_have_vectors_of_their_own():
    low = [row(f"p{n}", any_way(), source=Source.PICTURE) for n in range(80)]
    question = any_way()
    high = [row(f"t{n}", unit(any_way() + 0.6 * question), f"text{n}") for n in range(80)]
    learned = learn(160, [*low, *high], by_words=False)
    judge = learned.judge("", question)
    picture, text = near(score=0.5, source=Source.PICTURE), near(score=0.5)
    assert judge.evidence(picture) > 2 * judge.evidence(text)


def test_the_more_rows_the_surer_a_match_has_to_be():
    few, many, huge = (learn(rows, (), by_words=True).ends for rows in (40, 600, 10**7))
    assert few + 0.15 < many <= huge < 2


def test_where_papers_are_much_alike_less_is_asked_of_a_match():
    kinds = [any_way() for _ in range(8)]
    alike = [row(f"{n:04}", unit(kinds[n % 8] + 0.5 * any_way()), f"word{n}") for n in range(120)]
    ends = learn(600, alike, by_words=True).ends
    assert learn(40, (), by_words=True).ends <= ends < most() - 0.05


def test_where_rows_find_each_other_little_less_is_asked_of_a_match():
    assert Prior().least <= learn(600, noise(120), by_words=True).ends < most() - 0.05


def test_where_rows_find_each_other_as_in_most_libraries_nothing_else_is_asked():
    assert Prior().ends(600, [Prior().finds] * QUESTIONS) == most()


def most() -> float:
    return learn(600, (), by_words=True).ends


def test_of_few_pictures_nothing_is_concluded():
    learned = learn(5, noise(5), by_words=False)
    judge = learned.judge("a giraffe", any_way())
    assert judge.evidence(near(score=0.01, source=Source.PICTURE)) >= learned.ends


@pytest.mark.parametrize(("mean", "width"), [(0.2, 0.03), (-0.02, 0.02), (0.4, 0.05)])
def test_what_is_no_picture_is_told_whatever_the_scale_of_a_space(mean, width):
    """Scores as a space with a modality gap has them: narrow, and anywhere."""
    cone = unit(np.eye(SPACE.dim)[0])
    across = np.sqrt(1 - mean**2)

    def picture(meant: np.ndarray | None = None, more: float = 0.0) -> np.ndarray:
        found = CHANCE.normal(size=SPACE.dim) * width / across
        found[0] = 0.0
        rest = math.sqrt(max(0.0, 1 - float(found @ found)))
        return unit(rest * cone + found + (0 if meant is None else more * meant))

    rows = [row(f"{n:04}", picture(), source=Source.PICTURE) for n in range(200)]
    learned = learn(200, rows, by_words=False)
    told = found = 0
    for _ in range(60):
        way = any_way()
        way[0] = 0.0
        way = unit(way)
        question = unit(mean * cone + np.sqrt(1 - mean**2) * way)
        judge = learned.judge("", question)
        best = max(float(one.vector @ question) for one in rows)
        told += judge.evidence(near(score=best, source=Source.PICTURE)) < learned.ends
        answer = float(picture(way, 8 * width) @ question)
        found += judge.evidence(near(score=answer, source=Source.PICTURE)) >= learned.ends
    assert told > 30  # half of what nothing at all is like: the best of 200 by chance
    assert found >= 57


class Filled:
    """A catalog and a store that hold the same contents."""

    def __init__(self, folder):
        self.catalog, self.store = Catalog(folder / "catalog.sqlite"), MemoryStore()
        self.catalog.add_root("/lib")
        self.backgrounds = Backgrounds(self.catalog, self.store)
        self.count = 0

    def add(self, count: int) -> None:
        rows = [
            row(f"{self.count + n:032x}", any_way(), f"word{self.count + n}") for n in range(count)
        ]
        self.store.put(SPACE, rows)
        with self.catalog.write() as db:
            db.executemany(
                "INSERT INTO contents (content, modality, info) VALUES (?, 'image', '{}')",
                [(one.content,) for one in rows],
            )
            db.executemany(
                "INSERT INTO indexed VALUES (?, ?, 1)", [(one.content, SPACE.name) for one in rows]
            )
        self.count += count


class Words:
    """As much of an engine as a background needs."""

    space = SPACE
    embeds_words = True


@pytest.fixture
def filled(tmp_path):
    return Filled(tmp_path)


def test_what_is_learned_is_kept_and_learned_again_as_the_library_grows(filled):
    filled.add(8)
    filled.backgrounds.learn(Words)
    few = filled.backgrounds.of(Words)
    assert len(few.vectors) == few.rows == 8
    filled.add(1)
    filled.backgrounds.learn(Words)
    assert filled.backgrounds.of(Words).rows == 8  # not for a ninth
    filled.add(300)
    filled.backgrounds.learn(Words)
    many = filled.backgrounds.of(Words)
    assert (many.rows, len(many.vectors)) == (309, CONTENTS)
    again = Backgrounds(filled.catalog, filled.store).of(Words)
    assert again.ends == many.ends
    assert np.allclose(again.vectors, many.vectors, atol=1e-3)


def test_before_anything_is_learned_what_was_measured_elsewhere_counts(filled):
    assert filled.backgrounds.of(Words).ends == unknown(by_words=True).ends > 0


def test_what_was_learned_of_rows_that_are_gone_is_forgotten(filled):
    filled.add(100)
    filled.backgrounds.learn(Words)
    filled.store.forget([f"{n:032x}" for n in range(95)])
    filled.backgrounds.learn(Words)
    assert filled.backgrounds.of(Words).rows == 5


def test_among_a_handful_of_rows_less_is_enough() -> None:
    handful, few = (learn(rows, (), by_words=True).ends for rows in (2, 40))
    assert handful < few - 0.2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("rot", "a photo of volcano, red"),
        ("ein grünes Auto", "a photo of car, green"),
        ("Sonnenuntergang", "sunset"),
        ("schwarz-weiß", "black and white photo"),
        ("Schwarzweißfoto", "black and white photo"),
    ],
)
def test_other_words_for_what_is_recognised_are_found_in_it(asked, words):
    covered = unknown(by_words=True).judge(asked).coverage(words)
    assert covered >= (0.3 if "Auto" in asked else 0.99)
    assert unknown(by_words=True).judge(asked).coverage("yellow submarine") == 0


def test_a_word_for_the_kind_of_file_says_little_of_what_is_in_it():
    judge = unknown(by_words=True).judge("blue picture")
    seen = judge.coverage("blue and white", Modality.IMAGE)
    assert seen == pytest.approx(1.0)
    assert 0.6 < judge.coverage("blue and white", Modality.VIDEO) < seen
    assert judge.coverage("a cat", Modality.IMAGE) < 0.4
    assert judge.evidence_of("a cat", Modality.IMAGE) < 0.2


def test_a_word_for_the_kind_of_file_alone_is_looked_for_in_words():
    judge = unknown(by_words=True).judge("photos")
    assert judge.coverage("a cat", Modality.IMAGE) == 0
    assert judge.coverage("my photos") == pytest.approx(1.0)
