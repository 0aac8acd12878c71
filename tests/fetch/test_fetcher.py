"""Pages, statuses, redirects, headers: what a well-meaning server may send, and what we say to it."""

from __future__ import annotations

import ssl
import threading
from datetime import timedelta

import pytest
from loopback import CERTIFICATE, NOW, fetch, fetching, redirect, refusal, reply, serve

from limitedtimes.errors import ConfigError, FetchError
from limitedtimes.fetch import Fetcher, Limits, host_of
from limitedtimes.model import Entry, Request


def test_a_page_comes_with_its_bytes_headers_and_entry() -> None:
    body = "<p>Grüße".encode()
    with serve({"/a?b=%C3%BC": reply(body, content_type="text/html; charset=utf-8")}) as server, fetching() as fetcher:
        entry = Entry(server.url("/a?b=ü#top"))
        page = fetcher.get(Request(entry.url, source="de.blatt", entry=entry))
    assert (page.status, page.body, page.fetched_at) == (200, body, NOW)
    assert (page.url, page.final_url) == (entry.url, server.url("/a?b=%C3%BC"))
    assert (page.source, page.entry) == ("de.blatt", entry)
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_we_say_who_we_are_and_send_nothing_of_our_own() -> None:
    with (
        serve({"/": reply(b"ok", set_cookie="id=1")}) as server,
        fetching(contact="mailto:desk@example.org") as fetcher,
    ):
        first, second = (fetcher.get(Request(server.url())) for _ in range(2))
    assert "set-cookie" not in first.headers
    assert second.status == 200
    for asked in server.asked:
        assert asked.headers["user-agent"] == "LimitedTimes/0.1 (+mailto:desk@example.org)"
        assert asked.headers["host"] == server.host
        assert not asked.headers.keys() & {"cookie", "authorization", "referer"}


@pytest.mark.parametrize("contact", ["", "me\r\nX-Evil: 1", "Ümläut"])
def test_a_contact_that_cannot_stand_in_a_header_is_a_mistake_in_the_configuration(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        Limits(contact=contact)


def test_a_deadline_over_a_minute_is_a_mistake_in_the_configuration() -> None:
    with pytest.raises(ConfigError, match="deadline"):
        Limits(deadline=61)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({"*": reply(b"proxy")}) as proxy, serve({"/": reply(b"site")}) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        assert fetch(server.url()).body == b"site"
    assert proxy.accepted == 0


@pytest.mark.parametrize(
    ("status", "reason", "transient"),
    [
        ("404 Not Found", "gone", False),
        ("410 Gone", "gone", False),
        ("403 Forbidden", "http-403", False),
        ("401 Unauthorized", "http-401", False),
        ("451 Unavailable For Legal Reasons", "http-451", False),
        ("204 No Content", "http-204", False),
        ("304 Not Modified", "http-304", False),
        ("300 Multiple Choices", "http-300", False),
        ("302 Found", "http-302", False),
        ("408 Request Timeout", "server-error", True),
        ("429 Too Many Requests", "busy", True),
        ("500 Internal Server Error", "server-error", True),
        ("502 Bad Gateway", "server-error", True),
        ("503 Service Unavailable", "busy", True),
    ],
)
def test_a_status_says_whether_to_come_again(status: str, reason: str, transient: bool) -> None:
    with serve({"/": reply(b"no", status)}) as server:
        error = refusal(server.url(), retry=timedelta(minutes=7))
    assert (error.reason, error.transient) == (reason, transient)
    assert error.retry_at == (NOW + timedelta(minutes=7) if transient else None)
    assert str(error).startswith(server.url()), "the message names the address"


@pytest.mark.parametrize(
    ("given", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(minutes=10)),
        ("Sun, 01 Mar 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("Sun, 01 Mar 2026 11:00:00 GMT", timedelta(minutes=10)),
        ("99999999", timedelta(days=1)),
        ("9" * 5000, timedelta(days=1)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", timedelta(days=1)),
        ("soon", timedelta(minutes=10)),
        (f"Sun, 01 Mar 2026 12:30:{'9' * 30} GMT", timedelta(minutes=10)),
        ("Sun, 01 Mar 2026 13:30:00 +0100", timedelta(minutes=30)),
        ("-5", timedelta(minutes=10)),
    ],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_is_obeyed_within_reason(given: str, wait: timedelta, status: str) -> None:
    with serve({"/": reply(b"", status, retry_after=given)}) as server:
        assert refusal(server.url()).retry_at == NOW + wait


def test_a_host_that_says_later_is_left_alone_by_all_its_pages() -> None:
    with serve({"/": reply(b"", "429 Too Many Requests", retry_after="120"), "/b": reply(b"b")}) as server:
        with fetching(options={"monotonic": lambda: 0.0}) as fetcher:
            with pytest.raises(FetchError):
                fetcher.get(Request(server.url()))
            assert fetcher.ready_at(server.host) == NOW + timedelta(seconds=120)
            with pytest.raises(FetchError) as caught:
                fetcher.get(Request(server.url("/b")))
        assert (caught.value.reason, caught.value.retry_at) == ("not-yet", NOW + timedelta(seconds=120))
        assert server.pages_asked == ["/"]


def test_redirects_are_followed_relative_and_absolute_and_across_hosts() -> None:
    with serve({"/new%20place?x=1": reply(b"here")}) as there:
        site = {
            "/a": redirect("b/c", "301 Moved Permanently"),
            "/b/c": redirect("/d", "307 Temporary Redirect"),
            "/d": redirect(f"//localhost:{there.port}/new place?x=1#y", "308 Permanent Redirect"),
        }
        with serve(site) as here:
            page = fetch(here.url("/a"))
    assert (page.body, page.url, page.final_url) == (b"here", here.url("/a"), there.url("/new%20place?x=1"))


def test_a_redirect_in_bare_utf8_is_understood() -> None:
    with serve({"/": redirect("/grüße"), "/gr%C3%BC%C3%9Fe": reply(b"ja")}) as server:
        assert fetch(server.url()).body == b"ja"


def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    site = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": reply(b"end")}
    with serve(site) as server:
        assert fetch(server.url("/1")).body == b"end"
        assert refusal(server.url("/0")).reason == "redirects"


def test_a_redirect_to_itself_ends() -> None:
    with serve({"/": redirect("/")}) as server:
        assert refusal(server.url()).reason == "redirects"
        assert len(server.pages_asked) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/", "http://u:p@localhost/", "http://["])
def test_a_redirect_to_what_is_not_fetched_is_refused(location: str) -> None:
    with serve({"/": redirect(location)}) as server:
        error = refusal(server.url())
    assert (error.reason, error.transient) == ("url", False)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nothing",
        "/only/a/path",
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:25/",
        "http://example.org:6667/",
        "http://example.org:0/",
        "http://example.org:70000/",
        "http://exa mple.org/",
        "http:///",
        "http://example.org/" + "a" * 8000,
    ],
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    error = refusal(url)
    assert (error.reason, error.transient, error.retry_at) == ("url", False, None)
    assert host_of(url) == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.ORG/a", "example.org"),
        ("https://example.org:443/a", "example.org"),
        ("http://example.org:8080/a", "example.org:8080"),
        ("https://grüße.example/", "xn--gre-6ka8l.example"),
        ("http://[::1]:8000/", "[::1]:8000"),
    ],
)
def test_a_host_is_named_in_one_way(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/html",
        "TEXT/HTML; Charset=ISO-8859-1",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml; charset=utf-8",
        "application/rdf+xml",
        "application/json",
        "application/feed+json",
        "text/x-opml+xml",
        "text/html, text/html",
    ],
)
def test_text_is_read(content_type: str | None) -> None:
    with serve({"/": reply(b"text", content_type=content_type)}) as server:
        assert fetch(server.url()).body == b"text"


