"""The netnummers held against ``phonenumbers``, which knows the Dutch numbering plan too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberType, geocoder

from decision.load import load_knowledge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from decision.model.knowledge import Netnummer

NETHERLANDS = 31


@pytest.fixture(scope="module")
def netnummers() -> Mapping[str, Netnummer]:
    """The netnummers that come with the program."""
    return load_knowledge().netnummers


def subscriber_of(code: str) -> PhoneNumber:
    """Some telephone number that starts with ``code``; a Dutch number has ten digits."""
    return PhoneNumber(country_code=NETHERLANDS, national_number=int(code.ljust(10, "2")))


def area_code_of(number: PhoneNumber) -> str | None:
    """The netnummer of ``number`` according to ``phonenumbers``, None when it belongs nowhere."""
    if phonenumbers.number_type(number) != PhoneNumberType.FIXED_LINE:
        return None
    length = phonenumbers.length_of_geographical_area_code(number)
    return "0" + phonenumbers.national_significant_number(number)[:length]


def test_the_netherlands_has_141_netnummers(netnummers: Mapping[str, Netnummer]) -> None:
    """The numbering plan divides the country into 141 areas."""
    assert len(netnummers) == 141


def test_every_netnummer_is_an_area_code(netnummers: Mapping[str, Netnummer]) -> None:
    """A telephone number that starts with a netnummer is a fixed line in exactly that area."""
    assert [code for code in netnummers if area_code_of(subscriber_of(code)) != code] == []


def test_no_area_code_is_missing(netnummers: Mapping[str, Netnummer]) -> None:
    """Whatever a number starts with, if it is a fixed line its area is one of the netnummers."""
    starts = [f"0{digits}" for digits in range(100, 1000)]
    assert {area_code_of(subscriber_of(start)) for start in starts} == {*netnummers, None}


def test_no_netnummer_begins_with_another(netnummers: Mapping[str, Netnummer]) -> None:
    """From the first digits alone it is clear which area a number belongs to."""
    clashes = [
        (short, long)
        for short in netnummers
        for long in netnummers
        if short != long and long.startswith(short)
    ]
    assert clashes == []


def test_every_netnummer_has_a_place(netnummers: Mapping[str, Netnummer]) -> None:
    """Each area is called after a place of its own, and the geocoder knows it as an area too."""
    places = [netnummer.place for netnummer in netnummers.values()]
    assert len(set(places)) == len(places)
    unplaced = [
        code
        for code in netnummers
        if geocoder.description_for_number(subscriber_of(code), "nl") in {"", "Nederland"}
    ]
    assert unplaced == []


@pytest.mark.parametrize(
    ("code", "place"),
    [("078", "Dordrecht"), ("0184", "Sliedrecht"), ("0186", "Oud-Beijerland")],
)
def test_netnummers_around_the_drechtsteden(
    netnummers: Mapping[str, Netnummer], code: str, place: str
) -> None:
    """The three netnummers on the publication's map (figure 7.1) carry the right place."""
    assert netnummers[code].place == place


@pytest.mark.parametrize("code", ["06", "066", "0800", "084", "085", "087", "088", "0900", "0970"])
def test_a_code_without_an_area_is_no_netnummer(
    netnummers: Mapping[str, Netnummer], code: str
) -> None:
    """Mobile, free, paid and company numbers belong to no area."""
    assert code not in netnummers
