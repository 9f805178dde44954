"""``decide init``: a new region file, from a table of municipalities or from answers."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decision.cli.options import Invocation, asking, option, print_json
from decision.cli.usage import MisuseError
from decision.cli.writing import named, write
from decision.load import load_knowledge
from decision.load.guess import Guesses
from decision.load.text import visible
from decision.model.knowledge import UNKNOWN
from decision.model.values import is_date

if TYPE_CHECKING:
    from decision.load.table import Town
    from decision.words.catalogue import Messages

__all__ = ["init_command"]


def _init(  # noqa: PLR0913 - one argument for each option
    asked: Invocation,
    *,
    from_: Path | None,
    number: str | None,
    name: str | None,
    date: str | None,
    output: Path | None,
    force: bool,
) -> None:
    from decision.load.table import id_of
    from decision.report.draft import NewRegion, region_file

    if asked.changes:
        raise MisuseError("set_without_region")
    knowledge = asked.read(lambda lang: load_knowledge(asked.criteria, lang, asked.as_of))
    netnummers = knowledge.netnummers
    given = {"--name": name, "--date": date, "--from": from_}
    missing = [key for key, value in given.items() if value is None]
    if missing and not sys.stdin.isatty():
        raise MisuseError("init_needs", options=missing)
    said = _Asker(asked.say, netnummers)
    name = said.name() if name is None else _plain(name)
    region = id_of(name)
    if not region:
        raise MisuseError("init_no_id", value=name)
    date = said.date() if date is None else _date(date)
    if number is None:
        number = said.number() if missing else UNKNOWN
    number = _netnummer(number, netnummers)
    towns = _in_table(asked, from_, netnummers) if from_ else said.towns(number)
    while (wrong := _misplaced(towns, number)) is not None:
        if not missing:
            raise MisuseError(wrong, value=number)
        said.wrong(wrong, value=number)
        number = said.number()
    draft = NewRegion(region, name, number, date, _by_id(towns, region))
    path = output or Path(f"{region}.yaml")
    text = region_file(knowledge, draft, asked.lang)
    write({path: text}, asked.say, [from_] if from_ else [], force=force)
    if asked.as_json:
        print_json({"file": str(path), "region": region, "municipalities": [*draft.towns]})
    else:
        click.echo(asked.say.say("next", path=path), err=True)


def _in_table(asked: Invocation, path: Path, netnummers: Collection[str]) -> list[Town]:
    """The municipalities in a table; what of it is not used is told."""
    from decision.load.table import read_table

    table = read_table(path, netnummers, asked.lang)
    for code, names in (("unused_columns", table.columns), ("unused_areas", table.areas)):
        if names:
            click.echo(asked.say.say(code, names=names), err=True)
    return [*table.rows]


def _by_id(towns: list[Town], region: str) -> Mapping[str, Town]:
    """The municipalities by id; one that is called as its region gets its code behind it."""
    from decision.load.table import id_of

    found: dict[str, Town] = {}
    for one in towns:
        name = id_of(one.name)
        while name == region or name in found:
            name = f"{name}-{one.code}"
        found[name] = one
    return found


def _misplaced(towns: list[Town], number: str) -> str | None:
    """What is wrong with a number: nobody knows where the towns lie, or none lies in it."""
    placed = all(one.netnummers for one in towns)
    if number == UNKNOWN:
        return None if placed else "init_no_place"
    inside = any(number in one.netnummers for one in towns)
    return None if inside or not placed else "number_of_nobody"


def _plain(name: str) -> str:
    """A name without what cannot be seen in it."""
    return " ".join(visible(name).split())


def _date(value: str) -> str:
    if not is_date(value):
        raise MisuseError("bad_date", option="--date", value=value)
    return value


def _netnummer(value: str, netnummers: Collection[str]) -> str:
    """The netnummer that is meant by 078, 78 or 14078."""
    plain = re.sub("[ -]", "", value)
    for one in (plain, plain.removeprefix("14"), f"0{plain}"):
        if one in netnummers or one == UNKNOWN:
            return one
    raise MisuseError("bad_netnummer", Guesses().closest(plain, [*netnummers]), value=value)


@dataclass(frozen=True, slots=True)
class _Asker:
    """What is asked on a terminal; a wrong answer is told, and the question comes again."""

    say: Messages
    netnummers: Collection[str]

    def ask(self, code: str, **details: object) -> str:
        """The answer to a question, which may be nothing."""
        question = self.say.say(f"ask.{code}", **details)
        answer: str = click.prompt(
            question, default="", show_default=False, prompt_suffix=" ", err=True
        )
        return answer.strip()

    def wrong(self, code: str, **details: object) -> None:
        """Say why an answer is none."""
        click.echo(self.say.say(f"errors.{code}", **details), err=True)

    def name(self) -> str:
        """The name of the region."""
        return self.named("name")

    def named(self, code: str, **details: object) -> str:
        """A name of which an id can be made."""
        from decision.load.table import id_of

        while not id_of(answer := _plain(self.ask(code, **details))):
            if answer:
                self.wrong("init_no_id", value=answer)
        return answer

    def date(self) -> str:
        """The reference date."""
        while not is_date(answer := self.ask("date")):
            self.wrong("bad_date", option="--date", value=answer)
        return answer

    def number(self) -> str:
        """The number of the region, unknown for no answer."""
        return self.netnummer("number") or UNKNOWN

    def netnummer(self, code: str, **details: object) -> str | None:
        """A netnummer; None for no answer."""
        while answer := self.ask(code, **details):
            try:
                return _netnummer(answer, self.netnummers)
            except MisuseError as error:
                self.wrong(error.code, guess="", **error.details)
        return None

    def towns(self, number: str) -> list[Town]:
        """The municipalities, one after another until there is no answer."""
        from decision.load.table import id_of

        towns: list[Town] = []
        while (name := _plain(self.ask("town", number=len(towns) + 1))) or not towns:
            if id_of(name) in {id_of(one.name) for one in towns}:
                self.wrong("town_twice", value=name)
            elif id_of(name):
                towns.append(self.town(name, number, {one.code for one in towns}))
            elif name:
                self.wrong("init_no_id", value=name)
        return towns

    def town(self, name: str, number: str, taken: Collection[str]) -> Town:
        """What is to know of a municipality; another has each code that is ``taken``."""
        from decision.load.table import Town

        while not re.fullmatch("[0-9]{4}", code := self.ask("code", name=name)) or code in taken:
            self.wrong("town_twice" if code in taken else "bad_code", value=code)
        while (people := self.ask("inhabitants", name=name)) and not _is_size(people):
            self.wrong("bad_people", value=people)
        if number == UNKNOWN:
            while (lies_in := self.netnummer("own_netnummer", name=name)) is None:
                pass
        else:
            lies_in = self.netnummer("netnummer", name=name, number=number)
        return Town(code, name, int(people) if people else None, (lies_in,) if lies_in else ())


def _is_size(people: str) -> bool:
    return re.fullmatch("0*[1-9][0-9]{0,7}", people) is not None


init_command = asking(
    "init",
    _init,
    arguments=(),
    options=(
        option("--from", "from_", type=click.Path(path_type=Path), metavar="table"),
        option("--number", metavar="netnummer"),
        option("--name", metavar="name"),
        option("--date", metavar="date"),
        option(
            "--output",
            code="output_region",
            type=click.Path(path_type=Path),
            metavar="file",
            callback=named,
        ),
        option("--force", is_flag=True),
    ),
    about=(),
)
