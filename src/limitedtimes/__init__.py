"""The Limited Times: an English edition of the world's non-English press."""

__version__ = "0.1.0"
