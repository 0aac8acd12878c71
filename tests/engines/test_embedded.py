"""Models on disk: found, named, shared, and refused in one line when they are broken."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tiny_model import CARD, MAX_TOKENS, build, build_separate

from limitedtimes.engines.asking import BATCH_TOKENS, batches
from limitedtimes.engines.card import read_card
from limitedtimes.engines.embedded import Embedded, Model, Shelf
from limitedtimes.engines.layout import CONFIG, SEPARATE, SHARED, WEIGHTS
from limitedtimes.engines.table import open_engines
from limitedtimes.errors import ConfigError


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sound") / "de-en")


@pytest.fixture
def model(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "de-en"))


def test_the_id_names_the_model_and_changes_with_its_files(model: Path) -> None:
    before = Shelf().open(model).id
    assert re.fullmatch(r"ctranslate2/tiny-de-en@[0-9a-f]{8}", before)
    with (model / "model.bin").open("ab") as weights:
        weights.write(b"x")
    assert Shelf().open(model).id != before


def test_what_else_it_would_say_is_there_as_often_as_it_is_asked_for(model: Path) -> None:
    given = ["Das Haus mit 11 Türen.", "Der Fluss.", "Eine neue Brücke.", "Am Montag kam der Bürgermeister."]
    greedy, wide = (Shelf().open(model, beam=beam).translate(given, "de") for beam in (1, 3))
    assert [list(one.others) for one in greedy] == [[]] * 4
    for one in wide:
        others = list(one.others)
        assert len(others) == 2
        scores = [one.score or 0, *(other.score or 0 for other in others)]
        assert scores == sorted(scores, reverse=True)
        assert list(one.others) == others
    # Of random weights, two hypotheses may be the same text in other pieces; not of every sentence.
    assert max(len({one.text, *(other.text for other in one.others)}) for one in wide) == 3


def model_of(engine: object) -> Model:
    assert isinstance(engine, Embedded)
    return engine._model


def test_another_beam_is_another_engine_on_the_same_weights(model: Path) -> None:
    shelf = Shelf()
    greedy, wide = shelf.open(model), shelf.open(model, beam=4)
    assert wide.id == greedy.id + "+beam4" == Shelf(beam=4).open(model).id
    assert model_of(wide) is model_of(greedy)
    assert len(wide.translate(["Die Stadt baut."], "de")) == 1


def test_a_directory_by_two_names_is_loaded_once_and_two_shelves_share_nothing(model: Path) -> None:
    shelf = Shelf()
    one, other = shelf.open(model), shelf.open(model / ".." / model.name)
    assert model_of(one) is model_of(other)
    assert model_of(one).load() is model_of(other).load()
    assert model_of(Shelf().open(model)) is not model_of(one)


def test_no_weights_are_read_before_the_first_translation(model: Path) -> None:
    engine = Shelf().open(model)
    (model / "model.bin").write_bytes(b"broken")
    assert engine.languages == {"de"}
    with pytest.raises(ConfigError, match=r"model\.bin: the model cannot be loaded"):
        engine.translate(["Die Stadt."], "de")


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG, *SHARED, "model.toml"])
def test_a_missing_file_is_named(model: Path, name: str) -> None:
    (model / name).unlink()
    with pytest.raises(ConfigError, match=re.escape(str(model / name))):
        Shelf().open(model)


@pytest.fixture(scope="session")
def separate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_separate(tmp_path_factory.mktemp("separate") / "many-en")


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG, *SEPARATE, "model.toml"])
def test_a_missing_file_is_named_where_each_side_has_its_own_too(separate: Path, tmp_path: Path, name: str) -> None:
    model = Path(shutil.copytree(separate, tmp_path / "many-en"))
    (model / name).unlink()
    with pytest.raises(ConfigError, match=re.escape(str(model / name))):
        Shelf().open(model)


def test_the_network_is_told_the_language(separate: Path) -> None:
    engine = Shelf().open(separate)
    german, french = (engine.translate(["Die Stadt baut eine Brücke."], language) for language in ("de", "fr"))
    assert german != french


@pytest.mark.parametrize("prefix", [">>{language}<<", "<{lang}>", "{"])
def test_a_prefix_that_the_pieces_lack_is_an_error_that_names_it(separate: Path, tmp_path: Path, prefix: str) -> None:
    model = Path(shutil.copytree(separate, tmp_path / "many-en"))
    card = (model / "model.toml").read_text(encoding="utf-8")
    (model / "model.toml").write_text(card.replace("<{language}>", prefix), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"model\.toml: prefix: source\.model has no piece"):
        Shelf().open(model).translate(["Die Stadt."], "de")


def test_the_network_sees_no_figure(separate: Path) -> None:
    """Two sentences that differ in their figures only are one sentence to it; each has its own put back."""
    engine = Shelf().open(separate, beam=2)
    sentence = "Der Bürgermeister sprach am {}. Mai von {} Besuchern."
    one, other = (
        engine.translate([sentence.format(*figures)], "de")[0] for figures in (("3", "11.000"), ("17", "250"))
    )
    assert one.score == other.score
    assert set("0123456789") & set(one.text)
    assert one.text != other.text
    assert not [char for char in one.text + other.text if "\ue000" <= char <= "\uf8ff"]


def test_the_separate_vocabularies_and_pieces_count_in_the_id(separate: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(separate, tmp_path / "many-en"))
    before = Shelf().open(model).id
    shutil.copyfile(model / "source.model", model / "target.model")
    assert Shelf().open(model).id != before


def test_broken_pieces_are_named_in_one_line(model: Path) -> None:
    (model / "sentencepiece.model").write_bytes(b"\x00\xff nonsense")
    with pytest.raises(ConfigError, match=r"sentencepiece\.model: the model cannot be loaded") as caught:
        Shelf().open(model).translate(["Die Stadt."], "de")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('languages = ["de"]', "languages = []", "languages"),
        ('languages = ["de"]', 'languages = "de"', "languages"),
        (f"max_tokens = {MAX_TOKENS}", "max_tokens = 0", "max_tokens"),
        (f"max_tokens = {MAX_TOKENS}", "max_tokens = true", "max_tokens"),
        ('name = "tiny-de-en"', "", "name"),
        ("bleu = 0.1", 'bleu = "good"', "bleu"),
        ("[scores]", "[scores", "TOML"),
        ("[scores]", "unsure = 0.1\n[scores]", "unsure"),
        ("[scores]", "unsure = true\n[scores]", "unsure"),
        ("[scores]", "unsure = nan\n[scores]", "unsure"),
    ],
)
def test_a_wrong_card_is_an_error_that_names_file_and_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    (tmp_path / "model.toml").write_text(CARD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=field) as caught:
        read_card(tmp_path)
    assert str(tmp_path / "model.toml") in str(caught.value)


def test_scores_are_read_flat(tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text(CARD, encoding="utf-8")
    assert read_card(tmp_path).scores == {"flores bleu": 0.1, "flores chrf": 2.0}


def test_a_folder_of_models_opens_them_all_and_an_empty_one_is_refused(model: Path, tmp_path: Path) -> None:
    assert [engine.languages for engine in open_engines("embedded", folder=tmp_path, shelf=Shelf())] == [{"de"}]
    assert len(open_engines("embedded", folder=model, shelf=Shelf())) == 1
    shutil.rmtree(model)
    with pytest.raises(ConfigError, match="no model here"):
        open_engines("embedded", folder=tmp_path, shelf=Shelf())


def test_a_batch_with_its_padding_is_bounded_and_every_index_is_in_one() -> None:
    pieces = [["x"] * (number * 7 % 90) for number in range(300)]
    made = list(batches(pieces))
    assert sorted(index for batch in made for index in batch) == [i for i, piece in enumerate(pieces) if piece]
    assert all(len(batch) * max(len(pieces[i]) for i in batch) <= BATCH_TOKENS for batch in made)
