"""What waits, and why something failed, in words for readers: the names of steps and reasons are to count by."""

from __future__ import annotations

from typing import Final

from limitedtimes.protocols import StepName

_WORDS: Final = {
    "not-an-article": "The page is no article, but a list, a video or a front page",
    "empty": "The page has no text",
    "paywall": "Only the beginning can be read without paying",
    "robots": "The publisher’s robots.txt asks us to keep out",
    "reserved": "The publisher reserves text and data mining",
    "gone": "The page is no longer there",
    "headline": "The headline could not be translated",
    "language": "It is in a language that nothing here translates",
    "no-engine": "It is in a language that nothing here translates",
    "too-large": "The page is larger than we read",
    "too-long": "The article is longer than we read",
    "not-html": "The page is no web page",
    "not-text": "The page is no text",
    "not-a-feed": "What stands at the feed’s address is no feed",
    "not-a-sitemap": "What stands at the sitemap’s address is no sitemap",
    "encoding": "The server sends something that cannot be read",
    "protocol": "The server sends something that cannot be read",
    "cut-short": "The answer of the server stops in the middle",
    "timeout": "The server does not answer in time",
    "connection": "The server does not answer",
    "dns": "There is no server of that name",
    "tls": "The server’s certificate is not valid",
    "redirects": "The server sends us from address to address",
    "address": "The address is none of the public internet",
    "url": "The address is none of the web",
    "not-yet": "The server asks for a pause",
    "stuck": "The page is too much for the program that reads it",
    "died": "The page is too much for the program that reads it",
    "key": "A translation service does not accept our key",
    "refused": "A translation service refuses the request",
    "limit": "A translation service does not take so much at once",
    "answer": "A translation service gives no translation",
    "quota": "A translation service has done what it does in a day",
    "budget": "What translating may cost today is spent",
    "source-budget": "What translating this source may cost today is spent",
    "busy": "A translation service is busy",
    "unreachable": "A translation service does not answer",
    "unexpected": "A fault of ours",
}


_STEPS: Final = {
    StepName.POLL: "Feeds to look at",
    StepName.FETCH: "Pages to fetch, or to look at again",
    StepName.EXTRACT: "Pages to read",
    StepName.TRANSLATE: "Articles to translate",
    StepName.ENRICH: "Articles to publish",
    StepName.LOCATE: "Articles to look for places in",
    StepName.GROUP: "Articles to put into stories",
}


def turn(step: str) -> str:
    """``poll`` → Feeds to look at"""
    return _STEPS[StepName(step)]


def why(reason: str) -> str:
    """``timeout`` → The server does not answer in time; ``http-503`` → The server says 503"""
    if reason.startswith("http-"):
        return f"The server says {reason.removeprefix('http-')}"
    return _WORDS.get(reason, reason)
