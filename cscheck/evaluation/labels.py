"""Label files in, items out: JSON Lines, CSV, TSV or Excel; what cannot be read comes as a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

from cscheck.errors import Place, SourceError
from cscheck.evaluation import json_labels, table_labels
from cscheck.evaluation.categories import Vocabulary
from cscheck.evaluation.item import Item
from cscheck.language import say
from cscheck.sources import ReadOptions, delimited, jsonio
from cscheck.sources.source import Source

SUFFIXES = (*jsonio.SUFFIXES, *delimited.SUFFIXES, ".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True)
class Labels:
    """How label files are read: the names that categories go by, roles, encoding and a channel where none is named."""

    vocabulary: Vocabulary
    options: ReadOptions = field(default_factory=ReadOptions)

    def read(self, paths: Sequence[str]) -> Iterator[Item | SourceError]:
        """Read the label files of one reviewer; an id may stand only once in all of them."""
        seen: dict[str, Place | None] = {}
        for path in paths:
            for item in self._file(path):
                if isinstance(item, SourceError):
                    yield item
                elif item.id in seen:
                    yield _twice(item, seen[item.id])
                else:
                    seen[item.id] = item.place
                    talk = item.conversation
                    yield replace(item, conversation=replace(talk, channel=talk.channel or self.options.channel))

    def _file(self, path: str) -> Iterator[Item | SourceError]:
        place = Place(path)
        try:
            with Path(path).open("rb") as stream:
                source = Source.open(path, stream, self.options.encoding)
                yield from _format(source).read(source, self.vocabulary, self.options)
        except SourceError as error:
            yield error
        except FileNotFoundError:
            yield SourceError(say("找不到这个文件。", "there is no such file."), place)
        except IsADirectoryError:
            yield SourceError(say("这是文件夹；请给出标注文件。", "this is a folder; name the label files."), place)
        except RecursionError:
            yield SourceError(say("文件的结构嵌套太深。", "the file is nested too deeply."), place)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            yield SourceError(say(f"打不开文件：{reason}。", f"cannot open the file: {reason}."), place)


def _format(source: Source) -> ModuleType:
    """Choose the module that reads a file."""
    if source.encoding is None or source.name.endswith(delimited.SUFFIXES):
        return table_labels
    if source.name.endswith(jsonio.SUFFIXES) or jsonio.looks_like_json(source):
        return json_labels
    if table_labels.looks_like_labels(source):
        return table_labels
    message = say("认不出这是标注文件。", "this is no label file.")
    raise SourceError(message, Place(source.path), allowed="、".join(SUFFIXES))


def _twice(item: Item, first: Place | None) -> SourceError:
    return SourceError(
        say(
            f"编号“{item.id}”重复，先在 {first}；第二位标注者的文件用 --against 给出",
            f"id '{item.id}' is there already, at {first}; give a second reviewer's file with --against",
        ),
        item.place,
    )
