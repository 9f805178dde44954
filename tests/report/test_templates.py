"""Templates of others: what they can see, what they may do, and what is told when they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from jinja2 import Undefined
from jinja2.utils import Namespace
from markupsafe import Markup

from decision.advice.advice import Advice
from decision.cli.usage import DONE, FAULT
from decision.report.document.sandbox import Call, MistakeError, Plain, plain
from decision.report.document.templates import context, environment
from decision.report.report import Report
from tests.command_line import Run

VALUES = {str, Markup, int, float, bool, type(None), range, list, tuple, Plain, Call, Namespace}
PRYING = ("__class__", "__init__", "__globals__", "__dict__", "__self__", "_inner", "_run", "func")

FORBIDDEN = {
    "pickle": "{{ region.parse_raw('x', proto='pickle', allow_pickle=True) }}",
    "file": "{{ region.parse_file('/etc/passwd') }}",
    "copy": "{{ region.copy() }}",
    "construct": "{{ region.model_construct() }}",
    "class": "{{ region.__class__ }}",
    "class of a text": "{{ ''.__class__.__mro__ }}",
    "item": "{{ region['__class__'] }}",
    "globals": "{{ v.__init__.__globals__ }}",
    "globals of a call": "{{ v.name.__globals__ }}",
    "attr": "{{ region | attr('parse_raw') }}",
    "map": "{{ [region] | map(attribute='parse_raw') | first }}",
    "format": '{{ "{0.__class__}".format(region) }}',
    "format of markup": '{{ ("{0.__class__}" | safe).format(region) }}',
    "percent": '{{ "%s" % region }}',
    "kept": "{% set kept = namespace(it=region) %}{{ kept.it.parse_raw }}",
    "change": "{{ region.municipalities.clear() }}",
    "words": "{{ v.words.get('title') }}",
    "lots": "{{ [1, 2] | random }}",
    "self": "{{ self.__init__ }}",
    "whole": "{{ region }}",
    "whole joined": "{{ region ~ '' }}",
    "whole as text": "{{ region | string }}",
}

ENDLESS = {
    "range": "{% for i in range(10**9) %}{% endfor %}",
    "product": '{{ "a" * 10**9 }}',
    "list": "{{ [1] * 10**9 }}",
    "power": "{{ 10 ** (10 ** 9) }}",
    "macro": "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    "include": '{% include "sections/summary.md.j2" %}',
    "extends": '{% extends "sections/summary.md.j2" %}',
    "import": '{% import "sections/summary.md.j2" as again %}',
    "loop": "{% for one in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "fill": "{{ [1] | batch(10**9, 'x') | list }}",
    "decimals": "{{ 1 | number(10**9) }}",
    "replace": "{% set a = 'a' * 10**6 %}{{ a | replace('a', a) }}",
    "join": "{{ range(10**5) | join('a' * 10**6) }}",
    **{
        f"grows by {how}": (
            "{% set all = namespace(x='ab') %}{% for i in range(60) %}"
            f"{{% set all.x = {how} %}}{{% endfor %}}"
        )
        for how in ("all.x ~ all.x", "all.x + all.x", "[all.x, all.x]", "{1: all.x, 2: all.x}")
    },
    "squares": (
        "{% set all = namespace(x=9) %}{% for i in range(60) %}"
        "{% set all.x = all.x * all.x %}{% endfor %}"
    ),
}

BROKEN = {
    "zero": ("\n{{ 1 / 0 }}", "divides_by_zero", 2),
    "filter": ("\n\n{{ 'a' | euro }}", "failed", 3),
    "name": ("{{ nobody }}", "no_name", 1),
    "part": ("\n{{ region.nmae }}", "no_name", 2),
    "syntax": ("\n{% if %}", "syntax", 2),
    "no template": ('\n{% include "weg" %}', "no_template", 2),
    "outside": ('\n{% include "../x" %}', "outside", 2),
    "whole path": ('\n{% include "/etc/passwd" %}', "outside", 2),
}


@pytest.fixture
def fails(advice: Advice, tmp_path: Path) -> Callable[[str], MistakeError]:
    """What is wrong with a template for the summary."""

    def found(template: str) -> MistakeError:
        write(tmp_path, template.encode())
        with pytest.raises(MistakeError) as error:
            Report(advice, "nl", ["summary"], tmp_path).text("md")
        assert error.value.file == str(summary(tmp_path))
        return error.value

    return found


def summary(folder: Path) -> Path:
    """The template for the summary in a folder."""
    return folder / "nl" / "sections" / "summary.md.j2"


def write(folder: Path, template: bytes) -> None:
    """Put a template for the summary in a folder."""
    summary(folder).parent.mkdir(parents=True, exist_ok=True)
    summary(folder).write_bytes(template)


@pytest.mark.parametrize("template", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_template_runs_no_code(fails: Callable[[str], MistakeError], template: str) -> None:
    """Nothing of Python can be reached, by any road; the line is told."""
    error = fails(f"\n{template}")
    assert error.code in {"no_name", "forbidden", "syntax", "not_text"}
    assert error.line == 2


@pytest.mark.parametrize("template", ENDLESS.values(), ids=ENDLESS)
def test_a_template_ends(fails: Callable[[str], MistakeError], template: str) -> None:
    """What goes on for ever, or grows without end, is stopped and told."""
    assert fails(template).code == "too_much"


def test_nested_loops_end(
    fails: Callable[[str], MistakeError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loops in loops are counted together."""
    monkeypatch.setattr("decision.report.document.bounded.MOST_STEPS", 100_000)
    inner = "{% for i in range(999) %}{% for j in range(999) %}{% endfor %}{% endfor %}"
    assert fails(inner).code == "too_much"
    assert fails("{% set x %}{{ 'a' * 999 }}{% endset %}" * 999).code == "too_much"


