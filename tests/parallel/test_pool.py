"""The pool by itself: order, bounds, deaths, errors, endings."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from cscheck.parallel import pool as pools
from cscheck.parallel.desk import Desk
from cscheck.parallel.pool import Pool, WorkersFailed

Task = list[object]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def steps(mark: Callable[[object], None], task: Task, desk: Desk) -> list[object]:
    """Do the steps of a task: those that killed a worker are told, with the exit code."""
    done: list[object] = []
    for step, item in enumerate(task):
        desk.at(step)
        if desk.deaths.get(step):
            done.append(("dead", item, desk.deaths[step][-1]))
            continue
        mark(item)
        done.append(item)
    return done


def nothing(item: object) -> None:
    """Leave an item alone."""


def sleep(item: object) -> None:
    time.sleep(float(str(item)))


def kill_at_x(item: object) -> None:
    if item == "x":
        os.kill(os.getpid(), signal.SIGKILL)


def kill_once(flag: Path, item: object) -> None:
    if item == "x" and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def fail_at_x(item: object) -> None:
    if item == "x":
        raise LookupError("x is not here")


class Begin:
    """Gives the function that does the tasks; can be pickled."""

    def __init__(self, mark: Callable[[object], None] = nothing) -> None:
        self.mark = mark

    def __call__(self) -> Callable[[Task, Desk], list[object]]:
        return partial(steps, self.mark)


@pytest.fixture(params=[None, "spawn"])
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes as is best here, and in the way that works everywhere."""
    if request.param:
        monkeypatch.setattr(pools, "_method", lambda: request.param)


@pytest.mark.usefixtures("method")
def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = [[number % 3 * 0.02] for number in range(12)]
    with Pool(Begin(sleep), 3) as pool:
        assert list(pool.results(tasks)) == tasks


def test_one_worker_and_no_task_will_do() -> None:
    with Pool(Begin(), 1) as pool:
        assert list(pool.results([[1], [2]])) == [[1], [2]]
    with Pool(Begin(), 2) as pool:
        assert list(pool.results([])) == []


def test_only_a_few_tasks_are_begun_ahead() -> None:
    drawn = 0

    def tasks() -> Iterator[Task]:
        nonlocal drawn
        for drawn in range(1, 101):
            yield [drawn]

    with Pool(Begin(), 2) as pool:
        results = pool.results(tasks())
        next(results)
        time.sleep(0.2)
        assert drawn <= 6
        assert len(list(results)) == 99


@posix
@pytest.mark.usefixtures("method")
def test_what_kills_a_worker_is_left_out_and_the_rest_is_done() -> None:
    tasks = [[1, 2], [3, "x", 4, "x", 5], ["x"], [6]]
    dead = ("dead", "x", -signal.SIGKILL)
    with Pool(Begin(kill_at_x), 2) as pool:
        assert list(pool.results(tasks)) == [[1, 2], [3, dead, 4, dead, 5], [dead], [6]]


@posix
def test_a_worker_that_somebody_kills_once_costs_nothing(tmp_path: Path) -> None:
    with Pool(Begin(partial(kill_once, tmp_path / "flag")), 2) as pool:
        assert list(pool.results([[1, "x", 2], [3]])) == [[1, "x", 2], [3]]


def kill_whatever(task: Task, desk: Desk) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def begin_to_kill() -> Callable[[Task, Desk], None]:
    return kill_whatever


@posix
def test_a_task_that_kills_whatever_it_leaves_out_ends_the_run() -> None:
    with Pool(begin_to_kill, 2) as pool, pytest.raises(WorkersFailed, match="-9"):
        list(pool.results([[1]]))


@pytest.mark.usefixtures("method")
def test_an_error_of_the_work_is_raised_here() -> None:
    with Pool(Begin(fail_at_x), 2) as pool, pytest.raises(LookupError, match="x is not here"):
        list(pool.results([[1], ["x"], [2]]))


def cannot_begin() -> Callable[[Task, Desk], object]:
    raise LookupError("no rules")


def die_at_once() -> Callable[[Task, Desk], object]:
    os._exit(3)


@pytest.mark.usefixtures("method")
def test_an_error_of_the_beginning_is_raised_here() -> None:
    with Pool(cannot_begin, 2) as pool, pytest.raises(LookupError, match="no rules"):
        list(pool.results([[1]]))


@pytest.mark.usefixtures("method")
def test_workers_that_die_before_they_do_anything_are_not_started_for_ever() -> None:
    with Pool(die_at_once, 2) as pool, pytest.raises(WorkersFailed, match="3"):
        list(pool.results([[1]]))


def count(task: tuple[bool, int], desk: Desk) -> int:
    """Give how many come before those of this task, where one task is slow to say how many it holds."""
    if task[1] == 5:
        time.sleep(0.1)
    return desk.before(task[1], True)


def begin_to_count() -> Callable[[tuple[bool, int], Desk], int]:
    return count


def is_first(task: tuple[bool, int]) -> bool:
    return task[0]


@pytest.mark.usefixtures("method")
def test_a_task_is_told_how_many_the_tasks_before_it_hold() -> None:
    tasks = [(True, 5), (False, 2), (False, 0), (False, 1), (True, 7), (False, 5), (False, 1), (True, 3)]
    with Pool(begin_to_count, 3, is_first) as pool:
        assert list(pool.results(tasks)) == [0, 5, 7, 7, 0, 7, 12, 0]


def alive() -> list[int | None]:
    return [child.pid for child in multiprocessing.active_children()]


def test_all_processes_end_whenever_one_has_enough() -> None:
    with Pool(Begin(sleep), 2) as pool:
        next(pool.results([[0], [60], [60]]))
        assert len(alive()) == 2
    assert alive() == []


def test_all_processes_end_after_an_error() -> None:
    with pytest.raises(KeyboardInterrupt), Pool(Begin(sleep), 2) as pool:
        for _ in pool.results([[0], [60]]):
            raise KeyboardInterrupt
    assert alive() == []


@posix
def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = """
        import os, signal, sys, time
        from cscheck.parallel.pool import Pool

        def begin():
            def work(task, desk):
                print(os.getpid(), flush=True)
                time.sleep(60)
            return work

        if __name__ == "__main__":
            with Pool(begin, 2) as pool:
                list(pool.results([1, 2, 3]))
    """
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(program), encoding="utf-8")
    root = str(Path(__file__).parent.parent.parent)
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    ) as parent:
        assert parent.stdout
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.kill()
        # The pipe ends when nobody can write to it any more.
        assert parent.stdout.read() == b""
    assert len(workers) == 2
