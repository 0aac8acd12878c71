"""What a server answered, and what that means for the task: a page, a redirect, or one sort of failure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from urllib3 import HTTPResponse

from limitedtimes.errors import FetchError
from limitedtimes.fetch import body
from limitedtimes.fetch.limits import Limits
from limitedtimes.wire import asked_wait

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY})
SERVER_ERROR: Final = 500

TEXT: Final = re.compile(
    r"(text|application)/(html|plain|xml|json|feed|rss|atom|rdf|x-rss|x-atom|opml|x-opml|[\w.-]+\+(xml|json))"
)
ARCHIVE: Final = re.compile(r"application/(x-)?gzip(-compressed)?|(application|binary)/octet-stream")


@dataclass(frozen=True, slots=True)
class Answer:
    """``headers`` have lower-case names; the body is decoded, and empty unless the status is 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def location(self) -> str:
        """Where a redirect points to; "" when this is none."""
        return self.headers.get("location", "") if self.status in REDIRECTS else ""


def read_page(response: HTTPResponse, limits: Limits, *, gzip: bool) -> Answer:
    """Refuses before the body is read what is not text, or reserved by its publisher.

    With ``gzip``, a body that is a gzip file in itself (a sitemap.xml.gz) is welcome, and unpacked too.
    """
    headers = _headers(response)
    found = response.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
    if found and headers.get("tdm-reservation", "").strip() == "1":
        raise FetchError("the publisher reserves text and data mining (tdm-reservation: 1)", reason="reserved")
    if response.status != HTTPStatus.OK:
        return Answer(response.status, headers)
    _expect_text(headers.get("content-type", ""), gzip=gzip)
    content = body.read(response, compressed=limits.compressed, decompressed=limits.decompressed, gzip=gzip)
    return Answer(response.status, headers, content)


def read_start(response: HTTPResponse, limits: Limits, *, most: int) -> Answer:
    """For a robots.txt: whatever its type, no more than ``most`` bytes of it."""
    if response.status != HTTPStatus.OK:
        return Answer(response.status, _headers(response))
    content = body.read_start(response, compressed=limits.compressed, most=most)
    return Answer(response.status, _headers(response), content)


def _headers(response: HTTPResponse) -> dict[str, str]:
    """No cookie gets further than here."""
    return {name.lower(): value for name, value in response.headers.items() if name.lower() != "set-cookie"}


def _expect_text(content_type: str, *, gzip: bool) -> None:
    media_type = re.split("[;,]", content_type)[0].strip().lower()
    if media_type and not TEXT.fullmatch(media_type) and not (gzip and ARCHIVE.fullmatch(media_type)):
        raise FetchError(f"the server sends {media_type}, which is no text to read", reason="not-text")


def judge(answer: Answer, *, conditional: bool, now: datetime, limits: Limits) -> None:
    """Raises the FetchError that the status stands for; returns for 200, and for 304 to a conditional request."""
    status = answer.status
    if status == HTTPStatus.OK or (status == HTTPStatus.NOT_MODIFIED and conditional):
        return
    if status in GONE:
        raise FetchError(f"the server says {status}: no such page", reason="gone")
    if status in BUSY or status in LATER or status >= SERVER_ERROR:
        reason = "busy" if status in BUSY else "server-error"
        when = now + (retry_after(answer, now=now, limits=limits) or limits.retry)
        raise FetchError(f"the server says {status}", reason=reason, transient=True, retry_at=when)
    raise FetchError(f"the server says {status}", reason=f"http-{status}")


def asks_to_wait(answer: Answer, *, now: datetime, limits: Limits) -> float:
    """Seconds for which the whole host is to be left alone: Retry-After, or our own pause after a 429 without one."""
    if answer.status not in BUSY:
        return 0.0
    wait = retry_after(answer, now=now, limits=limits)
    if wait is None and answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = limits.retry
    return wait.total_seconds() if wait else 0.0


def retry_after(answer: Answer, *, now: datetime, limits: Limits) -> timedelta | None:
    """How long Retry-After asks to wait, capped; None when it gives no time to come."""
    return asked_wait(answer.headers.get("retry-after", ""), now=now, most=limits.retry_after)