@pytest.mark.parametrize(
    "content_type",
    [
        "image/jpeg",
        "image/svg+xml",
        "application/pdf",
        "video/mp4",
        "application/octet-stream",
        "application/gzip",
        "text/css",
        "text/javascript",
        "application/zip",
    ],
)
def test_what_is_no_text_is_refused_before_its_body_is_read(content_type: str) -> None:
    endless = reply(b"", content_type=content_type, content_length=None)
    with serve({"/": lambda _: server.drip(endless)}) as server:
        error = refusal(server.url())
    assert (error.reason, error.transient) == ("not-text", False)


def test_a_publisher_who_reserves_text_mining_is_obeyed() -> None:
    with serve({"/": reply(b"text", tdm_reservation="1"), "/free": reply(b"text", tdm_reservation="0")}) as server:
        assert refusal(server.url()).reason == "reserved"
        assert fetch(server.url("/free")).body == b"text"


def test_a_page_that_is_gone_is_gone_whatever_its_publisher_reserves() -> None:
    with serve({"/": reply(b"", "404 Not Found", tdm_reservation="1")}) as server:
        assert refusal(server.url()).reason == "gone"


def test_a_certificate_is_checked_for_its_authority_and_for_the_name_that_was_asked() -> None:
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    names = frozenset({"localhost", "127.0.0.1"})
    with serve({"/": reply(b"safe")}, tls=True) as server:
        url, other_name = server.url(scheme="https"), f"https://127.0.0.1:{server.port}/"
        assert fetch(url, options={"trust": trust}).body == b"safe"
        assert refusal(url).reason == "tls"
        assert refusal(other_name, options={"trust": trust}, allow_hosts=names).reason == "tls"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "connection"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200 + b"\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000, "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "cut-short"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "cut-short"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-15\r\nhello", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", "cut-short"),
    ],
)
def test_a_broken_answer_is_tried_again_later(answer: bytes, reason: str) -> None:
    with serve({"/": answer}) as server:
        error = refusal(server.url())
    assert (error.reason, error.transient, error.retry_at) == (reason, True, NOW + timedelta(minutes=10))


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with serve({}) as server:
        pass
    error = refusal(server.url())
    assert (error.reason, error.transient, error.retry_at) == ("connection", True, NOW + timedelta(minutes=10))


def test_a_name_that_does_not_resolve_is_tried_again_later() -> None:
    error = refusal(f"http://{'a' * 64}.example/")
    assert (error.reason, error.transient) == ("dns", True)


def test_closing_hangs_up_on_a_server_and_never_takes_half_a_body_for_a_page() -> None:
    reading = threading.Event()

    def endless(_: object) -> object:
        yield reply(b"<p>begin", content_length=None)
        reading.set()
        server.closing.wait()

    errors: list[FetchError] = []

    def get(fetcher: Fetcher, url: str) -> None:
        try:
            fetcher.get(Request(url))
        except FetchError as error:
            errors.append(error)

    with serve({"/": endless}) as server, fetching() as fetcher:  # type: ignore[dict-item]
        thread = threading.Thread(target=get, args=(fetcher, server.url()))
        thread.start()
        assert reading.wait(5)
        fetcher.close()
        thread.join(5)
        get(fetcher, server.url("/later"))
    assert [error.reason for error in errors] == ["stopped", "stopped"]
    assert all(error.transient and error.retry_at for error in errors)
