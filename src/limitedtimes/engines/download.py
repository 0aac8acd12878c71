"""One file from a hub to the disk: in pieces, from where it was cut, no larger than it may be, and checked.

What has come lies in a file of its own beside the target, which takes its name when it is whole and its checksum right.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from limitedtimes.engines.exchange import LARGEST, LONGEST_NAP, Stream, asked_seconds, opened
from limitedtimes.errors import ModelError

PIECE: Final = 2**18
"""Bytes that must come within one deadline."""
MOST_REDIRECTS: Final = 5
ATTEMPTS: Final = 4
"""In a row that bring nothing."""
REDIRECTS: Final = (301, 302, 303, 307, 308)
BUSY: Final = (408, 429, 500, 502, 503, 504)
PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Web:
    """What downloading has of the world. ``deadline`` is the seconds that a connection, or PIECE bytes, may take."""

    clock: Callable[[], datetime]
    deadline: float = 60.0
    sleep: Callable[[float], object] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file on a hub. ``size`` in bytes, 0 if it is not known; ``sha256`` and ``git`` (the name of a Git blob) are
    checksums in hex, "" if the hub has none."""

    address: str
    size: int = 0
    sha256: str = ""
    git: str = ""


class _Broken(Exception):
    """One attempt failed, and another may not. ``nap``: seconds that the hub asks for, or None."""

    def __init__(self, why: str, nap: float | None = None) -> None:
        super().__init__(why)
        self.nap = nap


def download(
    wanted: Wanted, target: Path, web: Web, *, most: int, progress: Callable[[int], object] = lambda _: None
) -> str:
    """Bring a file of at most so many bytes to ``target``. Returns its SHA-256; ``progress`` hears of the bytes so far.

    Raises ModelError, in one line that says what to do.
    """
    part, fruitless = target.with_name(target.name + PART), 0
    furthest = _size(part)  # what is thrown away and comes again is no progress
    while True:
        try:
            _attempt(wanted, part, web, most, progress)
            break
        except _Broken as error:
            fruitless = 0 if _size(part) > furthest else fruitless + 1
            furthest = max(furthest, _size(part))
            nap = error.nap if error.nap is not None else float(2**fruitless)
            if fruitless == ATTEMPTS or nap > LONGEST_NAP:
                raise ModelError(_advice(wanted.address, str(error), _size(part))) from None
            web.sleep(nap)
    found = _checked(wanted, part)
    part.replace(target)
    return found


