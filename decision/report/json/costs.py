"""The machine contract of the costs: what `decide costs` found, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from decision.advice.advice import Advice
from decision.costs.break_even import (
    BreakEven,
    Compared,
    Needed,
    NeededOverTime,
    Turns,
    TurnsOverTime,
)
from decision.costs.inputs import Span
from decision.costs.overstaffing import Overstaffed
from decision.costs.result import ChannelUse, OccupancyWarning
from decision.costs.uncertainty import Bar, Chance, Estimate, Outlook, Spread, Uncertainty
from decision.report.json.advice import cost_figures, cost_items
from decision.sharing.division import Coalition, Division, Share, Sharing
from decision.sharing.routes import Route
from decision.sharing.settlement import Settlement

__all__ = ["CostFindings", "FormFindings", "costs_contract"]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FormFindings:
    """Who pays what of one form, and which routes lead to it.

    ``members`` take part by the rules; ``sharing`` and ``settlement`` are None for fewer or more of
    them than can divide a cost, and ``settlement`` too where nobody goes live.
    """

    form: str
    members: tuple[str, ...]
    sharing: Sharing | None
    settlement: Settlement | None
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class CostFindings:
    """Everything about the costs of one region.

    ``of_stated`` is the uncertainty when forms that rest on an assumption are left out, but for
    the one that the questions are about. ``chosen`` is that form: the recommended one or another
    that was asked for. It is None when no form can be recommended and none was asked for.
    """

    advice: Advice
    break_even: BreakEven
    uncertainty: Uncertainty
    of_stated: Uncertainty
    overstaffing: Mapping[str, Mapping[int, Overstaffed]]
    chosen: FormFindings | None

    @property
    def form(self) -> str | None:
        """The form that the questions are about."""
        return None if self.chosen is None else self.chosen.form

    @property
    def last_year(self) -> int:
        """The year in which everything runs."""
        return max(self.uncertainty.tornado.years)


def costs_contract(found: CostFindings) -> Json:
    """The findings under the keys that other programs rely on; see docs/json.md."""
    advice, chosen = found.advice, found.chosen
    document = {
        "region": advice.region.id,
        "recommended": advice.recommended,
        "form": found.form,
        "costs": cost_figures(advice),
        "cost_items": cost_items(advice),
        "warnings": [_warning(one) for one in advice.costs.warnings],
        "channels": {use.channel: _channel(use) for use in advice.costs.channels},
        "overstaffing": {
            form: {str(year): asdict(one) for year, one in years.items()}
            for form, years in found.overstaffing.items()
        },
        "break_even": _break_even(found.break_even),
        "uncertainty": _uncertainty(found),
        "sharing": None if chosen is None else _sharing(chosen),
        "routes": [] if chosen is None else [_route(route) for route in chosen.routes],
    }
    return {key: _finite(part) for key, part in document.items()}


def _finite(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The same, with null for every number that JSON cannot write."""
    if isinstance(part, dict):
        return {key: _finite(one) for key, one in part.items()}
    if isinstance(part, list):
        return [_finite(one) for one in part]
    return None if isinstance(part, float) and not isfinite(part) else part


def _warning(one: OccupancyWarning) -> Json:
    return {**asdict(one), "hours": list(one.hours)}


def _channel(use: ChannelUse) -> Json:
    return {
        "contacts": use.contacts,
        "cost_per_contact": use.cost_per_contact,
        "cost": use.cost,
        "forms": {
            form: {str(year): contacts for year, contacts in years.items()}
            for form, years in use.contacts_in.items()
        },
    }


def _span(span: Span) -> Json:
    return dict(span._asdict())


def _break_even(found: BreakEven) -> Json:
    return {
        "baseline": found.baseline,
        "cost_per_call": _compared(found.cost_per_call, found.spans),
        "total": _compared(found.total, found.spans),
    }


def _compared(found: Compared, spans: Mapping[str, Span]) -> Json:
    return {
        "shares": _pairs(found.shares),
        "kengetallen": {
            name: {**_span(spans[name]), "forms": _pairs(pairs)}
            for name, pairs in found.kengetallen.items()
        },
    }


def _pairs(pairs: Mapping[str, Mapping[str, NeededOverTime | TurnsOverTime]]) -> Json:
    return {
        form: {other: _over_time(one) for other, one in others.items()}
        for form, others in pairs.items()
    }


