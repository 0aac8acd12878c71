"""Serves the edition over HTTP. Reading a page never fetches and never translates."""

from limitedtimes.web.app import application, warm
from limitedtimes.web.server import serve, serve_on, until_stopped

__all__ = ["application", "serve", "serve_on", "until_stopped", "warm"]
