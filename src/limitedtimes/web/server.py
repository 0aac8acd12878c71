"""Runs the site: a socket, a server, a clean stop."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread, current_thread, main_thread
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from limitedtimes.errors import LimitedTimesError

_GRACE = 5  # seconds that open requests get at the end
_BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises LimitedTimesError with what to do."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError) as error:
        raise LimitedTimesError(f"cannot serve on {host}:{port}: {error}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise LimitedTimesError(_why(error, host, port)) from error
    return listener


def _why(error: Exception, host: str, port: int) -> str:
    reasons = {
        errno.EADDRINUSE: f"port {port} on {host} is taken; stop the other program or choose another port",
        errno.EACCES: f"port {port} on {host} needs rights that this user has not; choose one above 1023",
        errno.EADDRNOTAVAIL: f"{host} is not an address of this machine",
    }
    return reasons.get(getattr(error, "errno", 0) or 0, f"cannot serve on {host}:{port}: {error}")


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    stop: Event | None = None,
    ready: Callable[[str, int], None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM (in the main thread) or until ``stop`` is set (in any).

    ``ready`` is called with host and port once connections are accepted. No access log: nobody keeps who read what.
    Raises LimitedTimesError when the port cannot be had.
    """
    with closing(listen(host, port)) as listener:
        address = listener.getsockname()[:2]
        serve_on(app, listener, stop=stop, ready=(lambda: ready(*address)) if ready else None)


def serve_on(
    app: ASGIApp, listener: socket.socket, *, stop: Event | None = None, ready: Callable[[], object] | None = None
) -> None:
    """``serve`` on a socket that listens already; other processes may have it too."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            ws="none",
        )
    )
    if stop is not None:
        Thread(target=_stop_when, args=(stop, server), daemon=True, name="stop-serving").start()
    if ready is not None:
        ready()
    with _signals_do(lambda: setattr(server, "should_exit", True)):
        server.run(sockets=[listener])


@contextmanager
def until_stopped(stop: Event) -> Iterator[None]:
    """Let SIGINT and SIGTERM set ``stop``, in the main thread."""
    with _signals_do(stop.set):
        yield


@contextmanager
def _signals_do(end: Callable[[], object]) -> Iterator[None]:
    """Let SIGINT and SIGTERM end the server and nothing else: uvicorn raises them again when it has stopped, and that
    would kill the process before its caller has tidied up."""
    if current_thread() is not main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        end()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_when(stop: Event, server: uvicorn.Server) -> None:
    stop.wait()
    server.should_exit = True
