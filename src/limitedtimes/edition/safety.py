"""What may be put into a page: publishers' text and addresses, made harmless before any template sees them."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"https?://[^\s/?#\\@\"'<>]+(?:[/?#]\S*)?", re.IGNORECASE)

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets) and of no use in HTML: controls, surrogates, two
# non-characters. The bidirectional overrides go too: they would let one line of text reorder its neighbours.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]")


def web_address(url: str) -> str:
    """The address, if it is one of the web's (http or https, no user name, no blanks or controls), else ``""``."""
    url = url.strip()
    return url if _ADDRESS.fullmatch(url) and not _FORBIDDEN.search(url) else ""


def plain(text: str) -> str:
    """The text without characters that XML forbids or that disturb the text around it."""
    return _FORBIDDEN.sub("", text)