def fetch_json(address: str, web: Web) -> Any:
    """A short answer of a hub. Raises ModelError."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _answering(address, {}, web) as answer:
                body = bytearray()
                while piece := answer.read(PIECE):
                    body += piece
                    if len(body) > LARGEST:
                        raise ModelError(f"{address}: answers with more than {LARGEST} bytes; is it a hub?")
            return json.loads(body)
        except _Broken as error:
            nap = error.nap if error.nap is not None else float(2**attempt)
            if attempt == ATTEMPTS or nap > LONGEST_NAP:
                raise ModelError(_advice(address, str(error), 0)) from None
            web.sleep(nap)
        except (ValueError, RecursionError):
            raise ModelError(f"{address}: answers with something that is not JSON; is it a hub?") from None
    raise AssertionError("there is at least one attempt")


@contextmanager
def _answering(address: str, headers: Mapping[str, str], web: Web) -> Iterator[Stream]:
    """The answer to a GET behind its redirects; Raises _Broken, ModelError for good."""
    target = address
    with ExitStack() as stack:
        for _ in range(MOST_REDIRECTS + 1):
            try:
                stream = stack.enter_context(opened(target, headers, seconds=web.deadline, monotonic=web.monotonic))
            except OSError as error:
                raise _Broken(f"cannot be reached ({error})") from None
            if stream.status not in REDIRECTS:
                break
            stack.close()
            target = _next(target, stream.headers.get("location", ""))
        else:
            raise ModelError(f"{address}: leads on more than {MOST_REDIRECTS} times; is it a hub?")
        _expect_found(address, stream, web)

        def read(most: int) -> bytes:
            try:
                return stream.read(most)
            except OSError as error:
                raise _Broken(f"was cut ({error})") from None

        yield replace(stream, read=read)


def _next(address: str, location: str) -> str:
    """Where a redirect leads to, which is not from https to http."""
    try:
        target = urljoin(address, location)
    except ValueError:  # http://[
        target = ""
    if not location or not target or (urlsplit(address).scheme == "https" and urlsplit(target).scheme != "https"):
        raise ModelError(f"{address}: leads to {location!r}, where nothing is fetched from")
    return target


def _expect_found(address: str, stream: Stream, web: Web) -> None:
    status = stream.status
    if status in BUSY:
        raise _Broken(f"is busy ({status})", asked_seconds(stream, now=web.clock()))
    if status in (401, 403):
        raise ModelError(f"{address}: the hub does not give it to everyone ({status}); choose another with --model")
    if status in (404, 410):
        raise ModelError(f"{address}: is not there ({status}); choose another with --model, or look at `hub`")
    if status not in (200, 206, 416):
        raise ModelError(f"{address}: the hub says {status}; try again later, or choose another with --model")


def _attempt(wanted: Wanted, part: Path, web: Web, most: int, progress: Callable[[int], object]) -> None:
    """Add to ``part`` what is missing. Raises _Broken, ModelError."""
    start = _size(part)
    if wanted.size and start == wanted.size:
        return
    headers = {"Range": f"bytes={start}-"} if start else {}
    with _answering(wanted.address, headers, web) as answer:
        if answer.status == 416 or (answer.status == 206 and _begin(answer.headers) != start):
            part.unlink(missing_ok=True)
            raise _Broken("does not go on where it was cut")
        limit = min(wanted.size or most, most)
        total = _total(answer, start)
        if total > limit:
            raise _too_large(wanted, total, most)
        done = start if answer.status == 206 else 0
        with _writing(part, "ab" if done else "wb") as file:
            while piece := answer.read(PIECE):
                done += len(piece)
                if done > limit:
                    raise _too_large(wanted, done, most)
                _write(file, piece, part)
                progress(done)
    if done < (wanted.size or total):
        raise _Broken(f"was cut after {done} bytes")


def _begin(headers: Mapping[str, str]) -> int:
    """Where a part begins, by ``Content-Range: bytes 5-9/10``; -1 if it is not said."""
    begin = headers.get("content-range", "").removeprefix("bytes").strip().partition("-")[0]
    return int(begin) if begin.isascii() and begin.isdecimal() else -1


def _total(answer: Stream, start: int) -> int:
    """Bytes of the whole file, as far as the headers say; 0 if they do not."""
    length = answer.headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal()):
        return 0
    return int(length) + (start if answer.status == 206 else 0)


def _too_large(wanted: Wanted, size: int, most: int) -> ModelError:
    if size > most:
        return ModelError(f"{wanted.address}: {size / 1e9:.2f} GB are over the limit; raise `largest_model` to pull it")
    return ModelError(f"{wanted.address}: is larger than the {wanted.size} bytes that the hub says; not kept")


def _checked(wanted: Wanted, part: Path) -> str:
    """The SHA-256 of what has come. Raises ModelError, and throws it away, if it is not what the hub says."""
    sha256, git = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % _size(part), usedforsecurity=False)
    with part.open("rb") as file:
        while chunk := file.read(2**20):
            sha256.update(chunk)
            git.update(chunk)
    right = {sha256.hexdigest(): wanted.sha256, git.hexdigest(): wanted.git}
    if any(said and found != said for found, said in right.items()):
        part.unlink()
        raise ModelError(f"{wanted.address}: came with a wrong checksum and was thrown away; pull it again")
    return sha256.hexdigest()


def _writing(part: Path, mode: str) -> Any:
    try:
        return part.open(mode)
    except OSError as error:
        raise ModelError(
            f"{part}: cannot be written: {error.strerror}; set `model_cache` to a folder that can"
        ) from None


def _write(file: Any, piece: bytes, part: Path) -> None:
    try:
        file.write(piece)
        file.flush()
    except OSError as error:
        raise ModelError(
            f"{part}: cannot be written: {error.strerror}; make room, or set `model_cache`, and pull again"
        ) from None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _advice(address: str, why: str, kept: int) -> str:
    rest = f"; the {kept / 1e6:.1f} MB that came are kept" if kept else ""
    return f"{address}: {why}{rest}; look at the network, and at its address in the settings, then pull again"
