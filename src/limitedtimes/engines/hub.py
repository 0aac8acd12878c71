"""What the hubs have of a model: which files, how large, with which checksums, under which licence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from limitedtimes.engines.download import Wanted, Web, fetch_json
from limitedtimes.engines.known import Known
from limitedtimes.errors import ModelError

PACKAGE: Final = "package.argosmodel"
"""The name that an Argos package gets when it comes."""
ARGOS: Final = "argos"
FIREFOX: Final = "firefox"
_WANTED: Final = ("model", "vocab", "srcVocab", "trgVocab")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_SHA256: Final = re.compile("[0-9A-Fa-f]{64}")


@dataclass(frozen=True, slots=True)
class Hubs:
    """Where they are: the address of the one that speaks as Hugging Face does, of Argos's index, and of the registry of
    Firefox's models."""

    hub: str
    argos_index: str
    firefox_registry: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A model on a hub, as it is now. ``licence`` is what the hub says, or ""; ``files`` are by name; ``sums``: SHA-256
    of what is packed in them, as far as the hub says."""

    origin: str
    revision: str
    licence: str
    files: Mapping[str, Wanted]
    sums: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes, as far as the hub says."""
        return sum(wanted.size for wanted in self.files.values())


def offer_of(known: Known, hubs: Hubs, web: Web) -> Offer:
    """Ask a model's hub. Raises ModelError."""
    if known.kind == FIREFOX:
        return _firefox(known, hubs.firefox_registry, web)
    return _argos(known, hubs, web) if known.kind == ARGOS else _hugging_face(known, hubs, web)


def _hugging_face(known: Known, hubs: Hubs, web: Web) -> Offer:
    """https://huggingface.co/docs/hub/api: ``blobs`` adds sizes and checksums; files are taken at that revision."""
    hub = hubs.hub.rstrip("/")
    address = f"{hub}/api/models/{known.repo}"
    found = fetch_json(f"{address}?blobs=true", web)
    try:
        revision, siblings = str(found["sha"]), {str(each["rfilename"]): each for each in found["siblings"]}
        licence = _licence(found.get("cardData") or {})
    except (KeyError, TypeError, AttributeError):
        raise ModelError(f"{address}: answers with something else than a model; is `hub` right?") from None
    base = f"{hub}/{known.repo}/resolve/{quote(revision)}"
    names = [_chosen(alternatives.split("|"), siblings, address) for alternatives in known.files]
    files = {name: _blob(f"{base}/{quote(name)}", siblings[name], address) for name in names}
    return Offer(f"{hub}/{known.repo}", revision, licence, files)


def _licence(card: Mapping[str, Any]) -> str:
    """One, several, or one of its own with a name: https://huggingface.co/docs/hub/model-cards"""
    given = card.get("license") or []
    names = [str(one) for one in given] if isinstance(given, list) else [given] if isinstance(given, str) else []
    if names == ["other"] and card.get("license_name"):
        names = [f"other: {card['license_name']}"]
    return ", ".join(names)


def _chosen(alternatives: list[str], siblings: Mapping[str, Any], address: str) -> str:
    for name in alternatives:
        if name in siblings:
            return name
    raise ModelError(f"{address}: the hub has no {' or '.join(alternatives)}; choose another with --model")


def _blob(address: str, sibling: Mapping[str, Any], where: str) -> Wanted:
    """Large files have a SHA-256, small ones the name of their Git blob."""
    large, size = sibling.get("lfs") or {}, sibling.get("size") or 0
    if not isinstance(large, dict) or type(size) is not int or not 0 <= size < 2**53:
        raise ModelError(f"{where}: answers with something else than a model; is `hub` right?")
    sha256 = str(large.get("sha256") or large.get("oid") or "").removeprefix("sha256:")
    return Wanted(address, size, sha256, "" if sha256 else str(sibling.get("blobId") or ""))


def _firefox(known: Known, registry: str, web: Web) -> Offer:
    """The largest of the models that Firefox ships, https://mozilla.github.io/translations/firefox-models/; where it
    ships none yet, the largest there is. Its shortlist of words is left out: it only saves time."""
    found = fetch_json(registry, web)
    try:
        base, models = found["baseUrl"].rstrip("/"), found["models"].get(known.repo, [])
        model = max((one for one in models if "model" in one["files"]), key=_rank, default=None)
        files = [model["files"][kind] for kind in _WANTED if kind in model["files"]] if model else []
        wanted = {_name(file["path"]): Wanted(f"{base}/{quote(file['path'])}") for file in files}
        sums = {_name(file["path"]): _sum(file) for file in files}
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        raise ModelError(
            f"{registry}: answers with something else than a registry; is `firefox_registry` right?"
        ) from None
    if not files:
        raise ModelError(f"{registry}: has no model {known.repo}; choose another with --model")
    if not base.startswith(("https://",) if registry.startswith("https://") else ("https://", "http://")):
        raise ModelError(f"{registry}: leads to {base!r}, where nothing is fetched from; is `firefox_registry` right?")
    return Offer(f"{base}/{known.repo}", _sum(files[0]) or files[0]["path"], "", wanted, sums)


def _name(path: str) -> str:
    """Of the file at an address, which is to be one here. Raises ValueError."""
    name = PurePosixPath(path).name
    if not _NAME.fullmatch(name):
        raise ValueError(path)
    return name


def _sum(file: Mapping[str, Any]) -> str:
    """The SHA-256 of what is packed in it, or "". Raises ValueError."""
    said = file.get("uncompressedHash") or ""
    if said and not _SHA256.fullmatch(said):
        raise ValueError(said)
    return str(said).lower()


def _rank(model: Mapping[str, Any]) -> tuple[bool, int]:
    released = str(model.get("releaseStatus", "")).startswith("Release")
    return released, int(model["files"]["model"].get("uncompressedSize") or 0)


def _argos(known: Known, hubs: Hubs, web: Web) -> Offer:
    """The newest package from the language into English. The index has no checksums; the package has its own inside."""
    (language,) = known.languages
    found = [
        entry for entry in _entries(hubs, web) if (entry.get("from_code"), entry.get("to_code")) == (language, "en")
    ]
    links = [(_version(entry), str(link)) for entry in found for link in entry.get("links") or ()]
    schemes = ("https://",) if hubs.argos_index.startswith("https://") else ("https://", "http://")
    links = [(version, link) for version, link in links if link.startswith(schemes)]
    if not links:
        raise ModelError(f"{hubs.argos_index}: has no package from {language} into en; choose another with --model")
    version, link = max(links, key=lambda each: each[0])
    return Offer(link, ".".join(map(str, version)), "", {PACKAGE: Wanted(link)})


def _entries(hubs: Hubs, web: Web) -> Iterator[Mapping[str, Any]]:
    found = fetch_json(hubs.argos_index, web)
    if not isinstance(found, list):
        raise ModelError(f"{hubs.argos_index}: answers with something else than an index; is `argos_index` right?")
    return (entry for entry in found if isinstance(entry, dict) and isinstance(entry.get("links") or [], list))


def _version(entry: Mapping[str, Any]) -> tuple[int, ...]:
    parts = str(entry.get("package_version", "")).split(".")
    return tuple(int(part) if part.isascii() and part.isdecimal() and len(part) < 10 else 0 for part in parts)
