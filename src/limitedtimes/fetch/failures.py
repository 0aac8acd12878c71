"""Whatever goes wrong on the way to an address, as a FetchError that names it."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from urllib3 import exceptions

from limitedtimes.errors import FetchError
from limitedtimes.fetch.target import Target

REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (TimeoutError, "timeout"),
    (exceptions.TimeoutError, "timeout"),
    (ssl.SSLError, "tls"),
    (exceptions.SSLError, "tls"),
    (socket.gaierror, "dns"),
    (exceptions.ProtocolError, "cut-short"),  # what urllib3 makes of a connection that breaks within a body
    (OSError, "connection"),
)
"""The first that fits; anything else that the HTTP library complains of is ``protocol``."""

PHRASES: Final = {"timeout": "took too long to answer", "cut-short": "the answer stops in the middle"}
"""For those whose own words are about the library."""


@contextmanager
def named(target: Target) -> Iterator[None]:
    """Inside, every expected failure becomes a FetchError whose message begins with the target's URL.

    Trouble on the wire is transient: tomorrow the name may resolve, the certificate be renewed, the server be up.
    """
    try:
        yield
    except FetchError as error:
        raise FetchError(
            f"{target.url}: {error.message}", reason=error.reason, transient=error.transient, retry_at=error.retry_at
        ) from error
    except (OSError, http.client.HTTPException, exceptions.HTTPError) as error:
        reason = next((reason for kind, reason in REASONS if isinstance(error, kind)), "protocol")
        words = PHRASES.get(reason) or str(error).strip() or type(error).__name__
        raise FetchError(f"{target.url}: {words}", reason=reason, transient=True) from error
