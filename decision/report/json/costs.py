"""The costs: what every form costs, and what is found about the form that the questions are on."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.advice.findings import FormFindings
from decision.costs.arithmetic import OverTime
from decision.costs.break_even import BreakEven
from decision.costs.result import ChannelUse, FormCost, HourStaffing, YearCost
from decision.costs.service import FormService, HourService
from decision.costs.uncertainty import TornadoBar, Uncertainty
from decision.report.json.choices import CHOICES, choices
from decision.report.json.money import plan
from decision.report.json.plain import Json, Keys, document, named
from decision.report.json.receipt import receipt
from decision.report.json.routes import ROUTES, routes
from decision.sharing.division import Coalition, Division, Share
from decision.sharing.settlement import Settled, Settlement

__all__ = ["costs_contract", "joint"]


def costs_contract(advice: Advice) -> Json:
    """What `decide costs` tells, under the keys that other programs rely on; see docs/json.md."""
    found, costs = advice.findings, advice.costs
    unsure = {**_uncertainty(advice, found.uncertainty), "of_stated": found.of_stated.forms}
    return document(
        {
            "region": advice.region.id,
            "recommended": advice.recommended,
            "form": found.form,
            **_figures(advice),
            "plan": plan(advice),
            **choices(advice),
            "warnings": costs.warnings,
            "doubts": costs.doubts,
            "channels": {use.channel: use for use in costs.channels},
            "overstaffing": found.overstaffing,
            "staffing": _staffing(advice),
            "service": found.service,
            "break_even": _break_even(found.break_even),
            "uncertainty": unsure,
            "sharing": _sharing(found.chosen),
            "routes": routes(found.chosen),
            "receipt": receipt(advice),
        },
        KEYS,
    )


def joint(advice: Advice) -> Json:
    """The same about one form, as far as the report tells it; no kengetal is turned by itself."""
    found, chosen = advice.findings, advice.findings.chosen
    if not advice.costs.forms:  # nobody knows the inhabitants of some municipality
        nothing = dict.fromkeys(("break_even", "uncertainty", "sharing"))
        return document({**_figures(advice), **nothing, "routes": routes(chosen)}, KEYS)
    needed: Json | None = None
    if chosen is not None:
        needed = {"baseline": advice.knowledge.baseline}
        needed |= {key: {"shares": {chosen.form: of}} for key, of in chosen.shares_needed.items()}
    unsure = _uncertainty(advice, found.of_stated)
    return document(
        {
            **_figures(advice),
            "break_even": needed,
            "uncertainty": {**unsure, "of_stated": unsure.pop("forms")},
            "sharing": _sharing(chosen),
            "routes": routes(chosen),
        },
        KEYS,
    )


def _figures(advice: Advice) -> Json:
    """Staff and cost of every form and year, and what it invests and pays item by item."""
    forms = advice.costs.forms
    items = {
        form: named(one, "workplaces investments running_costs") for form, one in forms.items()
    }
    return {"costs": forms, "cost_items": items}


def _staffing(advice: Advice) -> Json:
    """The people in each hour of the last year, and what a region says of its rosters."""
    basis, forms = advice.region.costs, advice.costs.forms
    return {
        "year": basis.years[-1],
        **named(basis, "smallest_crew shrinkage"),
        "forms": {form: one.last_year.hours for form, one in forms.items()},
    }


def _break_even(found: BreakEven) -> Json:
    return {
        "baseline": found.baseline,
        "rough": found.rough,
        **{
            measure: {
                "shares": of.shares,
                "kengetallen": {
                    name: {**found.spans[name]._asdict(), "forms": pairs}
                    for name, pairs in of.kengetallen.items()
                },
            }
            for measure, of in (("cost_per_call", found.cost_per_call), ("total", found.total))
        },
    }


def _uncertainty(advice: Advice, unsure: Uncertainty) -> Json:
    return {
        **named(unsure, "draws asked seed"),
        "distribution": "triangular",
        **named(unsure, "kept alike forms"),
        "tornado": _tornado(advice, unsure),
    }


def _tornado(advice: Advice, unsure: Uncertainty) -> Json:
    """What moves the cost of each form, and the difference of the form with each other one."""
    tornado, year, form = unsure.tornado, advice.region.costs.years[-1], advice.findings.form
    pairs: dict[str, tuple[str, str | None]] = {one: (one, None) for one in tornado.forms}
    if form is not None:
        pairs |= {f"{form}-{one}": (form, one) for one in tornado.forms if one != form}
    return {name: tornado.bars(*pair, year, "cost_per_call") for name, pair in pairs.items()}


def _sharing(chosen: FormFindings | None) -> Json | None:
    found = None if chosen is None else chosen.sharing
    if chosen is None or found is None:
        return None
    parts = named(found, "form members not_included last_year period")
    return {**parts, "settlement": chosen.settlement}


def _division(division: Division) -> Json:
    return {
        **named(division, "total core_empty"),
        "alone": division.alone,
        "keys": division.keys,
    }


def _noticed(of: FormService | HourService) -> Json:
    """What callers notice when nobody hangs up, and beside it when they do."""
    return {**named(of.patient, "service_level mean_wait occupancy"), **named(of, "with_patience")}


def _share(share: Share) -> Json:
    return {
        "municipalities": {
            name: {"euro": euro, "against_alone": share.against_alone[name]}
            for name, euro in share.pays.items()
        },
        **named(share, "in_core leaving leavers"),
    }


KEYS: Keys = {
    **CHOICES,
    FormCost: lambda one: one.years,
    YearCost: "calls fte_first_line fte_second_line price_first_line price_second_line depreciation"
    " running_costs other_channels cost_per_call total",
    ChannelUse: "contacts cost_per_contact cost forms=contacts_in",
    HourStaffing: "start calls agents_first_line present_first_line occupancy_first_line"
    " agents_second_line",
    FormService: lambda one: {
        **named(one, "locations"),
        **_noticed(one),
        "hours": one.hours,
    },
    HourService: lambda one: {**named(one, "start calls needed"), **_noticed(one)},
    OverTime: lambda one: {**one.years, "period": one.period},
    TornadoBar: "kengetal low=span.low high=span.high at_low at_high",
    Division: _division,
    Share: _share,
    Coalition: "members pays costs gain",
    Settlement: lambda one: {"key": "inhabitants", **named(one, "investment municipalities")},
    Settled: "year pays receives net",
    **ROUTES,
}
