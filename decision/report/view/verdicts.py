"""How every partner stands on what every form asks."""

from __future__ import annotations

from dataclasses import dataclass

from decision.eligibility.evaluation import Truth
from decision.eligibility.verdicts import PartnerVerdict
from decision.model.facts import Wishes
from decision.model.requirements import Measured, comparisons
from decision.report.view.standing import Standing

__all__ = ["Clash", "Missing", "Verdicts"]

TRUTHS: tuple[Truth, ...] = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement by which forms drop out, with the municipalities that lack it."""

    rule: str
    forms: tuple[str, ...]
    undecided: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """An inrichtingskeuze on which a form does something else than a partner wants."""

    choice: str
    wanted: tuple[str, ...]
    chosen: str


class Verdicts(Standing):
    """What is met, broken or unknown, and what would help."""

    def verdict(self, partner: str, form: str) -> PartnerVerdict:
        """The verdict on a municipality or organisation for a form."""
        verdicts = self.advice.eligibility
        return (verdicts.municipalities.get(partner) or verdicts.organisations[partner])[form]

    def broken(self, partner: str, form: str, *, warns: bool) -> list[str]:
        """The rules a partner does not meet: those that only warn, or those that bind."""
        rules = self.verdict(partner, form).rules("no")
        return [rule for rule in rules if self.warns(rule) is warns]

    def warns(self, rule: str) -> bool:
        """Whether a rule decides nothing."""
        return not self.knowledge.rules[rule].binds

    def binding(self, form: str, kind: str) -> list[str]:
        """The rules that bind partners of a kind to something before a form is theirs."""
        return [
            name
            for name, rule in self.knowledge.rules.items()
            if rule.of_each == kind and form in rule.guards and rule.binds
        ]

    def about(self, rule: str) -> list[str]:
        """The names of the facts that a rule asks for."""
        facts = [one.fact for one in comparisons(self.knowledge.rules[rule].requires)]
        return [self.knowledge.facts[fact].name for fact in dict.fromkeys(facts)]

    def cell(self, partner: str, form: str, rule: str) -> str:
        """How a partner stands on one rule: ``yes``, ``later``, ``refuses`` or ``unknown``."""
        verdict = self.verdict(partner, form)
        truth = next(truth for truth in TRUTHS if rule in verdict.rules(truth))
        if truth != "no":
            return truth
        return "later" if self.knowledge.rules[rule].otherwise == "joins_later" else "refuses"

    def needed(self, partner: str, form: str) -> list[str]:
        """The activities that would take away what keeps a partner from a form."""
        found = (self.remedy(rule) for rule in self.broken(partner, form, warns=False))
        return list(dict.fromkeys(activity for activity in found if activity))

    def clashes(self, wishes: Wishes, form: str) -> list[Clash]:
        """Where a form does something else than a partner wants or accepts."""
        found = []
        for choice, chosen in self.knowledge.forms[form].profile.items():
            wanted = (*wishes.wants.get(choice, ()), *wishes.accepts.get(choice, ()))
            if chosen in wishes.refuses.get(choice, ()) or (wanted and chosen not in wanted):
                options = self.knowledge.choices[choice].options
                texts = tuple(options[one].text for one in wanted)
                found.append(
                    Clash(self.knowledge.choices[choice].name, texts, options[chosen].text)
                )
        return found

    def open_binding(self, partner: str, form: str) -> list[str]:
        """The names of the facts by which binding rules for a form are still undecided."""
        rules = self.verdict(partner, form).rules("unknown")
        binding = [rule for rule in rules if not self.warns(rule)]
        return list(dict.fromkeys(fact for rule in binding for fact in self.about(rule)))

    def warnings(self, form: str) -> list[str]:
        """The regional rules that only warn and are not met."""
        verdicts = self.advice.eligibility.forms[form].verdicts
        return [one.rule for one in verdicts if one.truth == "no" and self.warns(one.rule)]

    def warned(self, form: str) -> list[tuple[str, list[str]]]:
        """The rules that warn, each with the municipalities that it warns about."""
        found: dict[str, list[str]] = {}
        for partner in self.region.municipalities:
            for rule in self.broken(partner, form, warns=True):
                found.setdefault(rule, []).append(partner)
        return list(found.items())

    def missing(self) -> list[Missing]:
        """Why forms drop out: each requirement once, with the forms that wait for it.

        Of a form that asks more municipalities than there are nothing else matters.
        """
        verdicts, found = self.advice.eligibility.forms.items(), []
        hopeless = self._asks_more_than_there_are()
        for rule in self.knowledge.rules:
            told = [(form, one) for form, one in verdicts if hopeless.get(form, rule) == rule]
            forms = tuple(form for form, one in told if rule in one.excluded_by)
            undecided = tuple(form for form, one in told if rule in one.undecided_by)
            if forms or undecided:
                lacking = tuple(self.lacking((*forms, *undecided)[0], rule))
                found.append(Missing(rule, forms, undecided, lacking))
        return found

    def _asks_more_than_there_are(self) -> dict[str, str]:
        """The forms for which there are too few municipalities, each with a rule that says so."""
        found: dict[str, str] = {}
        for form, verdict in self.advice.eligibility.forms.items():
            for rule in verdict.excluded_by:
                asked = self.knowledge.rules[rule].requires
                count = asked.count if isinstance(asked, Measured) else None
                if isinstance(count, int) and count > len(self.region.municipalities):
                    found.setdefault(form, rule)
        return found

    def lacking(self, form: str, rule: str) -> list[str]:
        """The municipalities that keep a regional requirement from being met."""
        verdicts = self.advice.eligibility.forms[form].verdicts
        verdict = next(one for one in verdicts if one.rule == rule)
        parts = (part for part in verdict.trace.parts if part.partner != verdict.partner)
        return [part.partner for part in parts if part.truth == "no"]

    @staticmethod
    def gist(text: str, sentences: int = 1) -> str:
        """The first sentence of a text, or the first few."""
        return ". ".join(text.split(". ")[:sentences]).rstrip(".") + "."

    @staticmethod
    def rest(text: str) -> str:
        """What comes after the first sentence of a text."""
        return text.partition(". ")[2]
