"""Who plays which part: the form that each partner comes to, and its role on the way.

The best form is for every municipality that surely takes part in it. Each of the others comes to
the best of the lesser forms that it surely takes part in, and that has enough partners; where there
is none, it goes on as now. Of whom it is unknown whether it takes part, nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import fsum

from decision.eligibility.verdicts import Eligibility, PartnerVerdict
from decision.model.frozen import FrozenDict
from decision.model.knowledge import UNKNOWN, Knowledge
from decision.model.region import Region
from decision.model.values import Role
from decision.scores.additive import Scores

__all__ = ["Part", "Ready", "Role", "as_now", "parts", "played", "score_of"]


@dataclass(frozen=True, slots=True)
class Ready:
    """When a partner can start, in weeks from the start of the work.

    ``earliest`` is when nothing is left to do of what nobody knows, ``latest`` when all of it is.
    """

    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Part:
    """The role of one partner and the form it comes to.

    ``form`` is that of today for who stays out, and for who is undecided; the latter ``may_join``
    another one. As long as no form is advised it is that of today for everybody. An organisation
    that decides itself comes to the form once it has decided so. ``ready`` is when its own work and
    the region's are done (None for who goes on as now); ``wave`` is the group that it starts with.
    ``remedies`` are the rules that stand in the way of the advised form.
    """

    partner: str
    role: Role
    form: str
    may_join: str | None = None
    wave: int | None = None
    ready: Ready | None = None
    remedies: tuple[str, ...] = ()

    def at(self, waves: Mapping[str, int], ready: Mapping[str, Ready]) -> Part:
        """The same part with its place in the planning."""
        wave = waves.get(self.partner)
        role: Role = self.role
        if wave is not None:
            role = "early_adopter" if wave == 1 else "later_joiner"
        return replace(self, role=role, wave=wave, ready=ready.get(self.partner))


def parts(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, scores: Scores, form: str
) -> Mapping[str, Part]:
    """The part of every municipality and organisation on the way to one form.

    A municipality that comes to ``form`` is a later joiner until its wave is known.
    """
    towns = {
        name: _municipality(knowledge, eligibility, scores, name, form)
        for name in region.municipalities
    }
    return FrozenDict({**towns, **_organisations(knowledge, eligibility, form)})


def played(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, scores: Scores
) -> Mapping[str, Part]:
    """The part of everybody in the advised form, or as long as none is advised."""
    if scores.best is not None:
        return parts(knowledge, region, eligibility, scores, scores.best)
    may = [form for form, verdict in eligibility.forms.items() if verdict.reach != "no"]
    return _undecided(knowledge, region, eligibility, may)


def as_now(knowledge: Knowledge, region: Region, found: Mapping[str, Part]) -> Mapping[str, Part]:
    """The same parts, where who goes on as now is on the form that it is on today (`current`).

    The planning leaves them out, as they have nothing to do.
    """
    towns, organisations = region.municipalities, region.organisations
    forms = {name: (towns.get(name) or organisations[name]).current.form for name in found}
    return FrozenDict(
        {
            name: replace(one, form=forms[name] or one.form)
            if one.form == knowledge.baseline
            else one
            for name, one in found.items()
        }
    )


def score_of(region: Region, scores: Scores, found: Mapping[str, Part]) -> float:
    """What forms beside each other are worth together (0-1), by the inhabitants of each form."""
    sizes = region.sizes
    worth = (size * scores.forms[found[name].form].score for name, size in sizes.items())
    return fsum(worth) / fsum(sizes.values())


def _municipality(
    knowledge: Knowledge, eligibility: Eligibility, scores: Scores, name: str, form: str
) -> Part:
    own, today = eligibility.municipalities[name], knowledge.baseline
    remedies = own[form].remedies
    if form == today:
        return Part(name, "stays_out", today, remedies=remedies)
    match own[form].takes_part:
        case "yes":
            return Part(name, "later_joiner", form, remedies=remedies)
        case "unknown":
            return Part(name, "undecided", today, may_join=form, remedies=remedies)
    open_to = {
        lesser: (eligibility.forms[lesser].reach, own[lesser].takes_part)
        for lesser in sorted(knowledge.lesser(form), key=lambda one: -scores.forms[one].score)
    }
    sure = next((lesser for lesser, truths in open_to.items() if {*truths} == {"yes"}), None)
    if sure is not None:
        return Part(name, "own_entrance", sure, remedies=remedies)
    maybe = next((lesser for lesser, truths in open_to.items() if "no" not in truths), None)
    role: Role = "stays_out" if maybe is None else "undecided"
    return Part(name, role, today, may_join=maybe, remedies=remedies)


def _undecided(
    knowledge: Knowledge, region: Region, eligibility: Eligibility, forms: Iterable[str]
) -> Mapping[str, Part]:
    """The parts as long as it is open which of ``forms`` is advised, and all go on as now.

    The role of an organisation is told where it is the same in each of them (in every form, where
    none is possible). Else it depends on the form.
    """
    today = knowledge.baseline
    joint = [form for form in forms if form != today]
    may = {name for form in joint for name in eligibility.forms[form].possible_participants}
    towns = {
        name: Part(name, "undecided" if name in may else "stays_out", today)
        for name in region.municipalities
    }
    organisations = {}
    for name, own in eligibility.organisations.items():
        each = [own[form] for form in joint or knowledge.forms if form != today]
        roles = {_role_of_organisation(one) for one in each}
        role: Role = roles.pop() if len(roles) == 1 else "undecided"
        always = tuple(
            rule for rule in each[0].remedies if all(rule in one.remedies for one in each)
        )
        organisations[name] = Part(name, role, today, remedies=always)
    return FrozenDict({**towns, **organisations})


def _organisations(knowledge: Knowledge, eligibility: Eligibility, form: str) -> dict[str, Part]:
    today = knowledge.baseline
    found = {}
    for name, own in eligibility.organisations.items():
        at = form if own[form].takes_part == "yes" else today
        found[name] = Part(name, _role_of_organisation(own[form]), at, remedies=own[form].remedies)
    return found


def _role_of_organisation(verdict: PartnerVerdict) -> Role:
    if verdict.by_itself and verdict.refusal in (None, "decides_itself"):
        return "decides_itself"
    if verdict.takes_part == UNKNOWN:
        return "undecided"
    return "follows" if verdict.takes_part == "yes" else "stays_out"
