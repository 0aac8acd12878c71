"""A small hub on loopback that speaks as Hugging Face and Argos's index do, with the bad habits that tests ask for."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from listening import QuietHandler, listening

REVISION = "0" * 39 + "1"
SMALL = 200
"""Files up to here are no large ones: the hub has no SHA-256 of them, but the name of their Git blob."""

Turn = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class FakeHub:
    """``files`` by repository and name. ``turns`` are taken, by the name of a file, before it is served as it should.
    ``asked`` has the paths with the Range of each request."""

    address: str = ""
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    packages: dict[str, bytes] = field(default_factory=dict)
    firefox: dict[str, dict[str, bytes]] = field(default_factory=dict)  # by pair of languages, "de-en"
    licences: dict[str, str] = field(default_factory=dict)
    turns: dict[str, list[Turn]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def index(self) -> str:
        return f"{self.address}/index.json"

    @property
    def registry(self) -> str:
        return f"{self.address}/registry.json"

    def add(self, repository: str, folder: Path, licence: str = "apache-2.0") -> None:
        self.files[repository] = {path.name: path.read_bytes() for path in folder.iterdir()}
        self.licences[repository] = licence

    def ranges(self, name: str) -> list[str]:
        """The Range of each request for a file's content."""
        return [given for path, given in self.asked if path == f"/cdn/{name}"]

    def metadata(self, repository: str) -> Any:
        siblings = []
        for name, content in self.files[repository].items():
            git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            sibling: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": git}
            if len(content) > SMALL:
                sibling["lfs"] = {
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "size": len(content),
                    "pointerSize": 134,
                }
            siblings.append(sibling)
        return {"sha": REVISION, "siblings": siblings, "cardData": {"license": self.licences[repository]}}

    def packaged(self) -> Any:
        old = {"from_code": "de", "to_code": "en", "package_version": "1.0", "links": ["ipfs://nowhere"]}
        links = [f"{self.address}/cdn/{{}}"]
        return [old] + [
            {"from_code": "de", "to_code": "en", "package_version": "1.10", "links": [links[0].format(name)]}
            for name in self.packages
        ]

    def registered(self) -> Any:
        """As Mozilla's: of each pair of languages several models, their files packed and elsewhere."""
        models = {
            pair: [
                {"architecture": "tiny", "releaseStatus": "Nightly", "files": {"model": {"path": "none"}}},
                {"architecture": "base", "releaseStatus": "Release", "files": self._packed(folder)},
            ]
            for pair, folder in self.firefox.items()
        }
        return {"baseUrl": f"{self.address}/cdn", "models": models}

    def _packed(self, files: dict[str, bytes]) -> Any:
        kinds = {"model": "model", "srcVocab": "srcvocab", "trgVocab": "trgvocab", "vocab": "vocab"}
        found: dict[str, Any] = {}
        for kind, start in kinds.items():
            for name, content in files.items():
                if name.startswith(start):
                    plain = gzip.decompress(content)
                    sum_ = hashlib.sha256(plain).hexdigest() if kind == "model" else ""
                    found[kind] = {"path": name, "uncompressedHash": sum_, "uncompressedSize": len(plain)}
        return found | {"lexicalShortlist": {"path": "lex.50.50.deen.s2t.bin.gz"}}

    def content(self, name: str) -> bytes | None:
        for files in [*self.files.values(), *self.firefox.values(), self.packages]:
            if name in files:
                return files[name]
        return None


def send(handler: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(content)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def busy(*, retry_after: str = "7") -> Turn:
    return lambda handler: send(handler, 503, b"", Retry_After=retry_after)


def asked_from(handler: BaseHTTPRequestHandler) -> int:
    """Where the part that is asked for begins."""
    return int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))


def cut(content: bytes, after: int) -> Turn:
    """Says how much is to come, and hangs up after so many bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        begin = asked_from(handler)
        handler.send_response(206 if begin else 200)
        handler.send_header("Content-Length", str(len(content) - begin))
        if begin:
            handler.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        handler.end_headers()
        handler.wfile.write(content[begin : begin + after])
        handler.close_connection = True

    return answer


@contextmanager
def serving_hub() -> Iterator[FakeHub]:
    """A hub, until the block ends."""
    hub = FakeHub()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            hub.asked.append((path, self.headers.get("Range", "")))
            turns = hub.turns.get(path.rpartition("/")[2], []) if path.startswith("/cdn/") else []
            if turns:
                turns.pop(0)(self)
            elif path == "/registry.json":
                send(self, 200, json.dumps(hub.registered()).encode())
            elif path == "/index.json":
                send(self, 200, json.dumps(hub.packaged()).encode())
            elif path.startswith("/api/models/"):
                self._metadata(path.removeprefix("/api/models/"))
            elif path.startswith("/cdn/"):
                self._file(hub.content(path.removeprefix("/cdn/")))
            else:  # as the real one, which leads on to where the files are
                send(self, 302, b"", Location=f"/cdn/{path.rpartition('/')[2]}?signature=1")

        def _metadata(self, repository: str) -> None:
            if repository not in hub.files:
                send(self, 404, b'{"error": "Repository not found"}')
                return
            send(self, 200, json.dumps(hub.metadata(repository)).encode())

        def _file(self, content: bytes | None) -> None:
            if content is None:
                send(self, 404, b"Not Found")
                return
            begin = asked_from(self)
            if not begin:
                send(self, 200, content)
            elif begin >= len(content):
                send(self, 416, b"")
            else:
                given = f"bytes {begin}-{len(content) - 1}/{len(content)}"
                send(self, 206, content[begin:], Content_Range=given)

    with listening(Handler) as hub.address:
        try:
            yield hub
        finally:
            hub.closing.set()
