"""The sentences of the program itself, looked up by code in ``report_templates/<lang>``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from string import Formatter
from typing import Any

import yaml

from decision.model import installed

__all__ = ["Messages", "catalogue", "has_words", "languages", "messages", "sentence"]


class _Formatter(Formatter):
    """Chooses between two words by a number: ``{count} {count:gemeente|gemeenten}``."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, either, many = format_spec.partition("|")
        if not either:
            return str(format(value, format_spec))
        return one if str(value) == "1" else many


_FORMATTER = _Formatter()


class Messages:
    """The sentences in one language; a code is a dotted path such as ``problems.cycle.hint``."""

    def __init__(self, sentences: Mapping[str, Any], lang: str) -> None:
        """Keep ``sentences``, a mapping that may be nested."""
        self._sentences, self.lang = sentences, lang

    @property
    def tree(self) -> Mapping[str, Any]:
        """All of it, as templates read it."""
        return self._sentences

    def get(self, code: str) -> Any:  # noqa: ANN401 - a text, or a part of the catalogue
        """What stands under ``code``, None when there is nothing."""
        found: Any = self._sentences
        for part in code.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def say(self, code: str, **details: object) -> str:
        """The sentence under ``code`` with ``details`` filled in; several names as `listed`."""
        sentence = self.get(code)
        if not isinstance(sentence, str):
            raise KeyError(code)
        said = {
            name: self.listed(value)
            if isinstance(value, Collection) and not isinstance(value, str)
            else value
            for name, value in details.items()
        }
        return _FORMATTER.vformat(sentence, (), said)

    def listed(self, names: Iterable[object]) -> str:
        """Names one after another, as the language lists them: a, b en c."""
        from decision.words.numbers import Numbers  # noqa: PLC0415 - loading babel takes time

        return Numbers(self.lang).listing(map(str, names))


def languages() -> tuple[str, ...]:
    """The languages that the program speaks."""
    found = installed.data_folder("report_templates").glob("*/messages.yaml")
    return tuple(sorted(path.parent.name for path in found))


@cache
def catalogue(lang: str, name: str) -> Messages:
    """The sentences of ``report_templates/<lang>/<name>.yaml``; each file is read once."""
    if lang not in languages():
        raise ValueError(f"no words in language {lang!r}; there are {', '.join(languages())}")
    path = installed.data_folder("report_templates") / lang / f"{name}.yaml"
    return Messages(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER), lang)  # noqa: S506


def has_words(lang: str, name: str) -> bool:
    """Whether a language has sentences of that name."""
    return (installed.data_folder("report_templates") / lang / f"{name}.yaml").is_file()


def messages(lang: str) -> Messages:
    """The sentences about faults in the input."""
    return catalogue(lang, "messages")


def sentence(text: str) -> str:
    """The text with a capital at its start, as Dutch writes it: Eén, IJs, 't Is, 's-Gravenhage."""
    return _START.sub(lambda found: found[1] + _CAPITALS.get(found[2], found[2].upper()), text, 1)


_START = re.compile(r"((?:['\u2018\u2019][stnkmr][ -])?)(éé|[ií]j|.?)", re.DOTALL)
_CAPITALS = {"éé": "Eé"}  # one accent less
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
