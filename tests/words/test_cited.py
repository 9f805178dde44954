"""Places in documents: numbered parts by their English names, headings as the document has them."""

from __future__ import annotations

import pytest

from decision.words.cited import cited

PLACES = {
    "hoofdstuk 3, inzicht 1 en hoofdstuk 6, besluit 2": (
        "chapter 3, insight 1 and chapter 6, decision 2"
    ),
    "hoofdstuk 3 en 6": "chapter 3 and 6",
    "hoofdstuk 5, exploitatiekosten, en bijlage D": "chapter 5, exploitatiekosten, and annex D",
    "bijlage C, Alblasserdam": "annex C, Alblasserdam",
    "hoofdstuk 6, zelf afhandelen of uitbesteden": "chapter 6, zelf afhandelen of uitbesteden",
    "samenvatting; hoofdstuk 6": "summary; chapter 6",
    "tabel 5.3, kenmerk 8": "table 5.3, feature 8",
    "H9": "H9",
    "leren en evalueren": "leren en evalueren",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_cited_in_english_by_its_numbered_parts(place: str) -> None:
    """Who looks it up finds the number and, where there is one, the Dutch heading."""
    assert cited(place, "en") == PLACES[place]
    assert cited(place, "nl") == place
