"""English names of countries (ISO 3166-1) and sections, and what doubts mean."""

from __future__ import annotations

from typing import Final

from limitedtimes.model import FlagKind

_COUNTRIES: Final = """
ad Andorra|ae United Arab Emirates|af Afghanistan|ag Antigua and Barbuda|al Albania|am Armenia|ao Angola|ar Argentina
at Austria|au Australia|az Azerbaijan|ba Bosnia and Herzegovina|bb Barbados|bd Bangladesh|be Belgium|bf Burkina Faso
bg Bulgaria|bh Bahrain|bi Burundi|bj Benin|bn Brunei|bo Bolivia|br Brazil|bs Bahamas|bt Bhutan|bw Botswana|by Belarus
bz Belize|ca Canada|cd DR Congo|cf Central African Republic|cg Congo|ch Switzerland|ci Ivory Coast|cl Chile
cm Cameroon|cn China|co Colombia|cr Costa Rica|cu Cuba|cv Cape Verde|cy Cyprus|cz Czechia|de Germany|dj Djibouti
dk Denmark|dm Dominica|do Dominican Republic|dz Algeria|ec Ecuador|ee Estonia|eg Egypt|er Eritrea|es Spain|et Ethiopia
fi Finland|fj Fiji|fm Micronesia|fo Faroe Islands|fr France|ga Gabon|gb United Kingdom|gd Grenada|ge Georgia|gh Ghana
gl Greenland|gm Gambia|gn Guinea|gq Equatorial Guinea|gr Greece|gt Guatemala|gw Guinea-Bissau|gy Guyana|hk Hong Kong
hn Honduras|hr Croatia|ht Haiti|hu Hungary|id Indonesia|ie Ireland|il Israel|in India|iq Iraq|ir Iran|is Iceland
it Italy|jm Jamaica|jo Jordan|jp Japan|ke Kenya|kg Kyrgyzstan|kh Cambodia|ki Kiribati|km Comoros
kn Saint Kitts and Nevis|kp North Korea|kr South Korea|kw Kuwait|kz Kazakhstan|la Laos|lb Lebanon|lc Saint Lucia
li Liechtenstein|lk Sri Lanka|lr Liberia|ls Lesotho|lt Lithuania|lu Luxembourg|lv Latvia|ly Libya|ma Morocco|mc Monaco
md Moldova|me Montenegro|mg Madagascar|mh Marshall Islands|mk North Macedonia|ml Mali|mm Myanmar|mn Mongolia|mo Macao
mr Mauritania|mt Malta|mu Mauritius|mv Maldives|mw Malawi|mx Mexico|my Malaysia|mz Mozambique|na Namibia|ne Niger
ng Nigeria|ni Nicaragua|nl Netherlands|no Norway|np Nepal|nr Nauru|nz New Zealand|om Oman|pa Panama|pe Peru
pg Papua New Guinea|ph Philippines|pk Pakistan|pl Poland|pr Puerto Rico|ps Palestine|pt Portugal|pw Palau|py Paraguay
qa Qatar|ro Romania|rs Serbia|ru Russia|rw Rwanda|sa Saudi Arabia|sb Solomon Islands|sc Seychelles|sd Sudan|se Sweden
sg Singapore|si Slovenia|sk Slovakia|sl Sierra Leone|sm San Marino|sn Senegal|so Somalia|sr Suriname|ss South Sudan
st São Tomé and Príncipe|sv El Salvador|sy Syria|sz Eswatini|td Chad|tg Togo|th Thailand|tj Tajikistan|tl East Timor
tm Turkmenistan|tn Tunisia|to Tonga|tr Turkey|tt Trinidad and Tobago|tv Tuvalu|tw Taiwan|tz Tanzania|ua Ukraine
ug Uganda|us United States|uy Uruguay|uz Uzbekistan|va Vatican City|vc Saint Vincent and the Grenadines|ve Venezuela
vn Vietnam|vu Vanuatu|ws Samoa|xk Kosovo|ye Yemen|za South Africa|zm Zambia|zw Zimbabwe
"""

COUNTRIES: Final = dict(entry.split(" ", 1) for entry in _COUNTRIES.strip().replace("\n", "|").split("|"))


def country_name(code: str) -> str:
    """``kz`` → Kazakhstan; empty for a code that names no country (``xx``, ``zz``)."""
    return COUNTRIES.get(code.lower(), "")


def section_name(section: str) -> str:
    """``politics`` → Politics"""
    return section.capitalize()


DOUBTS: Final = {
    FlagKind.NUMBER: "A number may be wrong",
    FlagKind.DATE: "A date may be wrong",
    FlagKind.REPETITION: "The translator repeated itself",
    FlagKind.LENGTH: "Something may be missing or added",
    FlagKind.UNTRANSLATED: "Not all of it is in English",
    FlagKind.MARKUP: "Stray characters slipped in",
    FlagKind.NEGATION: "It may say the opposite",
    FlagKind.QUOTATION: "Who speaks may be unclear",
    FlagKind.SPEAKER: "Names may have changed places",
    FlagKind.NAME: "A name may be wrong",
    FlagKind.INVENTED: "A word may be made up",
    FlagKind.UNSURE: "The translation program was unsure",
    FlagKind.LINK: "An address may be wrong",
    FlagKind.GLOSSARY: "A word is not the one this paper uses",
}
"""What each kind of doubt means to a reader."""


def doubt(kind: FlagKind) -> str:
    """``number`` → A number may be wrong"""
    return DOUBTS[kind]
