"""What a template gets to see: plain values that can only be read.

A template sees a model, a result or a view as a mapping of what it may name; what may be called
gives plain values again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup
from numpy import generic, ndarray
from pydantic import BaseModel

__all__ = ["Call", "MistakeError", "Plain", "Sandbox", "plain"]

KEPT_FILTERS = (
    "abs", "batch", "capitalize", "count", "default", "dictsort", "escape", "first", "float",
    "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min",
    "reject", "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "sort",
    "string", "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
"""The filters of Jinja that stay: they neither draw lots nor make much of little."""

READING = ("keys", "values", "items", "get")
SAFE: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset(("capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"))),
    ((tuple, list), frozenset(("count", "index"))),
    (dict, frozenset(READING)),
)
"""The methods of plain values that a template may call; they change nothing and stay small."""

RECORD_METHODS = frozenset(("base", "group", "of", "rules"))
"""What a template may call of a result; of a view it may call all that is public."""


class MistakeError(TemplateRuntimeError):
    """A template is at fault; the code says why, and the place where, as far as it is known."""

    def __init__(self, code: str, file: str = "", line: int = 0, **details: str) -> None:
        """Name what is wrong and the place."""
        super().__init__(f"{file}:{line}: {code} {details}")
        self.code, self.file, self.line, self.details = code, file, line, details


class Plain(Mapping[Any, Any]):
    """A mapping, a result or a view as a template sees it: what it may name, and only to read."""

    __slots__ = ("_found", "_inner", "_names")

    def __init__(self, inner: object) -> None:
        """Show what ``inner`` holds; it is looked up when it is asked for."""
        self._inner: Any = inner
        self._names: Mapping[Any, Any] = inner if isinstance(inner, Mapping) else _names(inner)
        self._found: dict[Any, Any] = {}

    def __getitem__(self, name: object) -> object:
        """The plain value under a name."""
        if name not in self._found:
            value = self._names[name]
            if self._names is not self._inner:
                value = getattr(self._inner, str(name))
            self._found[name] = plain(value)
        return self._found[name]

    def __iter__(self) -> Iterator[Any]:
        """The names, in order."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same thing."""
        return self._inner == raw(other)  # type: ignore[no-any-return]

    def __hash__(self) -> int:
        """Equal things are one key."""
        return hash(self._inner)

    def __repr__(self) -> str:
        """A template prints one of its values, and never the whole."""
        raise MistakeError("not_text")

    def ask(self, name: str) -> object:
        """What ``thing.name`` is in a template; raises KeyError where there is no such thing."""
        if name in READING and (self._names is self._inner or name not in self._names):
            return Call(getattr(self, name))
        return self[name]


class Call:
    """What a template may call: it takes and gives plain values."""

    __slots__ = ("_given", "_run")

    def __init__(
        self, run: Callable[..., object], given: Callable[[object], object] | None = None
    ) -> None:
        """Call ``run``, with our own objects for what stands for them, or with what is given."""
        self._run, self._given = run, given or raw

    def __call__(self, *given: object, **named: object) -> object:
        """The outcome as a plain value."""
        known = {name: self._given(one) for name, one in named.items()}
        return plain(self._run(*map(self._given, given), **known))

    def __repr__(self) -> str:
        """It is to be called, not printed."""
        raise MistakeError("not_text")


