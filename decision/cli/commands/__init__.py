"""The commands: each reads its input, runs the stages and shows the result.

Stages are imported inside the command that needs them, so that help and complaints are quick.
"""

from __future__ import annotations

import click

from decision.cli.commands.check import check_command
from decision.cli.commands.compare import compare_command
from decision.cli.commands.costs import costs_command
from decision.cli.commands.explain import explain_command
from decision.cli.commands.facts import facts_command
from decision.cli.commands.findings import design_command, verify_command
from decision.cli.commands.groupings import groupings_command
from decision.cli.commands.init import init_command
from decision.cli.commands.region import region_command
from decision.cli.commands.replay import replay_command
from decision.cli.commands.roadmap import roadmap_command
from decision.cli.commands.robustness import robustness_command
from decision.cli.commands.schema import schema_command
from decision.cli.commands.validate import validate_command
from decision.cli.options import Make, lang_option
from decision.cli.usage import group
from decision.words.catalogue import Messages

__all__ = ["COMMANDS", "program"]

COMMANDS: tuple[Make, ...] = (
    region_command,
    explain_command,
    costs_command,
    verify_command,
    design_command,
    robustness_command,
    roadmap_command,
    groupings_command,
    compare_command,
    replay_command,
    check_command,
    validate_command,
    init_command,
    facts_command,
    schema_command,
)
"""Every command, in the order of the help."""


def program(lang: str, say: Messages) -> click.Group:
    """The program with every command, its help in one language."""
    return group(say, [make(lang, say) for make in COMMANDS], lang_option(say))
