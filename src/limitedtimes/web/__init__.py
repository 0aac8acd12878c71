"""Serves the edition over HTTP. Reading a page never fetches and never translates."""

from limitedtimes.web.app import ahead, application, make, warm
from limitedtimes.web.server import serve, serve_on, until_stopped

__all__ = ["ahead", "application", "make", "serve", "serve_on", "until_stopped", "warm"]
