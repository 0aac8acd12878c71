"""The translation memory's format: what is written is read again, and what others write is read with care."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.protocols import Correction, CorrectionKey
from limitedtimes.translate import tmx
from limitedtimes.translate.corrected import made

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header srclang="DE-at" creationid="nobody" adminlang="en-US"><note>of the header</note><prop type="x-article">no</prop>
</header><body>
<tu creationid="someone" creationdate="20250102T030405Z"><prop type="client">x</prop><note>first</note><note>2nd</note>
 <tuv xml:lang="fr"><seg>Oui.</seg></tuv>
 <tuv xml:lang="EN_gb" changeid="Zoë" changedate="20260102T030405Z">
   <note>of a variant</note><seg>Yes <bpt i="1">&lt;b></bpt><hi>really</hi><ept i="1">&lt;/b></ept>\u00ad!</seg></tuv>
 <tuv xml:lang="de-AT"><seg>Ja  <ph>{1}</ph>wirklich!</seg></tuv>
 <tuv xml:lang="en-US"><seg>Yeah!</seg></tuv>
</tu>
<tu><tuv lang="en"><seg>No.</seg></tuv><tuv lang="nl"><seg>Nee.</seg></tuv></tu>
</body></tmx>"""


def read(text: str) -> list[Correction]:
    return tmx.read(io.BytesIO(text.encode()), now=NOW).corrections


def unit(**changes: str) -> str:
    parts = {"of": "", "source": "Ja.", "language": "de", "english": "Yes.", "more": ""} | changes
    return (
        f"<tmx><header/>\n<body>\n<tu {parts['of']}>{parts['more']}<tuv xml:lang='{parts['language']}'>"
        f"<seg>{parts['source']}</seg></tuv>\n<tuv xml:lang='en'><seg>{parts['english']}</seg></tuv></tu></body></tmx>"
    )


def test_what_another_program_wrote() -> None:
    assert read(FOREIGN) == [
        Correction(
            CorrectionKey("Ja wirklich!", "de"),
            "Yes really!",
            "Zoë",
            datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            "first",
        ),
        Correction(CorrectionKey("Nee.", "nl"), "No.", tmx.NOBODY, NOW),
    ]


def test_utf_16_is_read_as_well() -> None:
    assert tmx.read(io.BytesIO(FOREIGN.encode("utf-16")), now=NOW).corrections == read(FOREIGN)


def test_a_memory_from_english_is_read_the_other_way() -> None:
    (one,) = read(unit().replace("<header/>", '<header srclang="en-US"/>'))
    assert (one.key, one.english) == (CorrectionKey("Ja.", "de"), "Yes.")


def test_who_and_when_are_written_with_every_unit() -> None:
    text = tmx.write([Correction(CorrectionKey("Ja.", "de", "0123456789"), "Yes.", 'A "&" <B>', NOW, "why")])
    assert '<tmx version="1.4">' in text
    assert 'creationid=\'A "&amp;" &lt;B&gt;\' creationdate="20261128T030000Z"' in text
    assert '<prop type="x-article">0123456789</prop>' in text
    assert '<tuv xml:lang="de"><seg>Ja.</seg></tuv>' in text


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(
    st.lists(
        st.tuples(texts, texts, texts, st.text(max_size=9), st.sampled_from(["de", "ar", "gsw"]), st.integers(0, 10**9))
    )
)
def test_what_is_written_is_read_again(rows: list[tuple[str, str, str, str, str, int]]) -> None:
    corrections = []
    for sentence, english, by, note, language, seconds in rows:
        try:
            key = CorrectionKey(sentence, language, "0123456789" if seconds % 2 else "")
            at = NOW - timedelta(seconds=seconds)
            corrections.append(made(key, english, by=by, at=at, note=note))
        except ValueError:
            continue  # one of invisible characters only
    assert tmx.write(read(tmx.write(corrections))) == tmx.write(corrections)


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("", 1, "is no XML (no element found)"),
        ("<tmx><body>\n<tu>", 2, "is no XML"),
        ("<html/>", 1, "is 'html', not TMX"),
        ('<!DOCTYPE tmx [\n<!ENTITY a "aaaa">\n]><tmx>&a;</tmx>', 2, "declares entities"),
        ('<!DOCTYPE tmx [\n<!ENTITY a SYSTEM "file:///etc/hostname">\n]><tmx>&a;</tmx>', 2, "declares entities"),
        ('<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1/x">\n%p;]><tmx/>', 1, "declares entities"),
        ("<tmx>" + "<a>" * 50, 1, "elements within each other"),
        ('<?xml version="1.0" encoding="nonsense"?>\n<tmx/>', 1, "is in an encoding that is not read"),
        ('<?xml version="1.0" encoding="shift_jis"?>\n<tmx/>', 1, "is in an encoding that is not read"),
        (unit(language="x-private"), 3, "no ISO 639 code"),
        (unit(english="x" * 10_001), 3, "at most 10,000"),
        (unit(of="creationdate='2026-01-01'"), 3, "is no date of TMX"),
        (unit(of="creationdate='20261128T030001Z'"), 3, "is in the future"),
        (unit(more="<prop type='x-article'>../../x</prop>"), 3, "is no id of an article"),
    ],
)
def test_a_wrong_file_is_named_by_its_line(text: str, line: int, wrong: str) -> None:
    with pytest.raises(tmx.TmxError) as error:
        read(text)
    assert error.value.line == line
    assert wrong in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "other",
    [
        {"language": "en"},
        {"english": " "},
        {"source": ""},
        {"english": "Die Stadt baut wieder.", "source": "Die Stadt baut  wieder."},
    ],
)
def test_a_unit_that_says_nothing_of_english_is_passed_over_and_counted(other: dict[str, str]) -> None:
    none, one = unit(**other), unit()
    both = none.replace("</body></tmx>", one[one.index("<tu") :])
    found = tmx.read(io.BytesIO(both.encode()), now=NOW)
    assert (found.corrections, found.passed) == (read(one), 1)


def test_what_is_the_same_in_english_is_taken() -> None:
    (one,) = read(unit(english="Angela Merkel", source="Angela Merkel"))
    assert one.english == "Angela Merkel"


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx, "LARGEST", 2**20)
    with pytest.raises(tmx.TmxError, match="more than 1 MiB"):
        read("<tmx>" + " " * 2**20)
    monkeypatch.setattr(tmx, "MOST", 1)
    one = "<tu><tuv xml:lang='de'><seg>Ja.</seg></tuv><tuv xml:lang='en'><seg>Yes.</seg></tuv></tu>"
    assert len(read(f"<tmx>{one}</tmx>")) == 1
    with pytest.raises(tmx.TmxError, match="more than 1 units"):
        read(f"<tmx>{one}{one}</tmx>")
