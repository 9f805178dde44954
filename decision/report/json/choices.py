"""What a region can choose beside a form, and what no amount counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decision.model.price_level import years_of_prices
from decision.model.projects import ChannelFitness, NotCounted
from decision.model.values import Source
from decision.report.json.plain import Json, Keys, named

if TYPE_CHECKING:
    from decision.advice.advice import Advice
    from decision.sharing.money import Offer

__all__ = ["CHOICES", "choices", "prices"]

CHOICES: Keys = {
    ChannelFitness: "question source",
    NotCounted: "text saving source",
    Source: "document place reading",
}
_PROJECT = "gives key minimum before_opening gains_in"
_STEERING = "fits from_channel=origin to_channel=to each_year range years"


def choices(advice: Advice) -> Json:
    """What can be chosen, chosen or not, and what is left out; see docs/json.md."""
    found: dict[str, Json] = {"project": {}, "channel_steering": {}}
    for one in advice.findings.on_offer:
        found[one.kind][one.id] = _offer(advice, one)
    own, general = advice.region.costs.not_counted, advice.knowledge.not_counted
    return {
        "choosable": {
            "projects": found["project"],
            "channel_steering": found["channel_steering"],
            "channel_fitness": dict(advice.knowledge.channel_fitness),
        },
        "not_counted": {**general, **own},
        "prices": prices(advice),
    }


def prices(advice: Advice) -> Json:
    """In the prices of which year every amount is, and the level that the region states."""
    level = advice.region.costs.price_level
    return {
        "level": None if level is None else level.year,
        "index": {} if level is None else dict(level.index),
        "years": years_of_prices(advice.knowledge, advice.region),
    }


def _offer(advice: Advice, one: Offer) -> Json:
    region, offered = advice.region, one.offered
    chosen = (region.projects if one.kind == "project" else region.channel_steering).get(one.id)
    return {
        "chosen": chosen is not None,
        "participants": chosen.participants if chosen else (),
        "from": chosen.from_ if chosen else None,
        **named(one, "in_full fte once"),
        **named(offered, "name does because asks assumed source"),
        **named(offered, _PROJECT if one.kind == "project" else _STEERING),
    }
