"""How many readers this machine serves: `python benchmarks/load.py [--articles N] [--paper FOLDER] [--workers W]`.

Serves a paper of N made-up articles (see corpus.py) with the real server, on loopback, and asks for articles with wrk
(https://github.com/wg/wrk; `apt-get install wrk`), drawn uniformly from all and as readers do (Zipf's law: the n-th
most read article is asked for 1/n as often as the first). Each draw is asked twice. With --warm `limitedtimes warm`
makes all pages before; otherwise only those are ready that a reader asked for. Prints requests a second, latencies,
requests a second of the server's processor time, which is what counts on a machine that does other things too, and its
memory. The front page: the first request to a new process, and the first after an article came. With --paper the
database is kept in FOLDER, and read there if it is there already.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import corpus

TICK = os.sysconf("SC_CLK_TCK")
SCRIPT = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
init = function(args) math.randomseed(os.time()); at = math.random(#paths) end
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"})
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%f %%f %%f\\n", summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
"""


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def processes(self) -> list[int]:
        """The server and its children."""
        below = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, below)]

    def busy(self) -> float:
        """Seconds of processor time so far."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.processes()]
        return sum(int(each[11]) + int(each[12]) for each in fields) / TICK

    def memory(self) -> float:
        """Megabytes of all its processes, what they share counted once for each."""
        found = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in self.processes()]
        return sum(int(each[1]) for each in found if each) / 1024

    def get(self, path: str) -> tuple[float, bytes]:
        """Milliseconds, and the answer."""
        begin = time.perf_counter()
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            body = connection.getresponse().read()
        return 1000 * (time.perf_counter() - begin), body


@contextmanager
def serving(folder: Path, workers: int, megabytes: int) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    environment = settings(folder) | {"LIMITEDTIMES_WORKERS": str(workers), "LIMITEDTIMES_PAGE_CACHE": str(megabytes)}
    command = [sys.executable, "-m", "limitedtimes", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None or not process.stdout.readline():
                raise SystemExit("the server did not start")
            yield Server(port, process.pid)
        finally:
            process.terminate()


def settings(folder: Path) -> dict[str, str]:
    """The address is the same for each server, whatever its port: it stands in the pages that are kept."""
    chosen = {"DATA": str(folder), "BASE_URL": "http://127.0.0.1:8000", "PAGE_FILE": "2000"}
    return os.environ | {f"LIMITEDTIMES_{name}": value for name, value in chosen.items()}


def warm(folder: Path, latest: int) -> None:
    """Make the pages that are not in the page file yet."""
    began, busy = time.monotonic(), os.times().children_user
    command = [sys.executable, "-m", "limitedtimes", "warm", "--latest", str(latest)]
    subprocess.run(command, check=True, env=settings(folder), stdout=subprocess.DEVNULL)
    busy = os.times().children_user - busy
    size = sum(path.stat().st_size for path in folder.glob("pages-*.sqlite"))
    took = f"{time.monotonic() - began:.0f} s ({busy:.0f} s of processor time)"
    print(f"{latest} pages are ready after {took}, {size / 1e6:.0f} MB")


def load(server: Server, asked: Sequence[str], *, seconds: int, connections: int) -> str:
    """Ask for these paths, again and again, and say what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "ask.lua"
        listed.write_text("\n".join(asked), encoding="utf-8")
        script.write_text(SCRIPT % listed, encoding="utf-8")
        busy = server.busy()
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "-s",
            str(script),
            f"http://127.0.0.1:{server.port}",
        ]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        busy = server.busy() - busy
    figures = re.search(r"RESULT (\S+) (\S+) (\S+) (\S+) (\S+)", said)
    if not figures:
        raise SystemExit(said)
    requests, errors, took, median, worst = (float(figure) for figure in figures.groups())
    return (
        f"{requests / took:8.0f}/s  median {median:7.1f} ms  p99 {worst:7.1f} ms  "
        f"{requests / busy:8.0f} a second of processor time  {errors:.0f} errors  {server.memory():.0f} MB"
    )


def draws(paths: Sequence[str], count: int) -> dict[str, list[str]]:
    chance = random.Random(7)
    popular = chance.sample(paths, len(paths))  # the most read first; being read much has nothing to do with age
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(paths))))
    return {
        "as readers do": chance.choices(popular, cum_weights=weights, k=count),
        "uniformly": chance.choices(paths, k=count),
    }


def front(folder: Path, workers: int, megabytes: int) -> None:
    with serving(folder, workers, megabytes) as server:
        busy = server.busy()
        took, _ = server.get("/")
        busy = 1000 * (server.busy() - busy)
        print(f"{took:8.1f} ms  front page, first request to a new process ({busy:.0f} ms of processor time)")
        server.get(next(corpus.paths(folder / "limitedtimes.sqlite")))
        for _ in range(3):
            corpus.arrive(folder / "limitedtimes.sqlite")
            time.sleep(1)  # the server asks the store every half second whether anything has changed
            busy = server.busy()
            took, _ = server.get("/")
            busy = 1000 * (server.busy() - busy)
            print(f"{took:8.1f} ms  front page after an article came ({busy:.0f} ms of processor time)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--paper", type=Path, help="folder of the database")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cache", type=int, default=64, help="megabytes of pages in each process")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--draws", type=int, default=200_000)
    parser.add_argument("--latest", type=int, help="draw from the latest so many articles only (default: all)")
    parser.add_argument("--warm", action="store_true", help="let `limitedtimes warm` make the pages first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.paper or Path(temporary)
        path = folder / "limitedtimes.sqlite"
        if not path.exists():
            corpus.fill(path, options.articles)
        paths = list(corpus.paths(path))[: options.latest]
        if options.warm:
            warm(folder, len(paths))
        front(folder, options.workers, options.cache)
        print(f"{len(paths)} articles, {options.workers} processes, {options.connections} connections")
        with serving(folder, options.workers, options.cache) as server:
            for name, asked in draws(paths, options.draws).items():
                for state in ("cold", "warm"):
                    said = load(server, asked, seconds=options.seconds, connections=options.connections)
                    print(f"{name}, {state:6} {said}", flush=True)


if __name__ == "__main__":
    main()
