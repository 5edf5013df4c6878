"""``@dataclass(frozen=True, slots=True)``, made in a tenth of the time.

The standard library compiles six methods for every class. A start of cscheck makes some seventy classes of values, and
to compile all their methods takes longer than to start Python. Here ``__init__`` alone is compiled, when there is a
first value, and what the standard library knows of dataclasses is worked out when it asks. ``fields``, ``replace``,
``match`` and type checkers find a dataclass like any other; it is pickled and copied by what it is made from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from collections.abc import Callable
    from operator import attrgetter
    from typing import Any

    _told = dataclasses.dataclass(frozen=True)

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Make a class of values; other dataclasses are the standard library's to make."""
        if not (frozen and slots):
            raise TypeError("only frozen dataclasses with slots are made here")
        return _made

    def _made(cls: type) -> type:
        annotations = dict(cls.__annotations__)
        names = tuple(annotations)
        own = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        given = {name: own.pop(name) for name in names if name in own}
        # Where there is no docstring, the standard library works one out from the signature.
        own |= {"__doc__": cls.__doc__ or cls.__name__, "__annotations__": annotations}
        own |= {"__slots__": names, "__match_args__": names}
        made = type(cls)(cls.__name__, cls.__bases__, own)
        made.__qualname__ = cls.__qualname__
        for name, method in _methods(names).items():
            if name not in own:
                setattr(made, name, method)
        if "__init__" not in own:
            made.__init__ = _Later(made, "__init__", lambda: _init(made, names, given))
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(made, name, _Later(made, name, lambda name=name: getattr(_twin(made, given), name)))
        return made

    class _Later:
        """An attribute of a class that is made when it is first asked for."""

        def __init__(self, owner: type, name: str, make: Callable[[], Any]) -> None:
            self._owner, self._name, self._make = owner, name, make

        def __get__(self, instance: object, owner: type) -> Any:  # noqa: ANN401
            made = self._make()
            setattr(self._owner, self._name, made)
            # As it would have been found had it been there.
            return made.__get__(instance, owner) if hasattr(made, "__get__") else made

    def _twin(made: type, given: dict[str, Any]) -> type:
        """Let the standard library make what it knows of the fields."""
        inside = {"__annotations__": dict(made.__annotations__), "__module__": made.__module__, "__doc__": made.__doc__}
        return _told(type(made.__name__, (), {**inside, **given}))

    def _methods(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
        values_of = _getter(names)

        def __eq__(self: object, other: object) -> bool:  # noqa: N807
            return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self: object) -> int:  # noqa: N807
            return hash(values_of(self))

        def __reduce__(self: object) -> tuple[Any, ...]:  # noqa: N807
            return self.__class__, values_of(self)

        methods = (__eq__, __hash__, __reduce__, __repr__, __setattr__, __delattr__)
        return {method.__name__: method for method in methods}

    def _init(made: type, names: tuple[str, ...], given: dict[str, Any]) -> Callable[..., None]:
        parameters, lines, defaults = ["self"], [], {}
        for name in names:
            value = name
            if name in given:
                defaults[name] = given[name]
                if isinstance(given[name], dataclasses.Field):
                    if given[name].default is not dataclasses.MISSING:
                        defaults[name] = given[name].default
                    else:
                        defaults[name] = given[name].default_factory
                        value = f"_given[{name!r}]() if {name} is _given[{name!r}] else {name}"
            parameters.append(f"{name}=_given[{name!r}]" if name in given else name)
            lines.append(f"_set(self, {name!r}, {value})")
        known: dict[str, Any] = {"_set": object.__setattr__, "_given": defaults}
        exec(f"def __init__({', '.join(parameters)}):\n  " + ("; ".join(lines) or "pass"), known)  # noqa: S102
        init = known["__init__"]
        init.__qualname__ = f"{made.__qualname__}.__init__"
        return init

    def _getter(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
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
