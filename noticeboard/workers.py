"""Work on chunks: in this process, or by others of this machine; whoever does it, the same comes of it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import TypeVar

from noticeboard.problems import CannotRun

T = TypeVar("T")
Job = TypeVar("Job")
Result = TypeVar("Result")


@contextmanager
def workers(jobs: int | None = None) -> Iterator[Executor | None]:
    """So many processes of this machine, else one a processor; gives ``None`` where this one does all by itself.

    None of them begins before it has something to do.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield None
        return
    # Started anew, not forked: libraries of this process have threads.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """A process that does work for another one: it ends with that one, which may be killed."""
    for_much_work()
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    # Nobody waits for its work, and the queue that it waits at is held open by others of its kind.
    os._exit(1)


def for_much_work() -> None:
    """Let this process look for circles of dead objects seldom: records and pages are many, and have none.

    A build of one change takes a seventh less, and no more memory.
    """
    gc.set_threshold(100_000, 50, 1000)


def done(
    executor: Executor | None, function: Callable[[Job], Result], jobs: Iterable[Job]
) -> Iterator[tuple[int, Result]]:
    """The place of each job with its result, in the order in which they are done. Raises what the function raises.

    An executor begins at once; this process alone begins a job when its result is asked for.
    """
    if executor is None:
        return ((at, function(job)) for at, job in enumerate(jobs))
    return _collected({executor.submit(function, job): at for at, job in enumerate(jobs)})


def _collected(waiting: dict[Future[Result], int]) -> Iterator[tuple[int, Result]]:
    try:
        for future in as_completed(list(waiting)):
            yield waiting.pop(future), future.result()
    except BrokenProcessPool as error:
        raise CannotRun("一个生成网页的进程被系统中止了（内存不够？）；用 --jobs 1 再运行一次") from error
    finally:
        for future in waiting:
            future.cancel()


def chunks(things: Sequence[T], length: int) -> Iterator[tuple[T, ...]]:
    """A sequence in pieces of this length; the last may be shorter."""
    return (tuple(things[at : at + length]) for at in range(0, len(things), length))
