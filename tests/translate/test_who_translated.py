"""Where several engines share an article, each sentence keeps the id of the one that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from press import NOW, Notebook, Scripted, article

from limitedtimes.model import Translation
from limitedtimes.protocols import Rendering
from limitedtimes.translate import translate


class Shared(Scripted):
    """Two engines behind one: what is about a bridge is the other one's."""

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        rendered = super().translate(sentences, language, terms)
        return [
            replace(one, engine="other/1" if "Brücke" in text else self.id)
            for one, text in zip(rendered, sentences, strict=True)
        ]


ENGLISH = {
    "Die Stadt baut eine neue Brücke.": "The city is building a new bridge.",
    "Der Bau beginnt im Mai.": "Construction begins in May.",
    "Die Brücke wird aus Stahl gebaut.": "The bridge will be built of steel.",
    "Sie sehen es auf": "You can see it at",
    "und auf der Brücke selbst.": "and on the bridge itself.",
}


def translated(*texts: str) -> Translation:
    (answer,) = translate([article(*texts)], engine=Shared(ENGLISH), memory=Notebook(), now=NOW)
    assert isinstance(answer, Translation)
    return answer


def test_each_sentence_names_its_engine_and_the_article_the_one_that_did_most() -> None:
    answer = translated(*list(ENGLISH)[:3])
    assert [sentence.engine for sentence in answer.sentences] == ["other/1", "scripted/1", "other/1"]
    assert answer.engine == "other/1"


def test_a_sentence_that_two_engines_made_in_pieces_names_both() -> None:
    answer = translated(next(iter(ENGLISH)), "Sie sehen es auf www.example.org und auf der Brücke selbst.")
    assert answer.sentences[1].engine == "scripted/1 + other/1"
