"""Templates of others: every turn of a loop, every call and every character is counted.

All of it takes from what one report may cost, so that each template ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import update_wrapper
from typing import Any

from jinja2 import nodes, pass_eval_context
from jinja2.filters import do_join, do_replace
from jinja2.runtime import markup_join, str_join
from jinja2.visitor import NodeTransformer

from decision.report.document.sandbox import Call, MistakeError, Sandbox

__all__ = ["BoundedSandbox", "begin"]

MOST_STEPS = 10_000_000
"""What the templates of one report may do together; the Drechtsteden take some 300.000."""

MOST_BITS, LIST = 10_000, 16
"""The largest whole number, and what a list takes besides its length."""


class BoundedSandbox(Sandbox):
    """For templates of others: whatever they do is counted, and there is an end to it."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, *given: Any, **options: Any) -> None:  # noqa: ANN401 - as above
        """Count in each filter, and in what makes a list of numbers."""
        super().__init__(*given, **options)
        self.filters |= {"join": _join, "replace": _replace}
        self.filters = {name: _counting(run) for name, run in self.filters.items()}
        self.filters |= {"turns": _turns, "joined": _joined, "weighed": weigh}
        self.globals["range"] = Call(_range)

    def written(self, value: Any) -> Any:  # noqa: ANN401
        """A value as it is written in the text, by its length."""
        weigh(value)
        return super().written(value)

    def call(self, context: Any, obj: Any, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        """A call, by what it is given."""
        weigh((given, named))
        return super().call(context, obj, *given, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """A sum, by how large its outcome can be."""
        if operator == "%" and isinstance(left, str):
            raise MistakeError("forbidden", name="%")
        spend(_largest(operator, left, right))
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Counted().visit(super()._parse(source, name, filename))
        return parsed


class _Counted(NodeTransformer):
    """Counts the turns of loops, and whatever makes one value of several."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - jinja's own
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "turns")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return _filtered(
            nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), "joined"
        )

    def visit_List(self, node: nodes.List | nodes.Tuple | nodes.Dict) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") != "load" else _filtered(node, "weighed")

    visit_Tuple = visit_Dict = visit_List  # noqa: N815


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(
        node, name, [], [], None, None, lineno=node.lineno, environment=node.environment
    )


_LEFT: ContextVar[list[int]] = ContextVar("steps that are left")


def begin() -> None:
    """Begin a report, with all of its steps."""
    _LEFT.set([MOST_STEPS])


def spend(steps: int) -> None:
    """Take steps; raises ``MistakeError`` when there are none left."""
    left = _LEFT.get()
    left[0] -= steps
    if left[0] < 0:
        raise MistakeError("too_much")


def weigh(value: Any) -> Any:  # noqa: ANN401
    """The value, once the steps are taken that it is worth, with all that is in it."""
    spend(_size(value))
    if isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            weigh(one)
    return value


def _size(value: object) -> int:
    """The length of a text or list; else 1."""
    if isinstance(value, list | tuple | dict):
        return len(value) + LIST
    return len(value) + 1 if isinstance(value, str) else 1


def _bits(value: object) -> int:
    """The length of a whole number; that of any other is 1."""
    return value.bit_length() if isinstance(value, int) else 1


def _largest(operator: str, left: object, right: object) -> int:
    """How large the outcome of a sum can be; raises ``MistakeError`` for far too large a number."""
    for one, other in ((left, right), (right, left)):
        if operator == "*" and isinstance(one, int) and isinstance(other, str | list | tuple):
            return max(one, 0) * len(other) + 1
    times = abs(right) if operator == "**" and isinstance(right, int) else 1
    if _bits(left) * times + _bits(right) > MOST_BITS:
        raise MistakeError("too_much")
    return _size(left) + _size(right)


def _counting(run: Callable[..., Any]) -> Callable[..., Any]:
    """A filter, by what it is given; a number that it is told can be how much it makes."""

    def counting(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        weigh((given, named))
        told = (*given[1:], *named.values())
        spend(sum(abs(one) for one in told if isinstance(one, int)))
        return run(*given, **named)

    return update_wrapper(counting, run)


def _turns(values: Iterable[Any]) -> Iterator[Any]:
    for one in values:
        spend(1)
        yield one


def _range(*given: int) -> range:
    found = range(*given)
    spend(len(found))
    return found


@pass_eval_context
def _joined(context: nodes.EvalContext, parts: list[Any]) -> str:
    """What ``~`` makes of its parts."""
    weigh(parts)
    return markup_join(parts) if context.autoescape else str_join(parts)


@pass_eval_context
def _join(
    context: nodes.EvalContext, value: Iterable[Any], d: str = "", attribute: str | None = None
) -> str:
    """Jinja's own filter, by how often the text between comes in."""
    parts = list(value)
    weigh(parts)
    spend(len(parts) * len(str(d)))
    text: str = do_join(context, parts, d, attribute)
    return text


@pass_eval_context
def _replace(
    context: nodes.EvalContext, s: str, old: str, new: str, count: int | None = None
) -> str:
    """Jinja's own filter, by how often the new text comes in."""
    spend(str(s).count(str(old)) * len(str(new)))
    return do_replace(context, s, old, new, count)
