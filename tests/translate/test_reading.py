"""Figures, number words and dates, as languages write them and as English does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.model import FlagKind
from limitedtimes.protocols import Rendering
from limitedtimes.translate.flags import doubts
from limitedtimes.translate.lexicon import lexicon
from limitedtimes.translate.reading import read, readings
from limitedtimes.translate.verdict import judge

SAME = [
    ("de", "Es kamen 11.000 Besucher.", "There were 11,000 visitors."),
    ("de", "Es kamen 11 000 Besucher.", "There were 11,000 visitors."),
    ("de", "Der Wert stieg um 3,5 Prozent.", "The value rose by 3.5 percent."),
    ("de", "Das kostet 1,2 Milliarden Euro.", "That costs 1.2 billion euros."),
    ("de", "Das kostet 1,2 Milliarden Euro.", "That costs €1,200 million."),
    ("de", "Das kostet 300 Mio. Euro.", "That costs €300m."),
    ("de", "Eine halbe Million Menschen kam.", "Half a million people came."),
    ("de", "Zwölf Menschen starben.", "12 people died."),
    ("de", "12 Menschen starben.", "Twelve people died."),
    ("de", "Er zahlte einundzwanzig Euro.", "He paid twenty-one euros."),
    ("de", "Er zahlte dreitausend Euro.", "He paid three thousand euros."),
    ("de", "Das dreijährige Kind spielte.", "The three-year-old child played."),
    ("de", "Im 18. Jahrhundert lebte er hier.", "He lived here in the 18th century."),
    ("de", "Um 18.51 Uhr kam der Zug.", "The train came at 6:51 p.m."),
    ("de", "Um 18.51 Uhr kam der Zug.", "The train came at 18:51."),
    ("de", "Um 18 Uhr kam der Zug.", "The train came at 6 pm."),
    ("de", "Bis 18.00 Uhr kam kein Zug.", "No train came until 6 p.m."),
    ("de", "Um 0.30 Uhr kam der Zug.", "The train came at 12:30 a.m."),
    ("de", "Sie gewannen 2:0.", "They won 2-0."),
    ("de", "In der Saison 2020/21 gewann er.", "He won in the 2020-21 season."),
    ("de", "In den 90er-Jahren war das so.", "That was so in the 1990s."),
    ("de", "Am 10.11.2023 begann es.", "It began on November 10, 2023."),
    ("de", "Am 10. November begann es.", "It began on 10 November."),
    ("de", "Wilhelm II. dankte ab.", "William II abdicated."),
    ("de", "Am Montagabend begann es.", "It began on Monday evening."),
    ("de", "In der Nacht zum Sonntag begann es.", "It began on Saturday night."),
    ("de", "Am Sonnabend begann es.", "It began on Saturday."),
    ("fr", "Au XVIIIe siècle, il vivait ici.", "He lived here in the 18th century."),
    ("fr", "Il a quatre-vingt-dix-sept ans.", "He is 97 years old."),
    ("fr", "Le train est arrivé à 18h51 le 1er mai.", "The train arrived at 6:51 p.m. on May 1."),
    ("es", "Murieron treinta y dos personas el martes.", "Thirty-two people died on Tuesday."),
    ("it", "Lunedì 3 aprile pagò 2,5 milioni di euro.", "On Monday, April 3, he paid 2.5 million euros."),
    ("pt", "Na sexta-feira, 3 de março, pagou R$ 1,5 bilhão.", "On Friday, March 3, he paid 1.5 billion reais."),
    ("ru", "В среду, 10 ноября, погибли 25 человек.", "On Wednesday, November 10, 25 people died."),
    ("nl", "Op woensdag 10 mei kwamen 1.500 mensen.", "On Wednesday 10 May, 1,500 people came."),
    ("ja", "11月10日、25人が死亡した。", "On November 10, 25 people died."),
    ("pl", "W listopadzie wydano 1,2 mln euro.", "In November, 1.2 million euros were spent."),
    ("de", "Uwe Jun lehrt in Trier.", "Uwe Jun teaches in Trier."),
    ("de", "Er darf am 3. Mai gehen.", "He may leave on May 3."),
]

DIFFERENT = [
    ("de", "Es kamen 11.000 Besucher.", "There were 111,000 visitors.", FlagKind.NUMBER),
    ("de", "Es kamen 11.000 Besucher.", "There were 11 visitors.", FlagKind.NUMBER),
    ("de", "Das kostet 1,2 Milliarden Euro.", "That costs 1.2 million euros.", FlagKind.NUMBER),
    ("de", "Das kostet 1,2 Milliarden Euro.", "That costs 12 billion euros.", FlagKind.NUMBER),
    ("de", "Zwölf Menschen starben.", "Two people died.", FlagKind.NUMBER),
    ("de", "Um 18.51 Uhr kam der Zug.", "The train came at 8:51 p.m.", FlagKind.NUMBER),
    ("de", "Um 18.51 Uhr kam der Zug.", "The train came at 6:51 a.m.", FlagKind.NUMBER),
    ("de", "Am 9. November begann es.", "It began on October 9.", FlagKind.DATE),
    ("de", "Am 9. November begann es.", "It began on November 8.", FlagKind.DATE),
    ("de", "Am Donnerstag begann es.", "It began on Friday.", FlagKind.DATE),
    ("de", "Am Donnerstag begann es.", "It began.", FlagKind.DATE),
    ("pl", "W listopadzie wydano 1,2 mln euro.", "In November, 12 million euros were spent.", FlagKind.NUMBER),
    ("fr", "Le 3 mars, il est parti.", "He left on May 3.", FlagKind.DATE),
    ("ru", "В среду, 10 ноября, погибли 25 человек.", "On Wednesday, November 10, 35 people died.", FlagKind.NUMBER),
]


@pytest.mark.parametrize(("language", "original", "english"), SAME)
def test_the_same_number_or_date_in_another_dress_is_no_doubt(language: str, original: str, english: str) -> None:
    assert not [
        doubt for doubt in doubts(original, english, language) if doubt.kind in (FlagKind.NUMBER, FlagKind.DATE)
    ]


@pytest.mark.parametrize(("language", "original", "english", "kind"), DIFFERENT)
def test_another_number_or_date_is_a_doubt(language: str, original: str, english: str, kind: FlagKind) -> None:
    assert kind in [doubt.kind for doubt in doubts(original, english, language)]


PLAIN = [
    ("11.000", ",", 11000),
    ("1.234.567", ",", 1234567),
    ("1.234,56", ",", 1234.56),
    ("3,5", ",", 3.5),
    ("0,75", ",", 0.75),
    ("12’500", ",", 12500),
    ("90\u202f000", ",", 90000),
    ("11,000", ".", 11000),
    ("1,234.56", ".", 1234.56),
    ("3.5", ".", 3.5),
]


@pytest.mark.parametrize(("text", "decimal", "value"), PLAIN)
def test_a_plain_number_has_one_reading(text: str, decimal: str, value: float) -> None:
    assert readings(text, decimal) == ((value,),)


@given(st.integers(0, 10**12), st.sampled_from([",", "."]))
def test_a_grouped_number_reads_as_its_value(number: int, decimal: str) -> None:
    grouped = f"{number:,}" if decimal == "." else f"{number:,}".replace(",", ".")
    assert (float(number),) in readings(grouped, decimal)


@given(st.text(), st.sampled_from(["de", "fr", "es", "it", "pt", "ru", "nl", "en", "ja", "xx"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    reading = read(text, lexicon(language))
    assert all(1 <= month <= 12 for month in reading.months)
    assert all(1 <= day <= 7 for day in reading.weekdays)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl", "pt", "ru"])
def test_a_lexicon_has_every_month_weekday_and_number_to_twelve(language: str) -> None:
    words = lexicon(language)
    assert set(words.months.values()) == set(range(1, 13))
    assert set(words.weekdays.values()) == set(range(1, 8))
    assert {*words.numbers.values(), *words.behind_tens.values()} >= set(range(2, 13))
    assert set(words.scales.values()) >= {100, 1e3, 1e6}


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt"])
def test_function_words_of_a_language_are_no_common_english_words(language: str) -> None:
    assert not lexicon(language).function_words & lexicon("en").function_words


@pytest.mark.parametrize("english", ["Charles II is the king.", "Charles IIII is the king.", "Charles is the king."])
def test_a_numeral_of_a_name_must_stay_what_it_is(english: str) -> None:
    assert [doubt.kind for doubt in doubts("Charles III. ist der König.", english, "de")] == [FlagKind.NUMBER]


def test_a_numeral_may_be_a_word_or_a_figure_in_english() -> None:
    assert not doubts("Der Zweite Weltkrieg begann 1939.", "World War II began in 1939.", "de")
    assert not doubts("Au XIXe siècle, il vivait ici.", "He lived here in the 19th century.", "fr")


@pytest.mark.parametrize(
    ("language", "original", "said", "shown"),
    [
        ("he", "כ-12,000 מכוניות ביום, 3.5 אחוזים", "12,000 cars a day, 3.5 percent", "12,000 cars a day, 3.5 percent"),
        ("ja", "毎日12,000台、3.5%", "12,000 cars a day, 3.5%", "12,000 cars a day, 3.5%"),
        ("fa", "۱۲٬۰۰۰ خودرو و ۳٫۵ درصد", "12,000 cars and 3.5 percent", "12,000 cars and 3.5 percent"),
        ("ar", "12,000 سيارة و3.5 في المئة", "12,000 cars and 3.5 percent", "12,000 cars and 3.5 percent"),
        ("ar", "12.000 سيارة و3,5 في المئة", "12,000 cars and 3.5 percent", "12,000 cars and 3.5 percent"),
        ("tr", "12.000 araba ve yüzde 3,5", "12.000 cars and 3,5 percent", "12,000 cars and 3.5 percent"),
        ("ar", "يخدم الجسر 60 ألف سيارة", "The bridge serves 60,000 cars", "The bridge serves 60,000 cars"),
        ("tr", "Köprüden 60 bin araç geçiyor", "60,000 cars cross the bridge", "60,000 cars cross the bridge"),
        ("hi", "12 लाख रुपये", "1.2 million rupees", "1.2 million rupees"),
        ("ar", "يخدم الجسر 60500 سيارة", "The bridge serves 60 cars", "The bridge serves 60500 cars"),
        ("ar", "قال في 18 شهرًا", "He said in 81 months", "He said in 18 months"),
        ("fa", "هر روز ۱۲٬۰۰۰ خودرو", "13,000 cars a day", "12,000 cars a day"),
    ],
)
def test_a_language_without_a_lexicon_has_its_own_figures(language: str, original: str, said: str, shown: str) -> None:
    """A right 12,000 must not become a 12.000 because the language is taken for one that writes so."""
    verdict = judge(original, Rendering(said), language)
    assert verdict.text == shown
    assert all(doubt.put_right for doubt in verdict.doubts)
