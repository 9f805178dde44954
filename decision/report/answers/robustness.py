"""How sure the ranking is,: over which weights, for whom, and what changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from decision.advice.advice import Advice
from decision.report.answers.answer import TableRow
from decision.report.answers.sheet import Sheet
from decision.report.document.tree import Cell, Pages
from decision.scores.analysis import Winner
from decision.scores.methods import EXTRA, METHODS, Opinion
from decision.scores.smaa import Smaa
from decision.scores.stability import Flips, GradeFlip, Turn
from decision.scores.stakeholders import Stakeholder, Stakeholders

__all__ = ["robustness_answer"]

_MOST = 8  # grades and criteria that are shown; the JSON has them all


def robustness_answer(advice: Advice, lang: str) -> Pages:
    """How sure the ranking is, the winner first."""
    shown, found = _Robustness(advice, lang), advice.findings.robustness
    shown.introduction()
    if found.chances is not None:
        shown.ranks(found.chances)
    shown.everyone()
    first = found.winner or found.leader
    if first is not None:
        shown.weights(first)
        shown.grades(first)
    if found.winner is not None:
        shown.stakeholders(found.winner.stakeholders)
        shown.methods(found.winner)
    shown.alike()
    title = shown.say("answers.robustness", region=advice.region.name)
    return shown.pages("robustness", title)


class _Robustness(Sheet):
    """The parts of the output, each under its own heading."""

    # --- names and figures -----------------------------------------------------------------

    def group(self, name: str) -> str:
        return self.view.knowledge.groups[name].name

    def criterion(self, name: str) -> str:
        return self.view.knowledge.criteria[name].name

    def weighing(self, weights: Mapping[str, float], decimals: int = 0) -> str:
        """Weights of groups in one line."""
        parts = self.numbers.parts(weights, decimals)
        return self.numbers.listing(f"{self.group(name)} {part}" for name, part in parts.items())

    # --- what is shown ---------------------------------------------------------------------

    def introduction(self) -> None:
        advice = self.advice
        if self.view.undecided:
            forms = self.numbers.either(self.view.labels(advice.candidates))
            self.line(self.say("robustness.undecided", forms=forms))
        elif advice.recommended is None:
            self.line(self.say("robustness.no_form"))
        else:
            self.line(self.say("robustness.first", form=self.view.label(advice.recommended)))
        stated = "default" if advice.region.weights is None else advice.region.weights.way
        weights = self.weighing(advice.scores.weights)
        self.line(self.say(f"robustness.weights.{stated}", weights=weights))

    def ranks(self, found: Smaa) -> None:
        """How often each form that can be chosen takes each place, and who would choose it."""
        self.part("places", self.say("robustness.ranks.title"))
        about = [self.say(f"robustness.ranks.{found.drawn}")]
        if self.view.by_moves():
            about.append(self.say("robustness.ranks.moves"))
        self.line(" ".join(about))
        rows = []
        for form, one in found.forms.items():
            sure = "-" if one.confidence is None else self.chance(one.confidence)
            rows.append(TableRow(self.view.label(form), [*map(self.chance, one.ranks), sure]))
        places = [self.say("robustness.ranks.place", place=n + 1) for n in range(len(rows))]
        form, sure = self.said("costs.form", "robustness.ranks.sure")
        self.table([form, *places, sure], rows)
        self.line(self.say("robustness.ranks.about_sure"))
        for form, one in found.forms.items():
            if one.central_weights is not None:
                weights = self.weighing(one.central_weights)
                self.line(self.say("robustness.ranks.central", form=form, weights=weights))
        details = {"samples": self.numbers.number(found.samples), "seed": found.seed}
        points = self.numbers.number(100 * self.view.drawing_error(), 1)
        self.line(self.say("robustness.ranks.drawn", **details, error=points))

    def everyone(self) -> None:
        """All forms, those that are excluded faintly: what is lost by not being ready."""
        if not any(map(self.view.excluded, self.advice.eligibility.forms)):
            return
        self.part("everyone", self.say("robustness.everyone.title"))
        self.line(self.say("robustness.everyone.about"))
        everyone = self.found.robustness.everyone.forms.items()
        rows = [self.row(form, self.chance(one.ranks[0])) for form, one in everyone]
        self.table(self.said("costs.form", "robustness.everyone.first"), rows)

    def weights(self, winner: Winner) -> None:
        """The weights at which another form wins, one by one and all together."""
        self.part("weights", self.say("robustness.flips.title"))
        self.line(self.say("robustness.flips.about"))
        flips = ("robustness.flips.now", "robustness.flips.below", "robustness.flips.above")
        rows = [TableRow(self.group(name), self.flips(one)) for name, one in winner.groups.items()]
        self.table(self.said("robustness.flips.group", *flips), rows)
        turning = [(name, one) for name, one in winner.criteria.items() if one.below or one.above]
        if turning:
            rows = [TableRow(self.criterion(name), self.flips(one)) for name, one in turning]
            self.table(self.said("robustness.flips.criterion", *flips), rows)
        else:
            self.line(self.say("robustness.flips.no_criterion"))
        change = winner.nearest_change
        if change is None:
            self.line(self.say("robustness.flips.never"))
            return
        moved, weights = self.numbers.percent(change.moved, 1), self.weighing(change.weights, 1)
        details = {"form": change.form, "weights": weights, "moved": moved}
        self.line(self.say("robustness.flips.nearest", **details))

    def flips(self, one: Flips) -> list[str | Cell]:
        return [self.percent(one.weight), self.turn(one.below), self.turn(one.above)]

    def turn(self, turn: Turn | None) -> str:
        """Where another form wins, to a tenth of a percent: it is exact."""
        if turn is None:
            return self.say("robustness.flips.not")
        weight = self.numbers.percent(turn.weight, 1)
        return self.say("robustness.flips.turn", weight=weight, form=turn.form)

    def grades(self, winner: Winner) -> None:
        """The single grades that change the winner."""
        self.part("grades", self.say("robustness.grades.title"))
        if not winner.grade_flips:
            self.line(self.say("robustness.grades.none"))
        for flip in winner.grade_flips[:_MOST]:
            self.point(self.grade(flip))
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
        code = "robustness.grades.shares" if flip.shared else "robustness.grades.wins"
        return self.say(code, **details)

    def stakeholders(self, found: Stakeholders) -> None:
        """What each municipality would choose, how alike that is, and where they can meet."""
        self.part("stakeholders", self.say("robustness.stakeholders.title"))
        rows = []
        for name, one in found.municipalities.items():
            whose = "robustness.stakeholders.own" if one.own else "robustness.stakeholders.joint"
            cells = [self.say(whose), self.numbers.listing(one.favourites)]
            rows.append(TableRow(self.view.name(name), cells))
        columns = ("robustness.stakeholders.weights", "robustness.stakeholders.choice")
        heads = self.said("robustness.stakeholders.municipality", *columns)
        self.table(heads, rows, texts=(0, 1, 2))
        for name, one in found.municipalities.items():
            if one.overruled:
                self.line(self.overruled(name, one))
        if found.agreement.w is not None:
            alike = self.numbers.number(found.agreement.w, 2)
            self.line(self.say("robustness.stakeholders.agreement", w=alike))
        details = {"weights": self.weighing(found.weights)}
        forms = self.numbers.listing(found.winners)
        self.line(self.say("robustness.stakeholders.consensus", **details, forms=forms))

    def overruled(self, name: str, one: Stakeholder) -> str:
        on = [self.criterion(loss.criterion) for loss in one.losses[:3]]
        details = {"form": one.favourites[0], "criteria": self.numbers.listing(on)}
        return self.say("robustness.stakeholders.overruled", name=self.view.name(name), **details)

    def methods(self, winner: Winner) -> None:
        """What other methods put first, and what it means where that is another form."""
        self.part("methods", self.say("robustness.methods.title"))
        if not winner.opinions:
            asked = ",".join(METHODS)
            self.line(self.say("robustness.methods.missing", methods=asked, extra=EXTRA))
            return
        rows = [
            TableRow(self.say(f"robustness.methods.{one.method}"), self.opinion(one))
            for one in winner.opinions
            if one.reason is None
        ]
        columns = ("robustness.methods.method", "robustness.methods.normalisation")
        if rows:
            answer = ("robustness.methods.first", "robustness.methods.alike")
            self.table(self.said(*columns, *answer), rows, texts=(0, 1, 2))
        for line in self.meanings(winner):
            self.line(line)

    def opinion(self, one: Opinion) -> list[str | Cell]:
        tau = "-" if one.tau is None else self.number(one.tau, 2)
        normalisation = self.say(f"robustness.methods.{one.normalisation}")
        return [normalisation, self.numbers.listing(one.best), tau]

    def meanings(self, winner: Winner) -> Iterator[str]:
        for one in winner.opinions:
            if one.reason is not None:
                method = self.say(f"robustness.methods.{one.method}")
                yield self.say(f"robustness.methods.{one.reason}", method=method)
            elif not one.agrees:
                form = self.numbers.listing(one.best)
                yield self.say(f"robustness.methods.differs.{one.method}", form=form)
        if all(one.agrees for one in winner.opinions):
            yield self.say("robustness.methods.agree", form=winner.form)

    def alike(self) -> None:
        """Forms that are nowhere better than another, and forms that hardly differ."""
        sure = self.found.robustness
        dominated, ties = sure.dominated, sure.near_ties
        self.part("alike", self.say("robustness.alike.title"))
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
        if not ties and not self.view.undecided:
            self.line(self.say("robustness.alike.no_tie"))
