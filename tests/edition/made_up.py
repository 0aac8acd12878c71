"""The made-up articles themselves: German, French, Spanish, Arabic, Japanese, Portuguese."""

from __future__ import annotations

from memory_shelf import ITEM, QUOTE, H, MemoryShelf, P, Part, before, flag, made, waiting
from rises import chronicle_of

from limitedtimes.model import FlagKind, Picture, Published

PICTURE = "https://pictures.example/harbour.svg"

HARBOUR = made(
    "de.hafenblatt",
    "de",
    (
        "Neue Brücke über die Warne öffnet ein Jahr früher als geplant",
        "New bridge over the Warne opens a year earlier than planned",
    ),
    standfirst=[
        (
            "Nach vier Jahren Bauzeit rollt ab Montag der Verkehr über die Warne.",
            "After four years of construction, traffic will roll over the Warne from Monday.",
        ),
        ("Die Kosten blieben unter der Schätzung.", "The costs stayed below the estimate."),
    ],
    blocks=[
        Picture(PICTURE, "Die Brücke am Donnerstag, 9. November.", "Foto: Ada Lindholm"),
        (
            P,
            [
                (
                    "Altenwarne – Die neue Brücke über die Warne wird am Montag für den Verkehr freigegeben.",
                    "Altenwarne – The new bridge over the Warne will be opened to traffic on Monday.",
                ),
                (
                    "Das teilte die Bürgermeisterin am Freitag mit.",
                    "The mayor announced this on Friday.",
                ),
                (
                    "Rund 11.000 Fahrzeuge am Tag sollen sie nutzen.",
                    "Around 111,000 vehicles a day are expected to use it.",
                ),
            ],
        ),
        (H, [("Was sich für Pendler ändert", "What changes for commuters")]),
        (
            P,
            [
                (
                    "Die Fahrt von Altenwarne zum Bahnhof dauert künftig acht statt zwanzig Minuten.",
                    "The journey from Altenwarne to the station will in future take eight minutes instead of twenty.",
                ),
                (
                    "Die Fähre stellt ihren Betrieb zum Jahresende ein.",
                    "The ferry will cease operation at the end of the year.",
                ),
            ],
        ),
        (ITEM, [("Linie 4 fährt alle zehn Minuten.", "Line 4 runs every ten minutes.")]),
        (ITEM, [("Der Radweg ist beleuchtet.", "The cycle path is lit.")]),
        (
            QUOTE,
            [
                (
                    "„Wir haben einmal gut gerechnet“, sagte die Bauleiterin Ilse Brandt.",
                    "“For once, we did our sums well,” said site manager Ilse Brandt.",
                )
            ],
        ),
        (H, [("Kritik aus dem Umland", "Criticism from the surrounding area")]),
        (
            P,
            [
                (
                    "Nicht alle sind zufrieden.",
                    "Not everyone is satisfied.",
                ),
                (
                    "Dat kümmt mi to pass as 'n Regenschirm in'n Keller, meinte ein Fischer.",
                    "",
                ),
                (
                    "Am 9. November soll der Rat über die Maut beraten.",
                    "The council is to discuss the toll on 9 October.",
                ),
            ],
        ),
    ],
    section="politics",
    hours_ago=1.15,
    authors=("Ada Lindholm", "Jörg Petersen"),
    flags=[
        flag(FlagKind.NUMBER, 6, "says “111,000” where the original has “11.000”"),
        flag(FlagKind.DATE, 16, "says “October” where the original has “November”"),
    ],
    untranslated=[15],
    highlights=[4, 8, 9],
    modified=True,
    revision=2,
    captions=[("Die Brücke am Donnerstag, 9. November.", "The bridge on Thursday, 9 November.")],
)


HARBOUR_BEFORE = before(HARBOUR, {5: "Das teilte die Stadt am Freitag mit.", 9: ""}, extra="Gefeiert wird am Sonntag.")
"""Its first revision: sentence 5 was another, sentence 9 was not there, and one stood at the end."""


def simple(
    source: str,
    language: str,
    headline: tuple[str, str],
    standfirst: tuple[str, str],
    body: tuple[str, str],
    *,
    section: str,
    hours_ago: float,
    offset: int,
    author: str = "",
    picture: bool = False,
) -> Published:
    text: list[Part | Picture] = [(P, [body])]
    blocks = [Picture(PICTURE), *text] if picture else text
    return made(
        source,
        language,
        headline,
        standfirst=[standfirst],
        blocks=blocks,
        section=section,
        hours_ago=hours_ago,
        offset=offset,
        authors=(author,) if author else (),
        highlights=[2],
    )


