"""Worker processes that do tasks one after the other; results come in the order of the tasks.

Each worker has one task at a time, and only a few are begun beyond the one whose result is due, so that memory does not
grow with their number. Where a worker dies, another does its task again with care, to learn at which step; when it dies
there too, the task is told to leave that step out.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any

from cscheck.errors import CscheckError
from cscheck.language import say
from cscheck.parallel.desk import Order, Work, work

# Tasks begun and not yet given out, for each worker.
_AHEAD = 3
# Windows can wait for no more things at once.
_MOST_JOBS = 60
_PATIENCE = 2.0


class WorkersFailed(CscheckError):
    """Worker processes cannot be started, or die before they do anything."""


@dataclass(slots=True)
class _Task:
    """A task that was begun; ``count`` is how many things it holds."""

    number: int
    value: Any
    count: int | None = None
    with_care: bool = False
    deaths: dict[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Worker:
    """A process, the task it has, the step of it that it is at, and whether it waits for a number."""

    process: BaseProcess
    link: Connection
    is_ready: bool = False
    task: _Task | None = None
    step: int = 0
    asks: bool = False

    def end(self) -> int:
        """Wait until it is gone, and give its exit code."""
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        self.link.close()
        return code


class Pool:
    """Processes that each call ``begin``, and then what it gave, for each task.

    Where processes are forked ``begin`` comes along as it is, elsewhere it is pickled. ``is_start`` tells with which
    tasks the count begins anew that ``Desk.before`` gives.
    """

    def __init__(self, begin: Callable[[], Work], jobs: int, is_start: Callable[[Any], bool] = lambda _: True) -> None:
        self._begin = begin
        self._is_start = is_start
        self._jobs = min(jobs, _MOST_JOBS)
        self._workers: list[_Worker] = []
        self._begun: dict[int, _Task] = {}
        self._waiting: deque[_Task] = deque()
        self._totals: dict[int, int] = {}
        self._results: dict[int, Any] = {}

    def __enter__(self) -> Pool:
        # Memory that no collection writes to is shared with forked workers.
        gc.freeze()
        try:
            for _ in range(self._jobs):
                self._hire()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        gc.unfreeze()

    def results(self, tasks: Iterable[Any]) -> Iterator[Any]:
        """Give what each task comes to. Raises what the work raises, and WorkersFailed."""
        source = enumerate(tasks)
        due = 0
        has_more = True
        while has_more or self._begun:
            # One task is always at hand, so that no worker waits while the next is read.
            while has_more and not self._waiting and len(self._begun) < _AHEAD * self._jobs:
                has_more = self._draw(source)
                self._listen(0)
            if due in self._results:
                yield self._results.pop(due)
                del self._begun[due]
                self._totals.pop(due - 1, None)
                due += 1
                self._listen(0)
            elif self._begun:
                self._listen(None)

    def _draw(self, source: Iterator[tuple[int, Any]]) -> bool:
        """Begin one more task; tell whether there was one."""
        for number, value in source:
            task = self._begun[number] = _Task(number, value)
            self._waiting.append(task)
            return True
        return False

    def _listen(self, timeout: float | None) -> None:
        """Hear what workers say, and give tasks to those that have none."""
        workers = {worker.link: worker for worker in self._workers}
        for link in connection.wait(list(workers), timeout):
            worker = workers[link]  # type: ignore[index]
            try:
                said, value = worker.link.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                self._hear(worker, said, value)
        for worker in list(self._workers):
            if worker.is_ready and worker.task is None and self._waiting:
                self._order(worker, self._waiting.popleft())

    def _hear(self, worker: _Worker, said: str, value: Any) -> None:  # noqa: ANN401
        task = worker.task
        if said == "ready":
            worker.is_ready = True
        elif said == "failed":
            error, text = value
            raise error from RuntimeError(f"in a worker process:\n{text}")
        elif task is None:
            raise AssertionError(said)
        elif said == "at":
            worker.step = value
        elif said == "count":
            task.count, worker.asks = value
            self._count(task)
        else:
            self._results[task.number] = value
            worker.task = None

    def _order(self, worker: _Worker, task: _Task) -> None:
        worker.task, worker.step = task, 0
        try:
            worker.link.send(Order(task.value, task.with_care, task.deaths))
        except OSError:
            self._replace(worker)

    def _count(self, task: _Task | None) -> None:
        """Sum up counts as far as they are known without a gap, and tell those who ask."""
        while task is not None and task.count is not None:
            before = 0 if self._is_start(task.value) else self._totals.get(task.number - 1)
            if before is None:
                return
            self._totals[task.number] = before + task.count
            for worker in self._workers:
                if worker.task is task and worker.asks:
                    worker.asks = False
                    # Where it is dead by now, listening tells.
                    with contextlib.suppress(OSError):
                        worker.link.send(before)
            task = self._begun.get(task.number + 1)
            if task is not None and self._is_start(task.value):
                return

    def _replace(self, worker: _Worker) -> None:
        """Put a new worker in the place of one that died, and see to what it was doing."""
        code = worker.end()
        self._workers.remove(worker)
        task = worker.task
        if task is not None and task.with_care:
            task.deaths[worker.step] = (*task.deaths.get(worker.step, ()), code)
        if not worker.is_ready or (task is not None and len(task.deaths.get(worker.step, ())) > _MOST_DEATHS):
            raise WorkersFailed(
                say(
                    f"工作进程异常退出（退出码 {code}）；可用 --jobs 1 在一个进程里运行。",
                    f"a worker process died (exit code {code}); --jobs 1 runs in one process.",
                )
            )
        if task is not None:
            task.with_care = True
            self._waiting.appendleft(task)
        self._hire()

    def _hire(self) -> None:
        """Start a worker; with fewer than asked for the work goes on."""
        method = _method()
        context = multiprocessing.get_context(method)
        link, end = context.Pipe()
        inherited = [link, *(worker.link for worker in self._workers)] if method == "fork" else []
        process = context.Process(target=work, args=(end, self._begin, inherited), daemon=True)  # type: ignore[attr-defined]
        try:
            with _no_interrupt():
                process.start()
        except OSError as error:
            link.close()
            if not self._workers:
                why = error.strerror or error
                raise WorkersFailed(
                    say(f"不能启动工作进程：{why}。", f"worker processes cannot be started: {why}.")
                ) from error
        else:
            self._workers.append(_Worker(process, link))
        finally:
            end.close()


# A step that is left out kills nobody; one that still does cannot be left out.
_MOST_DEATHS = 2


def _method() -> str:
    """Choose how to start: a fork takes along what is loaded, but of other threads only their locks."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return "spawn"
    try:
        return "fork" if len(os.listdir("/proc/self/task")) == 1 else "spawn"  # noqa: PTH208
    except OSError:
        return "spawn"


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Keep an interrupt of the whole group away from a process that does not yet know to leave it to the parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
