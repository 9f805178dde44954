"""Mappings that cannot be changed: what a model or a result holds stays as it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import AfterValidator

__all__ = ["FREEZE", "FrozenDict", "Map", "Result", "frozen"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that refuses every change; it can be read, copied and pickled as any other."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping cannot be changed; make another of it with {**this, …}")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        """Pickle and copy by what it holds, for nothing can be put in it afterwards."""
        return type(self), (dict(self),)


FREEZE = AfterValidator(FrozenDict)
"""Makes the mapping of a field one that cannot be changed; `Map` is a mapping with it."""

Map = Annotated[Mapping[K, V], FREEZE]


def frozen(value: Any) -> Any:  # noqa: ANN401 - any value of a model or a result
    """The value with no mapping, list or set in it that can be changed."""
    if type(value) is FrozenDict:
        return value
    if hasattr(value, "setflags"):
        value.setflags(write=False)  # an array of numpy
    if isinstance(value, Mapping):
        return FrozenDict({key: frozen(one) for key, one in value.items()})
    if type(value) in (list, tuple):
        return tuple(map(frozen, value))
    return frozenset(value) if isinstance(value, set) else value


class Result:
    """Base of the results of the stages: dataclasses of which no mapping or list can be changed."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Freeze what the result was given."""
        for one in fields(self):  # type: ignore[arg-type]  # those below are dataclasses
            object.__setattr__(self, one.name, frozen(getattr(self, one.name)))
