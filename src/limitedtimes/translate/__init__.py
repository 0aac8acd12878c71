"""Articles into English, sentence by sentence, with every doubt flagged. Knows engines and memory by their seams."""

from limitedtimes.translate.station import translate

__all__ = ["translate"]
