"""Corrections as a user types them, over a whole edition: what is shown, what it costs, and what is exchanged."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from limitedtimes.cli import DONE, WRONG_USAGE, compose, main
from limitedtimes.config import load
from limitedtimes.edition import render
from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.model import Origin, Published
from limitedtimes.protocols import Rendering

REFUSED = "Sie kostet 14 Millionen Euro."
"""What the engine cannot do is in no memory, so it is tried again with its article."""
SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
pytestmark = pytest.mark.usefixtures("own_edition")


def gather() -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE


def published() -> list[Published]:
    """The latest first."""
    store = compose.store(load(None))
    try:
        found = [store.published(teaser.id) for teaser in store.teasers(now=compose.clock(), limit=9)]
    finally:
        store.close()
    return [item for item in found if item]


def clean_article() -> Published:
    """One whose sentences could all be translated: a refused one is asked for again with its article."""
    return next(item for item in published() if all(said.origin != "none" for said in item.translation.sentences))


def page(article: str, *, pairs: bool = False) -> str:
    item = next(item for item in published() if item.article.id == article)
    return render.article_file(item, side_by_side=pairs, settings=compose.settings(load(None))).decode()


def test_a_correction_is_on_the_page_at_the_next_run_and_no_engine_is_asked(
    sent: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    gather()
    before = clean_article()
    id_, number = before.article.id, 2
    sent.clear()
    assert main(["correct", before.path, f"s{number}", "A bridge for the town.", "--by", "Anna Ó'Né"]) == DONE
    assert main(["correct", id_, "0", "Town to build bridge", "--by", "Ben", "--note", "shorter"]) == DONE
    assert capsys.readouterr().out.count("1 article is on the line,") == 2
    gather()
    assert sent == []
    after = next(item for item in published() if item.article.id == id_)
    said = after.translation.sentences[number]
    assert (said.text, said.engine, said.flags) == ("A bridge for the town.", "human/Anna Ó'Né", ())
    assert after.path == before.path
    assert after.updated > before.updated
    untouched = {item.article.id: item.updated for item in published() if item.article.id != id_}
    assert all(at <= before.updated or at < after.updated for at in untouched.values())
    assert "Town to build bridge" in page(id_)
    assert "2 sentences were corrected by hand, by <bdi>" in page(id_)
    assert "Corrected by hand, by <bdi>Anna Ó&#39;Né</bdi>, on <time" in page(id_, pairs=True)
    store = compose.store(load(None))
    assert "Town to build bridge" in [teaser.headline for teaser in store.teasers(now=compose.clock(), limit=9)]
    store.close()


def test_a_revision_keeps_the_correction_of_a_sentence_that_it_leaves_alone(tmp_path: Path, sent: list[str]) -> None:
    folder = tmp_path / "pages"
    shutil.copytree(SAMPLE, folder)
    assert main(["gather", "--pages", str(folder)]) == DONE
    item = next(item for item in published() if item.article.language == "de")
    numbers = {sentence.text: sentence.number for sentence in item.article.sentences}
    stands, changes = (
        "Viele Menschen kamen zu dem Fest am Fluss.",
        "Das Land zahlt 70 Prozent der Kosten, die Stadt zahlt den Rest.",
    )
    for text, english in ((stands, "Crowds came."), (changes, "The state pays 70 percent.")):
        assert main(["correct", item.article.id, str(numbers[text]), english, "--by", "Anna"]) == DONE
    fresh = "Am Morgen hatte es in der Stadt noch geregnet, doch zum Fest schien die Sonne."
    page = folder / "rathaus.html"
    revised = page.read_text(encoding="utf-8").replace("<p>Steinau", f"<p>{fresh}</p>\n<p>Steinau")
    page.write_text(revised.replace("70 Prozent", "80 Prozent"), encoding="utf-8")
    sent.clear()
    assert main(["gather", "--pages", str(folder)]) == DONE
    new = next(other for other in published() if other.article.id == item.article.id)
    assert new.revision == 2
    said = {sentence.text: new.translation.sentences[sentence.number] for sentence in new.article.sentences}
    assert said[stands].text == "Crowds came."
    assert said[stands].number != numbers[stands]
    asked = {fresh, changes.replace("70", "80")}
    assert asked <= set(sent) <= {*asked, REFUSED}
    assert said[changes.replace("70", "80")].origin is not Origin.HUMAN


@pytest.mark.parametrize("where", [(), ("--everywhere",)])
def test_a_headline_that_no_engine_can_do_is_given_by_a_person(
    where: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Pseudo.translate

    def silent(self: Pseudo, sentences: list[str], language: str, terms: None = None) -> list[Rendering]:
        said = whole(self, sentences, language, terms)
        return [Rendering("") if "Brücke über" in text else one for text, one in zip(sentences, said, strict=True)]

    monkeypatch.setattr(Pseudo, "translate", silent)
    gather()
    store = compose.store(load(None))
    (waiting,) = store.awaiting(limit=9)
    store.close()
    assert "headline" in waiting.why
    assert main(["correct", waiting.id, "0", "Town opens new bridge", "--by", "Anna", *where]) == DONE
    gather()
    assert any("-town-opens-new-bridge." in item.path for item in published())


def test_undone_the_engine_has_the_word_again(sent: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    item = clean_article()
    text = item.translation.sentences[1].text
    for english in ("First.", "Second."):
        main(["correct", item.article.id, "1", english, "--by", "Anna"])
    capsys.readouterr()
    assert main(["corrections", "list"]) == DONE
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2"]
    sent.clear()
    for number, shown in (("2", "First."), ("1", text)):
        assert main(["corrections", "undo", number]) == DONE
        gather()
        assert clean_article().translation.sentences[1].text == shown
    assert sent == []
    assert main(["corrections", "undo", "1"]) == WRONG_USAGE
    assert main(["corrections", "undo", "7"]) == WRONG_USAGE
    capsys.readouterr()
    main(["corrections", "list", "--all"])
    assert capsys.readouterr().out.count("[undone ") == 2


def test_a_mistake_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    real = clean_article().article.id
    for article, number, english, by, wrong in (
        (real, "999", "x", "A", "999: no such sentence; "),
        (real, "first", "x", "A", "first: no such sentence; "),
        (real, "٣", "x", "A", "٣: no such sentence; "),
        ("0000000000", "1", "x", "A", "0000000000: no such article; "),
        ("http://[", "1", "x", "A", "http://[: no such article; "),
        (real, "1", " ", "A", "correct: english is empty; "),
        (real, "1", "x", "", "correct: by is empty; "),
        (real, "1", "\udcff", "A", "correct: english is not UTF-8; "),
    ):
        capsys.readouterr()
        assert main(["correct", article, number, english, "--by", by]) == WRONG_USAGE
        error = capsys.readouterr().err
        assert error.startswith(f"limitedtimes: {wrong}")
        assert error.count("\n") == 1


def test_a_figure_that_differs_is_kept_and_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    item, number = next(
        (item, sentence.number)
        for item in published()
        for sentence in item.article.sentences
        if re.search(r"\b\d{2}\b", sentence.text)
    )
    capsys.readouterr()
    assert main(["correct", item.article.id, str(number), "It is 97.", "--by", "Anna"]) == DONE
    assert "limitedtimes: warning: " in capsys.readouterr().err
    assert main(["corrections", "list"]) == DONE
    assert "It is 97." in capsys.readouterr().out


def test_what_is_exported_is_imported_and_put_on_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gather()
    item = clean_article()
    main(["correct", item.article.id, "1", "Tom & Jerry <said> “so”.", "--by", "Anna", "--note", "a > b"])
    main(["correct", item.article.id, "0", "Everywhere", "--by", "Ben", "--everywhere"])
    assert main(["corrections", "export", "out.tmx"]) == DONE
    assert main(["corrections", "import", "out.tmx"]) == DONE
    assert "0 corrections added, 2 known" in capsys.readouterr().out
    monkeypatch.setenv("LIMITEDTIMES_DATA", str(tmp_path / "other"))
    gather()
    capsys.readouterr()
    assert main(["corrections", "import", "out.tmx"]) == DONE
    said = capsys.readouterr().out
    assert "2 corrections added, 0 known\n1 article is on the line" in said
    assert main(["corrections", "export", "again.tmx"]) == DONE
    assert (tmp_path / "again.tmx").read_bytes() == (tmp_path / "out.tmx").read_bytes()
    gather()
    assert clean_article().translation.sentences[1].text == "Tom & Jerry <said> “so”."


def test_a_file_that_cannot_be_taken_is_one_line_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = '<tu><tuv xml:lang="de"><seg>Ja.</seg></tuv>\n<tuv xml:lang="en"><seg>{}</seg></tuv></tu>\n'
    (tmp_path / "bad.tmx").write_text(f"<tmx><body>\n{unit.format('Yes.')}{unit.format('x' * 10_001)}</body></tmx>")
    assert main(["corrections", "import", "bad.tmx"]) == WRONG_USAGE
    told = capsys.readouterr().err
    assert told == "limitedtimes: bad.tmx:4: english has 10,001 characters; at most 10,000 are kept\n"
    (tmp_path / "odd.tmx").write_text(f"<tmx><body>\n{unit.format('Yes.')}{unit.format(' ')}</body></tmx>")
    assert main(["corrections", "import", "odd.tmx"]) == DONE
    said = capsys.readouterr()
    assert "1 correction added, 0 known" in said.out
    assert "odd.tmx: 1 unit passed over, without English beside another language" in said.err
    main(["corrections", "undo", "1"])
    assert main(["corrections", "import", "none.tmx"]) == WRONG_USAGE
    assert main(["corrections", "export", "no/such/folder.tmx"]) == WRONG_USAGE
    assert capsys.readouterr().err.count("\n") == 2
    main(["corrections", "list"])
    assert capsys.readouterr().out == ""
