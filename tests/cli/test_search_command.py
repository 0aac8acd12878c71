"""`search` as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from limitedtimes.cli import DONE, WRONG_USAGE, main

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
pytestmark = pytest.mark.usefixtures("own_edition")


def test_articles_are_found_with_their_address_and_slips_are_hinted_at(capsys: pytest.CaptureFixture[str]) -> None:
    main(["gather", "--pages", str(SAMPLE)])
    capsys.readouterr()
    assert main(["search", "bridge", "sorce:none", "OR", "country:de"]) == DONE
    found = capsys.readouterr()
    assert (found.out, found.err.splitlines()[-1]) == ("", "no articles")
    assert "did you mean source:?" in found.err
    assert main(["search", "--limit", "1", "--", "-nonesuch"]) == DONE
    found = capsys.readouterr()
    when, headline, *text, address = found.out.splitlines()
    assert ", from " in when and when[:4].isdigit()
    assert headline.startswith("  ") and len(text) <= 1
    assert address.startswith("  http://127.0.0.1:") and address.endswith(".html")
    assert int(found.err.split()[0]) > 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["search", "*"], "limitedtimes: search: “*” has no letter or figure to look for, and was passed over.\n"),
        (["search", "--limit", "0", "bridge"], "limitedtimes: search: --limit: must be 1 to 1000, not 0\n"),
    ],
)
def test_what_cannot_be_looked_for_is_one_line(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options) == WRONG_USAGE
    assert capsys.readouterr().err == message
