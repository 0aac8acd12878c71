"""What every test shares: no network beyond loopback, and the way to the shared folder of real pages."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.protocols import Rendering

pytest_plugins = ["chromium"]  # the fixtures of tests/browser

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages, feeds and parallel text: LT_SHARED, else ``../shared`` beside the repository."""
    path = Path(os.environ.get("LT_SHARED", REPOSITORY.parent / "shared"))
    if not path.is_dir():
        message = f"the shared folder is not at {path}; set LT_SHARED to where it lies"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Any connection that leaves this machine is a failure of the test that makes it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            if not ipaddress.ip_address("127.0.0.1" if host == "localhost" else host).is_loopback:
                raise AssertionError(f"a test tried to connect to {host}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture
def own_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a database and the quick pseudo engine of the test's own, for the commands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIMITEDTIMES_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LIMITEDTIMES_ENGINE", "pseudo")
    monkeypatch.setenv("LIMITEDTIMES_EXTRACT_WORKERS", "1")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sentence that the engine is asked for."""
    asked: list[str] = []
    whole = Pseudo.translate

    def counting(
        self: Pseudo, sentences: list[str], language: str, terms: dict[str, str] | None = None
    ) -> list[Rendering]:
        asked.extend(sentences)
        return whole(self, sentences, language, terms)

    monkeypatch.setattr(Pseudo, "translate", counting)
    return asked
