"""From a tree to plain values, and from plain values to a validated model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from decision.load.explain import explain
from decision.load.fields import may_be_thousands
from decision.load.scalars import FAULTY, Grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from decision.load.nodes import Node
    from decision.load.problems import Faults, Path

    Ungroup = Callable[[Node, str, Path], object]

__all__ = ["plain", "validated"]

Model = TypeVar("Model", bound=BaseModel)


def validated(
    tree: Node,
    model: type[Model],
    known: Mapping[str, Any],
    faults: Faults,
    *,
    whole: bool = True,
) -> Model | None:
    """The tree as a ``model``; None when it is at fault, and then every fault is noted."""
    refused: set[Path] = set()

    def ungroup(node: Node, text: str, path: Path) -> object:
        if not may_be_thousands(model, path):
            return float(text) if text.count(".") == 1 else text
        refused.add(path)
        faults.add("grouped_digits", node.place, path, value=text, whole=text.replace(".", ""))
        return FAULTY

    values = plain(tree, ungroup)
    try:
        return model.model_validate(values, context=dict(known))
    except ValidationError as error:
        explain(error, tree, model, faults, refused=refused, whole=whole)
    return None


def _as_written(node: Node, text: str, path: Path) -> object:  # noqa: ARG001
    return text


def plain(node: Node, ungroup: Ungroup = _as_written, path: Path = ()) -> Any:  # noqa: ANN401
    """The values of a tree, without their places; ``ungroup`` reads numbers as ``122.000``."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(one.node, ungroup, (*path, key)) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(item, ungroup, (*path, i)) for i, item in enumerate(value)]
    return ungroup(node, value.text, path) if isinstance(value, Grouped) else value
