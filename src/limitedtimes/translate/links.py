"""Whether the addresses in a sentence (pages, sites, mail) lead where those of the original do.

Whole addresses never go to an engine; the name of a site in a sentence ("t-online.de") does, and any engine may make
one up.
"""

from __future__ import annotations

import re
from typing import Final

_HINT: Final = re.compile(r"\.[a-zA-Z]|://|@")
_ENDINGS: Final = "com|org|net|info|eu|de|at|ch|fr|es|it|nl|be|pt|br|mx|ar|ru|ua|pl|uk|io|tv|gov|edu|int"
UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
"""Letters and signs of scripts that leave no space around an address."""
_ADDRESS: Final = re.compile(
    rf"""(?<![a-z0-9_.@/-])(?:
        (?:https?://|www\.)[^\s<>"“”„«»{UNSPACED}]*[^\s<>"“”„«».,;:!?)\]{UNSPACED}]
      | [a-z0-9_.+-]+@(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z0-9]
      | (?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?:/[^\s<>"“”„«».,;:!?)\]]+)*
    )(?![a-z0-9_])""",
    re.IGNORECASE | re.VERBOSE,
)


def addresses(text: str) -> dict[str, str]:
    """Those in a text as they are compared, and as they stand there."""
    if not _HINT.search(text):
        return {}
    return {_plain(found): found for found in _ADDRESS.findall(text)}


def without(text: str) -> str:
    """A text with a space for each address."""
    return _ADDRESS.sub(" ", text) if _HINT.search(text) else text


def _plain(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.casefold()).rstrip("/")


def changed(original: str, english: str) -> tuple[str, str]:
    """The first address of the original that the English lacks, and the first that it has of its own; "" for none."""
    there, here = addresses(original), addresses(english)
    lost = [said for plain, said in there.items() if plain not in here]
    made = [said for plain, said in here.items() if plain not in there]
    return next(iter(lost), ""), next(iter(made), "")
