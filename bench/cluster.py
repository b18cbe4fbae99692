"""A build by machines of a cluster, on network namespaces: ``sudo python -m bench.cluster [--notices 100]`` (Linux).

A scheduler and three workers, each with an address of its own, and with a copy of the program on a disk that no other
one sees. The same manifest is wanted of 1, 2 and 3 workers, of a build in which a worker is killed, and of one by local
processes; a worker with another version must be refused. Needs ``ip`` (iproute2), ``unshare`` and root.
"""

# ruff: noqa: S603, S607 - the programs of this machine, with arguments that stand here

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from noticeboard.paths import ROOT

_NETWORK, _BRIDGE = "10.231.77", "nbbench0"
_WORKERS = 3
#: Where each machine has its copy; only it sees what is mounted there.
_PLACE = "/mnt"
_CANNOT_RUN = 2
#: What a machine has of the project.
COPIED = ("build_site.py", "docs", "mkdocs.yml", "noticeboard", "theme")


def main() -> None:
    """The command line; ends with 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--notices", type=int, default=100, metavar="N", help="how many (default 100)")
    count = parser.parse_args().notices
    if os.geteuid() or not all(map(shutil.which, ("ip", "unshare"))):
        sys.exit("needs root, ip and unshare")
    with tempfile.TemporaryDirectory() as temporary, _bridge():
        folder = Path(temporary)
        subprocess.run([sys.executable, "-m", "bench.corpus", str(count), str(folder / "notices")], check=True)
        alone = _manifest(folder, "local", "--jobs", "2")
        for number in range(1, _WORKERS + 1):
            with _cluster(range(number)) as (address, _):
                _same(f"{number} workers", _manifest(folder, f"{number}", "--cluster", address), alone)
        with _cluster(range(_WORKERS)) as (address, workers):
            built = _build(folder, "killed", "--cluster", address)
            time.sleep(5)
            is_running = built.poll() is None
            workers[0].kill()
            said = built.communicate()[1]
            if built.returncode or not is_running:
                sys.exit(said or "the build was over before a worker was killed: take more notices")
            _same("a worker killed", _read(folder / "killed"), alone)
        with _cluster(range(2), other=1) as (address, _):
            refused = _build(folder, "refused", "--cluster", address)
            said = refused.communicate()[1].strip()
            print(f"another version: exit {refused.returncode}: {said}")
            if refused.returncode != _CANNOT_RUN or (folder / "refused").exists():
                sys.exit("another version was not refused")


def _same(what: str, manifest: bytes, wanted: bytes) -> None:
    print(f"{what}: {'the same manifest' if manifest == wanted else 'ANOTHER MANIFEST'} ({len(manifest)} bytes)")
    if manifest != wanted:
        sys.exit(1)


def _build(folder: Path, name: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "build_site.py", "build", "--fresh", "--notices", str(folder / "notices")]
    command += ["--site-dir", str(folder / name), *arguments]
    environment = {**os.environ, "SITE_URL": "https://example.org/"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def _manifest(folder: Path, name: str, *arguments: str) -> bytes:
    begun = time.perf_counter()
    built = _build(folder, name, *arguments)
    said = built.communicate()[1]
    if built.returncode:
        sys.exit(said)
    print(f"{name}: {time.perf_counter() - begun:.1f} s")
    return _read(folder / name)


def _read(site: Path) -> bytes:
    return (site / "data" / "manifest.json").read_bytes()


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


@contextmanager
def _bridge() -> Iterator[None]:
    _ip("link", "add", _BRIDGE, "type", "bridge")
    try:
        _ip("addr", "add", f"{_NETWORK}.1/24", "dev", _BRIDGE)
        _ip("link", "set", _BRIDGE, "up")
        yield
    finally:
        _ip("link", "del", _BRIDGE)


@contextmanager
def _machine(number: int, program: str, *, is_other: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Dask on a machine of its own: network, disk, a copy of ours (``is_other``: another version)."""
    name, address = f"nbbench{number}", f"{_NETWORK}.{number}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", f"{name}o", "type", "veth", "peer", "name", f"{name}i")
        _ip("link", "set", f"{name}o", "master", _BRIDGE, "up")
        _ip("link", "set", f"{name}i", "netns", name)
        for setting in (f"addr add {address}/24 dev {name}i", f"link set {name}i up", "link set lo up"):
            _ip("-n", name, *setting.split())
        place = f"{_PLACE}/{name}"
        copied = " ".join(shlex.quote(str(ROOT / file)) for file in COPIED)
        change = f"echo '# another' >> {place}/noticeboard/text.py &&" if is_other else ""
        script = (
            f"mount -t tmpfs none {_PLACE} && mkdir {place} && cp -r {copied} {place} && {change} cd {place} && "
            f"exec env PYTHONPATH=. SITE_URL=https://example.org/ {shlex.quote(sys.executable)} "
            f"-m distributed.cli.dask_{program} --no-dashboard"
        )
        command = ["ip", "netns", "exec", name, "unshare", "--mount", "sh", "-c", script]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
    finally:
        # With its other end; left to the namespace, both would go some time later.
        _ip("link", "del", f"{name}o")
        _ip("netns", "del", name)


@contextmanager
def _cluster(numbers: range, other: int | None = None) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    address = f"tcp://{_NETWORK}.10:8786"
    with ExitStack() as stack:
        stack.enter_context(_machine(10, f"scheduler --host {_NETWORK}.10 --port 8786 --no-show"))
        workers = [
            stack.enter_context(
                _machine(20 + number, f"worker {address} --nthreads 1 --no-nanny", is_other=number == other)
            )
            for number in numbers
        ]
        # Copying, and loading Dask.
        time.sleep(12)
        yield address, workers


if __name__ == "__main__":
    main()
