"""The press at work: each publisher on a port of its own on loopback, counting who asks for what."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Final

from limitedtimes.demo.printing import Printed, Truth, truth
from limitedtimes.demo.site import build_site, print_edition
from limitedtimes.demo.stall import ADDRESS, Hit, Site, open_stall
from limitedtimes.demo.texts import Publisher, publishers
from limitedtimes.model import FeedKind, FeedPointer, Rights, Source

DELAY: Final = 0.05
"""Seconds between requests to one publisher: a press of our own may be asked often."""

EVERY: Final = 1
"""Minutes between looks at its feeds."""


class Press:
    """Fictional publishers, served on loopback between ``start`` and ``stop``.

    All texts are dated by ``now`` (aware): the same ``now`` and ports give the same bytes. ``first_port`` numbers
    the publishers' ports upwards; 0 takes any that are free. Raises LimitedTimesError when a port is taken.
    """

    def __init__(self, now: datetime, *, first_port: int = 0) -> None:
        self.now = now.astimezone(UTC).replace(second=0, microsecond=0)
        self.publishers = tuple(publishers())
        self.hits: list[Hit] = []
        self._sites: list[Site] = []
        self._threads: list[threading.Thread] = []
        with ExitStack() as stack:
            self._servers = [
                stack.enter_context(self._open(number, first_port and first_port + number))
                for number in range(len(self.publishers))
            ]
            self._sockets = stack.pop_all()
        self._publish(edition=1)

    def start(self) -> Press:
        """Answer requests, each publisher in a thread of its own."""
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def stop(self) -> None:
        """Stop answering and free the ports."""
        for server in self._servers:
            if self._threads:
                server.shutdown()
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        self._sockets.close()

    def __enter__(self) -> Press:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def revise(self) -> None:
        """Publish the second version of the revised article; pages and feeds that change get new validators."""
        self._publish(edition=2)

    @property
    def origins(self) -> list[str]:
        """The address of each publisher, in the order of ``publishers``: ``http://127.0.0.1:8101``."""
        return [f"http://{ADDRESS}:{server.server_address[1]}" for server in self._servers]

    @property
    def hosts(self) -> frozenset[str]:
        """Host and port of each publisher."""
        return frozenset(origin.removeprefix("http://") for origin in self.origins)

    @property
    def requests(self) -> Counter[tuple[str, str]]:
        """How often each host was asked for each path."""
        return Counter((hit.host, hit.path) for hit in self.hits)

    def sources(self) -> list[Source]:
        """The publishers as sources, with the addresses that they have now."""
        return [describe(publisher, origin) for publisher, origin in zip(self.publishers, self.origins, strict=True)]

    def articles(self) -> list[list[Printed]]:
        """What each publisher has printed in the present edition, the newest first."""
        return [
            print_edition(publisher, origin, self.now, self._edition)
            for publisher, origin in zip(self.publishers, self.origins, strict=True)
        ]

    def truth(self) -> list[Truth]:
        """What every address that a feed gives holds in the present edition."""
        return [truth(article) for articles in self.articles() for article in articles]

    def _publish(self, edition: int) -> None:
        self._edition = edition
        printed = zip(self.publishers, self.articles(), self.origins, strict=True)
        self._sites = [build_site(publisher, articles, origin) for publisher, articles, origin in printed]

    def _open(self, number: int, port: int) -> ThreadingHTTPServer:
        compression = self.publishers[number].compression
        return open_stall(port, compression, lambda: self._sites[number], self.hits.append)


def describe(publisher: Publisher, origin: str) -> Source:
    """A publisher as a source. Its texts are ours, so an edition may show them in full."""
    kind = FeedKind.SITEMAP if "sitemap" in publisher.feed else FeedKind.FEED
    ours = {slug: section.ours for slug, section in publisher.sections.items()}
    return Source(
        id=publisher.id,
        name=publisher.name,
        home=origin + "/",
        country=publisher.country,
        languages=(publisher.language,),
        time_zone=publisher.time_zone,
        feeds=(FeedPointer(origin + publisher.feed_path, publisher.id, kind),),
        rights=Rights.FULL,
        hints=publisher.hints,
        sections=ours | {section.label: section.ours for section in publisher.sections.values()},
        delay=DELAY,
        every=EVERY,
    )
