"""Results as JSON can hold them, in full precision, under the names that they have themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import isfinite
from typing import Any, TypeAlias

__all__ = ["VERSION", "Json", "Keys", "document", "named", "plain", "text"]

VERSION = 1
"""Of the machine contract. It goes up when a key goes, or comes to mean something else."""

_PLAIN = frozenset({str, int, bool, type(None)})

Json: TypeAlias = dict[str, Any]
Keys: TypeAlias = Mapping[type, str | Callable[[Any], Any]]
"""Types that are not written with all their fields, and with these alone.

A text names the keys: fields or properties, or ``key=what.it.is`` where those have another name
(null where one on the way is None). A function gives what is written instead.
"""


def text(parts: Json) -> str:
    """A document for other programs, with the version of the contract."""
    return json.dumps({"version": VERSION, **parts}, ensure_ascii=False, indent=2, allow_nan=False)


def plain(value: Any, keys: Keys) -> Any:  # noqa: ANN401 - any result, and any part of JSON
    """A value as plain data: results by ``keys``, keys as texts, and null where JSON has no number.

    Args:
        value: A result, or a collection of results and plain values.
        keys: How results are written; those of other types with every field.
    """
    how = keys.get(type(value))
    if how is None and type(value) in _PLAIN:
        return value
    if callable(how):
        return plain(how(value), keys)
    if how is not None or is_dataclass(value) or hasattr(value, "_fields"):
        value = named(value, how or _names(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one, keys) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, keys) for one in value]
    if isinstance(value, float | Fraction):
        return float(value) if isfinite(value) else None
    return value


def named(value: Any, names: str) -> Json:  # noqa: ANN401 - any result
    """Parts of a result under their names, as `Keys` has them."""
    parts = (name.partition("=") for name in names.split())
    return {key: _at(value, path or key) for key, _, path in parts}


def document(parts: Json, keys: Keys) -> Json:
    """A document of results, or a part of one, as plain data."""
    return {key: plain(one, keys) for key, one in parts.items()}


def _names(value: Any) -> str:  # noqa: ANN401 - a dataclass or a named tuple
    names = [one.name for one in fields(value)] if is_dataclass(value) else value._fields
    return " ".join(names)


def _at(value: Any, path: str) -> Any:  # noqa: ANN401 - any result and what it holds
    for name in path.split("."):
        value = None if value is None else getattr(value, name)
    return value
