"""What a reader is told of the routes to a form: what each differs in, and what is risky."""

from __future__ import annotations

from collections.abc import Iterator

from decision.advice.compared import ComparedRoute
from decision.report.planner.wishes import length
from decision.report.view import View
from decision.roadmap.routes import Way
from decision.words.numbers import Numbers

__all__ = ["others", "risks_of", "told"]


def others(view: View, numbers: Numbers) -> list[str]:
    """What is told of every route but the advised one; nothing where no route is advised.

    Why the region cannot start with a form is told with the forms.
    """
    chosen = view.advice.findings.chosen
    found = chosen.compared if chosen and any(way.advised for way in chosen.ways) else ()
    return [told(view, numbers, one, reasons=False) for one in found if not one.way.advised]


def told(view: View, numbers: Numbers, one: ComparedRoute, *, reasons: bool = True) -> str:
    """In what a route differs from the advised one, or why it cannot be followed."""
    say, name = view.words.say, view.route(one.way)
    if one.way.obstacle is not None:
        text = _obstacle(view, one.way, reasons=reasons)
        return say("roadmap.routes.of", name=name, text=text)
    if one.way.advised:
        return say("roadmap.routes.advised", name=name)
    parts = [*_differs(view, numbers, one, rough=not reasons)]
    text = numbers.listing(parts) if parts else say("roadmap.routes.same")
    found = [say("roadmap.routes.of", name=name, text=f"{text}.")]
    if one.hurried:
        names = view.names(one.hurried)
        details = {"names": numbers.listing(names), "count": len(names)}
        found.append(say("roadmap.routes.hurried", **details))
    return " ".join(found)


def risks_of(view: View, one: ComparedRoute) -> list[str]:
    """What can go wrong on a route."""
    risks = view.knowledge.routes[one.way.id].risks
    return [risks[name].because for name in one.risks]


def _differs(view: View, numbers: Numbers, one: ComparedRoute, *, rough: bool) -> Iterator[str]:
    first = one.way.path[0]
    for aspect, more in one.differs:
        side, much = "more" if more > 0 else "less", abs(more)
        details = {
            "length": length(view.words, much),
            "euro": numbers.rounded(much)[0] if rough else numbers.euro(much),
            "days": numbers.number(much),
            "form": first,
        }
        code = "opens_in" if aspect == "opens" and one.way.kind == "growing" else aspect
        yield view.words.say(f"roadmap.routes.{code}.{side}", **details)


def _obstacle(view: View, way: Way, *, reasons: bool) -> str:
    """Why a route cannot be followed."""
    found, say = way.obstacle, view.words.say
    if found is None:
        return ""
    told = say(f"roadmap.routes.obstacle.{found.kind}", form=found.form)
    if not reasons or found.kind != "excluded":
        return told
    return " ".join([told, *(view.knowledge.rules[rule].because for rule in found.rules)])
