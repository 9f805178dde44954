"""``publiccode.yml`` held against version 0.7 of its standard, and against ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent

MANDATORY: dict[str, type | tuple[type, ...]] = {
    "publiccodeYmlVersion": str,
    "name": str,
    "url": str,
    "platforms": (str, list),
    "developmentStatus": str,
    "softwareType": str,
    "description": dict,
    "legal": dict,
    "legal/license": str,
    "maintenance": dict,
    "maintenance/type": str,
    "localisation": dict,
    "localisation/localisationReady": bool,
    "localisation/availableLanguages": list,
}
ENUMERATED = {
    "developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
    "softwareType": {
        "standalone/mobile",
        "standalone/iot",
        "standalone/desktop",
        "standalone/web",
        "standalone/backend",
        "standalone/other",
        "addon",
        "library",
        "configurationFiles",
    },
    "maintenance/type": {"internal", "contract", "community", "none"},
}
DEPRECATED = [
    "monochromeLogo",
    "inputTypes",
    "outputTypes",
    "legal/repoOwner",
    "legal/authorsFile",
]
KNOWN = {
    *(key for key in MANDATORY if "/" not in key),
    *("applicationSuite", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "logo"),
    *("categories", "usedBy", "roadmap", "supports", "intendedAudience", "dependsOn"),
    *("organisation", "fundedBy"),
}


@pytest.fixture(scope="module")
def publiccode() -> dict[str, Any]:
    """The file as catalogues read it."""
    return dict(yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """What ``pyproject.toml`` says of the project."""
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def value_at(content: dict[str, Any], path: str) -> Any:  # noqa: ANN401 - raw YAML
    """What stands at a path of keys, None when nothing does."""
    found: Any = content
    for key in path.split("/"):
        found = found.get(key) if isinstance(found, dict) else None
    return found


@pytest.mark.parametrize("path", MANDATORY)
def test_mandatory_key_has_its_type(publiccode: dict[str, Any], path: str) -> None:
    """A key that the standard makes mandatory is there, is of its type and is not empty."""
    value = value_at(publiccode, path)
    assert isinstance(value, MANDATORY[path])
    assert value or value is False


@pytest.mark.parametrize("path", ENUMERATED)
def test_value_is_one_the_standard_knows(publiccode: dict[str, Any], path: str) -> None:
    """Where the standard lists the values, ours is one of them."""
    assert value_at(publiccode, path) in ENUMERATED[path]


def test_it_follows_version_0_7(publiccode: dict[str, Any]) -> None:
    """The file names the version of the standard that it follows."""
    assert publiccode["publiccodeYmlVersion"] == "0.7"


def test_nothing_deprecated_or_unknown(publiccode: dict[str, Any]) -> None:
    """No deprecated key, no section of a country and nothing that the standard does not know."""
    assert set(publiccode) <= KNOWN
    assert [path for path in DEPRECATED if value_at(publiccode, path) is not None] == []


def test_url_is_a_web_address(publiccode: dict[str, Any]) -> None:
    """The software is identified by the address of its repository."""
    assert re.fullmatch(r"https://\S+", publiccode["url"])


def test_someone_maintains_it(publiccode: dict[str, Any]) -> None:
    """Software of a community has at least one contact, and no contractor."""
    maintenance = publiccode["maintenance"]
    assert maintenance["type"] == "community"
    assert all(isinstance(contact["name"], str) for contact in maintenance["contacts"])
    assert maintenance["contacts"]
    assert "contractors" not in maintenance


def test_described_in_every_language_of_the_advice(publiccode: dict[str, Any]) -> None:
    """Dutch and English readers find the same description, at the lengths of the standard."""
    assert list(publiccode["description"]) == publiccode["localisation"]["availableLanguages"]
    assert list(publiccode["description"]) == ["nl", "en"]
    for description in publiccode["description"].values():
        assert 0 < len(description["shortDescription"]) <= 150
        assert "\n" not in description["shortDescription"]
        assert 150 <= len(description["longDescription"]) <= 10_000
    features = [one["features"] for one in publiccode["description"].values()]
    assert all(isinstance(feature, str) for each in features for feature in each)
    assert len({len(each) for each in features}) == 1


def test_version_and_licence_are_those_of_the_package(
    publiccode: dict[str, Any], project: dict[str, Any]
) -> None:
    """A catalogue and the package tell the same."""
    assert publiccode["softwareVersion"] == project["version"]
    assert publiccode["legal"]["license"] == project["license"]
    minimum = project["requires-python"].removeprefix(">=")
    assert publiccode["dependsOn"]["open"] == [{"name": "Python", "versionMin": minimum}]


def test_release_date_is_that_of_the_changelog(
    publiccode: dict[str, Any], project: dict[str, Any]
) -> None:
    """The date appears with the release, in the changelog and here alike."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(
        rf"^## \[{re.escape(project['version'])}\] - (\S+)$", changelog, flags=re.MULTILINE
    )
    assert heading, "the changelog has no heading for this version"
    date = heading[1]
    assert date == "unreleased" or re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)
    assert str(publiccode.get("releaseDate", "unreleased")) == date