def _over_time(found: NeededOverTime | TurnsOverTime) -> Json:
    """Each year under its number, then the period."""
    years = {str(year): _answer(one) for year, one in found.years.items()}
    return {**years, "period": _answer(found.period)}


def _answer(one: Needed | Turns) -> Json:
    if isinstance(one, Needed):
        return {"outcome": one.outcome, "share": one.share}
    return {
        "outcome": one.outcome,
        "cheaper_at_low": one.cheaper_at_low,
        "values": list(one.values),
    }


def _uncertainty(found: CostFindings) -> Json:
    unsure = found.uncertainty
    return {
        "draws": unsure.draws,
        "seed": unsure.seed,
        "distribution": "triangular",
        "kept": _span(unsure.kept),
        "alike": [list(group) for group in unsure.alike],
        "forms": {form: _spread(spread) for form, spread in unsure.forms.items()},
        "of_stated": {form: _spread(spread) for form, spread in found.of_stated.forms.items()},
        "tornado": dict(_tornado(found)),
    }


def _spread(spread: Spread) -> Json:
    years = {str(year): _outlook(one) for year, one in spread.years.items()}
    return {**years, "period": _outlook(spread.period)}


def _outlook(outlook: Outlook) -> Json:
    return {"cost_per_call": _estimate(outlook.cost_per_call), "total": _estimate(outlook.total)}


def _estimate(one: Estimate) -> Json:
    return {
        "p10": one.p10,
        "p50": one.p50,
        "p90": one.p90,
        "cheapest": _chance(one.cheapest),
        "unbeaten": _chance(one.unbeaten),
    }


def _chance(chance: Chance) -> Json:
    return asdict(chance)


def _tornado(found: CostFindings) -> Iterator[tuple[str, list[Json]]]:
    """What moves the cost of each form, and the difference of the form with each other one."""
    tornado, year = found.uncertainty.tornado, found.last_year
    for form in tornado.forms:
        yield form, _bars(tornado.bars(form, None, year, "cost_per_call"))
    for other in tornado.forms:
        if found.form is not None and other != found.form:
            bars = tornado.bars(found.form, other, year, "cost_per_call")
            yield f"{found.form}-{other}", _bars(bars)


def _bars(bars: tuple[Bar, ...]) -> list[Json]:
    return [
        {
            "kengetal": bar.kengetal,
            "low": bar.span.low,
            "high": bar.span.high,
            "at_low": bar.at_low,
            "at_high": bar.at_high,
        }
        for bar in bars
    ]


def _sharing(chosen: FormFindings) -> Json | None:
    found, settled = chosen.sharing, chosen.settlement
    if found is None:
        return None
    return {
        "form": found.form,
        "members": list(found.members),
        "not_included": {name: asdict(one) for name, one in found.not_included.items()},
        "last_year": _division(found.last_year),
        "period": _division(found.period),
        "settlement": None if settled is None else _settlement(settled),
    }


def _settlement(found: Settlement) -> Json:
    return {
        "key": "inhabitants",
        "investment": found.investment,
        "municipalities": {
            name: {"year": one.year, "pays": one.pays, "receives": one.receives, "net": one.net}
            for name, one in found.municipalities.items()
        },
    }


def _division(division: Division) -> Json:
    return {
        "total": division.total,
        "core_empty": division.core_empty,
        "alone": {
            name: {"form": division.alone_form[name], "euro": euro}
            for name, euro in division.alone.items()
        },
        "keys": {key: _share(share) for key, share in division.keys.items()},
    }


def _share(share: Share) -> Json:
    return {
        "municipalities": {
            name: {"euro": euro, "against_alone": share.against_alone[name]}
            for name, euro in share.pays.items()
        },
        "in_core": share.in_core,
        "leaving": share.leaving,
        "leavers": [_coalition(one) for one in share.leavers],
    }


def _coalition(one: Coalition) -> Json:
    return {
        "members": list(one.members),
        "pays": one.pays,
        "costs": one.costs,
        "gain": one.gain,
    }


def _route(route: Route) -> Json:
    return {
        "kind": route.kind,
        "path": list(route.path),
        "investment": route.investment,
        "write_off": route.write_off,
        "total": route.total,
        "present_value": route.present_value,
        "net_present_value": route.net_present_value,
        "payback_years": route.payback_years,
        "years": {
            str(year.year): {
                "forms": dict(year.forms),
                "calls": year.calls,
                "operations": year.operations,
                "investment": year.investment,
                "write_off": year.write_off,
                "total": year.total,
            }
            for year in route.years
        },
    }
