"""The same for every conversation, on several processes: what comes out is what one process gives, in its order."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from cscheck import language
from cscheck.conversation import Conversation
from cscheck.errors import Place, SourceError
from cscheck.language import say
from cscheck.sources import FileInfo, ReadOptions, read_files

if TYPE_CHECKING:
    from cscheck.parallel.desk import Desk
    from cscheck.sources.parts import Part

T = TypeVar("T")

Each: TypeAlias = Callable[[Conversation], T]

# A process gets so many bytes at once, of little fewer, so that all end at about the same time.
_BLOCK, _SMALL_BLOCK, _BLOCKS_EACH = 256 * 1024, 32 * 1024, 16
# Less than this, for each process, is done as soon by one.
_WORTH = 500_000
_WORTH_WHERE_LOADED_AGAIN = 2_000_000


def spread(
    paths: Iterable[str | Path], options: ReadOptions, begin: Callable[[], Each[T]], jobs: int, *, size: int = 0
) -> Iterator[FileInfo | T | SourceError]:
    """Give, for the conversations of transcripts, what each comes to; and of each file how it is read.

    ``begin`` gives the function for one conversation and is called once in each process, so it has to be a value that
    can be pickled. What it gives back must be so too. A conversation whose function raises, or kills its process, is an
    error of its own. ``size`` is how many bytes there are, as far as known. Raises WorkersFailed.
    """
    if jobs > 1:
        from cscheck.parallel.pool import Pool
        from cscheck.sources.parts import cut

        share = size // (_BLOCKS_EACH * jobs)
        block = min(_BLOCK, max(share, _SMALL_BLOCK))
        with Pool(_Begin(begin, options, language.current()), jobs, _is_start) as pool:
            # One long file among few must not be left to one process.
            for results in pool.results(cut(paths, options, block, max(share, block))):
                yield from results
    else:
        each = begin()
        for event in read_files(paths, options):
            yield guarded(each, event) if isinstance(event, Conversation) else event


def worthwhile(size: int) -> int:
    """Give how many processes so many bytes are worth: one, or as many as can run at once."""
    least = _WORTH if sys.platform == "linux" else _WORTH_WHERE_LOADED_AGAIN
    return max(1, min(cores(), size // least))


def cores() -> int:
    """Give how many processes can run at once."""
    with contextlib.suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def guarded(each: Each[T], conversation: Conversation) -> T | SourceError:
    """Give what a conversation comes to, or what went wrong with it."""
    try:
        return each(conversation)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        return SourceError(
            say(
                f"检查对话“{conversation.id}”时程序出错，跳过了这一段：{what}（{where}）。",
                f"the conversation '{conversation.id}' is left out, as checking it failed: {what} ({where}).",
            ),
            Place(conversation.path, conversation.line),
        )


@dataclass(frozen=True, slots=True)
class _Begin(Generic[T]):
    """What a worker process does first: it gets ready for parts of transcripts."""

    begin: Callable[[], Each[T]]
    options: ReadOptions
    language: str

    def __call__(self) -> Callable[[Part, Desk], list[FileInfo | T | SourceError]]:
        language.use(self.language)
        each = self.begin()
        return lambda part, desk: list(_results(part, self.options, each, desk))


def _results(part: Part, options: ReadOptions, each: Each[T], desk: Desk) -> Iterator[FileInfo | T | SourceError]:
    """Read a part and give what its conversations come to. To read one and to see to it is a step."""
    from cscheck.sources.parts import readers

    step = 0
    for place, events in readers(part, options, desk.before):
        while True:
            step += 1
            desk.at(step)
            codes = desk.deaths.get(step, ())
            if len(codes) > 1:
                # Not the conversation did it, but reading it: there is no going on in this file.
                yield SourceError(
                    say(
                        f"读到这里时进程崩溃（{_signal(codes[-1])}）。", f"reading this crashed ({_signal(codes[-1])})."
                    ),
                    place,
                )
                break
            event = next(events, None)
            if event is None:
                break
            if not isinstance(event, Conversation):
                yield event
            elif codes:
                yield _crashed(event, codes[-1])
            else:
                yield guarded(each, event)


def _crashed(conversation: Conversation, code: int) -> SourceError:
    why = _signal(code)
    return SourceError(
        say(
            f"检查对话“{conversation.id}”时进程崩溃（{why}），跳过了这一段。",
            f"the conversation '{conversation.id}' is left out, as checking it crashed the process ({why}).",
        ),
        Place(conversation.path, conversation.line),
    )


def _signal(code: int) -> str:
    return say(f"信号 {-code}", f"signal {-code}") if code < 0 else say(f"退出码 {code}", f"exit code {code}")


def _is_start(part: Part) -> bool:
    return getattr(part, "is_start", True)
