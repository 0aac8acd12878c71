"""Two made-up articles that run from right to left, with figures, Latin names and quotations in the middle of it."""

from __future__ import annotations

from memory_shelf import QUOTE, H, P, flag, made

from limitedtimes.model import FlagKind

ARABIC_FERRY = made(
    "eg.annahar",
    "ar",
    (
        "عبّارة كهربائية جديدة تنقل 450 راكبًا بين ضفتي النهر",
        "New electric ferry carries 450 passengers across the river",
    ),
    standfirst=[
        (
            "بدأت الرحلات صباح الأحد بعد تأخير دام عامين.",
            "Crossings began on Sunday morning after a delay of two years.",
        )
    ],
    blocks=[
        (
            P,
            [
                (
                    "المنصورة – انطلقت العبّارة «Nour 2» من الرصيف القديم في الساعة السابعة صباحًا.",
                    "Mansoura – The ferry “Nour 2” left the old quay at seven in the morning.",
                ),
                ("وتبلغ كلفتها 12 مليون جنيه.", "It cost 21 million pounds."),
            ],
        ),
        (H, [("تذكرة بسعر مخفّض للطلاب", "A cheaper ticket for students")]),
        (
            QUOTE,
            [
                (
                    "وقالت المهندسة هالة سالم: «لم نعد نحتاج إلى وقود الديزل».",
                    "“We no longer need diesel fuel,” said the engineer Hala Salem.",
                )
            ],
        ),
    ],
    section="local",
    hours_ago=2.2,
    offset=120,
    flags=[flag(FlagKind.NUMBER, 3, "says “21” where the original has “12”")],
    highlights=[2, 3],
)

HEBREW_ORCHARD = made(
    "il.hagalil",
    "he",
    ("הפרדס העירוני נפתח לציבור אחרי עשר שנים", "The city orchard opens to the public after ten years"),
    standfirst=[("הכניסה חופשית בימי שישי בין 8:00 ל־13:00.", "Admission is free on Fridays between 8:00 and 13:00.")],
    blocks=[
        (
            P,
            [
                (
                    "העירייה נטעה 320 עצי לימון ותפוז לאורך הנחל.",
                    "The city planted 320 lemon and orange trees along the stream.",
                ),
                (
                    "„זה המקום הכי שקט בעיר”, אמרה הגננת רותי אלון.",
                    "“It is the quietest place in the city,” said gardener Ruti Alon.",
                ),
            ],
        )
    ],
    section="local",
    hours_ago=3.4,
    offset=120,
    highlights=[2],
)