@pytest.mark.parametrize(("template", "code", "line"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_in_a_template_is_told_with_its_line(
    fails: Callable[[str], MistakeError], template: str, code: str, line: int
) -> None:
    """Whatever goes wrong in a template is known by what it is and where it stands."""
    error = fails(template)
    assert (error.code, error.line) == (code, line)


def test_a_template_that_is_not_utf_8_is_told_with_its_line(advice: Advice, tmp_path: Path) -> None:
    """A file saved in another encoding is no traceback."""
    write(tmp_path, "één\ntwee".encode("latin-1"))
    with pytest.raises(MistakeError) as error:
        Report(advice, "nl", ["summary"], tmp_path).text("md")
    assert (error.value.code, error.value.line) == ("not_utf8", 1)


def test_a_link_stays_in_the_folder(advice: Advice, tmp_path: Path) -> None:
    """A template or a folder that is a link to elsewhere is refused, one inside is read."""
    folder, other = tmp_path / "own", tmp_path / "other"
    write(other, b"Van elders.")
    write(folder, b"x")
    report = Report(advice, "nl", ["summary"], folder)
    summary(folder).unlink()
    summary(folder).symlink_to(summary(other))
    with pytest.raises(MistakeError, match="outside"):
        report.text("md")
    summary(folder).unlink()
    (folder / "here").write_text("Van hier.")
    summary(folder).symlink_to(folder / "here")
    assert "Van hier." in report.text("md")
    (folder / "here").unlink()
    with pytest.raises(MistakeError, match="no_file"):
        Report(advice, "nl", ["summary"], folder).text("md")
    summary(folder).unlink()
    (folder / "nl" / "sections").rmdir()
    (folder / "nl" / "sections").symlink_to(other / "nl" / "sections")
    with pytest.raises(MistakeError, match="outside"):
        Report(advice, "nl", ["summary"], folder).text("md")


def test_a_mistake_in_a_template_is_one_line_and_writes_nothing(
    decide: Callable[..., Run], tmp_path: Path
) -> None:
    """Exit status 1, file and line, and what to do."""
    write(tmp_path / "own", b"x\n{{ 1 / 0 }}")
    status, out, err = decide("region", "drechtsteden.yaml", "--templates", "own")
    assert (status, out) == (FAULT, "")
    where = Path("own/nl/sections/summary.md.j2")
    assert err == (
        f"Fout: {where}:2: dit sjabloon werkt niet: het deelt door nul. "
        "Herstel het, of laat --templates weg.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_file_that_is_no_template_is_told(decide: Callable[..., Run], tmp_path: Path) -> None:
    """One line for a name that the program does not know; not for a part that a template names."""
    write(tmp_path / "own", b'{% include "sections/part.md.j2" %}')
    sections = tmp_path / "own" / "nl" / "sections"
    (sections / "part.md.j2").write_text("x", encoding="utf-8")
    asked = ("region", "drechtsteden.yaml", "--section", "summary", "--templates", "own")
    status, out, err = decide(*asked)
    assert (status, err) == (DONE, "")
    (sections / "rout.md.j2").write_text("x", encoding="utf-8")
    status, again, err = decide(*asked)
    assert (status, again) == (DONE, out)
    assert err == (
        "Let op: own/nl/sections/rout.md.j2 telt niet mee: zo heet geen sjabloon van decide. "
        "Bedoelde u nl/sections/route.md.j2?\n"
    )


def test_counting_changes_nothing(advice: Advice, tmp_path: Path) -> None:
    """With an empty folder of templates the report is the same, to the byte."""
    counted, plainly = Report(advice, templates=tmp_path), Report(advice)
    for form in ("md", "html"):
        assert counted.text(form) == plainly.text(form)


def test_all_that_a_template_can_reach_is_plain(advice: Advice, tmp_path: Path) -> None:
    """From the context, by name, by item and by call: no model, class, module, function or path."""
    env = environment("nl", tmp_path, markup=False)
    start = {**context(advice, "nl"), **env.globals}
    seen: set[tuple[str, ...]] = set()
    todo: list[tuple[tuple[str, ...], object]] = [
        ((name,), plain(one)) for name, one in start.items()
    ]
    while todo:
        road, value = todo.pop()
        assert type(value) in VALUES or isinstance(value, tuple), (road, type(value))
        for name in PRYING:
            assert isinstance(env.getattr(value, name), Undefined), (road, name)
        for name in dir(value):
            found = env.getattr(value, name)
            assert isinstance(found, Undefined) or type(found) in VALUES
        for step, below in parts_of(value):
            kind = (*road[:3], step)
            if kind not in seen and len(road) < 7:
                seen.add(kind)
                todo.append(((*road, step), below))
    assert len(seen) > 500


def parts_of(value: object) -> Iterator[tuple[str, object]]:
    """What is in a value, and what comes of calling it; what is refused is not there."""
    if isinstance(value, Plain):
        for name in value:
            with suppress(MistakeError):
                yield str(name), value[name]
    if isinstance(value, list | tuple):
        yield from (("one", one) for one in value[:3])
    if isinstance(value, Call):
        with suppress(MistakeError, TypeError):
            yield "called", value()


def test_a_mapping_can_be_read(advice: Advice) -> None:
    """A result is a mapping: by name, in a loop, and equal to itself."""
    region = plain(advice.region)
    assert isinstance(region, Mapping)
    assert region["name"] == advice.region.name
    assert len(region) == len(list(region))
    assert region == plain(advice.region)
    assert "parse_raw" not in region
