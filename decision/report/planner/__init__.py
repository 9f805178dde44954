"""The plan as other programs read it: rows of a planner, events of a calendar, or JSON."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.report.files import sealed

__all__ = ["exported"]


def exported(advice: Advice, form: str, lang: str) -> str | None:
    """The plan as ``json``, ``csv`` or ``ics``; None where there is no plan to put in rows.

    JSON and calendars have a digest of themselves at their end.
    """
    # Each format loads only what it needs.
    if form == "json":
        from decision.report.json.plain import text  # noqa: PLC0415
        from decision.report.json.roadmap import roadmap_contract  # noqa: PLC0415

        return sealed(f"{text(roadmap_contract(advice))}\n", form)
    plan = advice.roadmap
    if plan is None or not plan.tasks:
        return None
    if form == "csv":
        from decision.report.planner.rows import rows  # noqa: PLC0415

        return rows(advice, plan, lang)
    from decision.report.planner.events import calendar  # noqa: PLC0415

    return sealed(calendar(advice, plan, lang), form)
