"""Serves the edition over HTTP. Reading a page never fetches and never translates."""

from limitedtimes.web.app import application
from limitedtimes.web.server import serve

__all__ = ["application", "serve"]
