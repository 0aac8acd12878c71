"""Every noun comes back from its row as it went in, and rows of other versions can be read."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limitedtimes import model, protocols
from limitedtimes.errors import StoreError
from limitedtimes.store.codec import compress, decode, decompress, encode, pack, unpack

NOUNS = [kind for kind in vars(model).values() if isinstance(kind, type) and is_dataclass(kind)] + [
    protocols.Translated
]

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=40),
    datetime: st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(fold=0)),  # which UTC has not
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of this type may hold."""
    arguments = get_args(hint)
    if hint in LEAVES:
        return LEAVES[hint]
    if get_origin(hint) in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not types.NoneType)
        return st.none() | values(inner)
    if get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(TEXT, values(arguments[1]), max_size=3)
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: values(hints[field.name]) for field in fields(hint)})


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
def test_every_noun_comes_back_as_it_went_in(kind: type) -> None:
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(values(kind))
    def comes_back(value: object) -> None:
        back: object = unpack(pack(value), kind)
        assert back == value
        assert repr(back) == repr(value)  # 1 == 1.0 == True, but they are not the same

    comes_back()


@dataclass(frozen=True)
class Pointer:
    url: str
    title: str = "untitled"
    languages: tuple[str, ...] = ()


def test_a_field_of_a_later_version_is_ignored() -> None:
    assert decode(Pointer, {"url": "u", "title": "t", "languages": ["de"], "mood": "good"}) == Pointer(
        "u", "t", ("de",)
    )


def test_a_field_that_an_earlier_version_did_not_have_takes_its_default() -> None:
    assert decode(Pointer, {"url": "u"}) == Pointer("u")


def test_a_row_without_a_field_that_must_be_there_is_an_error_that_names_it() -> None:
    with pytest.raises(StoreError, match="Pointer lacks url"):
        decode(Pointer, {"title": "t"})


def test_a_row_of_another_kind_is_an_error() -> None:
    with pytest.raises(StoreError, match="a Picture where Pointer belongs"):
        unpack(pack(model.Picture("u")), Pointer)


def test_a_row_of_a_newer_format_is_an_error_that_says_what_to_do() -> None:
    envelope = json.loads(decompress(pack(Pointer("u")))) | {"format": 2}
    with pytest.raises(StoreError, match="upgrade"):
        unpack(compress(json.dumps(envelope).encode()), Pointer)


def test_what_has_no_place_in_a_noun_cannot_be_kept() -> None:
    with pytest.raises(TypeError, match="set"):
        encode({"a", "b"})
    with pytest.raises(TypeError, match="set"):
        decode(set[str], ["a", "b"])
