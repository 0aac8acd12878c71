"""Into English, sentence by sentence, with every doubt flagged: articles, and lines of text. Knows engines and memory
by their seams."""

from limitedtimes.translate.lines import Line, render_lines, translate_lines
from limitedtimes.translate.station import Headless, memory_keys, translate

__all__ = ["Headless", "Line", "memory_keys", "render_lines", "translate", "translate_lines"]
