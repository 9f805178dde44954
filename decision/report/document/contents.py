"""Which sections there are, in which part of the document, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from decision.model.installed import data_folder

__all__ = ["contents", "sections"]


@cache
def contents() -> Mapping[str, tuple[str, ...]]:
    """The ids of the sections of each part, in order; `report_templates/contents.yaml`."""
    text = (data_folder("report_templates") / "contents.yaml").read_text(encoding="utf-8")
    return {part: tuple(ids) for part, ids in yaml.safe_load(text).items()}


def sections() -> tuple[str, ...]:
    """Every section that there is: the chapters, the appendices, and those that stand apart."""
    return tuple(dict.fromkeys(one for part in contents().values() for one in part))
