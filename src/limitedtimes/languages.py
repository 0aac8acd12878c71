"""English names of languages (ISO 639-1), and who writes from right to left."""

from __future__ import annotations

from typing import Final

from limitedtimes.model import UNKNOWN_LANGUAGE

_LANGUAGES: Final = """
af Afrikaans|am Amharic|ar Arabic|as Assamese|az Azerbaijani|be Belarusian|bg Bulgarian|bn Bengali|bo Tibetan
br Breton|bs Bosnian|ca Catalan|cs Czech|cy Welsh|da Danish|de German|dv Dhivehi|el Greek|en English|eo Esperanto
es Spanish|et Estonian|eu Basque|fa Persian|fi Finnish|fo Faroese|fr French|fy Frisian|ga Irish|gd Scottish Gaelic
gl Galician|gu Gujarati|ha Hausa|he Hebrew|hi Hindi|hr Croatian|ht Haitian Creole|hu Hungarian|hy Armenian
id Indonesian|ig Igbo|is Icelandic|it Italian|ja Japanese|jv Javanese|ka Georgian|kk Kazakh|kl Greenlandic|km Khmer
kn Kannada|ko Korean|ku Kurdish|ky Kyrgyz|lb Luxembourgish|lo Lao|lt Lithuanian|lv Latvian|mg Malagasy|mk Macedonian
ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|my Burmese|nb Norwegian|ne Nepali|nl Dutch|nn Norwegian Nynorsk
no Norwegian|oc Occitan|or Odia|pa Punjabi|pl Polish|ps Pashto|pt Portuguese|qu Quechua|ro Romanian|ru Russian
rw Kinyarwanda|sd Sindhi|se Northern Sami|si Sinhala|sk Slovak|sl Slovene|so Somali|sq Albanian|sr Serbian|su Sundanese
sv Swedish|sw Swahili|ta Tamil|te Telugu|tg Tajik|th Thai|ti Tigrinya|tk Turkmen|tl Tagalog|tr Turkish|tt Tatar
ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|wo Wolof|xh isiXhosa|yi Yiddish|yo Yoruba|zh Chinese|zu isiZulu
"""

LANGUAGES: Final = dict(entry.split(" ", 1) for entry in _LANGUAGES.strip().replace("\n", "|").split("|"))
RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def base(code: str) -> str:
    """``pt-BR`` → ``pt``"""
    return code.partition("-")[0].lower()


def language_name(code: str) -> str:
    """``de`` → German; an unknown code is named by itself."""
    if code in ("", UNKNOWN_LANGUAGE):
        return "an unknown language"
    return LANGUAGES.get(base(code), code)


def direction(language: str) -> str:
    """``rtl`` or ``ltr``: the value of HTML's ``dir``."""
    return "rtl" if base(language) in RIGHT_TO_LEFT else "ltr"
