"""Our ``dataclass`` against the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field, replace

import pytest

from cscheck import values


def classes(dataclass) -> dict[str, type]:  # type: ignore[no-untyped-def]
    @dataclass(frozen=True, slots=True)
    class Pair:
        """Two of something."""

        left: int
        right: str = "r"
        more: dict[str, int] = field(default_factory=dict)

    @dataclass(frozen=True, slots=True)
    class One:
        only: int

    @dataclass(frozen=True, slots=True)
    class Nothing:
        """No field at all."""

    @dataclass(frozen=True, slots=True)
    class Told:
        """A value that speaks for itself."""

        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

    return {made.__name__: made for made in (Pair, One, Nothing, Told)}


OURS, THEIRS = classes(values.dataclass), classes(dataclasses.dataclass)


@values.dataclass(frozen=True, slots=True)
class Kept:
    """A value at the top of a module, as pickle wants it."""

    left: int
    more: dict[str, int] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("name", "given"),
    [("Pair", (1,)), ("Pair", (1, "x", {"a": 2})), ("One", (3,)), ("Nothing", ()), ("Told", ("n",))],
)
def test_it_is_a_dataclass_like_any_other(name: str, given: tuple[object, ...]) -> None:
    ours, theirs = OURS[name], THEIRS[name]
    one, other = ours(*given), theirs(*given)
    assert repr(one) == repr(other)
    assert dataclasses.asdict(one) == dataclasses.asdict(other)  # type: ignore[call-overload]
    for told in ("__slots__", "__match_args__"):
        assert getattr(ours, told) == getattr(theirs, told)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    assert one == ours(*given) and one != other and one != 0


def test_values_compare_and_hash_by_their_fields() -> None:
    one = OURS["One"]
    assert len({one(1), one(1), one(2)}) == 2
    assert one(1) != one(2)


def test_a_value_does_not_change() -> None:
    kept = Kept(1)
    for name in ("left", "unknown"):
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            setattr(kept, name, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del kept.left
    assert not hasattr(kept, "__dict__")


def test_a_default_factory_makes_a_new_one_each_time() -> None:
    assert Kept(1).more == {} and Kept(1).more is not Kept(1).more


def test_another_is_made_from_it() -> None:
    assert replace(Kept(1), left=2) == Kept(2)
    for again in (copy.copy(Kept(1)), copy.deepcopy(Kept(1)), pickle.loads(pickle.dumps(Kept(1)))):
        assert again == Kept(1)


def test_what_is_missing_is_told_with_the_class() -> None:
    with pytest.raises(TypeError, match=r"Kept\.__init__\(\) missing 1 required positional argument: 'left'"):
        Kept()  # type: ignore[call-arg]


def test_a_field_without_a_default_comes_first() -> None:
    late = type("Late", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})
    made = values.dataclass(frozen=True, slots=True)(late)
    with pytest.raises(SyntaxError):
        made(1, 2)


def test_it_is_a_dataclass_before_there_is_a_value() -> None:
    made = classes(values.dataclass)["Pair"]
    assert dataclasses.is_dataclass(made)
    assert [field.name for field in dataclasses.fields(made)] == ["left", "right", "more"]
    assert made.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert made.__init__.__qualname__.endswith("Pair.__init__")  # type: ignore[misc]


def test_other_dataclasses_are_not_made_here() -> None:
    with pytest.raises(TypeError):
        values.dataclass(frozen=True, slots=False)
