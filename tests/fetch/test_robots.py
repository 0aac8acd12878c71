"""RFC 9309 as a table: a file, an agent, what it may fetch and what it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.fetch.limits import PRODUCT
from limitedtimes.fetch.robots import parse

SITE = "https://blatt.example"

# name: (robots.txt, agent, allowed paths, refused paths)
TABLE: dict[str, tuple[str | bytes, str, list[str], list[str]]] = {
    "nothing is forbidden by an empty file": ("", "desk", ["/", "/a"], []),
    "nothing is forbidden by an empty rule": ("user-agent: desk\ndisallow:", "desk", ["/", "/a"], []),
    "everything is forbidden by a slash": ("user-agent: desk\ndisallow: /", "desk", [], ["/", "/a?b"]),
    "robots.txt itself is never forbidden": ("user-agent: *\ndisallow: /", "desk", ["/robots.txt"], ["/a"]),
    "rules for others are not for us": ("user-agent: other\ndisallow: /", "desk", ["/a"], []),
    "the group of the star is for whoever has none": (
        "user-agent: *\ndisallow: /a\nuser-agent: other\ndisallow: /b",
        "desk",
        ["/b"],
        ["/a"],
    ),
    "one's own group replaces that of the star": (
        "user-agent: *\ndisallow: /a\nuser-agent: desk\ndisallow: /b",
        "desk",
        ["/a"],
        ["/b"],
    ),
    "the star may come last": ("user-agent: desk\nallow: /\nuser-agent: *\ndisallow: /", "desk", ["/a"], []),
    "groups for one agent are merged": (
        "user-agent: desk\ndisallow: /a\nuser-agent: other\ndisallow: /b\nuser-agent: desk\ndisallow: /c",
        "desk",
        ["/b"],
        ["/a", "/c"],
    ),
    "groups of the star are merged": (
        "user-agent: *\ndisallow: /a\n\nuser-agent: other\n\nuser-agent: *\ndisallow: /c",
        "desk",
        ["/b"],
        ["/a", "/c"],
    ),
    "a group may have several agents": (
        "user-agent: other\nuser-agent: desk\nuser-agent: third\ndisallow: /a",
        "desk",
        ["/b"],
        ["/a"],
    ),
    "an empty line does not end a group": ("user-agent: desk\n\n\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "a line that is not known does not end a group": (
        "user-agent: desk\nnoindex: /x\nsitemap: https://blatt.example/s.xml\nuser-agent: other\ndisallow: /a",
        "desk",
        ["/b"],
        ["/a"],
    ),
    "a rule before any group is for nobody": ("disallow: /\nuser-agent: desk\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "lines that are no rules are passed over": (
        "<html>\nhello: world\n:\n:::\nuser-agent: desk\n\x00\ndisallow: /a",
        "desk",
        ["/b"],
        ["/a"],
    ),
    "names of fields know no case": ("USER-AGENT: desk\nDisAllow: /a\naLLOW: /a/b", "desk", ["/a/b"], ["/a"]),
    "names of agents know no case": ("user-agent: DESK\ndisallow: /a", "dEsK", ["/b"], ["/a"]),
    "paths know case": ("user-agent: desk\ndisallow: /Politik", "desk", ["/politik"], ["/Politik/x"]),
    "an agent is named up to the first other character": (
        "user-agent: *\ndisallow: /\nuser-agent: Desk/2.1 (reader)\ndisallow: /a",
        "desk",
        ["/b"],
        ["/a"],
    ),
    "an agent is named up to the first space": ("user-agent: desk top\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "a longer name is another agent": ("user-agent: desktop\ndisallow: /", "desk", ["/a"], []),
    "a shorter name is another agent": ("user-agent: des\ndisallow: /", "desk", ["/a"], []),
    "a star within a name is not the star": ("user-agent: *bot\ndisallow: /", "desk", ["/a"], []),
    "a star may have a comment": ("user-agent: * # all\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "an agent without a name is nobody": ("user-agent:\ndisallow: /", "desk", ["/a"], []),
    "the longest match wins, forbidden": ("user-agent: desk\nallow: /a\ndisallow: /a/b", "desk", ["/a/c"], ["/a/b"]),
    "the longest match wins, allowed": ("user-agent: desk\ndisallow: /a\nallow: /a/b", "desk", ["/a/bc"], ["/a/c"]),
    "the order of rules is nothing": ("user-agent: desk\nallow: /a/b\ndisallow: /a", "desk", ["/a/bc"], ["/a/c"]),
    "of two alike, the kinder wins": ("user-agent: desk\ndisallow: /a\nallow: /a", "desk", ["/a"], []),
    "a path is matched from its start": ("user-agent: desk\ndisallow: /a", "desk", ["/b/a", "/?q=/a"], ["/a", "/ab"]),
    "a path with a slash is that folder": (
        "user-agent: desk\ndisallow: /a/",
        "desk",
        ["/a", "/a.html"],
        ["/a/", "/a/b"],
    ),
    "a query belongs to the path": ("user-agent: desk\ndisallow: /a?print=", "desk", ["/a"], ["/a?print=1"]),
    "a star stands for anything": (
        "user-agent: desk\ndisallow: /*.php",
        "desk",
        ["/php", "/a.PHP", "/a?php"],
        ["/.php", "/a/b.php", "/a.php5", "/a.php?x", "/a?f=b.php"],
    ),
    "a star stands for nothing too": ("user-agent: desk\ndisallow: /a*b*c", "desk", ["/acb"], ["/abc", "/axbyc"]),
    "a star at the end changes nothing": ("user-agent: desk\ndisallow: /a*", "desk", ["/b"], ["/a", "/ab", "/a/b"]),
    "a dollar is the end": ("user-agent: desk\ndisallow: /a$", "desk", ["/ab", "/a/", "/a?x"], ["/a"]),
    "a star and a dollar": (
        "user-agent: desk\ndisallow: /*.pdf$",
        "desk",
        ["/a.pdf?x", "/a.pdf/", "/a.pdfs"],
        ["/a.pdf", "/b/a.pdf"],
    ),
    "only the front page": ("user-agent: desk\nallow: /$\ndisallow: /", "desk", ["/"], ["/a", "/?x"]),
    "a star counts for the length": (
        "user-agent: desk\nallow: /page\ndisallow: /*.html",
        "desk",
        ["/page"],
        ["/page.html"],
    ),
    "a dollar in the middle is a dollar": ("user-agent: desk\ndisallow: /a$b", "desk", ["/a"], ["/a$b"]),
    "a special character can be written as itself": (
        "user-agent: desk\ndisallow: /a%2A\ndisallow: /b-%24",
        "desk",
        ["/ab", "/b-"],
        ["/a%2A", "/b-%24"],
    ),
    "a comment ends a rule": ("user-agent: desk # us\n# disallow: /\ndisallow: /a#b\nallow: /", "desk", ["/b"], ["/a"]),
    "beyond ASCII, written out": ("user-agent: desk\ndisallow: /köln", "desk", ["/k"], ["/k%C3%B6ln"]),
    "beyond ASCII, encoded": ("user-agent: desk\ndisallow: /k%C3%B6ln", "desk", ["/k"], ["/k%C3%B6ln"]),
    "an encoding knows no case": ("user-agent: desk\ndisallow: /k%c3%b6ln", "desk", ["/k"], ["/k%C3%B6ln"]),
    "an encoded letter is that letter": ("user-agent: desk\ndisallow: /%62%61%7A", "desk", ["/ba"], ["/baz", "/%62az"]),
    "an encoded slash is no slash": ("user-agent: desk\ndisallow: /a%2Fb", "desk", ["/a/b"], ["/a%2Fb"]),
    "an address within a query": (
        "user-agent: desk\ndisallow: /\nallow: /a?u=http://x.example?b&c",
        "desk",
        ["/a?u=http://x.example?b&c"],
        ["/a?u=http://y.example"],
    ),
    "an allowed index.html allows its folder": (
        "user-agent: *\nallow: /a/index.html\ndisallow: /",
        "desk",
        ["/a/", "/a/index.html"],
        ["/a/index.htm", "/b/"],
    ),
    "a missing colon is understood": ("user-agent desk\ndisallow /a", "desk", ["/b"], ["/a"]),
    "a slip of the pen is understood": ("user-agent: desk\ndissallow: /a\ndisalow: /b", "desk", ["/c"], ["/a", "/b"]),
    "spaces are nothing": ("  user-agent  :  desk  \n\t disallow\t:\t/a  ", "desk", ["/b"], ["/a"]),
    "lines may end as on Windows": ("user-agent: desk\r\ndisallow: /a\r\n", "desk", ["/b"], ["/a"]),
    "lines may end as on an old Mac": ("user-agent: desk\rdisallow: /a\r\r", "desk", ["/b"], ["/a"]),
    "no other character ends a line": (
        "user-agent: desk\ndisallow: /x\x0bdisallow: /a",
        "desk",
        ["/a"],
        ["/x%20disallow:%20/a"],
    ),
    "a byte order mark is nothing": (b"\xef\xbb\xbfuser-agent: desk\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "nor is half of one": (b"\xef\xbbuser-agent: desk\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "nor is a third": (b"\xefuser-agent: desk\ndisallow: /a", "desk", ["/b"], ["/a"]),
    "a mark that is none spoils its line": (b"\xef\x11\xbfuser-agent: desk\ndisallow: /a", "desk", ["/a"], []),
    "a mark in the middle spoils its line": (b"user-agent: desk\n\xef\xbb\xbfdisallow: /a", "desk", ["/a"], []),
    "a line is cut where no address is so long": (
        "user-agent: desk\ndisallow: /" + "a" * 20_000,
        "desk",
        ["/a"],
        ["/" + "a" * 16_700],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_rfc_9309(name: str) -> None:
    content, agent, allowed, refused = TABLE[name]
    rules = parse(content if isinstance(content, bytes) else content.encode(), agent)
    assert [path for path in allowed if not rules.allow(SITE + path)] == []
    assert [path for path in refused if rules.allow(SITE + path)] == []


def test_we_are_called_by_our_product_token() -> None:
    assert PRODUCT == "LimitedTimes"
    rules = parse(b"User-agent: *\nAllow: /\n\nUser-agent: LimitedTimes/0.1\nDisallow: /a")
    assert not rules.allow(f"{SITE}/a")


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        ("user-agent: *\ncrawl-delay: 10", 10),
        ("user-agent: *\ncrawl-delay: 1.5", 1.5),
        ("user-agent: *\ncrawl-delay: 10\nuser-agent: LimitedTimes\ncrawl-delay: 20\ndisallow: /a", 20),
        ("user-agent: *\ncrawl-delay: 10\nuser-agent: LimitedTimes\ndisallow: /a", 0),
        ("user-agent: other\ncrawl-delay: 10", 0),
        ("user-agent: *\ncrawl-delay: -5", 0),
        ("user-agent: *\ncrawl-delay: soon", 0),
        ("user-agent: *\ncrawl-delay: nan", 0),
        ("", 0),
    ],
)
def test_a_crawl_delay_is_read(content: str, seconds: float) -> None:
    assert parse(content.encode()).crawl_delay == seconds


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_file_can_break_the_parser(content: bytes, path: str) -> None:
    assert parse(content).allow(f"{SITE}/{path}") in (True, False)


def test_many_stars_do_not_take_long() -> None:
    rules = parse(b"user-agent: *\ndisallow: /" + b"*a" * 5000 + b"$")
    assert rules.allow(f"{SITE}/{'a' * 4000}b")
