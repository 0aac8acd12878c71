"""The form that asks for a removal: what was typed, whether that will do, and what to say where it will not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.settings import Settings
from limitedtimes.removal import Appeal, Party

LONGEST: Final[Mapping[str, int]] = {"address": 2000, "why": 2000, "contact": 200}
"""Characters."""
TRAP: Final = "url2"
"""A field that people do not see: what fills it in is a program."""
_OURS: Final = re.compile(r"/[^\s\"'<>\\]{1,1999}")  # the path of a page here


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the fields, and by field what is wrong with it; "" for what concerns all of it."""

    address: str = ""
    what: str = "article"  # or "source"
    who: str = ""  # a Party, but not the operator
    why: str = ""
    contact: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def read(fields: Mapping[str, str], settings: Settings) -> Form:
    """What was sent, with its problems. What is too long is cut, and said to be."""
    given = {name: _tidy(fields.get(name, "")) for name in ("address", "what", "who", "why", "contact")}
    problems = {
        name: f"This has {len(given[name]):,} characters; {most:,} are the most."
        for name, most in LONGEST.items()
        if len(given[name]) > most
    }
    if not given["address"]:
        problems["address"] = "Give the address of the article or the source."
    elif "address" not in problems and not _is_address(given["address"]):
        problems["address"] = f"This is no address. One begins with https://, or {settings.base_url}/ for a page here."
    if given["what"] not in ("article", "source"):
        problems["what"] = "Say whether it is one article or the whole source."
    if given["who"] not in (Party.PUBLISHER, Party.PERSON):
        problems["who"] = "Say for whom you ask."
    if fields.get(TRAP):
        problems[""] = "A field that must stay empty was filled in, perhaps by your browser. Send once more."
    cut = {name: given[name][:most] for name, most in LONGEST.items()}
    return Form(**(given | cut), problems=problems)


def _tidy(text: str) -> str:
    return plain(text.replace("\r\n", "\n")).strip()


def _is_address(text: str) -> bool:
    return bool(web_address(text) or _OURS.fullmatch(text))


def appeal(form: Form, now: datetime) -> Appeal:
    """What a form without problems asks."""
    return Appeal(form.address, form.what == "source", Party(form.who), form.why, form.contact, now)
