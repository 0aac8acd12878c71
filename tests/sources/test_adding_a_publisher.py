"""docs/add-a-publisher.md is true: its file loads, and its tables name every field that there is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from limitedtimes.model import SECTIONS, Hints, Rights
from limitedtimes.sources import catalogue
from limitedtimes.sources.schema import FEED_FIELDS, FIELDS, HINT_FIELDS, SHORTEST_DELAY

PAGE = Path(__file__).resolve().parents[2] / "docs" / "add-a-publisher.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", TEXT, re.S)


def table(heading: str) -> dict[str, str]:
    """A table's rows: the first column's name to the whole row."""
    rows = TEXT.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return {re.findall(r"`(\w+)`", row)[0]: row for row in rows}


def test_the_example_is_a_source_file_that_loads() -> None:
    (example,) = EXAMPLE
    source = catalogue.read(example, source_id="de.hafenblatt", where="de/hafenblatt.toml")
    assert (source.name, source.rights, len(source.feeds)) == ("Hafenblatt", Rights.LINK, 2)


def test_the_example_has_every_field_that_there_is() -> None:
    values = tomllib.loads(EXAMPLE[0])
    assert set(values) == set(FIELDS)
    assert {name for feed in values["feeds"] for name in feed} == set(FEED_FIELDS)
    assert set(values["hints"]) == set(HINT_FIELDS)
    assert all(getattr(Hints(**values["hints"]), name) for name in HINT_FIELDS)


def test_the_tables_explain_every_field_and_no_other() -> None:
    assert tuple(table("field")) == FIELDS
    assert tuple(table("field of a feed")) == FEED_FIELDS
    assert tuple(table("hint")) == HINT_FIELDS


def test_the_tables_tell_the_choices_and_limits() -> None:
    fields = table("field")
    assert all(f"`{section}`" in fields["sections"] for section in SECTIONS)
    assert all(f"`{rights}`" in fields["rights"] for rights in Rights)
    assert f"at least {SHORTEST_DELAY}" in fields["delay"]


def test_what_the_tables_call_needed_is_enough() -> None:
    needed = [name for name, row in table("field").items() if row.split("|")[2].strip() == "yes"]
    values = tomllib.loads(EXAMPLE[0])
    smallest = "\n".join(f"{name} = {json.dumps(values[name])}" for name in needed)
    assert catalogue.read(smallest, source_id="de.hafenblatt", where="x").name == "Hafenblatt"
