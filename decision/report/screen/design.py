"""The best configuration on the terminal, with the forms and the runners-up beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from decision.design import (
    APART,
    Configuration,
    Design,
    FormFit,
    Link,
    Refusal,
    Statement,
    differences,
)
from decision.eligibility.fit import Served
from decision.load import Case
from decision.report.screen.layout import Screen
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

__all__ = ["print_design"]

_NAMED = 8
"""So many partners are named in one place; the JSON names them all."""

LINKS = {"needs": "design.conflict.needs", "excludes": "design.conflict.excludes"}


def print_design(case: Case, found: Design, lang: str) -> None:
    """Print the best configuration and what it differs in, or why there is none."""
    shown = _Design(case, found, lang)
    if found.best is None:
        shown.conflict()
    else:
        shown.best(found.best)
        shown.wishes(found.best)
        shown.forms()
        shown.runners_up(found.best)
    shown.account()


class _Design(Screen):
    """The parts of the output, each printed under its own heading."""

    def __init__(self, case: Case, found: Design, lang: str) -> None:
        super().__init__()
        self.knowledge, self.region, self.found = case.knowledge, case.region, found
        self.numbers = Numbers(lang)
        self.say = catalogue(lang, "words").say
        self.called = {
            **{name: one.name for name, one in case.region.municipalities.items()},
            **{name: one.name for name, one in case.region.organisations.items()},
        }
        self.options: dict[tuple[str, str], str] = {
            (name, letter): option.text
            for name, choice in case.knowledge.choices.items()
            for letter, option in choice.options.items()
        }

    # --- names and figures -------------------------------------------------------------------

    def label(self, form: str) -> str:
        return f"{form} {self.knowledge.forms[form].name}"

    def choice(self, choice: str) -> str:
        return self.knowledge.choices[choice].name

    def names(self, partners: Sequence[str]) -> str:
        """The names of partners; of the many, the first ones and how many there are more."""
        named = [self.called[partner] for partner in partners[:_NAMED]]
        more = len(partners) - len(named)
        rest = [self.say("design.more", count=self.numbers.number(more))] if more else []
        return self.numbers.listing([*named, *rest])

    def score(self, score: Fraction | None) -> str:
        return self.say("unknown") if score is None else self.numbers.percent(float(score), 1)

    def pick(self, choice: str, option: str | None) -> str:
        return f"{self.choice(choice)} {option or self.say('unknown')}"

    # --- what is shown ---------------------------------------------------------------------

    def best(self, best: Configuration) -> None:
        """The score of the best configuration, and the form that it resembles most."""
        names = {"region": self.region.name, "form": self.label(best.nearest_form)}
        differing = self.found.forms[best.nearest_form].differences
        if best.fit.score is None:
            self.line(self.say("design.silent", **names))
        elif differing:
            count = self.numbers.number(len(differing))
            score = self.score(best.fit.score)
            self.line(self.say("design.near", **names, score=score, count=count))
        else:
            self.line(self.say("design.is_form", **names, score=self.score(best.fit.score)))
        self.line(self.say("design.about"))

    def wishes(self, best: Configuration) -> None:
        """Choice by choice the option of the best configuration, and whom it serves."""
        columns = [
            self.say("design.choice"),
            self.say("design.option"),
            self.say("design.partners"),
        ]
        rows = [
            (
                self.choice(choice),
                f"{one.option}: {self.options[choice, one.option]}",
                "\n".join(self.stances(one)),
            )
            for choice, one in best.fit.choices.items()
        ]
        self.texts(columns, rows)
        silent = [c for c, one in best.fit.choices.items() if not _spoken(one)]
        if silent and best.fit.score is not None:
            self.line(self.say("design.open", count=self.numbers.number(len(silent))))

    def stances(self, one: Served) -> Iterator[str]:
        """Who wants the option, who accepts it, and who wants something else."""
        if one.wants:
            yield self.say("design.wants", names=self.names(one.wants))
        if one.accepts:
            yield self.say("design.accepts", names=self.names(one.accepts))
        if one.other:
            yield self.say("design.other", names=self.names(one.other))

    def forms(self) -> None:
        """Per form how it fits, in what it differs, and whose wishes it breaks."""
        self.heading(self.say("design.forms.title"))
        for form, one in self.found.forms.items():
            score = self.score(one.fit.score)
            self.line(self.say("design.forms.form", form=self.label(form), score=score))
            for line in self.form(one):
                self.line(line, "  ")

    def form(self, one: FormFit) -> Iterator[str]:
        if one.differences:
            parts = [self.pick(part.choice, part.there) for part in one.differences]
            count = self.numbers.number(len(parts))
            yield self.say("design.forms.differs", count=count, picks="; ".join(parts))
        else:
            yield self.say("design.forms.same")
        unmet = [
            self.say("design.forms.unmet_at", choice=self.choice(c), names=self.names(served.other))
            for c, served in one.fit.choices.items()
            if served.other
        ]
        if unmet:
            yield self.say("design.forms.unmet", parts="; ".join(unmet))
        yield from self.statements((*one.refused, *one.broken))

    def runners_up(self, best: Configuration) -> None:
        """What else fits well and is really different."""
        self.heading(self.say("design.runners_up.title"))
        if not self.found.runners_up:
            self.line(self.say("design.runners_up.none"))
            return
        self.line(self.say("design.runners_up.about", apart=self.numbers.number(APART)))
        for one in self.found.runners_up:
            own = self.knowledge.forms[one.nearest_form].profile
            differing = differences(one.choices, own, self.knowledge.choices)
            words = "design.runners_up.near" if differing else "design.runners_up.is_form"
            form, score = self.label(one.nearest_form), self.score(one.fit.score)
            picks = "; ".join(self.pick(part.choice, part.here) for part in differing)
            self.line(self.say(words, form=form, score=score, picks=picks), "  ")
            worse = [
                self.say("design.forms.unmet_at", choice=self.choice(c), names=self.names(names))
                for c, names in _lost(best, one)
            ]
            if worse:
                self.line(self.say("design.runners_up.worse", parts="; ".join(worse)), "    ")

    def conflict(self) -> None:
        """Why there is no configuration, and what would help."""
        self.line(self.say("design.conflict.title", region=self.region.name))
        for text in self.statements(self.found.conflict):
            self.line(text, "  - ")
        self.line(self.say("design.conflict.help"))

    def statements(self, statements: Sequence[Statement]) -> Iterator[str]:
        """A line for all options of a choice that the same partners refuse, and for each link."""
        refused: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for one in statements:
            if isinstance(one, Refusal):
                refused.setdefault((one.choice, one.partners), []).append(one.option)
        for (choice, partners), options in refused.items():
            names, option = self.names(partners), self.pick(choice, ", ".join(options))
            yield self.say("design.conflict.refuses", names=names, option=option)
        for one in statements:
            if isinstance(one, Link):
                details = {
                    "option": self.pick(one.choice, one.option),
                    "others": self.pick(one.other, ", ".join(one.options)),
                }
                yield self.say(LINKS[one.kind], **details, because=one.because)

    def account(self) -> None:
        """How many configurations there are, and how wishes are counted."""
        found, weights = self.found, self.knowledge.fit
        self.heading(self.say("design.account.title"))
        counts = (found.configurations, found.compatible, found.possible)
        total, compatible, possible = map(self.numbers.number, counts)
        details = {"total": total, "compatible": compatible, "possible": possible}
        refused = found.possible < found.compatible
        code = "design.account.counts" if refused else "design.account.counts_all"
        self.line(self.say(code, **details))
        values = (weights.wanted, weights.accepted, weights.other)
        wanted, accepted, other = map(self.numbers.plain, values)
        self.line(self.say("design.account.values", wanted=wanted, accepted=accepted, other=other))
        per_vote, code = weights.inhabitants_per_vote, "design.account.votes"
        details = {"organisation": self.numbers.plain(weights.organisation)}
        if per_vote is not None:
            details["people"] = self.numbers.number(per_vote)
            code = "design.account.votes_per"
        self.line(self.say(code, **details))
        self.line(weights.because)


def _spoken(one: Served) -> bool:
    return bool(one.wants or one.accepts or one.other)


def _lost(best: Configuration, one: Configuration) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The choices at which partners that the best configuration serves are no longer served."""
    for choice, served in one.fit.choices.items():
        before = best.fit.choices[choice].other
        names = tuple(partner for partner in served.other if partner not in before)
        if names:
            yield choice, names
