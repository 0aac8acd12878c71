"""The model that ships, as it is used: facts survive, nothing is invented, and what it does not know it refuses.

The sentences are our own. How good its English is, is measured elsewhere (`training/evaluate.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from limitedtimes.cli.compose import embedded_models
from limitedtimes.engines.embedded import Embedded, Shelf
from limitedtimes.engines.table import open_embedded
from limitedtimes.errors import TranslateError
from limitedtimes.extract import number_line
from limitedtimes.translate import Line, translate_lines

LANGUAGES = ("de", "es", "fr", "it", "nl", "pt", "ru")

# By language: figures of several kinds, a date, a quotation, and capitals.
SENTENCES = {
    "de": (
        "Am 3. Oktober kamen 11.000 Menschen nach Berlin.",
        "Der Preis stieg um 3,5 Prozent auf 1.250 Euro.",
        "Das Spiel endete 3:1, die zweite Halbzeit begann um 19:45 Uhr.",
        "„Wir geben nicht auf“, sagte die Ministerin am Montag.",
        "REGIERUNG PLANT NEUES GESETZ",
    ),
    "es": (
        "El 3 de octubre llegaron 11.000 personas a Madrid.",
        "El precio subió un 3,5 por ciento, hasta 1.250 euros.",
        "El partido terminó 3-1 y empezó a las 19:45.",
        "«No nos rendiremos», dijo la ministra el lunes.",
        "EL GOBIERNO PREPARA UNA NUEVA LEY",
    ),
    "fr": (
        "Le 3 octobre, 11 000 personnes sont venues à Paris.",
        "Le prix a augmenté de 3,5 % pour atteindre 1 250 euros.",
        "Le match a commencé à 19h45 et s'est terminé sur le score de 3-1.",
        "« Nous ne renoncerons pas », a dit la ministre lundi.",
        "LE GOUVERNEMENT PRÉPARE UNE NOUVELLE LOI",
    ),
    "it": (
        "Il 3 ottobre sono arrivate a Roma 11.000 persone.",
        "Il prezzo è salito del 3,5 per cento, a 1.250 euro.",
        "La partita è finita 3-1 ed è cominciata alle 19.45.",
        "«Non ci arrenderemo», ha detto la ministra lunedì.",
        "IL GOVERNO PREPARA UNA NUOVA LEGGE",
    ),
    "nl": (
        "Op 3 oktober kwamen er 11.000 mensen naar Amsterdam.",
        "De prijs steeg met 3,5 procent tot 1.250 euro.",
        "De wedstrijd begon om 19.45 uur en eindigde in 3-1.",
        '"Wij geven niet op", zei de minister maandag.',
        "REGERING BEREIDT NIEUWE WET VOOR",
    ),
    "pt": (
        "No dia 3 de outubro, 11.000 pessoas vieram a Lisboa.",
        "O preço subiu 3,5 por cento, para 1.250 euros.",
        "O jogo começou às 19h45 e terminou em 3-1.",
        "«Não vamos desistir», disse a ministra na segunda-feira.",
        "GOVERNO PREPARA NOVA LEI",
    ),
    "ru": (
        "3 октября в Москву приехали 11 000 человек.",
        "Цена выросла на 3,5 процента, до 1250 евро.",
        "Матч закончился со счётом 3:1, второй тайм начался в 19:45.",
        "«Мы не сдадимся», – сказала министр в понедельник.",
        "ПРАВИТЕЛЬСТВО ГОТОВИТ НОВЫЙ ЗАКОН",
    ),
}
AROUND = {
    "de": "Mehr dazu steht auf {} und im Archiv.",
    "es": "Más información en {} y en el archivo.",
    "fr": "Plus d'informations sur {} et dans les archives.",
    "it": "Maggiori informazioni su {} e nell'archivio.",
    "nl": "Meer informatie op {} en in het archief.",
    "pt": "Mais informações em {} e no arquivo.",
    "ru": "Подробнее об этом на {} и в архиве.",
}
VERBATIM = ("https://example.org/a?b=1&c=2", "redaktion@example.org", "@example_press", "#example2030")


@cache
def engine(language: str) -> Embedded:
    """The shipped engine of a language, loaded once."""
    for one in open_embedded(embedded_models(), Shelf(threads=2)):
        if language in one.languages:
            assert isinstance(one, Embedded)
            return one
    pytest.fail(f"no model for {language} ships")


def english(language: str, *texts: str) -> list[Line]:
    lines = [number_line(text, language=language) for text in texts]
    return translate_lines(lines, engine=engine(language), language=language)


def digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[.,: \u00a0\u202fh](?=\d)", "", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_sentences_are_translated_with_their_figures_quotations_and_without_shouting(language: str) -> None:
    sentences = SENTENCES[language]
    lines = english(language, *sentences)
    assert sum(line.untranslated for line in lines) <= 1, [line.text for line in lines if line.untranslated]
    for sentence, line in zip(sentences, lines, strict=True):
        assert digits(sentence) == digits(line.text), line.text
        if not line.untranslated:
            assert bool(re.search('[„«"]', sentence)) == bool(re.search('[“"]', line.text)), line.text
            assert not line.text.isupper(), line.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_thousands_and_decimals_are_written_as_english_writes_them(language: str) -> None:
    first, second = english(language, *SENTENCES[language][:2])
    assert "11,000" in first.text
    assert "3.5" in second.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verbatim", VERBATIM)
def test_addresses_and_handles_come_through_to_the_letter(language: str, verbatim: str) -> None:
    assert verbatim in english(language, AROUND[language].format(verbatim))[0].text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", " ", "🙂🙃", "• • •", "12:30 – 14:45", "https://example.org/", "…?!"])
def test_nothing_is_made_of_nothing(language: str, text: str) -> None:
    assert english(language, text)[0].text == text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "この記事では、昨夜の地震で被害を受けた地域の状況を詳しくお伝えします。",
        "تحدث الوزير أمس عن خطة جديدة لإعادة بناء المدارس في المنطقة كلها.",
    ],
)
def test_another_language_is_not_guessed_at(language: str, text: str) -> None:
    assert english(language, text)[0].text == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_endless(language: str) -> None:
    texts = [sentence * 6 for sentence in SENTENCES[language]] + ["a " * 120, "ха " * 60, "( ( ( " * 30]
    for text, line in zip(texts, english(language, *texts), strict=True):
        assert len(line.text) <= 3 * len(text) + 200


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(TranslateError, match="does not know 'sw'"):
        engine("de").translate(["Habari ya asubuhi."], "sw")


NAMES = {
    "es": "Ayer visitó la feria la alcaldesa Quintanar-Bolufer con su marido.",
    "fr": "Le maire de la commune, Gwenolé Kermarrec, était absent.",
    "it": "Ieri il sindaco Quaglierini ha aperto la mostra.",
    "nl": "Gisteren opende wethouder Oosterkamp het museum.",
    "pt": "Ontem o ministro Tavolaro abriu a exposição.",
}


@pytest.mark.parametrize("language", NAMES)
def test_a_name_that_nobody_ever_saw_is_kept_to_the_letter(language: str) -> None:
    (line,) = english(language, NAMES[language])
    (name,) = re.findall(r"Quintanar-Bolufer|Gwenolé Kermarrec|Quaglierini|Oosterkamp|Tavolaro", NAMES[language])
    assert name in line.text


def test_a_number_in_words_is_the_same_number() -> None:
    (line,) = english("es", "Once heridos en el choque de dos autobuses.")
    assert line.text.startswith("Eleven ")
