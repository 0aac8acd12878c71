"""An address of the web, parsed by the WHATWG rules and found fit to be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import ada_url

from limitedtimes.errors import FetchError

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
LONGEST_URL: Final = 8_000
"""RFC 9110, 4.1: what every server should be able to take."""
LOWEST_FREE_PORT: Final = 1024
BAD_PORTS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
)
"""https://fetch.spec.whatwg.org/#port-blocking, from 1024 up: ports of protocols that mistake HTTP for their own."""


@dataclass(frozen=True, slots=True)
class Target:
    """``host`` names the port when it is not the scheme's own; ``hostname`` has no brackets; ``path`` has the query."""

    url: str
    scheme: str
    host: str
    hostname: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}"

    def join(self, location: str) -> Target:
        """Where a Location header points to, seen from here."""
        # http.client reads headers as Latin-1; servers that send bare non-ASCII mean UTF-8.
        return parse(location.encode("latin-1", "replace").decode("utf-8", "replace"), base=self.url)


def parse(url: str, *, base: str | None = None) -> Target:
    """Raises FetchError (``url``) for anything but http and https without credentials on a web port."""
    if len(url) > LONGEST_URL:
        raise FetchError(f"{url[:80]}…: longer than {LONGEST_URL} characters", reason="url")
    try:
        parsed = ada_url.URL(url, base)
    except ValueError as error:
        raise FetchError(f"{url}: not a URL; give an absolute http or https address", reason="url") from error
    scheme = parsed.protocol.rstrip(":")
    if scheme not in DEFAULT_PORTS:
        raise FetchError(f"{url}: only http and https are fetched, not {scheme}", reason="url")
    if parsed.username or parsed.password:
        raise FetchError(f"{url}: an address with a user name or password is not fetched", reason="url")
    port = int(parsed.port or DEFAULT_PORTS[scheme])
    if port in BAD_PORTS or (port < LOWEST_FREE_PORT and port not in DEFAULT_PORTS.values()):
        raise FetchError(f"{url}: port {port} is not a port of the web", reason="url")
    return Target(
        url=parsed.href.partition("#")[0],
        scheme=scheme,
        host=parsed.host,
        hostname=parsed.hostname.strip("[]"),
        port=port,
        path=parsed.pathname + parsed.search,
    )


def host_of(url: str) -> str:
    """The host that paces a request to ``url``, with its port when that is not the usual one; "" for no web address."""
    try:
        return parse(url).host
    except FetchError:
        return ""
