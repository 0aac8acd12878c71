"""What a robots.txt lets us do, by RFC 9309.

Protego matches the paths. Before it sees a file, the lines are put into the shape that the RFC, and what sites got
used to, give them: see ``_plain``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from protego import Protego

from limitedtimes.fetch.limits import PRODUCT

BYTE_ORDER_MARK: Final = re.compile(rb"\A\xef(\xbb\xbf?)?")  # or what is left of one
LINE_END: Final = re.compile(rb"\r\n?|\n")
LONGEST_LINE: Final = 8 * 2083 - 1  # bytes; Google's parser cuts there, for URLs were once limited to 2083 bytes

AGENT: Final = re.compile(r"\s*user[- ]?agent\b\s*:?\s*(?P<token>\*(?=\s|#|$)|[a-z_-]*)", re.IGNORECASE)
RULE: Final = re.compile(r"\s*(allow|di\w+|crawl[- ]delay)\b", re.IGNORECASE)
SOMEONE_ELSE: Final = "someone-else"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin for one agent. No parsed file: everything is allowed."""

    parsed: Protego | None = None
    agent: str = PRODUCT

    def allow(self, url: str) -> bool:
        """``url`` is percent-encoded, as a parsed URL is."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, self.agent))

    @property
    def crawl_delay(self) -> float:
        """Seconds; 0 when none is asked for. Not in the RFC, but many ask."""
        return float(self.parsed.crawl_delay(self.agent) or 0) if self.parsed else 0.0


def parse(content: bytes, agent: str = PRODUCT) -> Rules:
    """Never fails: lines that mean nothing are passed over."""
    return Rules(Protego.parse("\n".join(_plain(content, agent.lower()))), agent)


def _plain(content: bytes, agent: str) -> Iterator[str]:
    """The lines that matter, with a group's agent cut to its product token and compared whole.

    Protego would miss "LimitedTimes/1.0", take "Limited" for us, and end a group at a line that it does not know.
    """
    for line in LINE_END.split(BYTE_ORDER_MARK.sub(b"", content, count=1)):
        text = " ".join(line[:LONGEST_LINE].decode("utf-8", "replace").splitlines())
        if named := AGENT.match(text):
            token = named["token"].lower()
            yield f"user-agent: {token if token in (agent, '*') else SOMEONE_ELSE}"
        elif RULE.match(text):
            yield text