ARABIC = simple(
    "eg.annahar",
    "ar",
    ("افتتاح مكتبة عامة جديدة في حي الميناء", "New public library opens in the harbour district"),
    ("تضم المكتبة أربعين ألف كتاب وقاعة للأطفال.", "The library holds forty thousand books and a hall for children."),
    (
        "قالت مديرة المكتبة إن الدخول مجاني لجميع سكان المدينة.",
        "The library’s director said that admission is free for all residents of the city.",
    ),
    section="culture",
    hours_ago=2.5,
    offset=120,
    picture=True,
)
JAPANESE = simple(
    "jp.minato",
    "ja",
    ("港の水族館、来館者が百万人を突破", "Harbour aquarium passes one million visitors"),
    ("開館からわずか三年での達成となった。", "It took only three years from its opening."),
    (
        "館長は「地元の子どもたちのおかげです」と話した。",
        "“We owe it to the local children,” the director said.",
    ),
    section="society",
    hours_ago=4,
    offset=540,
    author="佐藤 花子",
    picture=True,
)
FRENCH = simple(
    "fr.lamarne",
    "fr",
    (
        "La récolte de pommes menacée par trois semaines de pluie",
        "Apple harvest threatened by three weeks of rain",
    ),
    (
        "Les producteurs demandent un report des échéances.",
        "Growers are asking for payments to be deferred.",
    ),
    (
        "« Nous n’avons pas vu cela depuis 1997 », dit Luc Marchand, qui cultive 14 hectares.",
        "“We have not seen this since 1997,” says Luc Marchand, who farms 14 hectares.",
    ),
    section="business",
    hours_ago=3,
    offset=60,
    author="Claire Aubert",
    picture=True,
)

_REST = [
    simple(
        "es.levante",
        "es",
        ("El puerto prueba un barco eléctrico sin tripulación", "Port tests an electric boat without a crew"),
        ("La nave recorrió doce millas sin incidentes.", "The vessel covered twelve miles without incident."),
        ("La prueba duró 3 horas y 20 minutos.", "The test lasted 3 hours and 20 minutes."),
        section="technology",
        hours_ago=5,
        offset=60,
        picture=True,
    ),
    simple(
        "br.serra",
        "pt",
        ("Time da serra vence por 3 a 1 e lidera o campeonato", "Team from the hills win 3–1 and top the league"),
        ("A torcida ocupou a praça até a madrugada.", "Fans filled the square until the early hours."),
        ("O técnico elogiou a defesa.", "The coach praised the defence."),
        section="sport",
        hours_ago=6,
        offset=-180,
    ),
    simple(
        "de.hafenblatt",
        "de",
        ("Forscher finden Seegras in 30 Metern Tiefe", "Researchers find seagrass at a depth of 30 metres"),
        ("Der Fund verschiebt eine alte Grenze.", "The find moves an old boundary."),
        ("Das Team tauchte zwölf Tage lang.", "The team dived for twelve days."),
        section="science",
        hours_ago=7,
        offset=60,
        author="Mira Holt",
        picture=True,
    ),
    simple(
        "fr.lamarne",
        "fr",
        ("Un village rachète son dernier café", "A village buys back its last café"),
        ("Deux cents habitants ont chacun donné 50 euros.", "Two hundred residents each gave 50 euros."),
        ("Le café rouvrira en mars.", "The café will reopen in March."),
        section="local",
        hours_ago=9,
        offset=60,
    ),
    simple(
        "es.levante",
        "es",
        ("Médicos piden más personal para el invierno", "Doctors call for more staff for the winter"),
        ("Faltan 40 enfermeras en la comarca.", "The district is short of 40 nurses."),
        ("El consejero promete una respuesta.", "The regional minister promises an answer."),
        section="health",
        hours_ago=11,
        offset=60,
    ),
    simple(
        "de.hafenblatt",
        "de",
        ("Gipfel in Altenwarne vertagt", "Summit in Altenwarne adjourned"),
        ("Die Minister treffen sich erst im Dezember.", "The ministers will not meet until December."),
        ("Gründe nannten sie nicht.", "They gave no reasons."),
        section="world",
        hours_ago=13,
        offset=60,
    ),
    simple(
        "br.serra",
        "pt",
        ("Chuva fecha a estrada da serra", "Rain closes the road through the hills"),
        ("A via deve reabrir no domingo.", "The road should reopen on Sunday."),
        ("Ninguém se feriu.", "Nobody was hurt."),
        section="news",
        hours_ago=30,
        offset=-180,
    ),
    simple(
        "fr.lamarne",
        "fr",
        ("Faut-il encore des horaires fixes ?", "Do we still need fixed hours?"),
        ("Une chronique.", "A column."),
        ("La question mérite mieux qu’un slogan.", "The question deserves better than a slogan."),
        section="opinion",
        hours_ago=50,
        offset=60,
        author="Luc Verdier",
    ),
]

ARTICLES = [HARBOUR, ARABIC, FRENCH, JAPANESE, *_REST]
AWAITING = [
    waiting("ar", "سوق السمك ينتقل إلى المرفأ القديم", "eg.annahar", "no engine for Arabic yet"),
    waiting("ja", "駅前に新しい図書館", "jp.minato", "no engine for Japanese yet"),
    waiting("ja", "港まつり、今年は雨の中で", "jp.minato", "no engine for Japanese yet"),
]


def shelf() -> MemoryShelf:
    made = MemoryShelf(ARTICLES, AWAITING)
    made.chronicle = chronicle_of(ARTICLES)
    return made
