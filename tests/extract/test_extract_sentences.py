"""Sentences are cut where they end, and give the text back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.extract import cut

LANGUAGES = [
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "ru",
    "pl",
    "cs",
    "tr",
    "nl",
    "ja",
    "zh",
    "ko",
    "ar",
    "hi",
    "sw",
    "zu",
    "und",
    "xx",
]

CASES = [
    ("de", "Am 10. November kam er. Am 3. Oktober ging er.", 2),
    ("de", "Das 2. Halbjahr war gut. Es war der 4. Sieg in Folge.", 2),
    ("de", "J. R. Meier und Dr. K. Voss, z. B. bei der Arbeit. Das war u. a. gut.", 2),
    ("de", "Er sagte: „Das ist gut.“ Dann ging er.", 2),
    ("de", "„Kommen Sie!“ rief er. „Wohin?“, fragte sie.", 2),
    ("de", "Der Umsatz stieg um 3.500,50 Euro. Siehe www.talbote.example/a.b?c=d. Ende.", 3),
    ("de", "Prof. Dr. med. Karl H. Müller, geb. 1950, kam ca. 10 Min. später. Ende.", 2),
    ("fr", "M. Dupont et Mme. Durand sont partis. « Il est là. » a-t-il dit.", 2),
    ("fr", "J.-P. Morel est né le 3 janv. 1960. Il vit à Lyon.", 2),
    ("es", "El Sr. Pérez y la Dra. López viven en EE. UU. desde 2010. ¿Quién es? ¡Nadie!", 3),
    ("it", "Il dott. Rossi abita a S. Giovanni. Il sig. Bianchi lo sa.", 2),
    ("pt", "O Sr. Silva e a Dra. Ana chegaram. “Vamos.” disse ele.", 2),
    ("ru", "Об этом сказал А. С. Иванов в 1830 г. в Москве. «Иди сюда!» — сказал он.", 2),
    ("pl", "Dr. Nowak mieszka przy ul. Długiej 5. „Idź!” powiedział.", 2),
    ("cs", "Dne 3. května přišel J. Novák. „Pojď!“ řekl.", 2),
    ("tr", "10. Kasım günü geldi. \"Gel!\" dedi.", 2),
    ("nl", "Dhr. Jansen en mevr. De Vries kwamen. \"Kom!\" zei hij.", 2),
    ("en", "He lives in the U.S. and Mr. J. R. Smith agrees. It cost $3.5 million.", 2),
    ("ja", "今日は雨です。「はい。」と彼は言った。それは３．５％だ。本当？", 4),
    ("zh", "他说：“我走了。”她笑了。“来吧！”他说。增长3.5%。", 4),
    ("ar", "قال د. أحمد إنه سيأتي. هل هذا صحيح؟ نعم!", 3),
    ("hi", "डॉ. शर्मा ने कहा। क्या? हाँ।", 3),
    ("id", "Dr. Budi pergi ke Jl. Merdeka No. 5. \"Ayo!\" katanya.", 2),
    ("zu", "“Woza!” kusho yena. Uthe u-M. Dlamini uzofika.", 2),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "count"), CASES)
def test_a_text_has_as_many_sentences_as_a_reader_counts(language: str, text: str, count: int) -> None:
    assert len(cut(text, language)) == count, cut(text, language)


@given(
    st.text(max_size=200) | st.text(alphabet="Aab .!?„“»«()1٣。「」”’—…\n", max_size=120), st.sampled_from(LANGUAGES)
)
def test_sentences_are_never_empty_and_give_the_text_back(text: str, language: str) -> None:
    sentences = cut(text, language)
    assert all(sentence.strip() == sentence != "" for sentence in sentences)
    if language in ("ja", "zh"):
        assert "".join("".join(sentences).split()) == "".join(text.split())
    else:
        assert " ".join(sentences) == " ".join(text.split())
