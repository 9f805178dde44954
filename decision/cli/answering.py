"""Commands that answer in every format: on the screen, for a program, or to stand in a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decision.cli.options import Ask, Invocation, Make, asking, number_option, option
from decision.cli.usage import MisuseError
from decision.cli.writing import (
    format_of,
    inputs_of,
    output_option,
    refuse_another_ending,
    write,
)
from decision.report.json.plain import text

if TYPE_CHECKING:
    from decision.model.region import Region
    from decision.report.document.placing import Placing
    from decision.report.document.tree import Pages, Table
    from decision.report.screen.document import Drawings

__all__ = ["ANSWERS", "Wanted", "answering"]

ANSWERS = ("md", "html", "csv", "json")
"""The formats of an answer."""

DATA = ("json", "xlsx")
"""Formats of all results together, and not of a text with sections."""

DEEPEST = 5
"""The level of the deepest heading that an embedded document can begin with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts of a result are wanted, in which file, and what stands around it there."""

    sections: tuple[str, ...]
    output: Path | None
    force: bool
    standalone: bool
    level: int | None
    prefix: str | None

    def format(self, asked: str | None, formats: Sequence[str]) -> str | None:
        """The format of the result: the one ``asked``, or that of the file; None for the screen.

        Raises ``MisuseError`` where something is wanted that the format does not have.
        """
        if asked and self.output:
            refuse_another_ending(self.output, asked)
        form = asked or format_of(self.output, formats)
        if form is None and (self.standalone or self.prefix):
            form = "html"
        elif form is None and (self.sections or self.level):
            form = "md"
        for name, given, known in (
            ("--section", bool(self.sections), [one for one in formats if one not in DATA]),
            ("--heading-level", bool(self.level), ("md", "html")),
            ("--id-prefix", bool(self.prefix), ("html",)),
            ("--standalone", self.standalone, ("html",)),
        ):
            if given and form not in known:
                raise MisuseError("not_of_format", option=name, known=known)
        if self.standalone and (self.level or self.prefix):
            other = "--heading-level" if self.level else "--id-prefix"
            raise MisuseError("not_of_a_page", option=other)
        return form

    @property
    def placing(self) -> Placing:
        """Where a document is put."""
        from decision.report.document.placing import Placing

        return Placing(self.level or 2, self.prefix or "", self.standalone)

    def show(  # noqa: PLR0913 - what an answer consists of
        self,
        asked: Invocation,
        files: Sequence[str],
        document: Callable[[], dict[str, Any]],
        answer: Callable[[], Pages],
        region: Region | None = None,
        drawings: Drawings | None = None,
    ) -> None:
        """Show a result, to a program or to a reader.

        Args:
            asked: what every command is asked.
            files: those that the result was made from.
            document: the result for a program.
            answer: the same for a reader.
            region: what it is about, where that is one region.
            drawings: what draws its pictures on the screen.
        """
        from decision.report.files import sealed

        inputs = [one for file in files for one in inputs_of(Path(file), asked)]
        if asked.as_json:
            told = f"{text(document())}\n"
            self.write(sealed(told, "json") if self.output else told, asked, inputs)
            return
        pages = answer()
        if asked.format is None:
            from decision.report.screen.document import show

            show(pages, drawings)
            return

        from decision.report.answers.layout import chosen, laid_out
        from decision.report.document.beside import drawings as drawn_beside

        known = [section.id for section in pages.sections]
        for one in self.sections:
            if one not in known:
                named = {"option": "--section", "known": known}
                raise MisuseError("bad_choice", value=one, **named)
        pages = chosen(pages, self.sections, self.placing)
        if asked.format == "csv":
            self.write_tables(pages.tables, asked, inputs)
        else:
            path = self.output
            told = laid_out(pages, asked.format, asked.lang, self.placing, region, path)
            if path and asked.format == "md":
                self.write_all({path: told, **drawn_beside(pages, path)}, asked, inputs)
            else:
                self.write(told, asked, inputs)

    def write_tables(
        self, tables: Sequence[Table], asked: Invocation, inputs: Iterable[Path]
    ) -> None:
        """Write one table as CSV, or more of them in a folder, each in a file of its own.

        Raises ``MisuseError`` where there are more tables than files.
        """
        from decision.report.document.spreadsheet import table_csv

        if self.output is not None and self.output.is_dir():
            files = {self.output / f"{one.id}.csv": table_csv(one, asked.lang) for one in tables}
            self.write_all(files, asked, inputs)
        elif len(tables) == 1:
            self.write(table_csv(tables[0], asked.lang), asked, inputs)
        else:
            code = "many_tables" if tables else "no_table"
            raise MisuseError(code, known=[one.id for one in tables])

    def write(self, told: str | bytes, asked: Invocation, inputs: Iterable[Path]) -> None:
        """Write to the file that is wanted, or to standard output."""
        if self.output is None:
            click.echo(told, nl=False)
        else:
            self.write_all({self.output: told}, asked, inputs)

    def write_all(
        self, files: Mapping[Path, str | bytes], asked: Invocation, inputs: Iterable[Path]
    ) -> None:
        """Write each file, never over ``inputs``."""
        write(files, asked.say, inputs, force=self.force)


def answering(  # noqa: PLR0913 - what a command consists of
    name: str,
    body: Callable[..., None],
    *,
    arguments: Sequence[Ask],
    options: Sequence[Ask] = (),
    formats: Sequence[str] = ANSWERS,
    about: Sequence[str] = ("file",),
    section: Ask | None = None,
) -> Make:
    """A command whose ``body`` also gets what is ``wanted`` of its result, and in which file.

    ``section`` asks which parts, where that is not any text.
    """

    def run(  # noqa: PLR0913 - the options
        asked: Invocation,
        *,
        section: tuple[str, ...],
        output: Path | None,
        force: bool,
        standalone: bool,
        level: int | None,
        prefix: str | None,
        **own: object,
    ) -> None:
        wanted = Wanted(section, output, force, standalone, level, prefix)
        form = wanted.format(asked.format, formats)
        body(replace(asked, format=form), wanted=wanted, **own)

    shared = (
        section or option("--section", multiple=True, metavar="ID", code="part"),
        output_option(formats),
        option("--force", is_flag=True),
        option("--standalone", is_flag=True),
        number_option("--heading-level", 1, DEEPEST, "level"),
        option("--id-prefix", "prefix", code="prefix", callback=_prefix, metavar="prefix"),
    )
    return asking(
        name, run, arguments=arguments, options=(*options, *shared), formats=formats, about=about
    )


def _prefix(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """What an id can begin with; None where it is not given."""
    if value is None:
        return None
    letters = value.replace("-", "").replace("_", "")
    if not (value[0].isalpha() and value.isascii() and letters.isalnum()):
        raise MisuseError("bad_prefix", value=value)
    return value
