"""Work done by the machines of a Dask cluster: the same calls as to the processes of this one (``workers``).

Dask decides who does what, moves jobs and results, and gives what a lost machine did to another one. A job carries all
that it is made of, so no disk is shared; who does it must be the same program with the same settings, or refuses.
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

from distributed import Client, get_worker
from distributed.client import ClientExecutor
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from noticeboard import paths
from noticeboard.problems import CannotRun
from noticeboard.site.fingerprint import site_fingerprint
from noticeboard.workers import for_much_work

T = TypeVar("T")
Job = TypeVar("Job")

#: How long the scheduler may take to answer, and how long a cluster may be without a worker, in seconds.
_ANSWER, _ALONE = 10, 30
#: How often one looks whether it is, in seconds.
_PAUSE = 2
#: The engine is made for one build a process at a time.
_ALONE_HERE = threading.Lock()
_HOW = "用同一个版本的程序、同样的 mkdocs.yml、主题、环境变量和装好的依赖（requirements-cluster.txt）重新启动它"


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers behind a scheduler (``tcp://…``, ``tls://…``). Raises ``CannotRun`` where they cannot do the work."""
    # What Dask tells of a cluster is for those who run it; what stops a build is said below.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = Client(address, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise CannotRun(
                f"连不上集群 {address}：地址写成 tcp://主机:端口，调度程序（dask scheduler）要开着"
            ) from error
        with client:
            expected = site_fingerprint(paths.CONFIG)
            _check(client, address, expected)
            over = threading.Event()
            executor = _Cluster(client, expected)
            watch = threading.Thread(target=executor.watch, args=(over,), daemon=True)
            watch.start()
            try:
                yield executor
            except (KilledWorker, CancelledError, CommClosedError) as error:
                words = f"集群 {address} 没有做完：调度程序或者做事的进程没有了（内存不够？）；原有的网站没有改动"
                raise CannotRun(words) from error
            finally:
                over.set()
                executor.shutdown(wait=False)


def _check(client: Client, address: str, expected: bytes) -> None:
    """Raises ``CannotRun`` where there is no worker, or where one or the scheduler is not as this process is."""
    found: dict[str, Any] = client.run(_fingerprint, on_error="return")
    if not found:
        raise CannotRun(f"集群 {address} 没有做事的进程：先启动 dask worker")
    try:
        # It reads the jobs, too, before it gives them away.
        found[address] = client.run_on_scheduler(_fingerprint)
    except ModuleNotFoundError as error:
        found[address] = error
    for place, fingerprint in sorted(found.items()):
        if isinstance(fingerprint, ModuleNotFoundError):
            raise CannotRun(f"{place} 上没有本程序：在程序的文件夹里启动它，见 docs/hosting.md")
        if fingerprint != expected:
            raise CannotRun(_refused(place))


def _fingerprint() -> bytes:
    return site_fingerprint(paths.CONFIG)


def _refused(worker: str) -> str:
    return f"{worker} 上的程序或设置与这里不同，没有让它做：{_HOW}"


def _done(function: Callable[[Job], T], job: Job, expected: bytes) -> T:
    """What a worker does; one that came late was not asked before."""
    with _ALONE_HERE:
        if _fingerprint() != expected:
            raise CannotRun(_refused(get_worker().address))
        for_much_work()
        return function(job)


class _Cluster(ClientExecutor):  # type: ignore[misc]
    """Dask's own executor, whose workers are asked what they are before each job."""

    def __init__(self, client: Client, expected: bytes) -> None:
        # Not pure: to know a job by all that it carries would take longer than to send it.
        super().__init__(client, pure=False)
        self._expected = expected
        self._given: set[Future[Any]] = set()

    def submit(self, function: Callable[[Job], T], /, job: Job) -> Future[T]:
        """Have a job done by any worker."""
        future: Future[T] = super().submit(_done, function, job, self._expected)
        self._given.add(future)
        future.add_done_callback(self._given.discard)
        return future

    def watch(self, over: threading.Event) -> None:
        """Give up what nobody will do: without workers Dask waits for ever for some to come."""
        alone = 0
        while not over.wait(_PAUSE):
            alone = 0 if self._has_workers() else alone + _PAUSE
            if alone >= _ALONE:
                for future in [*self._given]:
                    future.cancel()

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except (OSError, ValueError, TimeoutError):
            return False