WRITTEN = (str, int, float, Undefined, type(None))
AS_IS = {str, Markup, int, float, bool, type(None), range, Plain, Call, Namespace}


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a template can ask for
    """The value as a template may have it; raises ``MistakeError`` for what it may not have."""
    if type(value) in AS_IS:
        return value
    if _is_read(type(value)):  # type: ignore[arg-type]  # mypy takes a class for unhashable
        return Plain(value)
    if isinstance(value, generic | ndarray):
        return plain(value.tolist())
    if isinstance(value, MethodType | FunctionType):
        return Call(value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return _rebuilt(value, plain)
    raise MistakeError("forbidden", name=type(value).__name__)


def raw(value: Any) -> Any:  # noqa: ANN401 - whatever a template can give
    """Our own object for the mapping that stands for it, and for those in a list."""
    if isinstance(value, Plain):
        return value._inner  # noqa: SLF001 - its other half
    if isinstance(value, list | tuple):
        return _rebuilt(value, raw)
    return map(raw, value) if isinstance(value, Iterator) else value


def _rebuilt(values: Iterable[Any], change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """The values changed, in a list where they were; else as a tuple, with its names if any."""
    changed = map(change, values)
    if isinstance(values, list):
        return list(changed)
    return values._make(changed) if hasattr(values, "_make") else tuple(changed)


@cache
def _is_read(kind: type) -> bool:
    """Whether it is a mapping or a model, a result of a stage, or a view of the report."""
    ours = kind.__module__.startswith("decision.") and (is_dataclass(kind) or _speaks(kind))
    return ours or issubclass(kind, Mapping | BaseModel)


@cache
def _speaks(kind: type) -> bool:
    return kind.__module__.startswith("decision.report.") and not is_dataclass(kind)


def _names(inner: object) -> Mapping[str, None]:
    """What a template may name of a model, a result or a view; of a view, what it holds too."""
    kind = type(inner)
    own = _shown(kind)  # type: ignore[arg-type]  # mypy takes a class for unhashable
    if not _speaks(kind):  # type: ignore[arg-type]  # the same
        return own
    return own | {name: None for name in vars(inner) if not name.startswith("_")}


@cache
def _shown(kind: type) -> dict[str, None]:
    """What the class itself gives to name."""
    own = list(kind.model_fields) if issubclass(kind, BaseModel) else []
    own += [one.name for one in fields(kind)] if is_dataclass(kind) else []
    own = [name for name in own if not name.startswith("_")]
    public = {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}
    called = public if _speaks(kind) else RECORD_METHODS & public.keys()
    own += [
        name
        for name, one in public.items()
        if (isinstance(one, property | cached_property) and not hasattr(BaseModel, name))
        or (isinstance(one, FunctionType) and name in called)
    ]
    return dict.fromkeys(own)


class _Unknown(StrictUndefined):
    """A name that is not there, which is all that its error says."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class Sandbox(ImmutableSandboxedEnvironment):
    """A template names what `plain` shows, and what is safe of a plain value; nothing else."""

    def __init__(
        self,
        filters: dict[str, Callable[..., Any]],
        functions: dict[str, Callable[..., Any]],
        escape: Callable[[object], object],
        **options: Any,  # noqa: ANN401 - jinja's own
    ) -> None:
        """Give templates these filters and functions; ``escape`` guards what they fill in."""
        super().__init__(undefined=_Unknown, finalize=self.written, **options)
        self._escape = escape
        self.filters = {name: FILTERS[name] for name in KEPT_FILTERS} | filters
        self.globals = {"range": Call(range), "namespace": Call(Namespace, plain)}
        self.globals |= {name: Call(run) for name, run in functions.items()}

    def written(self, value: Any) -> Any:  # noqa: ANN401
        """A value as it is written in the text: a text or a number, and nothing else."""
        if isinstance(value, WRITTEN):
            return self._escape(value)
        raise MistakeError("not_text")

    def render(self, name: str, known: Mapping[str, object]) -> str:
        """The text of a template, with what it may name."""
        return self.get_template(name).render({key: plain(one) for key, one in known.items()})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """What ``obj.attribute`` is."""
        if not isinstance(obj, Plain):
            found = super().getattr(obj, attribute)
            called = isinstance(found, MethodType | BuiltinMethodType)
            return Call(found, plain) if called else found
        try:
            return obj.ask(attribute)
        except KeyError:
            return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        """What ``obj[argument]`` is."""
        if not isinstance(obj, Plain):
            return super().getitem(obj, argument)
        try:
            return obj[argument]
        except (KeyError, TypeError):
            named = isinstance(argument, str)
            return self.getattr(obj, argument) if named else self.undefined(name=str(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Whether a template may ask a plain value, or a part of jinja, for an attribute."""
        for kind, names in SAFE:
            if isinstance(obj, kind):
                return attr in names or attr in getattr(obj, "_fields", ())
        ours = type(obj).__module__ in {"jinja2.runtime", "jinja2.environment", "jinja2.utils"}
        return ours and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """A text is no format: that can make anything of any length."""

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401, ARG002
        """What stands for an attribute that a template may not have."""
        return self.undefined(name=attribute, exc=SecurityError)
