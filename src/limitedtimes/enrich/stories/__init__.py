"""Stories: articles about one event, in any languages, found by their English as they come in.

The measure is that of the streaming methods that do best on news (Miranda et al., "Multilingual Clustering of Streaming
News", EMNLP 2018): sparse TF-IDF with names, and time. No model, and nothing to train.
"""

from limitedtimes.enrich.stories.grouping import WINDOW, group
from limitedtimes.enrich.stories.sketching import sketch

__all__ = ["WINDOW", "group", "sketch"]
