"""The glossary on the line: who is given which terms, what the memory is asked by, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from limitedtimes.model import Article, Block, BlockKind, FlagKind, Sentence, Translation
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Rendering
from limitedtimes.translate import memory_keys, translate
from limitedtimes.translate.glossary import Glossary, Scope, Term

NOW = datetime(2026, 11, 10, 18, 2, tzinfo=UTC)
AMPEL, CHEF = Term("de", "Ampel", ("coalition",)), Term("de", "Staatschef", ("president",))
TEXTS = ("Die Ampel streitet.", "Der Staatschef kam.", "Die Stadt baut.")


class Engine:
    """Says what it is told to, and keeps what it was asked with which terms."""

    id, languages = "told/1", frozenset({"de"})
    drafts: Mapping[str, float] = {}

    def __init__(self, *said: str) -> None:
        self.script = dict(zip(TEXTS, said, strict=False))
        self.calls: list[tuple[list[str], dict[str, str]]] = []

    def fits(self, sentence: str, language: str) -> bool:
        return True

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        self.calls.append((list(sentences), dict(terms or {})))
        return [Rendering(self.script[sentence]) for sentence in sentences]


class Notes:
    """A memory of what was translated."""

    def __init__(self) -> None:
        self.known: dict[MemoryKey, Rendering] = {}

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:
        return {key: self.known[key] for key in keys if key in self.known}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        return {}


def article(*texts: str, url: str = "https://example.org/a") -> Article:
    sentences = tuple(Sentence(number, number - 2, text, "de") for number, text in enumerate(texts))
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts[2:])
    return Article(url, "de.blatt", "de", texts[0], "", (), None, None, "", (), None, blocks, sentences, NOW)


def scope(*terms: Term) -> Scope:
    return Glossary(terms).within(source="", section="")


def done(engine: Engine, memory: Notes, *terms: Term) -> Translation:
    item = article(*TEXTS)
    (answer,) = translate([item], engine=engine, memory=memory, now=NOW, terms=lambda _: scope(*terms))
    assert isinstance(answer, Translation)
    for english, key in zip(answer.sentences, memory_keys(item, engine=engine, terms=scope(*terms)), strict=True):
        assert key is not None
        assert key.glossary == english.glossary
        memory.known[key] = Rendering(english.text)
    return answer


SAID = ("The coalition argues.", "The president came.", "The town builds.")


def test_sentences_without_terms_never_see_those_of_others() -> None:
    engine = Engine(*SAID)
    done(engine, Notes(), AMPEL, CHEF)
    assert engine.calls == [([TEXTS[2]], {}), ([*TEXTS[:2]], {"Ampel": "coalition", "Staatschef": "president"})]


def test_a_changed_term_asks_for_the_sentences_that_it_touches_only() -> None:
    memory = Notes()
    before = done(Engine(*SAID), memory, AMPEL)
    engine = Engine(*SAID)
    after = done(engine, memory, AMPEL, CHEF)
    assert [call[0] for call in engine.calls] == [[TEXTS[1]]]
    assert [s.glossary for s in before.sentences][::2] == [s.glossary for s in after.sentences][::2]
    assert before.glossary != after.glossary
    again = Engine(*SAID)
    done(again, memory, AMPEL, CHEF)
    assert again.calls == []


def test_a_word_that_is_two_things_in_two_articles_is_asked_for_apart() -> None:
    engine, other = Engine("The coalition argues."), Term("de", "Ampel", ("light",))
    items = [article(TEXTS[0], url=f"https://example.org/{name}") for name in "abcd"]
    terms = {item.id: scope(own) for item, own in zip(items, (AMPEL, other) * 2, strict=True)}
    first, second, *_ = translate(items, engine=engine, memory=Notes(), now=NOW, terms=lambda item: terms[item.id])
    assert [call[1] for call in engine.calls] == [{"Ampel": "coalition"}, {"Ampel": "light"}]
    assert isinstance(first, Translation)
    assert isinstance(second, Translation)
    assert not first.sentences[0].flags
    assert [flag.kind for flag in second.sentences[0].flags] == [FlagKind.GLOSSARY]
