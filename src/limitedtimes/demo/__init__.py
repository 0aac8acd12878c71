"""A small press of our own: fictional publishers in several languages, served on loopback, to try the whole line on."""

from limitedtimes.demo.press import Press
from limitedtimes.demo.printing import Truth
from limitedtimes.demo.texts import Kind

__all__ = ["Kind", "Press", "Truth"]
