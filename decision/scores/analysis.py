"""Every question about how sure the ranking is, each answered when it is first asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from decision.costs.draws import Crews, Progress
from decision.costs.result import Costs
from decision.model.knowledge import Knowledge
from decision.model.region import Region
from decision.scores.additive import Scores
from decision.scores.cost_draws import cost_shares
from decision.scores.dominance import (
    Dominated,
    NearTie,
    dominated,
    near_ties,
    smallest_step,
)
from decision.scores.matrix import Matrix, matrix_of
from decision.scores.methods import Method, Opinion, second_opinions
from decision.scores.nearest import Nearest
from decision.scores.smaa import SAMPLES, SEED, Smaa, smaa
from decision.scores.stability import (
    Flips,
    GradeFlip,
    criterion_flips,
    grade_flips,
    group_flips,
    nearest_change,
)
from decision.scores.stakeholders import Stakeholders, stakeholders

__all__ = ["Robustness", "Winner"]


@dataclass(frozen=True)
class Winner:
    """How firmly a form comes first: what has to change before another one does.

    Attributes:
        form: The form that comes first: the recommended one, or the one that leads.
        matrix: The forms that compete.
        weights: Of the groups, by which it comes first.
        region: Its municipalities may have weights of their own.
        methods: The other methods to ask.
    """

    form: str
    matrix: Matrix
    weights: Mapping[str, float]
    region: Region
    methods: Sequence[Method] = ()

    @cached_property
    def groups(self) -> Mapping[str, Flips]:
        """Per group the weights at which another form wins."""
        return group_flips(self.matrix, self.weights, self.form)

    @cached_property
    def criteria(self) -> Mapping[str, Flips]:
        """The same per criterion, by its weight in the whole."""
        return criterion_flips(self.matrix, self.weights, self.form)

    @cached_property
    def nearest_change(self) -> Nearest | None:
        """The smallest joint change of weights that lets another form win; None where none does."""
        return nearest_change(self.matrix, self.weights, self.form)

    @cached_property
    def grade_flips(self) -> tuple[GradeFlip, ...]:
        """The single grades that change the winner when they are read one step otherwise."""
        return grade_flips(self.matrix, self.weights, self.form)

    @cached_property
    def stakeholders(self) -> Stakeholders:
        """What each municipality makes of the forms."""
        return stakeholders(self.matrix, self.region, self.weights, self.form)

    @cached_property
    def opinions(self) -> tuple[Opinion, ...]:
        """What the other methods say; raises ``MissingExtraError`` where pymcdm is missing."""
        return second_opinions(self.matrix, self.weights, self.form, self.methods)


@dataclass(frozen=True)
class Robustness:
    """How sure the ranking of a region is.

    Attributes:
        knowledge: The criteria, and the calculations of cost.
        region: The region; its weights say from which is drawn.
        costs: What the forms cost.
        scores: The scores that led to the ranking.
        samples: How often weights, values and kengetallen are drawn, at least 1.
        seed: Of the draws.
        methods: The other methods to ask; all of them need an extra library.
        progress: Called with the draws of kengetallen that are done and the draws in all.
        crews: Gives those of the last year in these draws, where somebody works them out.
    """

    knowledge: Knowledge
    region: Region
    costs: Costs
    scores: Scores
    samples: int = SAMPLES
    seed: int = SEED
    methods: Sequence[Method] = ()
    progress: Progress | None = field(default=None, compare=False)
    crews: Callable[[], Crews | None] = field(default=lambda: None, compare=False, repr=False)

    @cached_property
    def matrix(self) -> Matrix:
        """All forms, also those that are excluded, at the cost that is computed."""
        return matrix_of(self.knowledge, self.region, self.scores)

    @cached_property
    def competing(self) -> Matrix:
        """The forms that the region can choose, or may turn out to be able to."""
        return self.matrix.among(self.scores.competing)

    @cached_property
    def _in_draws(self) -> Matrix:
        """All forms, with their cost in every draw of the kengetallen.

        Raises:
            CostsError: A kengetal or its range is of no use to the calculation.
        """
        if not self.costs.forms:  # unknown costs are drawn as an unknown grade is
            return self.matrix
        measured = cost_shares(
            self.knowledge,
            self.region,
            self.costs,
            draws=self.samples,
            seed=self.seed,
            progress=self.progress,
            crews=self.crews(),
        )
        return matrix_of(self.knowledge, self.region, self.scores, measured)

    @cached_property
    def chances(self) -> Smaa | None:
        """Over all weights, values and costs, the forms that compete; None without any."""
        forms = self.scores.competing
        return self._smaa(self._in_draws.among(forms)) if forms else None

    @cached_property
    def everyone(self) -> Smaa:
        """The same over all forms, also those that are excluded."""
        return self._smaa(self._in_draws)

    @cached_property
    def winner(self) -> Winner | None:
        """What has to change before another form wins; None where no form is recommended."""
        return None if self.scores.best is None else self._first(self.scores.best)

    @cached_property
    def leader(self) -> Winner | None:
        """The same of the form that leads now, as long as it is not clear which is best.

        None where the region may not be able to start with that form.
        """
        first = None if self.scores.best is not None else self.scores.leading
        if first is None or self.scores.forms[first].reach != "yes":
            return None
        return self._first(first)

    def _first(self, form: str) -> Winner:
        return Winner(form, self.competing, self.scores.weights, self.region, self.methods)

    @cached_property
    def dominated(self) -> tuple[Dominated, ...]:
        """Forms that are nowhere better than another one, among all forms."""
        return dominated(self.matrix)

    @cached_property
    def near_ties(self) -> tuple[NearTie, ...]:
        """Forms that compete and hardly differ."""
        return near_ties(self.competing, self.scores.weights)

    @property
    def step(self) -> float:
        """The difference in score below which two forms hardly differ."""
        return smallest_step(self.matrix, self.scores.weights)

    def _smaa(self, matrix: Matrix) -> Smaa:
        return smaa(matrix, self.region.weights, samples=self.samples, seed=self.seed)
