"""How sure the ranking is, on the terminal: over which weights, for whom, and what changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from decision.advice.advice import Advice
from decision.report.screen.layout import Row, Screen
from decision.report.view import View
from decision.scores.analysis import Winner
from decision.scores.methods import EXTRA, Opinion
from decision.scores.smaa import Smaa
from decision.scores.stability import Flips, GradeFlip, Turn
from decision.scores.stakeholders import Stakeholder, Stakeholders
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

__all__ = ["print_robustness"]

_MOST = 8  # grades and criteria that are shown; the JSON has them all

STATED = {
    "default": "robustness.weights.default",
    "points": "robustness.weights.points",
    "swing": "robustness.weights.swing",
    "order": "robustness.weights.order",
}
DRAWN = {
    "any": "robustness.ranks.any",
    "order": "robustness.ranks.order",
    "bounds": "robustness.ranks.bounds",
}
METHODS = {
    "topsis": "robustness.methods.topsis",
    "promethee2": "robustness.methods.promethee2",
    "vikor": "robustness.methods.vikor",
}
DIFFERS = {
    "topsis": "robustness.methods.topsis_differs",
    "promethee2": "robustness.methods.promethee2_differs",
    "vikor": "robustness.methods.vikor_differs",
}
NORMALISATIONS = {
    "vector": "robustness.methods.vector",
    "none": "robustness.methods.none",
    "linear": "robustness.methods.linear",
}
REASONS = {
    "unknown_grades": "robustness.methods.unknown_grades",
    "nothing_to_compare": "robustness.methods.nothing_to_compare",
    "undecided": "robustness.methods.undecided",
}


def print_robustness(advice: Advice, lang: str) -> None:
    """Print how sure the ranking is, the winner first."""
    shown, found = _Robustness(advice, lang), advice.findings.robustness
    shown.introduction()
    if found.eligible is not None and found.by_weights is not None:
        shown.ranks(found.eligible, found.by_weights)
    shown.everyone()
    if found.winner is not None:
        shown.weights(found.winner)
        shown.grades(found.winner)
        shown.stakeholders(found.winner.stakeholders)
        shown.methods(found.winner)
    shown.alike()


class _Robustness(Screen):
    """The parts of the output, each under its own heading."""

    def __init__(self, advice: Advice, lang: str) -> None:
        super().__init__()
        self.advice, self.found = advice, advice.findings.robustness
        self.numbers = Numbers(lang)
        words = catalogue(lang, "words")
        self.say = words.say
        self.view = View(advice, words)

    # --- names and figures -----------------------------------------------------------------

    def group(self, name: str) -> str:
        return self.view.knowledge.groups[name].name

    def criterion(self, name: str) -> str:
        return self.view.knowledge.criteria[name].name

    def share(self, share: float) -> str:
        """A percentage that reads as nothing or as all only where it is."""
        if 0 < share < 0.005:  # noqa: PLR2004 - it would read as 0%
            return self.say("robustness.less")
        if 0.995 < share < 1:  # noqa: PLR2004 - it would read as 100%
            return self.say("robustness.more")
        return self.numbers.percent(share)

    def weighing(self, weights: Mapping[str, float], decimals: int = 0) -> str:
        """Weights of groups in one line."""
        parts = self.numbers.parts(weights, decimals)
        return self.numbers.listing(f"{self.group(name)} {part}" for name, part in parts.items())

    # --- what is shown ---------------------------------------------------------------------

    def introduction(self) -> None:
        advice = self.advice
        if advice.recommended is None:
            self.line(self.say("robustness.no_form"))
        else:
            self.line(self.say("robustness.first", form=self.view.label(advice.recommended)))
        stated = "default" if advice.region.weights is None else advice.region.weights.way
        self.line(self.say(STATED[stated], weights=self.weighing(advice.scores.weights)))

    def ranks(self, found: Smaa, by_weights: Smaa) -> None:
        """How often each form that can be chosen takes each place, and who would choose it."""
        self.heading(self.say("robustness.ranks.title"))
        self.line(self.say(DRAWN[found.drawn]))
        rows: list[Row] = []
        for form, one in found.forms.items():
            sure = "-" if one.confidence is None else self.share(one.confidence)
            rows.append((self.view.label(form), [*map(self.share, one.ranks), sure], False))
        places = [self.say("robustness.ranks.place", place=n + 1) for n in range(len(rows))]
        self.table(self.say("costs.form"), [*places, self.say("robustness.ranks.sure")], rows)
        self.line(self.say("robustness.ranks.about_sure"))
        for form, one in found.forms.items():
            if one.central_weights is not None:
                weights = self.weighing(one.central_weights)
                self.line(self.say("robustness.ranks.central", form=form, weights=weights))
        winner = self.advice.recommended
        if winner is not None:
            share = self.share(by_weights.forms[winner].ranks[0])
            self.line(self.say("robustness.ranks.by_weights", form=winner, share=share))
        error = max(error for one in found.forms.values() for error in one.errors)
        details = {"samples": self.numbers.number(found.samples), "seed": found.seed}
        points = self.numbers.number(100 * error, 1)
        self.line(self.say("robustness.ranks.drawn", **details, error=points))

    def everyone(self) -> None:
        """All forms, those that are excluded faintly: what is lost by not being ready."""
        verdicts = self.advice.eligibility.forms
        if all(verdict.eligible for verdict in verdicts.values()):
            return
        self.heading(self.say("robustness.everyone.title"))
        self.line(self.say("robustness.everyone.about"))
        rows: list[Row] = [
            (self.view.label(form), [self.share(one.ranks[0])], not verdicts[form].eligible)
            for form, one in self.found.everyone.forms.items()
        ]
        self.table(self.say("costs.form"), [self.say("robustness.everyone.first")], rows)

    def weights(self, winner: Winner) -> None:
        """The weights at which another form wins, one by one and all together."""
        self.heading(self.say("robustness.flips.title"))
        self.line(self.say("robustness.flips.about"))
        rows: list[Row] = [
            (self.group(name), self.flips(one), False) for name, one in winner.groups.items()
        ]
        now = self.say("robustness.flips.now")
        columns = [now, self.say("robustness.flips.below"), self.say("robustness.flips.above")]
        self.table(self.say("robustness.flips.group"), columns, rows)
        turning = [(name, one) for name, one in winner.criteria.items() if one.below or one.above]
        if turning:
            rows = [(self.criterion(name), self.flips(one), False) for name, one in turning]
            self.table(self.say("robustness.flips.criterion"), columns, rows)
        else:
            self.line(self.say("robustness.flips.no_criterion"))
        change = winner.nearest_change
        if change is None:
            self.line(self.say("robustness.flips.never"))
            return
        moved, weights = self.numbers.percent(change.moved, 1), self.weighing(change.weights, 1)
        details = {"form": change.form, "weights": weights, "moved": moved}
        self.line(self.say("robustness.flips.nearest", **details))

    def flips(self, one: Flips) -> list[str]:
        return [self.numbers.percent(one.weight), self.turn(one.below), self.turn(one.above)]

    def turn(self, turn: Turn | None) -> str:
        """Where another form wins, to a tenth of a percent: it is exact."""
        if turn is None:
            return self.say("robustness.flips.not")
        weight = self.numbers.percent(turn.weight, 1)
        return self.say("robustness.flips.turn", weight=weight, form=turn.form)

    def grades(self, winner: Winner) -> None:
        """The single grades that change the winner."""
        self.heading(self.say("robustness.grades.title"))
        if not winner.grade_flips:
            self.line(self.say("robustness.grades.none"))
        for flip in winner.grade_flips[:_MOST]:
            self.line(self.grade(flip))
        if len(winner.grade_flips) > _MOST:
            self.line(self.say("robustness.grades.more", count=len(winner.grade_flips) - _MOST))

    def grade(self, flip: GradeFlip) -> str:
        details = {
            "criterion": self.criterion(flip.criterion),
            "form": flip.form,
            "grade": self.say("unknown") if flip.grade is None else flip.grade,
            "becomes": flip.becomes,
            "winner": flip.winner,
        }
        if flip.shared:
            return self.say("robustness.grades.shares", **details)
        return self.say("robustness.grades.wins", **details)

    def stakeholders(self, found: Stakeholders) -> None:
        """What each municipality would choose, how alike that is, and where they can meet."""
        self.heading(self.say("robustness.stakeholders.title"))
        rows: list[Row] = []
        for name, one in found.municipalities.items():
            whose = "robustness.stakeholders.own" if one.own else "robustness.stakeholders.joint"
            cells = [self.say(whose), self.numbers.listing(one.favourites)]
            rows.append((self.view.name(name), cells, False))
        columns = [
            self.say("robustness.stakeholders.weights"),
            self.say("robustness.stakeholders.choice"),
        ]
        self.table(self.say("robustness.stakeholders.municipality"), columns, rows)
        for name, one in found.municipalities.items():
            if one.overruled:
                self.line(self.overruled(name, one))
        if found.agreement.w is not None:
            alike = self.numbers.number(found.agreement.w, 2)
            self.line(self.say("robustness.stakeholders.agreement", w=alike))
        consensus = found.consensus
        details = {"weights": self.weighing(consensus.weights)}
        forms = self.numbers.listing(consensus.winners)
        self.line(self.say("robustness.stakeholders.consensus", **details, forms=forms))

    def overruled(self, name: str, one: Stakeholder) -> str:
        on = [self.criterion(loss.criterion) for loss in one.losses[:3]]
        details = {"name": self.view.name(name), "form": one.favourites[0]}
        return self.say(
            "robustness.stakeholders.overruled", **details, criteria=self.numbers.listing(on)
        )

    def methods(self, winner: Winner) -> None:
        """What other methods put first, and what it means where that is another form."""
        self.heading(self.say("robustness.methods.title"))
        if not winner.opinions:
            asked = ",".join(METHODS)
            self.line(self.say("robustness.methods.missing", methods=asked, extra=EXTRA))
            return
        rows: list[Row] = [
            (self.say(METHODS[one.method]), self.opinion(one), False)
            for one in winner.opinions
            if one.reason is None
        ]
        columns = [
            self.say("robustness.methods.normalisation"),
            self.say("robustness.methods.first"),
            self.say("robustness.methods.alike"),
        ]
        if rows:
            self.table(self.say("robustness.methods.method"), columns, rows)
        for line in self.meanings(winner):
            self.line(line)

    def opinion(self, one: Opinion) -> list[str]:
        tau = "-" if one.tau is None else self.numbers.number(one.tau, 2)
        normalisation = self.say(NORMALISATIONS[one.normalisation])
        return [normalisation, self.numbers.listing(one.best), tau]

    def meanings(self, winner: Winner) -> Iterator[str]:
        for one in winner.opinions:
            if one.reason is not None:
                method = self.say(METHODS[one.method])
                yield self.say(REASONS[one.reason], method=method)
            elif not one.agrees:
                yield self.say(DIFFERS[one.method], form=self.numbers.listing(one.best))
        if all(one.agrees for one in winner.opinions):
            yield self.say("robustness.methods.agree", form=winner.form)

    def alike(self) -> None:
        """Forms that are nowhere better than another, and forms that hardly differ."""
        dominated, ties = self.found.dominated, self.found.near_ties
        self.heading(self.say("robustness.alike.title"))
        for worse in dominated:
            on = self.numbers.listing([self.criterion(name) for name in worse.worse_on])
            details = {"form": worse.form, "by": worse.by, "criteria": on}
            self.line(self.say("robustness.alike.dominated", **details))
        if not dominated:
            self.line(self.say("robustness.alike.none_dominated"))
        for tie in ties:
            difference = self.numbers.number(100 * tie.difference, 2)
            details = {"first": tie.first, "second": tie.second, "difference": difference}
            self.line(self.say("robustness.alike.tie", **details))
        if not ties:
            self.line(self.say("robustness.alike.no_tie"))
