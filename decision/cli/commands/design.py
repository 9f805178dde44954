"""``decide design``: the best configuration for a region, in the whole space of choices."""

from __future__ import annotations

from decision.cli.options import Asked, argument, asking

__all__ = ["design_command"]


def _design(asked: Asked, *, file: str) -> None:
    case = asked.load(file)

    from decision.design.best import design
    from decision.report.json.design import design_contract
    from decision.report.screen.design import print_design

    found = design(case.knowledge, case.region)
    asked.show(lambda: design_contract(case, found), lambda: print_design(case, found, asked.lang))


design_command = asking("design", _design, arguments=(argument("file"),))
