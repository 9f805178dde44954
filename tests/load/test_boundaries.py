"""The borders of municipalities: read from GeoJSON, or refused in one line that says why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from decision.load import InputError, boundaries, load_region
from decision.report.charts.figures import figures
from tests.command_line import FAULT, SMALL
from tests.maps import feature, geojson, square

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.command_line import Run

FAULTS = (
    *("boundaries_outside", "boundaries_missing", "boundaries_too_large", "boundaries_lack"),
    *("not_geojson", "border_unknown"),
)
"""The faults of which the tests are here."""

SQUARE = square((0, 0))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A region file of one municipality that names a file with borders."""
    path = tmp_path / "klein.yaml"
    path.write_text(f"{SMALL}boundaries: grenzen.geojson\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "told",
    [{"statcode": "GM0001"}, {"code": "0001"}, {"statnaam": "Dorp"}, {"naam": "dorp ", "n": 1}],
)
def test_a_municipality_is_known_by_its_code_or_else_by_its_name(
    file: Path, told: dict[str, object]
) -> None:
    """Of a whole country only who is in the region is kept, whatever the property is called."""
    others = [feature(square((2, 2)), statcode="GM0009", statnaam="Elders"), {"type": "Feature",
              "properties": None, "geometry": None}]  # fmt: skip
    geojson(file.with_name("grenzen.geojson"), [*others, feature(SQUARE, **told)])
    case = load_region(file)
    assert dict(case.borders.of) == {"dorp": (SQUARE,)}
    assert {*case.receipt.inputs["region"]} == {"klein.yaml", "grenzen.geojson"}


def test_a_code_counts_before_a_name(file: Path) -> None:
    """Two municipalities of one name are told apart by their codes."""
    features = [feature(square((1, 1)), n="Dorp"), feature(SQUARE, c="GM0001", n="Ander dorp")]
    geojson(file.with_name("grenzen.geojson"), features)
    assert dict(load_region(file).borders.of) == {"dorp": (SQUARE,)}


def test_metres_of_the_dutch_grid_become_degrees(file: Path) -> None:
    """The tower of Amersfoort is the middle of the grid; Westertoren, Amsterdam, as published."""
    ring = [[155_000.0, 463_000.0], [120_700.723, 487_525.501], [121_000.0, 463_000.0],
            [155_000.0, 463_000.0]]  # fmt: skip
    geojson(file.with_name("grenzen.geojson"), [feature([ring], code="GM0001")])
    ((((amersfoort, wester, *_),),),) = load_region(file).borders.of.values()
    assert amersfoort == pytest.approx((5.38720621, 52.15517440), abs=1e-6)
    assert wester == pytest.approx((4.88352559, 52.37453253), abs=1e-5)


WRONG: dict[str, Any] = {
    "no JSON": "{",
    "no collection": json.dumps({"type": "Feature"}),
    "a list": "[]",
    "not a number": json.dumps(
        {"type": "FeatureCollection", "features": [feature([[["a", "b"]] * 4], c="0001")]}
    ),
    "infinite": '{"type": "FeatureCollection", "features": [Infinity]}',
    "a point": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"c": "0001"},
                    "geometry": {"type": "Point", "coordinates": [4.5, 52]},
                }
            ],
        }
    ),
    "open": json.dumps(
        {"type": "FeatureCollection", "features": [feature([SQUARE[0][:-1]], c="0001")]}
    ),
    "elsewhere": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [feature([[[0, 0], [1, 0], [1, 1], [0, 0]]], c="0001")],
        }
    ),
    "empty": json.dumps({"type": "FeatureCollection", "features": [feature([], c="0001")]}),
    "huge": json.dumps(
        {"type": "FeatureCollection", "features": [feature([[[10**400, 1]] * 4], c="0001")]}
    ),
    "one number": json.dumps(
        {"type": "FeatureCollection", "features": [feature([[[4.5]] * 4], c="0001")]}
    ),
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_no_geojson_with_areas_is_told(file: Path, text: str) -> None:
    """One line, in the file with borders."""
    file.with_name("grenzen.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_region(file)
    (problem,) = raised.value.problems
    assert problem.code == "not_geojson"
    assert problem.file == str(file.with_name("grenzen.geojson"))


@pytest.mark.parametrize(
    "name", ["../grenzen.geojson", "/etc/passwd", "elders.geojson", "klein.yaml", "x" * 5000]
)
def test_only_a_file_beside_the_region_or_below_it_is_read(
    decide: Callable[..., Run], file: Path, name: str
) -> None:
    """What lies elsewhere is refused, what is not there is named, at the line that names it."""
    geojson(file.parent.parent / "grenzen.geojson", [feature(SQUARE, code="0001")])
    file.write_text(f"{SMALL}boundaries: {name}\n", encoding="utf-8")
    status, out, err = decide("validate", str(file))
    assert (status, out) == (FAULT, "")
    assert err.startswith(f"{file}")
    code = {
        "elders.geojson": "boundaries_missing",
        "x" * 5000: "boundaries_missing",
        "klein.yaml": "not_geojson",
    }
    with pytest.raises(InputError) as raised:
        load_region(file)
    assert [one.code for one in raised.value.problems] == [code.get(name, "boundaries_outside")]


def test_a_link_that_leads_outside_is_refused(file: Path, tmp_path: Path) -> None:
    """The file itself must lie there, and not only its name."""
    outside = tmp_path.parent / "buiten.geojson"
    geojson(outside, [feature(SQUARE, code="0001")])
    file.with_name("grenzen.geojson").symlink_to(outside)
    with pytest.raises(InputError, match="buiten de map"):
        load_region(file)


def test_a_file_that_is_too_large_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Borders with every bend are refused before they fill the memory."""
    geojson(file.with_name("grenzen.geojson"), [feature(SQUARE, code="0001")])
    monkeypatch.setattr(boundaries, "_LARGEST", 100)
    with pytest.raises(InputError, match="groter dan 32 MiB"):
        load_region(file)


def test_who_is_not_in_the_file_is_named(file: Path) -> None:
    """The municipality stands in the message, with what the file should have of it."""
    geojson(file.with_name("grenzen.geojson"), [feature(SQUARE, code="0002")])
    with pytest.raises(InputError, match="geen grenzen van: Dorp"):
        load_region(file)


def test_a_border_needs_a_file_with_borders(decide: Callable[..., Run], tmp_path: Path) -> None:
    """In the region file it is a fault, on the command line it is told; a number needs none."""
    path = tmp_path / "klein.yaml"
    path.write_text(f"{SMALL}search: {{connected: border}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="Zonder bestand met grenzen"):
        load_region(path)
    path.write_text(SMALL, encoding="utf-8")
    status, out, err = decide("groupings", str(path), "--connected", "border")
    assert (status, out) == (FAULT, "")
    assert "boundaries" in err
    assert decide("groupings", str(path), "--connected", "ver")[0] != 0


def test_the_map_draws_the_land(file: Path) -> None:
    """With borders a municipality is on the map without a place, with its land under its mark."""
    geojson(file.with_name("grenzen.geojson"), [feature(SQUARE, code="0001")])
    from decision.advice.advice import decide as advised  # noqa: PLC0415 - only here

    spec = figures(advised(load_region(file)), "nl")["map"].spec()
    shapes = [layer for layer in spec["layer"] if layer["mark"]["type"] == "geoshape"]
    assert len(shapes) == 1
    assert shapes[0]["projection"]["type"] == "identity"
