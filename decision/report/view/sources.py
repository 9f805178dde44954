"""Where everything comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from decision.advice.assumptions import Assumption
from decision.model.facts import Fact, Size
from decision.model.values import Document, Source
from decision.report.view.names import Names
from decision.words.cited import cited

__all__ = ["Sources"]


class Sources(Names):
    """Where facts and knowledge come from, and what nobody says."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents, the knowledge's and the region's own."""
        return {**self.knowledge.sources, **self.region.sources}

    def cite(self, source: Source | None) -> str:
        """The number of the document in the list of sources, and the place in it."""
        if source is None:
            return self.words.say("cite.none")
        number = [*self.documents].index(source.document) + 1
        code = "cite.reading" if source.reading else "cite.literal"
        place = cited(source.place, self.words.lang)
        return self.words.say(code, number=number, place=place)

    def records(self) -> Iterator[tuple[str, str, Mapping[str, Fact], Size | None]]:
        """The region and every partner: name, kind, facts, and number of inhabitants."""
        region = self.region
        yield region.name, "region", region.facts, None
        for municipality in region.municipalities.values():
            yield municipality.name, "municipality", municipality.facts, municipality.inhabitants
        for organisation in region.organisations.values():
            yield organisation.name, "organisation", organisation.facts, None
        for neighbour in region.neighbours.values():
            yield neighbour.name, "neighbour", neighbour.facts, neighbour.inhabitants

    def declared(self, facts: Mapping[str, Fact]) -> list[tuple[str, Fact]]:
        """The facts that are known, in the order of the knowledge."""
        return [(name, facts[name]) for name in self.knowledge.facts if self._known(facts, name)]

    def undeclared(self, kind: str, facts: Mapping[str, Fact]) -> list[str]:
        """The names of the facts about a kind of partner that nobody has declared."""
        return [
            fact.name
            for name, fact in self.knowledge.facts.items()
            if fact.of == kind and fact.among_facts and not self._known(facts, name)
        ]

    @staticmethod
    def _known(facts: Mapping[str, Fact], name: str) -> bool:
        return name in facts and facts[name].known

    def assumptions(self) -> Iterator[tuple[str, list[Assumption]]]:
        """The assumptions by kind, in the order in which they were found."""
        found: dict[str, list[Assumption]] = {}
        for one in self.advice.assumptions:
            found.setdefault(one.kind, []).append(one)
        yield from found.items()

    def parts(self, assumption: Assumption) -> list[str]:
        """Which parts of an entry are assumed, in words."""
        return [self.words.say(f"parts.{part}") for part in assumption.parts]
