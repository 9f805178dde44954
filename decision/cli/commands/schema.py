"""``decide schema``: the JSON Schema of a region file, for editors."""

from __future__ import annotations

import json

import click

from decision.cli.options import Invocation, asking
from decision.cli.usage import MisuseError
from decision.load import load_knowledge

__all__ = ["schema_command"]


def _schema(asked: Invocation) -> None:
    from decision.load.schema import region_schema

    if asked.changes:
        raise MisuseError("set_without_region")
    schema = region_schema(load_knowledge(asked.criteria, asked.lang, asked.as_of), asked.lang)
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))  # its version is its dialect's


schema_command = asking("schema", _schema, arguments=(), about=())
