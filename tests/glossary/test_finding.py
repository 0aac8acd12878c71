"""Which terms a sentence has: inflected, in any script, the longest first, and only where they hold."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from limitedtimes.translate.glossary import Glossary, Term, finding


def said(text: str, *terms: Term, language: str = "", source: str = "", section: str = "") -> list[str]:
    scope = Glossary(terms).within(source=source, section=section)
    return [match.said for match in scope.find(text, language or terms[0].language).matches]


@pytest.mark.parametrize(
    ("language", "term", "text", "wanted"),
    [
        ("de", "Staatschef", "Der Staatschef traf die Frau des Staatschefs.", ["Staatschef", "Staatschefs"]),
        ("de", "Staatschef", "Die Staatschefin und die Staatskanzlei", []),
        ("de", "Ampel", "Das Ampel-Aus: Die Ampeln blinken, Ampelmännchen auch.", ["Ampeln"]),
        ("de", "Rat", "Die Räte tagen, ratlos, sie raten.", ["Räte"]),
        ("de", "Wahl", "Wahlen: sie wählen", ["Wahlen"]),
        ("fr", "parti", "les partis, une partie", ["partis"]),
        ("fr", "Canal+", "Canal+ montre le canal, Canal+.", ["Canal+", "Canal+"]),
        ("de", "Bundesamt (BAMF)", "Das Bundesamt (BAMF) prüft.", ["Bundesamt (BAMF)"]),
        ("de", "„Spiegel“", "Der „Spiegel“ und der Spiegel", ["„Spiegel“", "Spiegel"]),
        ("es", "estado", "los estados están", ["estados"]),
        ("ru", "выборы", "на выборах, выбор", ["выборах"]),
        ("de", "Grüne Jugend", "mit der Grünen Jugend, der grünen Wiese", ["Grünen Jugend"]),
        ("de", "Auswärtiges Amt", "beim Auswärtigen Amt und für das Auswärtige", ["Auswärtigen Amt"]),
        ("de", "Deutscher Bundestag", "im Deutschen Bundestag, dem Deutschlandtag", ["Deutschen Bundestag"]),
        ("de", "öffentlicher Dienst", "Der öffentliche Dienst dient.", ["öffentliche Dienst"]),
        ("de", "Die Linke", "Die Linke und die linke Hand. Die linke Seite.", ["Die Linke"]),
        ("de", "Ministerium", "Die Ministerien und das Ministeriale", ["Ministerien"]),
        ("de", "Zentrum", "in den Zentren, zentriert", ["Zentren"]),
        ("de", "Museum", "des Museums, der Museen", ["Museums", "Museen"]),
        ("ru", "учёный", "ученые и учёных", ["ученые", "учёных"]),
        ("ru", "Королев", "с Королёвым", ["Королёвым"]),
        ("ru", "президент", "Президенту и президентам, не президентский", ["Президенту", "президентам"]),
        ("ru", "Москва", "в Москве, из Москвы, московский", ["Москве", "Москвы"]),
        ("ru", "премьер", "премьер-министр и премьера", ["премьера"]),
        ("ru", "Верховный суд", "решение Верховного суда", ["Верховного суда"]),
        ("uk", "Рада", "у Раді, без Ради, порада", ["Раді", "Ради"]),
        ("fr", "chef d'État", "les chefs d’État de l'Union", ["chefs d’État"]),
        ("es", "elección", "las elecciones", ["elecciones"]),
        ("pt", "eleição", "as eleições", ["eleições"]),
        ("it", "governo", "i governi, il governatore", ["governi"]),
        ("nl", "staatshoofd", "de staatshoofden", ["staatshoofden"]),
        ("nl", "raad", "de raden, zij raadden", ["raden"]),
        ("nl", "huis", "huizen, het huisje", ["huizen"]),
        ("nl", "brief", "brieven", ["brieven"]),
        ("nl", "kabinet", "de kabinetten", ["kabinetten"]),
        ("nl", "Kamerlid", "drie Kamerleden", ["Kamerleden"]),
        ("nl", "overheid", "de overheden", ["overheden"]),
        ("es", "régimen", "los regímenes, que regimentan", ["regímenes"]),
        ("es", "joven", "los jóvenes", ["jóvenes"]),
        ("es", "francés", "los franceses y la francesa", ["franceses", "francesa"]),
        ("pt", "juiz", "os juízes", ["juízes"]),
        ("pt", "papel", "os papéis", ["papéis"]),
        ("pt", "réptil", "os répteis", ["répteis"]),
        ("fr", "député", "la députée, les députées, le dépit", ["députée", "députées"]),
        ("fr", "ukrainien", "l’armée ukrainienne", ["ukrainienne"]),
        ("fr", "moyen", "la moyenne, les moyens", ["moyens"]),
        ("it", "capo di Stato", "i capi di Stato", ["capi di Stato"]),
        ("it", "europeo", "la banca europea", ["europea"]),
        ("it", "porto", "la porta del porto", ["porto"]),
        ("ru", "Путин", "с Путиным, о Путине, путинский", ["Путиным", "Путине"]),
        ("ru", "Песков", "сказано Песковым", ["Песковым"]),
        ("ru", "рынок", "на рынке, с рынками", ["рынке", "рынками"]),
        ("ru", "украинец", "украинцы, украинка", ["украинцы"]),
        (
            "ru",
            "глава государства",
            "с главой государства, о главах государства",
            ["главой государства", "главах государства"],
        ),
        ("pl", "prezydent", "prezydentowi, prezydencki", ["prezydentowi"]),
        ("ko", "대통령", "대통령은 대통령실", ["대통령은"]),
        ("ar", "رئيس", "قال الرئيس إن رئيسة", ["الرئيس"]),
        ("ja", "首相", "石破首相は会見した", ["首相"]),
        ("ja", "ロシア", "ベロシアとロシアの、ロシアン", ["ロシア"]),
        ("zh", "北约", "在北约NATO的会议", ["北约"]),
        ("zh", "NATO", "在北约NATO的会议", ["NATO"]),
        ("th", "นายก", "คือนายกของ", ["นายก"]),
        ("hi", "राष्ट्र", "राष्ट्रपति और राष्ट्र।", ["राष्ट्र"]),
    ],
)
def test_a_term_is_found_in_its_forms_and_in_no_other_word(
    language: str, term: str, text: str, wanted: list[str]
) -> None:
    assert said(text, Term(language, term, ("x",))) == wanted


def test_a_listed_variant_is_the_term() -> None:
    assert said("Die Staatschefin kam.", Term("de", "Staatschef", ("president",), variants=("Staatschefin",)))


def test_the_longest_match_wins() -> None:
    short, long = Term("de", "Bank", ("bank",)), Term("de", "Europäische Bank", ("EBRD",))
    assert said("Die Europäische Bank und die Bank", short, long) == ["Europäische Bank", "Bank"]


def test_a_case_sensitive_term_is_found_only_as_it_is_written() -> None:
    term = Term("de", "Grüne", ("Greens",), case_sensitive=True)
    assert said("Die Grünen auf der grünen, grüne Wiese", term) == ["Grünen"]
    assert said("DIE GRÜNE", Term("de", "Grüne", ("Greens",))) == ["GRÜNE"]


def test_a_term_holds_only_in_its_language_source_and_section() -> None:
    term = Term("de", "Ampel", ("coalition",), source="de.merkur", section="politics")
    assert said("Die Ampel", term, source="de.merkur", section="politics") == ["Ampel"]
    assert said("Die Ampel", term, source="de.merkur", section="local") == []
    assert said("Die Ampel", term, section="politics") == []
    assert said("Die Ampel", term, language="nl", source="de.merkur", section="politics") == []


def test_of_two_as_long_the_more_particular_one_holds() -> None:
    everywhere, here = Term("de", "Ampel", ("traffic light",)), Term("de", "Ampel", ("coalition",), section="politics")
    found = Glossary([everywhere, here]).within(source="", section="politics").find("Die Ampel", "de")
    assert found.terms == {"Ampel": "coalition"}


def test_the_version_is_that_of_the_terms_that_touch_the_sentence() -> None:
    ampel, chef = Term("de", "Ampel", ("coalition",)), Term("de", "Staatschef", ("president",))
    text = "Die Ampel steht."
    before = Glossary([ampel]).within(source="", section="").find(text, "de").version
    assert before == Glossary([chef, ampel]).within(source="", section="").find(text, "de").version != ""
    changed = Term("de", "Ampel", ("traffic light",))
    assert before != Glossary([changed]).within(source="", section="").find(text, "de").version
    assert Glossary([chef]).within(source="", section="").find(text, "de").version == ""


@pytest.mark.parametrize(
    ("language", "term", "english", "text", "wanted"),
    [
        ("es", "comunidad autónoma", "region", "las comunidades autónomas", {"comunidades autónomas": "regions"}),
        ("fr", "chef d'État", "head of state", "les chefs d’État", {"chefs d’État": "heads of state"}),
        ("it", "ministro", "minister", "i ministri, il ministro", {"ministri": "ministers", "ministro": "minister"}),
        ("ru", "суд", "court", "в судах и в суде", {"судах": "courts", "суде": "court"}),
        ("es", "ultraderechista", "far-right", "los partidos ultraderechistas", {"ultraderechistas": "far-right"}),
        ("fr", "écologiste", "Greens", "les écologistes", {"écologistes": "Greens"}),
        ("de", "Staatschef", "president", "des Staatschefs", {"Staatschefs": "president"}),
        ("es", "crisis", "slump", "las crisis", {"crisis": "slump"}),
    ],
)
def test_an_engine_is_told_the_plural_where_a_form_is_surely_one(
    language: str, term: str, english: str, text: str, wanted: dict[str, str]
) -> None:
    scope = Glossary([Term(language, term, (english,))]).within(source="", section="")
    assert scope.find(text, language).terms == wanted


def test_a_glossary_is_indexed_once_for_all_sources_and_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of ten thousand terms takes a second and 60 megabytes: not for each pair of source and section."""
    counted = Mock(wraps=finding._index)
    monkeypatch.setattr(finding, "_index", counted)
    own = Term("de", "Rat", ("council",), source="de.a"), Term("de", "Rat", ("board",), section="sport")
    glossary = Glossary(own)
    places = [(source, section) for source in ("", "de.a", "de.b") for section in ("", "sport")]
    found = [glossary.within(source=source, section=section).find("Der Rat", "de").terms for source, section in places]
    assert found == [{}, {"Rat": "board"}, {"Rat": "council"}, {"Rat": "council"}, {}, {"Rat": "board"}]
    assert counted.call_count == 1
