"""A worker process: it takes a task, does it, says so, and takes the next, as long as its parent lives."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

Deaths: TypeAlias = Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Order:
    """A task for a worker, and the steps of it at which workers died before, with their exit codes.

    A worker that does a task ``with_care`` says which step it is at: only so can it be known what kills it.
    """

    task: Any
    with_care: bool = False
    deaths: Deaths = field(default_factory=dict)


class Desk:
    """Where one task is done: what its worker may say and ask meanwhile."""

    def __init__(self, order: Order, link: Connection) -> None:
        self._with_care = order.with_care
        self._link = link
        self.deaths = order.deaths

    def at(self, step: int) -> None:
        """Say what comes next."""
        if self._with_care:
            self._link.send(("at", step))

    def before(self, count: int, asks: bool) -> int:
        """Say how many things there are in this task; where it ``asks``, give how many there are before it."""
        self._link.send(("count", (count, asks)))
        return int(self._link.recv()) if asks else 0


Work: TypeAlias = Callable[[Any, Desk], Any]


def work(link: Connection, begin: Callable[[], Work], inherited: Sequence[Connection] = ()) -> None:
    """Do tasks until the parent has enough, or is gone; ``inherited`` are ends of links that a fork copied."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        try:
            do = begin()
        except Exception as error:
            link.send(("failed", _portable(error)))
            return
        # What is loaded stays: no collection need look at it again.
        gc.freeze()
        link.send(("ready", None))
        while True:
            order: Order = link.recv()
            link.send_bytes(_answer(do, order, Desk(order, link)))


def _answer(do: Work, order: Order, desk: Desk) -> bytes:
    try:
        return pickle.dumps(("done", do(order.task, desk)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(("failed", _portable(error)))


def _portable(error: Exception) -> tuple[Exception, str]:
    """Give an error that can be sent, and where it came up."""
    text = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301
    except Exception:
        return RuntimeError(str(error)), text
    return error, text


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
