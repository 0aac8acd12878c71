"""A service that is slow, huge, broken, busy or wrong is one clear error, in time, and without the key."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from fake_services import KEY, NOW, SPEAKERS, FakeService, Reply, Tally, World, deepl, engine_of, serving

from limitedtimes.engines.exchange import LARGEST
from limitedtimes.errors import TranslateError

CERTIFICATE = Path(__file__).parents[1] / "fetch" / "localhost.pem"
SENTENCE = "Die Stadt baut eine neue Brücke."


@pytest.fixture
def service() -> Iterator[FakeService]:
    with serving(deepl) as service:
        yield service


def failure(service: FakeService, world: World | None = None, **options: Any) -> TranslateError:
    with pytest.raises(TranslateError) as caught:
        engine_of("deepl", service.address, world, **options).translate([SENTENCE], "de")
    assert KEY not in str(caught.value) + caught.value.detail + repr(caught.value.__context__)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_service_that_says_nothing_is_left_when_the_time_is_over(service: FakeService) -> None:
    service.turns = [lambda asked: lambda handler: service.closing.wait(10)]
    begun = time.monotonic()
    error = failure(service, deadline=0.3)
    assert time.monotonic() - begun < 3
    assert (error.reason, error.transient) == ("unreachable", True)
    assert "took longer than 0.3 s" in str(error)
    assert error.retry_at
    assert error.retry_at > NOW


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"])
def test_a_service_that_drips_does_not_get_more_time_with_every_drop(service: FakeService, start: bytes) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        while not service.closing.wait(0.05):
            handler.wfile.write(b"x")

    service.turns = [lambda asked: drip]
    begun = time.monotonic()
    assert failure(service, deadline=0.4).reason == "unreachable"
    assert time.monotonic() - begun < 3


def test_a_huge_answer_is_read_no_further_than_the_cap(service: FakeService) -> None:
    sent = []

    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not service.closing.is_set():
            sent.append(handler.wfile.write(b" " * 2**16))

    service.turns = [lambda asked: pour]
    error = failure(service)
    assert error.reason == "answer"
    assert f"more than {LARGEST} bytes" in str(error)
    assert sum(sent) < 4 * LARGEST


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>Welcome to the guest network</html>",
        b'{"translations": [{"text": "The ci',
        b"[" * 100_000,
        b"null",
        b"[]",
        b'{"translations": null}',
        b'{"translations": {"text": "x"}}',
        b'{"translations": [null]}',
        b'{"translations": [{"text": 7}]}',
        b'{"translations": []}',
        b'{"translations": [{"text": "One"}, {"text": "Two"}]}',
        b"\xff\xfe",
    ],
)
def test_an_answer_that_is_none_is_refused(service: FakeService, raw: bytes) -> None:
    service.turns = [Reply(200, raw=raw)]
    error = failure(service)
    assert (error.reason, error.transient) == ("answer", True)


def test_an_answer_that_breaks_off_is_refused(service: FakeService) -> None:
    service.turns = [Reply(200, raw=b'{"translations": []}', headers={"Content-Length": "500", "Connection": "close"})]
    assert failure(service, deadline=1.0).reason == "unreachable"


def test_an_encoding_that_was_not_asked_for_is_not_unpacked(service: FakeService) -> None:
    service.turns = [Reply(200, raw=b"\x1f\x8b bomb", headers={"Content-Encoding": "gzip"})]
    assert failure(service).reason == "answer"
    assert service.asked[0].headers["accept-encoding"] == "identity"


def test_what_is_not_http_is_an_error_like_any_other(service: FakeService) -> None:
    service.turns = [lambda asked: lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")]
    assert failure(service).reason == "unreachable"


def test_a_service_that_is_not_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    world = World()
    with pytest.raises(TranslateError, match="deepl: cannot be asked") as caught:
        engine_of("deepl", f"http://127.0.0.1:{port}", world).translate([SENTENCE], "de")
    assert caught.value.reason == "unreachable"


def test_a_redirect_is_not_followed_so_the_key_stays_here(service: FakeService) -> None:
    with serving(deepl) as elsewhere:
        service.turns = [Reply(307, headers={"Location": elsewhere.address + "/v2/translate"})]
        error = failure(service)
        assert (error.reason, error.transient) == ("absent", False)
        assert not elsewhere.asked


class TestTryingAgain:
    def test_a_busy_service_is_asked_again_after_the_time_that_it_names(self, service: FakeService) -> None:
        service.turns = [Reply(429, {"message": "Too many"}, {"Retry-After": "7"}), Reply(503, {})]
        world = World()
        assert engine_of("deepl", service.address, world).translate([SENTENCE], "de")[0].text
        assert world.naps == [7.0, 2.0]
        assert world.meter.characters == len(SENTENCE), "what was not taken is counted once"

    def test_an_http_date_is_a_time_too(self, service: FakeService) -> None:
        service.turns = [Reply(503, {}, {"Retry-After": "Sun, 01 Mar 2026 12:00:09 GMT"})]
        world = World()
        engine_of("deepl", service.address, world).translate([SENTENCE], "de")
        assert world.naps == [9.0]

    def test_a_connection_that_breaks_is_made_anew(self, service: FakeService) -> None:
        service.turns = [lambda asked: lambda handler: handler.connection.close()]
        world = World()
        assert engine_of("deepl", service.address, world).translate([SENTENCE], "de")[0].text
        assert (len(service.asked), world.naps) == (2, [1.0])
        assert world.meter.characters == 2 * len(SENTENCE), "what may have been taken is counted each time"

    def test_a_service_that_is_too_slow_is_not_asked_again(self, service: FakeService) -> None:
        service.turns = [lambda asked: lambda handler: service.closing.wait(10)]
        world = World()
        failure(service, world, deadline=0.3)
        assert (len(service.asked), world.naps) == (1, [])

    def test_what_is_too_large_says_which_settings_make_it_smaller(self, service: FakeService) -> None:
        service.turns = [Reply(413, raw=b"<html>413</html>")]
        assert "says 413; set items or characters lower" in str(failure(service))

    def test_attempts_are_bounded(self, service: FakeService) -> None:
        service.turns = [Reply(500, {"message": "Internal"})] * 10
        world = World()
        error = failure(service, world, attempts=4)
        assert (error.reason, error.transient) == ("unreachable", True)
        assert len(service.asked) == 4
        assert world.naps == [1.0, 2.0, 4.0]
        assert world.meter.characters == 4 * len(SENTENCE), "what may have been taken is counted each time"

    def test_a_long_wait_is_for_the_line_and_not_for_the_engine(self, service: FakeService) -> None:
        service.turns = [Reply(429, {}, {"Retry-After": "3600"})]
        world = World()
        error = failure(service, world)
        assert (error.reason, world.naps) == ("busy", [])
        assert error.retry_at
        assert (error.retry_at - NOW).total_seconds() == 3600

    @pytest.mark.parametrize("given", ["99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
    def test_no_wait_of_more_than_a_day_is_believed(self, service: FakeService, given: str) -> None:
        service.turns = [Reply(429, {}, {"Retry-After": given})]
        error = failure(service)
        assert error.retry_at
        assert (error.retry_at - NOW).total_seconds() == 86_400

    @pytest.mark.parametrize("given", ["-1", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "", "1e9"])
    def test_a_time_that_is_none_is_as_if_it_were_not_given(self, service: FakeService, given: str) -> None:
        service.turns = [Reply(429, {}, {"Retry-After": given})]
        world = World()
        engine_of("deepl", service.address, world).translate([SENTENCE], "de")
        assert world.naps == [1.0]


class TestKeys:
    @pytest.mark.parametrize("kind", sorted(SPEAKERS))
    def test_a_wrong_key_is_named_as_the_reason_and_is_in_no_error(self, kind: str) -> None:
        """Each fake service repeats the key that it was given, as some real ones do."""
        with serving(SPEAKERS[kind]) as service:
            engine = engine_of(kind, service.address, World(key="wr0ng-key-1234"))
            with pytest.raises(TranslateError) as caught:
                engine.translate([SENTENCE], "de")
        assert (caught.value.reason, caught.value.transient) == ("key", True)
        assert len(service.asked) == 1
        assert "1234" not in str(caught.value)
        assert "1234" not in engine.id + repr(engine.service) + repr(engine.describe())

    def test_a_key_is_left_out_of_other_complaints_too(self, service: FakeService) -> None:
        service.turns = [Reply(400, {"message": f"Cannot parse DeepL-Auth-Key {KEY} now"})]
        assert "Cannot parse DeepL-Auth-Key … now" in str(failure(service))

    def test_a_key_that_would_make_a_header_of_its_own_is_refused(self, service: FakeService) -> None:
        with pytest.raises(TranslateError) as caught:
            engine_of("deepl", service.address, World(key="x\r\nHost: elsewhere")).translate([SENTENCE], "de")
        assert caught.value.reason == "key"
        assert not service.asked


def test_an_untrusted_certificate_is_refused_before_the_key_is_sent() -> None:
    received = []

    def serve(listening: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        connection, _ = listening.accept()
        with connection:
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    received.append(secured.recv(1000))
            except (ssl.SSLError, OSError):
                pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        engine = engine_of("deepl", f"https://localhost:{listening.getsockname()[1]}", World(meter=Tally()))
        with pytest.raises(TranslateError, match="certificate") as caught:
            engine.translate([SENTENCE], "de")
        thread.join(5)
    assert caught.value.reason == "unreachable"
    assert not any(received)
