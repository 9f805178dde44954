"""Regions that differ in what there is to tell, with their advices and reports, each made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Literal

from decision.advice.advice import Advice, decide
from decision.advice.findings import Request
from decision.load import Case, load_region
from decision.load.receipt import Receipt
from decision.model.current import Current
from decision.model.region import Region
from decision.report.report import Report

__all__ = ["CASES", "LANGS", "NAMES", "THIN", "advice", "drechtsteden", "instead", "report", "text"]

REGION = "drechtsteden.yaml"
LANGS = ("nl", "en")
FEW = Request(draws=300)
"""Enough to tell something of chances, and few enough to be quick."""

Part = Literal["main", "appendices"]


def drechtsteden(lang: str, *changes: str) -> Case:
    """The region that comes with the program, in one language."""
    return load_region(REGION, lang=lang, changes=changes)


def with_fact(lang: str, fact: str, value: str) -> Case:
    """The region where one fact has the same value at all municipalities."""
    names = drechtsteden(lang).region.municipalities
    changes = (f"municipalities.{name}.facts.{fact}={value}" for name in names)
    return drechtsteden(lang, *changes)


def minimal(lang: str) -> Case:
    """One municipality of which nothing is known but its name, and nobody around it."""
    case = drechtsteden(lang)
    own = case.region.municipalities["dordrecht"].model_copy(update={"facts": {}, "note": None})
    nothing = ("facts", "organisations", "neighbours", "ties", "groupings", "sources")
    parts = {**dict(case.region), **{name: {} for name in nothing}}
    parts |= {"municipalities": {"dordrecht": own}, "situation": None, "governance": None}
    return Case(case.knowledge, Region.model_construct(**parts))


def pair(lang: str) -> Case:
    """Two municipalities that want everything, with organisations that follow or decide."""
    case = drechtsteden(lang)
    two = {name: case.region.municipalities[name] for name in ("dordrecht", "zwijndrecht")}
    organisations = {
        name: one.model_copy(update={"members": ()})
        for name, one in case.region.organisations.items()
        if name in {"belastingdienst", "sociale-dienst"}
    }
    update = {"municipalities": two, "organisations": organisations, "ties": {}, "groupings": {}}
    return replace(case, region=case.region.model_copy(update=update))


def there_already(lang: str) -> Case:
    """The pair that has been in the advised form for a while."""
    case = pair(lang)
    now = Current(form="3a", number="078")
    towns = {
        name: one.model_copy(update={"current": now, "wished_start": None})
        for name, one in case.region.municipalities.items()
    }
    update = {"municipalities": towns, "organisations": {}, "current": now}
    return replace(case, region=case.region.model_copy(update=update))


def crowd(lang: str) -> Case:
    """More municipalities than the cost can be divided over, and nobody else."""
    case = drechtsteden(lang)
    own = case.region.municipalities["dordrecht"]
    many = {f"dorp-{n}": own.model_copy(update={"name": f"Dorp {n}"}) for n in range(21)}
    nothing: dict[str, object]
    nothing = {name: {} for name in ("organisations", "ties", "groupings", "neighbours")}
    update = {"municipalities": many, **nothing, "published": None, "governance": None}
    return replace(case, region=case.region.model_copy(update=update))


def other_roles(lang: str) -> Case:
    """Two frontrunners, several own entrances, an undecided one, and outsourcing still open."""
    return drechtsteden(
        lang,
        "municipalities.papendrecht.facts.pace=groeipad",
        "municipalities.zwijndrecht.facts.joins_number=nee",
        "municipalities.alblasserdam.facts.cooperation=unknown",
        "facts.contact_insight=unknown",
        "projects={een-redactie: {participants: [dordrecht, papendrecht]}}",
    )


def own_sites(lang: str) -> Case:
    """Its own sizes, two joint sites, a cap on how busy people may be, and only a year as date."""
    return drechtsteden(
        lang,
        "costs.sites=own",
        "costs.joint_sites=[0.6, 0.4]",
        "costs.occupancy_cap=0.75",
        "reference_date='2008'",
    )


def unsized(lang: str) -> Case:
    """The region where nobody knows how many people live in one municipality, nor which number."""
    return drechtsteden(
        lang, "municipalities.sliedrecht.inhabitants.value=unknown", "number=unknown"
    )


CASES: dict[str, Callable[[str], Case]] = {
    "drechtsteden": drechtsteden,
    "minimal": minimal,
    "pair": pair,
    "nobody": lambda lang: with_fact(lang, "joins_number", "nog_niet"),
    "unknown": lambda lang: with_fact(lang, "cooperation", "unknown"),
    "alone": lambda lang: with_fact(lang, "cooperation", "nee"),
    "there already": there_already,
    "crowd": crowd,
    "other roles": other_roles,
    "own sites": own_sites,
    "unsized": unsized,
    "haaglanden": lambda lang: load_region("haaglanden.yaml", lang=lang),
    "zwolle": lambda lang: load_region("zwolle-overijssel.yaml", lang=lang),
    "bar": lambda lang: load_region("bar.yaml", lang=lang),
}
NAMES = tuple(CASES)
THIN = ("minimal", "nobody", "unknown", "haaglanden", "zwolle", "bar")
"""The regions that cannot begin anywhere yet."""


@cache
def advice(region: str = "drechtsteden", lang: str = "nl") -> Advice:
    """The advice for one of the regions in one language, whatever files it was made from."""
    return decide(replace(CASES[region](lang), receipt=Receipt()), FEW)


@cache
def report(region: str = "drechtsteden", lang: str = "nl") -> Report:
    """The report of one of the regions."""
    return Report(advice(region, lang), lang)


@cache
def text(
    region: str = "drechtsteden", lang: str = "nl", form: str = "md", part: Part = "main"
) -> str:
    """A part of that report in one format."""
    return report(region, lang).text(form, part)


@cache
def instead(form: str, lang: str = "nl") -> Advice:
    """The advice for the Drechtsteden, if it were another form, without a plan."""
    return replace(advice("drechtsteden", lang), recommended=form, roadmap=None)
