"""The advice: every result of its stages, and what they lead to."""

from __future__ import annotations

from decision.advice.advice import Advice
from decision.advice.growth import Growth
from decision.advice.number import Elsewhere
from decision.costs.verify import RankReversal, Verification
from decision.eligibility.verdicts import PartnerVerdict
from decision.model.dates import NotInForce
from decision.report.json.choices import CHOICES, choices
from decision.report.json.costs import joint
from decision.report.json.money import plan as money_of_plan
from decision.report.json.municipalities import KEYS as MUNICIPAL
from decision.report.json.municipalities import position, question, requirements
from decision.report.json.plain import Json, Keys, document, named, plain
from decision.report.json.receipt import receipt
from decision.report.json.roadmap import EMPTY, process
from decision.report.json.roadmap import KEYS as ROADMAP
from decision.report.json.robustness import ranking
from decision.report.json.traces import KEYS as TRACES
from decision.report.json.traces import traces
from decision.scores.additive import Contribution

__all__ = ["contract"]


def contract(advice: Advice) -> Json:
    """The advice under the keys that other programs rely on; see docs/json.md."""
    plan, region, checked = advice.roadmap, advice.region, advice.findings.verification
    stages = document(
        {
            "region": region.id,
            **named(advice, "recommended next end_state candidates"),
            "growth": advice.growth,
            "number": {
                **named(advice.number, "number elsewhere members others better perhaps_better"),
            },
            "forms": {form: _form(advice, form) for form in advice.knowledge.forms},
            "municipalities": {name: _municipality(advice, name) for name in region.municipalities},
            "organisations": {name: _organisation(advice, name) for name in region.organisations},
            "roadmap": EMPTY if plan is None else plan,
            "plan": money_of_plan(advice),
            **choices(advice),
            "decisions": advice.decisions,
            **process(advice),
            "errata": [] if checked is None else _errata(checked),
            "assumptions": advice.assumptions,
            "open_questions": [question(advice, one) for one in advice.open_questions],
            "conditional": _conditional(advice),
            **named(advice, "as_of not_in_force"),
            "verification": checked,
            "traces": traces(advice),
        },
        KEYS,
    )
    parts = {**joint(advice), "robustness": ranking(advice)}
    return {**stages, **parts, "receipt": receipt(advice)}


def _errata(checked: Verification) -> list[Json]:
    """Where another form is the cheapest by print than by the inputs as stated."""
    return [
        {"id": one.id, **plain(change, KEYS)} for one in checked.errata for change in one.changes
    ]


def _conditional(advice: Advice) -> Json | None:
    """What the advice becomes by the few answers that decide."""
    tree = advice.conditional
    if tree is None:
        return None
    wanted = {place for one in tree.asked for place in one.asked}
    decisive = [one for one in advice.open_questions if (one.fact, one.partner) in wanted]
    return {
        "form": tree.form,
        "questions": [question(advice, one) for one in decisive],
        "others": tree.others,
        "outcomes": [
            {
                "answers": {name: "yes" if yes else "no" for name, yes in one.answers.items()},
                **named(one, "form municipalities"),
            }
            for one in tree.branches
        ],
    }


def _form(advice: Advice, form: str) -> Json:
    verdict, score = advice.eligibility.forms[form], advice.scores.forms[form]
    ranks = advice.rank_acceptability
    return {
        "eligible": verdict.eligible,
        **named(score, "score score_low=low score_high=high rank"),
        **named(verdict, "excluded_by undecided_by participants possible_participants"),
        "rank_acceptability": ranks.get(form, ()),
        "groups": {name: score.group(name) for name in advice.scores.weights},
        "contributions": {one.criterion: one for one in score.contributions},
    }


def _municipality(advice: Advice, name: str) -> Json:
    return {
        **plain(advice.parts[name], KEYS),
        "verdicts": advice.eligibility.municipalities[name],
        "requirements": requirements(advice, name),
        "position": position(advice, name),
    }


def _organisation(advice: Advice, name: str) -> Json:
    authority = advice.region.organisations[name].facts.get("authority")
    return {
        "authority": authority.value if authority else "unknown",
        "role": advice.parts[name].role,
        "verdicts": advice.eligibility.organisations[name],
    }


def _verdict(verdict: PartnerVerdict) -> Json:
    return {
        "outcome": verdict.outcome,
        "met": verdict.rules("yes"),
        "not_met": verdict.rules("no"),
        "unknown": verdict.rules("unknown"),
        "remedies": verdict.remedies,
    }


KEYS: Keys = {
    Growth: "ambition wanted_end missing open beyond",
    Elsewhere: "low high",
    **CHOICES,
    **MUNICIPAL,
    **ROADMAP,
    **TRACES,
    Contribution: "value low high weight adds=contribution",
    NotInForce: "kind id from=start until=end",
    PartnerVerdict: _verdict,
    RankReversal: "measure year as_stated=stated as_published=published",
    Verification: lambda one: one.counts,
}
