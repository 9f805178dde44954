"""From a tree to plain values, and from plain values to a validated model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from decision.load.faults_in_words import explain
from decision.load.fields import may_be_thousands
from decision.load.scalars import FAULTY, Grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from decision.load.nodes import Node
    from decision.load.problems import Faults, Path

    Ungroup = Callable[[Node, str, Path], object]

__all__ = ["read", "validated"]

Model = TypeVar("Model", bound=BaseModel)


def read(
    tree: Node, model: type[BaseModel], faults: Faults
) -> tuple[Any, Container[Path]]:  # a document has any shape
    """The values in a tree that is to be a ``model``, and the paths of numbers with points in them.

    What is read as a number such as ``122.000`` is noted, where it can be meant as a thousand.
    """
    refused: set[Path] = set()

    def ungroup(node: Node, text: str, path: Path) -> object:
        if not may_be_thousands(model, path):
            return float(text) if text.count(".") == 1 else text
        refused.add(path)
        faults.add("grouped_digits", node.place, path, value=text, whole=text.replace(".", ""))
        return FAULTY

    grouped: list[Grouped] = []
    values = _values(tree, grouped)
    return (_ungrouped(tree, ungroup, ()) if grouped else values), refused


def validated(  # noqa: PLR0913 - a document, what it must be, and what is known of it
    values: Any,  # noqa: ANN401 - a document has any shape
    tree: Node,
    model: type[Model],
    known: Mapping[str, Any],
    faults: Faults,
    *,
    refused: Container[Path] = (),
    whole: bool = True,
) -> Model | None:
    """The values of a tree as a ``model``; None when at fault, and then every fault is noted."""
    try:
        return model.model_validate(values, context=dict(known))
    except ValidationError as error:
        explain(error, tree, model, faults, refused=refused, whole=whole)
    return None


def _values(node: Node, grouped: list[Grouped]) -> Any:  # noqa: ANN401
    """The values of a tree, without their places; numbers as ``122.000`` are gathered."""
    value = node[0]
    kind = type(value)
    if kind is str:
        return value
    if isinstance(value, dict):
        return {key: _values(one[1], grouped) for key, one in value.items()}
    if isinstance(value, list):
        return [_values(item, grouped) for item in value]
    if isinstance(value, Grouped):
        grouped.append(value)
    return value


def _ungrouped(node: Node, ungroup: Ungroup, path: Path) -> Any:  # noqa: ANN401
    """The values of a tree; ``ungroup`` reads numbers as ``122.000``."""
    value = node.value
    if isinstance(value, dict):
        return {key: _ungrouped(one.node, ungroup, (*path, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [_ungrouped(item, ungroup, (*path, i)) for i, item in enumerate(value)]
    return ungroup(node, value.text, path) if isinstance(value, Grouped) else value
