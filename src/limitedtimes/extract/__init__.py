"""Page → article. The door of the room: ``extract``, ``detect``, ``cut`` and ``number_line``.

HTML is parsed once; only text, structure and picture addresses leave. Nothing here fetches or remembers.
"""

from __future__ import annotations

from limitedtimes.extract.article import extract
from limitedtimes.extract.language import detect
from limitedtimes.extract.numbering import number_line
from limitedtimes.extract.sentences import cut

__all__ = ["cut", "detect", "extract", "number_line"]
