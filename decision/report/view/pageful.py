"""What the first page and the chapters after it ask beside names and figures."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, TypeAlias

from decision.model.requirements import TakingPart
from decision.model.values import Body
from decision.report.view.costing import Costing
from decision.report.view.questions import OpenQuestion, Questions
from decision.report.view.reasons import Reasons
from decision.report.view.route import Planning

if TYPE_CHECKING:
    from decision.advice.number import Elsewhere
    from decision.scores.additive import FormScore
    from decision.sharing.settlement import Settlement

__all__ = ["DropOut", "Pageful"]

_BODIES: tuple[Body, ...] = (
    *("client", "contractor", "college", "council", "regional_board", "organisation"),
)


DropOut: TypeAlias = tuple[str, bool, list[str], int]
"""Why a form cannot be chosen, whether that counts who takes part, who lacks it, if it is open."""


class Pageful(Reasons, Planning, Costing, Questions):
    """Small selections: who does something else, what drops out and why, who is asked for what."""

    # --- names and texts -----------------------------------------------------------------------

    def in_words(self, number: int) -> str:
        """A small number as a word, a larger one in figures."""
        words: list[str] = self.words.tree["numbers"]
        return words[number] if number < len(words) else str(number)

    def notes_of(self, *facts: str) -> list[str]:
        """What the region says beside some of its facts that are known."""
        found = (self.region.facts.get(name) for name in facts)
        return [one.note for one in found if one is not None and one.known and one.note]

    def own_words(self) -> list[tuple[list[str], str]]:
        """What municipalities say of themselves, those that say the same together."""
        found: dict[str, list[str]] = {}
        for name, one in self.region.municipalities.items():
            if one.note:
                found.setdefault(one.note, []).append(name)
        return [(self.those(names), text) for text, names in found.items()]

    @property
    def running(self) -> bool:
        """Whether all that the plan has in the advised form are in it already."""
        towns = self.region.municipalities
        planned = self.with_role("early_adopter", "later_joiner")
        forms = [towns[name].current.form for name in planned]
        return bool(forms) and self.cooperates and all(one == self.focus for one in forms)

    @property
    def begun(self) -> bool:
        """Whether all that by the plan are the first in the advised form are in it already."""
        towns, first = self.region.municipalities, self.with_role("early_adopter")
        there = all(towns[name].current.form == self.focus for name in first)
        return self.running or (bool(first) and self.cooperates and there)

    def role_in_words(self, municipality: str) -> str:
        """The code of a role in words; who is in the advised form already begins nowhere."""
        role = self.part(municipality).role
        begins = role == "early_adopter" or (role == "later_joiner" and self.running)
        return "running" if begins and self.begun else role

    def outside_number(self) -> dict[str, list[str]]:
        """The municipalities wholly ("outside") and surely in part ("partly") outside it.

        A municipality of which it is unknown how much lies outside the netnummer is in neither.
        """
        found = self.advice.number.members.items()
        parts = {
            "outside": [name for name, one in found if one.low == 1],
            "partly": [name for name, one in found if 0 < one.low < 1],
        }
        return {code: names for code, names in parts.items() if names}

    def neighbours_with(self) -> list[tuple[str | None, list[str]]]:
        """The neighbours in the netnummer, together by whom they work with."""
        found: dict[str | None, list[str]] = {}
        for one in self.region.neighbours.values():
            found.setdefault(one.works_with, []).append(one.name)
        return list(found.items())

    # --- who is how far ------------------------------------------------------------------------

    def busy(self, form: str) -> list[str]:
        """The municipalities that have work of their own to do before a form."""
        return [name for name in self.region.municipalities if self.needed(name, form)]

    def nothing_known(self, form: str) -> bool:
        """Whether of no municipality anything is known of what a form asks of it."""
        rules = self.binding(form, "municipality")
        cells = {self.cell(n, form, one) for n in self.region.municipalities for one in rules}
        return cells == {"unknown"}

    def lacking_most(self, form: str, most: int) -> list[tuple[list[str], list[str]]]:
        """What municipalities lack most often: who, and why it counts, by who lacks the same."""
        found: dict[str, list[str]] = {}
        for name in self.region.municipalities:
            for rule in self.broken(name, form, warns=False):
                if self.knowledge.rules[rule].remedy is not None:
                    found.setdefault(rule, []).append(name)
        same: dict[tuple[str, ...], list[str]] = {}
        for rule, names in sorted(found.items(), key=lambda one: -len(one[1]))[:most]:
            same.setdefault(tuple(names), []).append(self.gist(self.knowledge.rules[rule].because))
        return [(self.those(names), reasons) for names, reasons in same.items()]

    def clashing(self, form: str) -> list[str]:
        """The municipalities that take part and yet want something else than a form does."""
        taking = self.with_role("early_adopter", "later_joiner", "own_entrance")
        towns = self.region.municipalities
        return [name for name in taking if self.clashes(towns[name].wishes, form)]

    def own_entrances(self) -> list[tuple[str, list[str]]]:
        """The forms that some municipalities come to instead of the advised one, with these."""
        found: dict[str, list[str]] = {}
        for name in self.with_role("own_entrance"):
            found.setdefault(self.part(name).form, []).append(self.name(name))
        return list(found.items())

    def by_phone_only(self, form: str) -> bool:
        """Whether a form leaves the other channels as they are."""
        return self.knowledge.calculations[form].moved is None

    def outlay(self) -> tuple[list[str], float] | None:
        """The years in which the plan asks more money than going on as now, and how much in all."""
        money = self.money
        found = {year: one.outlay for year, one in (money.years.items() if money else ())}
        more = [year for year, euro in found.items() if round(euro) > 0]
        return ([*map(str, more)], fsum(found[year] for year in more)) if more else None

    def drop_outs(self) -> list[tuple[str, list[str]]]:
        """The first reason why forms of cooperation cannot be chosen, with those that share it.

        It is empty where too few take part: who does not is told elsewhere.
        """
        found: dict[str, list[str]] = {}
        for form, verdict in self.advice.eligibility.forms.items():
            rules = verdict.excluded_by or verdict.undecided_by
            if rules and form != self.baseline:
                counts = self.counts_partners(rules[0])
                because = "" if counts else self.knowledge.rules[rules[0]].because
                found.setdefault(because, []).append(form)
        return list(found.items())

    def ill_suited(self) -> list[tuple[str, str]]:
        """The rules that warn a region for one form alone: what it wants fits that form less."""
        return [
            (form, one.rule)
            for form, verdict in self.advice.eligibility.forms.items()
            for one in verdict.verdicts
            if one.truth == "no"
            and self.knowledge.rules[one.rule].otherwise == "warns"
            and len(self.knowledge.rules[one.rule].guards) == 1
        ]

    def may_start(self) -> list[str]:
        """The forms of cooperation to choose from of which it is open if the region can start."""
        candidates = (form for form in self.advice.candidates if form != self.baseline)
        return [form for form in candidates if self.choosable(form) == "open"]

    def counts_partners(self, rule: str) -> bool:
        """Whether a rule asks how many take part."""
        return isinstance(self.knowledge.rules[rule].requires, TakingPart)

    def bodies_asked(self) -> list[tuple[Body, str]]:
        """The bodies that have a decision to take, each with its name."""
        asked = {one.body for one in self.advice.decisions if one.status == "to_take"}
        return [(one, self.body(one)) for one in _BODIES if one in asked]

    def asked_of(self, question: OpenQuestion) -> list[str]:
        """Whom to ask, in as few words as there are; none where the question itself says so."""
        if len(question.partners) == 1 and question.to[0] == self.name(question.partners[0]):
            return []
        towns = [name for name in question.partners if name in self.region.municipalities]
        return self.those(towns) if len(towns) == len(question.partners) else [*question.to]

    # --- how the forms compare -----------------------------------------------------------------

    def path_of_growth(self) -> list[str]:
        """The forms that grow into one another, from the lightest on."""
        path: list[str] = []
        at = self.knowledge.forms[self.baseline].grows_into
        while at is not None:
            path.append(at)
            at = self.knowledge.forms[at].grows_into
        return path

    def strong(self, form: str) -> list[str]:
        """The graded criteria that add most to a form."""
        return [name for name, _ in self.best_parts(form) if self.knowledge.criteria[name].grades]

    def weakest(self, form: str) -> list[str]:
        """Why a form gets its lowest grades."""
        criteria = self.knowledge.criteria
        return [(criteria[name].grades or {})[form].because for name in self.weak(form)]

    def turns(self) -> list[tuple[str, str, float, bool]]:
        """The groups by whose weight another form wins: which, from where on, and if above it."""
        winner = self.advice.findings.robustness.winner
        found: list[tuple[str, str, float, bool]] = []
        for group, one in winner.groups.items() if winner else ():
            if one.above:
                found.append((group, one.above.form, one.above.weight, True))
            if one.below:
                found.append((group, one.below.form, one.below.weight, False))
        return found

    def first_if_all_could(self) -> tuple[str, float]:
        """The form that would win most often if every form could be chosen, and how often."""
        forms = self.advice.findings.robustness.everyone.forms
        first = max(forms, key=lambda form: forms[form].ranks[0])
        return first, forms[first].ranks[0]

    def others_that_can(self, beside: str | None) -> list[FormScore]:
        """The forms that can be chosen beside one, without those that may still be the best."""
        left = {beside, *self.advice.candidates}
        return [one for one in self.ranked() if one.rank and one.form not in left]

    def group_names(self, gaps: list[tuple[str, float]], better: bool) -> list[str]:  # noqa: FBT001 - for templates
        """The groups of criteria on which a form has more points, or fewer."""
        groups = self.knowledge.groups
        return [groups[name].name for name, gap in gaps if (gap > 0) is better]

    def drop_outs_together(self, *, open_: bool) -> list[tuple[tuple[str, ...], list[DropOut]]]:
        """Why forms cannot be chosen, or what is still open of them.

        Each reason is told once, by its forms; today's form comes last.
        """
        found: dict[tuple[str, ...], list[DropOut]] = {}
        for one in self.missing():
            if open_ == (not one.forms and not one.lacking):
                because = self.knowledge.rules[one.rule].because
                counts, names = self.counts_partners(one.rule), self.those(one.lacking)
                reason = (because, counts, names, len(one.lacking))
                found.setdefault((*one.forms, *one.undecided), []).append(reason)
        if not open_:
            for form, rule in self.ill_suited():
                known = found.get((form,))
                if known:
                    known.append((self.knowledge.rules[rule].because, False, [], 0))
        return sorted(found.items(), key=lambda one: (one[0] == (self.baseline,), -len(one[0])))

    def numbers_by_fit(self) -> list[tuple[str, Elsewhere]]:
        """The numbers that can be chosen, those first outside which the fewest surely live."""
        found = self.advice.number.others.items()
        return sorted(found, key=lambda one: (one[1].low, one[1].high))

    def could_help(self) -> list[tuple[str, list[str]]]:
        """The activities by which forms become possible, each with these forms."""
        found: dict[str, list[str]] = {}
        for one in self.missing():
            name = self.remedy(one.rule)
            if name:
                known = found.setdefault(name, [])
                known += [form for form in (*one.forms, *one.undecided) if form not in known]
        return list(found.items())

    # --- money ---------------------------------------------------------------------------------

    def counted_inhabitants(self) -> float | None:
        """With how many inhabitants the costs are calculated."""
        counted = self.region.costs.inhabitants_counted
        return counted or self.inhabitants(self.region.municipalities)

    def assumed_forms(self) -> list[str]:
        """The forms of which the amounts rest on an assumption."""
        return [form for form, cost in self.advice.costs.forms.items() if cost.assumed]

    def later_years(self, settled: Settlement) -> bool:
        """Whether some pay back to others who began before them."""
        return any(one.receives for one in settled.municipalities.values())
