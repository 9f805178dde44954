"""The best configuration, with the forms and the runners-up beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from decision.design.best import Configuration, Design, FormFit, differences
from decision.design.conflict import Refusal, Statement
from decision.design.search import APART
from decision.design.space import Link
from decision.eligibility.fit import Served
from decision.load import Case
from decision.model.region import Member, Organisation
from decision.model.values import in_sentence
from decision.report.answers.answer import Answer, TableRow
from decision.report.document.tree import Pages

__all__ = ["design_answer"]

_NAMED = 8
"""So many partners are named in one place; the JSON names them all."""


def design_answer(case: Case, found: Design, lang: str) -> Pages:
    """The best configuration and what it differs in, or why there is none."""
    shown = _Design(case, found, lang)
    if found.best is None:
        shown.conflict()
    else:
        shown.best(found.best)
        shown.wishes(found.best)
        shown.forms()
        shown.runners_up(found.best)
    shown.account()
    return shown.pages("design", shown.say("answers.design", region=case.region.name))


class _Design(Answer):
    """The parts of the output, each under its own heading."""

    def __init__(self, case: Case, found: Design, lang: str) -> None:
        super().__init__(lang)
        self.knowledge, self.region, self.found = case.knowledge, case.region, found
        self.partners: dict[str, Member | Organisation] = {
            **case.region.municipalities,
            **case.region.organisations,
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
        named = [self.partners[partner].name for partner in partners[:_NAMED]]
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
        names = {"region": in_sentence(self.region), "form": self.label(best.nearest_form)}
        differing = self.found.forms[best.nearest_form].differences
        code = "design.near" if differing else "design.is_form"
        if best.fit.score is None:
            code = "design.silent"
        count, score = self.numbers.number(len(differing)), self.score(best.fit.score)
        self.line(self.say(code, **names, count=count, score=score))
        self.line(self.say("design.about"))

    def wishes(self, best: Configuration) -> None:
        """Choice by choice the option of the best configuration, and whom it serves."""
        columns = self.said("design.choice", "design.option", "design.partners")
        rows = []
        for choice, one in best.fit.choices.items():
            text = self.options[choice, one.option]
            cells = (f"{one.option}: {text}", "; ".join(self.stances(one)))
            rows.append(TableRow(self.choice(choice), cells))
        self.table(columns, rows, texts=range(len(columns)))
        silent = [
            one for one in best.fit.choices.values() if not (one.wants or one.accepts or one.other)
        ]
        if silent and best.fit.score is not None:
            self.line(self.say("design.open", count=self.numbers.number(len(silent))))

    def stances(self, one: Served) -> Iterator[str]:
        """Who wants the option, who accepts it, and who wants something else."""
        for stance in ("wants", "accepts", "other"):
            partners = getattr(one, stance)
            if partners:
                yield self.say(f"design.{stance}", names=self.names(partners))

    def forms(self) -> None:
        """Per form how it fits, in what it differs, and whose wishes it breaks."""
        self.part("forms", self.say("design.forms.title"))
        for form, one in self.found.forms.items():
            score = self.score(one.fit.score)
            told = self.say("design.forms.form", form=self.label(form), score=score)
            self.point(told, self.form(one))

    def form(self, one: FormFit) -> Iterator[str]:
        if one.differences:
            parts = [self.pick(part.choice, part.there) for part in one.differences]
            count = self.numbers.number(len(parts))
            yield self.say("design.forms.differs", count=count, picks="; ".join(parts))
        else:
            yield self.say("design.forms.same")
        unmet = [(c, served.other) for c, served in one.fit.choices.items() if served.other]
        if unmet:
            yield self.say("design.forms.unmet", parts=self.unmet(unmet))
        yield from self.statements((*one.refused, *one.broken))

    def unmet(self, choices: Iterable[tuple[str, Sequence[str]]]) -> str:
        """Choices, each with the partners that want something else."""
        return "; ".join(
            self.say("design.forms.unmet_at", choice=self.choice(choice), names=self.names(names))
            for choice, names in choices
        )

    def runners_up(self, best: Configuration) -> None:
        """What else fits well and is really different."""
        self.part("runners-up", self.say("design.runners_up.title"))
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
            worse = [*_lost(best, one)]
            below = [self.say("design.runners_up.worse", parts=self.unmet(worse))] if worse else []
            self.point(self.say(words, form=form, score=score, picks=picks), below)

    def conflict(self) -> None:
        """Why there is no configuration, and what would help."""
        self.line(self.say("design.conflict.title", region=in_sentence(self.region)))
        for text in self.statements(self.found.conflict):
            self.point(text)
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
                yield self.say(f"design.conflict.{one.kind}", **details, because=one.because)

    def account(self) -> None:
        """How many configurations there are, and how wishes are counted."""
        found, weights = self.found, self.knowledge.fit
        self.part("account", self.say("design.account.title"))
        counts = (found.configurations, found.compatible, found.possible)
        total, compatible, possible = map(self.numbers.number, counts)
        refused = found.possible < found.compatible
        code = "design.account.counts" if refused else "design.account.counts_all"
        self.line(self.say(code, total=total, compatible=compatible, possible=possible))
        names = ("wanted", "accepted", "other", "organisation")
        values = {name: self.numbers.plain(getattr(weights, name)) for name in names}
        self.line(self.say("design.account.values", **values))
        people = weights.inhabitants_per_vote
        code = "design.account.votes" if people is None else "design.account.votes_per"
        self.line(self.say(code, **values, people=self.numbers.number(people or 0)))
        self.line(weights.because)


def _lost(best: Configuration, one: Configuration) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The choices at which partners that the best configuration serves are no longer served."""
    for choice, served in one.fit.choices.items():
        before = best.fit.choices[choice].other
        names = tuple(partner for partner in served.other if partner not in before)
        if names:
            yield choice, names
