"""From a tree to plain values, and from plain values to a validated model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from decision.load.faults_in_words import explain
from decision.load.fields import may_be_thousands
from decision.load.scalars import FAULTY, Grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from decision.load.nodes import Node
    from decision.load.problems import Faults, Path

    Ungroup = Callable[[Node, str, Path], object]

__all__ = ["Draft", "read"]

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Draft(Generic[Model]):
    """A tree that is to be a ``model``, its values, and the paths of those that are at fault."""

    tree: Node
    model: type[Model]
    values: Any
    refused: Container[Path]

    def validated(
        self, known: Mapping[str, Any], faults: Faults, *, whole: bool = True
    ) -> Model | None:
        """The values as a model; None when at fault, and then every fault is noted."""
        try:
            return self.model.model_validate(self.values, context=dict(known))
        except ValidationError as error:
            explain(error, self.tree, self.model, faults, refused=self.refused, whole=whole)
        return None


def read(tree: Node, model: type[Model], faults: Faults) -> Draft[Model]:
    """The draft of a tree that is to be a ``model``.

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
    return Draft(tree, model, _ungrouped(tree, ungroup, ()) if grouped else values, refused)


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
