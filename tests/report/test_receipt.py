"""The receipt as a document ends with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decision.advice.advice import Advice
from decision.load.receipt import Receipt
from decision.report.report import Report
from decision.report.view.receipt import receipt_sentences
from decision.words.catalogue import catalogue
from decision.words.numbers import Numbers

MADE = Receipt(
    version="1.2.3",
    inputs={
        "region": {"regio.yaml": "a" * 64},
        "knowledge": {"forms.yaml": "b" * 64, "rules.yaml": "c" * 64},
        "criteria": {"rules.yaml": "d" * 64},
    },
    changes=("name=Elders",),
    as_of="2008-07",
    weights="customer=100",
)


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [
        (
            "nl",
            (
                "Gemaakt met decide 1.2.3 uit regio.yaml (aaaaaaaa), de kennis van decide "
                "(8c0d742e), eigen kennis: rules.yaml (dddddddd) en eigen sjablonen: "
                "summary.md.j2 (eeeeeeee)."
            ),
            "Met deze opties: --set name=Elders; --as-of 2008-07; --weights customer=100.",
        ),
        (
            "en",
            (
                "Made with decide 1.2.3 from regio.yaml (aaaaaaaa), the knowledge of decide "
                "(8c0d742e), own knowledge: rules.yaml (dddddddd) and own templates: "
                "summary.md.j2 (eeeeeeee)."
            ),
            "With these options: --set name=Elders; --as-of 2008-07; --weights customer=100.",
        ),
    ],
)
def test_a_receipt_in_sentences(advice: Advice, lang: str, first: str, last: str) -> None:
    """Version and inputs, the date and the draws, and the options."""
    words, numbers = catalogue(lang, "words"), Numbers(lang)
    own = {"summary.md.j2": "e" * 64}
    told = receipt_sentences(replace(advice, receipt=MADE), words, numbers, own)
    assert (told[0], told[2]) == (first, last)
    for part in ("2008", numbers.number(advice.request.draws), str(advice.request.seed)):
        assert part in told[1]


def test_the_main_text_ends_with_it(advice: Advice) -> None:
    """Who holds the paper can tell from which file it was made."""
    found = Report(replace(advice, receipt=MADE), "nl").text("md")
    assert "Gemaakt met decide 1.2.3 uit regio.yaml (aaaaaaaa)" in found[-600:]


def test_a_receipt_without_inputs_or_options_says_less(advice: Advice) -> None:
    """What is put together in Python names no files."""
    words, numbers = catalogue("nl", "words"), Numbers("nl")
    (told,) = receipt_sentences(replace(advice, receipt=Receipt()), words, numbers)
    assert told.startswith("Regels en cijfers zijn die van juli 2008.")
