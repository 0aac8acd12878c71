"""What every test shares: no network beyond loopback, and the way to the shared folder of real pages."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

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
