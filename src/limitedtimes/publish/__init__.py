"""The site as files: asks ``web`` for every page that changed, and writes what it answers.

``publish`` is its door.
"""

from limitedtimes.publish.folder import Folder
from limitedtimes.publish.publishing import Told, publish

__all__ = ["Folder", "Told", "publish"]
