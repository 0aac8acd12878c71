"""The static files of the edition, each under a name that changes with its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    name: str  # style.css
    address: str  # /static/style.3f2c1a9b.css
    media_type: str
    body: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """All static files, by name."""
    folder = files("limitedtimes.edition") / "static"
    found = (_asset(file.name, file.read_bytes()) for file in folder.iterdir() if _suffix(file.name) in _TYPES)
    return MappingProxyType({asset.name: asset for asset in found})


def _suffix(name: str) -> str:
    return name[name.rfind(".") :]


def _asset(name: str, body: bytes) -> Asset:
    stem, suffix = name.removesuffix(_suffix(name)), _suffix(name)
    digest = hashlib.sha256(body).hexdigest()[:10]
    return Asset(name, f"/static/{stem}.{digest}{suffix}", _TYPES[suffix], body)
