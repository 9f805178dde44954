"""What comes with the program is found, from a checkout and from an installed package."""

from __future__ import annotations

import pytest

from decision.model.installed import data_folder


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("criteria", "rules.yaml"),
        ("criteria", "en/rules.yaml"),
        ("regions", "drechtsteden.yaml"),
        ("regions", "cases/drechtsteden.yaml"),
        ("regions", "cases/en/drechtsteden.yaml"),
        ("report_templates", "nl/words.yaml"),
    ],
)
def test_data_comes_with_the_program(folder: str, file: str) -> None:
    """The knowledge, the regions and the words of the advice stand where the program looks."""
    assert (data_folder(folder) / file).is_file()
