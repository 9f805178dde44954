"""From pydantic's errors to faults at their place in the file, one for each thing to mend."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from decision.load.fields import keys_at
from decision.load.guess import Guesses
from decision.load.problems import Location, Path
from decision.load.scalars import FAULTY
from decision.model.checks import BUILT_IN, UNTOLD
from decision.model.knowledge import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from decision.load.nodes import Node
    from decision.load.problems import Faults

__all__ = ["explain"]

_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "string_type": "text_expected",
    "string_too_short": "text_empty",
    "float_type": "number_expected",
    "int_type": "whole_number_expected",
    "int_from_float": "whole_number_expected",
    "bool_type": "true_or_false_expected",
    "bool_parsing": "true_or_false_expected",
    "dict_type": "mapping_expected",
    "model_type": "mapping_expected",
    "tuple_type": "list_expected",
    "greater_than_equal": "too_low",
    "greater_than": "not_above",
    "less_than_equal": "too_high",
    "literal_error": "not_one_of",
    "too_short": "too_few",
    "too_long": "too_many",
}
"""The code of our fault for each type of error that pydantic itself reports."""

_ABOUT_WHOLE = frozenset(
    {"one_comparison", "grades_or_measure", "measure_needs_value", "nothing_expected"}
)
"""Faults that say no more than that a key is missing, unknown or empty, where one is."""

_ABOUT_PARTS = frozenset(
    {
        *("shares_not_one", "weights_not_one", "swing_without_100", "years_not_ascending"),
        *("bounds_without_room", "outside_range", "unknown_level", "levels_not_rising"),
    }
)
"""Faults that follow where one of the values that they are about cannot be."""

_IMPOSSIBLE = frozenset({"impossible", "impossible_whole"})

_ABOUT_ANOTHER_KEY = frozenset({"since_without_form", "number_without_form", "form_without_number"})
"""Faults that a key is missing beside this one, where one is unknown there or empty."""

_ABOUT_KEY = frozenset({"unknown_key", "missing_key", "nothing_given"})

_AT_KEY = frozenset(
    {
        "unknown_key",
        "missing_key",
        "fact_of_other",
        "derived_fact",
        "fact_of_aspect",
        "duplicate_id",
    }
)
_NUMBERS = frozenset({"number_expected", "whole_number_expected", "share_expected"})
_ONE_VALUE = _NUMBERS | {"text_expected", "true_or_false_expected", "not_one_of"}
_COMMA = re.compile(r"[-+]?[0-9.]*,[0-9]+")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}([,' \u00a0\u202f][0-9]{3})+")
_NUMBER = re.compile(r"[-+]?([0-9]++(\.[0-9]+)?|\.[0-9]+)")
_CBS = 4
"""The digits of a CBS code."""

_MOST = 1000
"""The errors that are looked into: no more of them will be told."""


class _Found(NamedTuple):
    """An error, brought back to its place in the document."""

    code: str
    place: Location
    path: Path
    details: dict[str, Any]
    of_value: bool = False
    """Whether it is about one value by itself, which cannot be."""


def explain(  # noqa: PLR0913 - the three of them make a document
    error: ValidationError,
    tree: Node,
    model: type[BaseModel],
    faults: Faults,
    *,
    refused: Container[Path] = (),
    whole: bool = True,
) -> None:
    """Note a fault for each thing to mend, but for values at the paths ``refused`` before.

    Where not ``whole``, a file could not be read: that sections are missing says nothing then.
    """
    errors = iter(error.errors(include_url=False))
    found = (
        one
        for details in errors
        for one in _found(details, tree, model)
        if one.path not in refused and (whole or len(one.path) > 1 or one.code != "missing_key")
    )
    kept = [*islice(found, _MOST)]
    for one in _mendable([one for one in kept if one.code != UNTOLD]):
        faults.add(one.code, one.place, one.path, **one.details)
    faults.untold += sum(one.details["count"] for one in kept if one.code == UNTOLD)
    faults.untold += sum(one.get("ctx", {}).get("count", 1) for one in errors)


def _found(error: ErrorDetails, tree: Node, model: type[BaseModel]) -> Iterator[_Found]:
    """The error at its place; none where the value was found to be at fault before."""
    path, node, key = _walk(tree, error["loc"])
    if node.value is FAULTY:
        return
    code, details = _told(error, path)
    if code == "missing_key":
        path = (*path, error["loc"][-1])
    at_key = code in _AT_KEY or error["loc"][-1:] == ("[key]",)
    place = key if key and (at_key or isinstance(node.value, dict | list)) else node.place
    if code == "unknown_key":
        known = keys_at(model, path[:-1])
        if details["value"] in known:  # the key of another kind of requirement than this one
            code, path = "several_requirements", path[:-1]
        else:
            details["known"] = known
    of_value = error["type"] in _CODES or code in _IMPOSSIBLE
    yield _Found(code, place, path, details, of_value and code not in _ABOUT_KEY)


def _walk(tree: Node, loc: Path) -> tuple[Path, Node, Location | None]:
    """As far as ``loc`` goes in the document: the path, what is there, and the place of its key.

    Names of alternatives in a model are not in the document, and are passed over.
    """
    path: Path = ()
    node, key = tree, None
    for step in loc:
        if (entry := node.step(step)) is not None:
            key = entry.key if isinstance(node.value, dict) else None
            path, node = (*path, step), entry.node
    return path, node, key


def _told(error: ErrorDetails, path: Path) -> tuple[str, dict[str, Any]]:
    """The code of the fault, and the details that its sentence needs."""
    kind, value = error["type"], error["input"]
    context: dict[str, Any] = dict(error.get("ctx", {}))
    keys = [step for step in path if isinstance(step, str)]
    key = next((step for step in reversed(keys) if step != "value"), "value" if keys else "")
    details = {"key": key, "value": value, **context}
    code = _CODES.get(kind, "invalid" if kind in BUILT_IN else kind)
    if kind in _CODES and kind not in {"missing", "extra_forbidden"}:
        code = _narrowed(code, value, context)
    if code == "share_expected" and "phase" in error["loc"][-2:]:
        code = "phase_expected"
    if code == "share_expected" and not {"euro", "inhabitants"}.isdisjoint(error["loc"][-3:]):
        code = "number_expected"
    if kind == "not_a_cbs_code" and isinstance(value, int) and len(str(value)) == _CBS:
        code = "code_as_number"
    if kind == "missing" and isinstance(error["loc"][-1], int):
        return "too_few", {**details, "least": error["loc"][-1] + 1}
    if kind in {"missing", "extra_forbidden"}:
        details["value"] = details["key"] = error["loc"][-1]
    if kind == "literal_error":
        details["known"] = re.findall(r"'([^']*)'", str(context["expected"]))
    if code == "unknown_reference":
        code = _of_reference(context)
    if code == "marked_thousands":
        details["whole"] = re.sub("[^-0-9]", "", str(value))
    details["least"] = context.get("min_length", context.get("ge", context.get("gt")))
    details["most"] = context.get("max_length", context.get("le"))
    return code, details


def _of_reference(context: dict[str, Any]) -> str:
    """The code of a reference to what does not exist, by the kind of what was meant."""
    if context["kind"] in {"netnummer", "document"}:
        return f"unknown_{context['kind']}"
    return "unknown_reference" if context["known"] else "nothing_of_kind"


def _narrowed(code: str, value: object, context: dict[str, Any]) -> str:
    """A more telling code, where the value gives away what went wrong."""
    if value is None:
        return "nothing_given"
    if context.get("expected") == f"'{UNKNOWN}'":
        code = "share_expected"
    if isinstance(value, str) and code in _NUMBERS:
        if _THOUSANDS.fullmatch(value):
            return "marked_thousands"
        if _COMMA.fullmatch(value):
            return "decimal_comma"
        if _NUMBER.fullmatch(value):
            return "quoted_number"
    if isinstance(value, list | dict) and code in _ONE_VALUE:
        code = "one_value_expected"
    if code == "too_high" and context["le"] == 1:
        code = "share_too_high"
    return code


def _mendable(found: list[_Found]) -> Iterator[_Found]:
    """One fault for each thing to mend: what only follows from another is left out."""
    guesses = Guesses()
    without = {one.path[:-1] for one in found if one.code == "missing_key"}
    meant = {
        (*one.path[:-1], guesses.closest(one.details["value"], one.details["known"]))
        for one in found
        if one.code == "unknown_key" and one.path[:-1] in without
    }
    incomplete = {one.path[:-1] for one in found if one.code in _ABOUT_KEY}
    wrong = {one.path[:n] for one in found if one.of_value for n in range(len(one.path) + 1)}
    listed = {one.path for one in found if one.code == "one_level"}  # whatever is in the list
    found = [one for one in found if one.code != "missing_key" or one.path not in meant]
    found = [one for one in found if not one.of_value or one.path[:-1] not in listed]
    seen: set[tuple[str, Path]] = set()
    for one in _together(found):
        if one.code == "too_few" and _long_enough(one):
            continue
        if one.code in _ABOUT_WHOLE and one.path in incomplete:
            continue
        if one.code in _ABOUT_ANOTHER_KEY and one.path[:-1] in incomplete:
            continue
        about = one.path[:-1] if one.code == "outside_range" else one.path  # the range is beside it
        if one.code in _ABOUT_PARTS and about in wrong:
            continue
        if (one.code, one.path) not in seen:
            seen.add((one.code, one.path))
            yield one


def _together(found: list[_Found]) -> Iterator[_Found]:
    """The faults, with what one mapping lacks as one of them."""
    lacking: dict[Path, list[_Found]] = {}
    for one in found:
        if one.code == "missing_key":
            lacking.setdefault(one.path[:-1], []).append(one)
        else:
            yield one
    for path, several in lacking.items():
        one, names = several[0], [*dict.fromkeys(each.details["value"] for each in several)]
        if len(names) == 1:
            yield one
        else:
            at = ".".join(map(str, path)) or one.place.file.name
            yield _Found("missing_keys", one.place, path, {"at": at, "missing": names})


def _long_enough(one: _Found) -> bool:
    """Whether a list is too short only because values in it, told of already, do not count."""
    value, least = one.details["value"], one.details["least"]
    return isinstance(value, list | dict) and len(value) >= least
