"""Things by name that are made when somebody asks for them, and only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Kept(Mapping[str, T]):
    """A mapping that makes its values when they are asked for: ``make`` gives the one of a place."""

    def __init__(self, names: Iterable[str], make: Callable[[int], T]) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        made = self._made.get(name)
        # Threads may make the same thing twice, but all get the one that came first.
        return self._made.setdefault(name, self._make(self._places[name])) if made is None else made

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __reduce__(self) -> tuple[type[dict[str, T]], tuple[dict[str, T]]]:
        return dict, (dict(self),)
