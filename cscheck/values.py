"""``@dataclass(frozen=True, slots=True)``, made in a quarter of the time.

The standard library compiles six methods for every class. A start of cscheck makes some seventy classes of values, and
to compile all their methods takes longer than to start Python. Here ``__init__`` alone is compiled. ``fields``,
``replace``, ``match`` and type checkers find a dataclass like any other; it is pickled and copied by what it is made
from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from collections.abc import Callable, Iterator
    from operator import attrgetter
    from typing import Any

    _bare = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Make a class of values; other dataclasses are the standard library's to make."""
        if not (frozen and slots):
            raise TypeError("only frozen dataclasses with slots are made here")
        return _made

    def _made(cls: type) -> type:
        # Where there is no docstring, the standard library works one out from the signature.
        cls.__doc__ = cls.__doc__ or cls.__name__
        own = frozenset(vars(cls))
        made = _bare(cls)
        for method in _methods(made, dataclasses.fields(made)):
            if method.__name__ not in own:
                setattr(made, method.__name__, method)
        return made

    def _methods(made: type, fields: tuple[dataclasses.Field, ...]) -> Iterator[Callable[..., Any]]:
        yield _init(made, fields)
        values_of = _getter([field.name for field in fields])

        def __eq__(self: object, other: object) -> bool:  # noqa: N807
            return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self: object) -> int:  # noqa: N807
            return hash(values_of(self))

        def __reduce__(self: object) -> tuple[Any, ...]:  # noqa: N807
            return self.__class__, values_of(self)

        yield from (__eq__, __hash__, __reduce__, __repr__, __setattr__, __delattr__)

    def _init(made: type, fields: tuple[dataclasses.Field, ...]) -> Callable[..., None]:
        parameters, lines, given = ["self"], [], {}
        for field in fields:
            name = value = field.name
            if field.default is not dataclasses.MISSING:
                given[name] = field.default
            elif field.default_factory is not dataclasses.MISSING:
                given[name] = field.default_factory
                value = f"_given[{name!r}]() if {name} is _given[{name!r}] else {name}"
            parameters.append(f"{name}=_given[{name!r}]" if name in given else name)
            lines.append(f"_set(self, {name!r}, {value})")
        known: dict[str, Any] = {"_set": object.__setattr__, "_given": given}
        exec(f"def __init__({', '.join(parameters)}):\n  " + ("; ".join(lines) or "pass"), known)  # noqa: S102
        init = known["__init__"]
        init.__qualname__ = f"{made.__qualname__}.__init__"
        return init

    def _getter(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
        if len(names) > 1:
            return attrgetter(*names)
        return lambda value: tuple([getattr(value, name) for name in names])

    def __repr__(self: object) -> str:  # noqa: N807
        fields = ", ".join([f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self)])
        return f"{self.__class__.__qualname__}({fields})"

    def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self: object, name: str) -> None:  # noqa: N807
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
