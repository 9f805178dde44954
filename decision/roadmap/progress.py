"""Progress: which activities are done, by what is declared and by the facts that they make so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from decision.eligibility.evaluation import Scope, Truth, evaluate, scopes
from decision.model.activities import Activity
from decision.model.current import Current
from decision.model.knowledge import FactDefinition, Knowledge
from decision.model.region import Region
from decision.model.requirements import All, Comparison
from decision.roadmap.jobs import Job

__all__ = ["Progress"]


@dataclass(frozen=True)
class Progress:
    """Where everybody in a region is now with the activities of the knowledge."""

    knowledge: Knowledge
    region: Region

    def done(self, job: Job, form: str) -> Truth:
        """Whether a job is done, for a partner (or the region) on its way to a form.

        What is declared done or decided is done, and so is all that the form asks of who is on it.
        Else the facts that the activity makes so tell. Where these are not known, or it makes
        none, it is done by who is on a lesser form that asks for it, unless it is done anew. The
        region is on a form when it says so, or else when enough of its municipalities are on it.
        Going live is never done: who is on the form goes live at once; and what belongs to a choice
        of the region is done by no form.
        """
        activity, current = self.knowledge.activities[job.activity], self.current(job.partner)
        if activity.milestone:
            return "no"
        if job.activity in current.done or job.activity in current.decisions:
            return "yes"
        if activity.when == "chosen":
            return self._made(activity, job.partner)
        form_now = current.form
        if form_now is None and job.partner is None:
            form_now = self._shared
        had = () if form_now is None else (form_now, *self.knowledge.lesser(form_now))
        if form in had:
            return "yes"
        so = self._made(activity, job.partner)
        if activity.makes and so != "unknown":
            return so
        kept = activity.when == "always" and not activity.anew
        return "yes" if kept and {*had} & {*activity.forms} else so

    def left(self, job: Job) -> float:
        """The share (0-1) of the work of a job that is left, by what its partner has so far.

        All of it as long as nobody knows what that is.
        """
        held = self._scopes[job.partner or self.region.id].facts
        shares = [
            levels.get(str(held[fact].value), 1.0) if fact in held and held[fact].known else 1.0
            for fact, levels in self.knowledge.activities[job.activity].left.items()
        ]
        return max(shares, default=1.0)

    def current(self, partner: str | None) -> Current:
        """What a partner has in use, done and decided; the region itself for None."""
        region = self.region
        if partner is None:
            return region.current
        return (region.municipalities.get(partner) or region.organisations[partner]).current

    @cached_property
    def _shared(self) -> str | None:
        """The form that enough municipalities are in to be in it together: then the region is too.

        It is that which goes furthest.
        """
        now = [one.current.form for one in self.region.municipalities.values()]
        forms = Counter(form for form in now if form is not None)
        shared = [
            form for form, count in forms.items() if count >= self.knowledge.waves.minimum_members
        ]
        return max(shared, key=lambda form: len(self.knowledge.lesser(form)), default=None)

    @cached_property
    def _scopes(self) -> Mapping[str, Scope]:
        """The facts of everybody, by id."""
        return {
            name: one
            for held in scopes(self.knowledge, self.region).values()
            for name, one in held.items()
        }

    def _made(self, activity: Activity, partner: str | None) -> Truth:
        """Whether all that the activity makes so is so; no where it makes nothing."""
        asked = tuple(
            _reached(fact, level, self.knowledge.facts[fact])
            for fact, made in activity.makes.items()
            for level in ((made,) if isinstance(made, str) else made)
        )
        return (
            evaluate(All(all=asked), self._scopes[partner or self.region.id]).truth
            if asked
            else "no"
        )


def _reached(fact: str, level: str, definition: FactDefinition) -> Comparison:
    """That a fact has come to a level; the lowest of a scale is come to by nothing higher."""
    if definition.kind == "set":
        return Comparison(fact=fact, includes=level)
    if level == next(iter(definition.levels)):
        return Comparison.model_validate({"fact": fact, "is": level})
    return Comparison(fact=fact, at_least=level)
