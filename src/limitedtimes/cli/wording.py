"""Counts as people say them."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """``1 article``, ``1,200 articles``, ``2 entries``."""
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what[:-1]}ies" if what.endswith("ry") else f"{number:,} {what}s"


def are(number: int, what: str) -> str:
    """``1 article is``, ``2 articles are``."""
    return f"{counted(number, what)} {'is' if number == 1 else 'are'}"
