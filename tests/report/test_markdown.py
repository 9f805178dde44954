"""Texts from the input in Markdown: only text, whoever reads the Markdown."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from decision.report.document.markdown import markdown
from decision.report.document.parse import blocks
from decision.report.document.templates import escape
from decision.report.document.tree import Pages, Section, one_line
from decision.words.catalogue import catalogue

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("gfm-like", {"linkify": False})
SIGNS = r"$^~*_[]<>&|\#@{}!:`+-=%.()"
TEXTS = st.text(
    st.sampled_from(f"{SIGNS} 1aiéW/") | st.characters(exclude_categories=["Cc", "Cs"]), min_size=1
)


def written(text: str) -> str:
    """A text from the input as a paragraph of its own."""
    parts = blocks(str(escape(text)), lambda *_: ())
    document = markdown(Pages(None, (Section("x", "X", parts),)), catalogue("nl", "words"))
    return document.removeprefix("## X\n\n").removesuffix("\n")


def read(parser: MarkdownIt, markdown: str) -> tuple[list[str], str]:
    """The kinds of blocks and of parts in a Markdown text, and the text that a reader sees."""
    tokens = parser.parse(markdown)
    parts = [part for token in tokens for part in token.children or ()]
    kinds = {part.type for part in parts if part.type not in {"text", "text_special"}}
    text = "".join(part.content for part in parts)
    return [*(token.type for token in tokens), *sorted(kinds)], text


@given(TEXTS.map(one_line).map(lambda text: re.sub(" +", " ", text).strip()).filter(bool))
def test_a_text_is_read_as_it_was(text: str) -> None:
    """One paragraph with nothing but text, the same signs in the same order."""
    for parser in (COMMONMARK, GITHUB):
        kinds, found = read(parser, written(text))
        assert kinds == ["paragraph_open", "inline", "paragraph_close"]
        assert found == text


@given(TEXTS)
def test_what_opens_maths_notes_or_attributes_is_escaped(text: str) -> None:
    """Pandoc and Quarto raise by ^, lower by ~, calculate between $ and read attributes in {}."""
    pairs = re.findall(r"\\(.)|(.)", written(text), re.DOTALL)
    assert not {plain for _, plain in pairs} & set(r"\`*_[]<|~@$^{")


OPENINGS = (
    "a) eerst", "(a) eerst", "A. eerst", "iv. vierde", "(12) twaalf", "#. kop", ": uitleg",
    "::: kader", "% opmerking", "+---+", "- punt", "1. een", "> citaat", "= kop",
)  # fmt: skip
PLAIN = (
    "Strijen (0,5% van 078) & Maasdam", "14078: het nummer", "Van 8.30 tot 17.00 uur",
    "'s-Gravenhage / Den Haag", "Zo'n 80% + 20% = alles!", "C# en nr. 5", "St. Anna",
    "mr. A. Jansen (wethouder)", "80% haalt het", "i.p.v. bellen", "in orde) en klaar",
    "-5 graden", "(zie bijlage C)",
)  # fmt: skip


def test_what_opens_a_block_is_escaped_where_a_line_begins() -> None:
    """Lists of letters, definitions, frames and comments are Pandoc's, Quarto's and MyST's own."""
    assert [text for text in OPENINGS if written(text).count("\\") != 1] == []
    assert [text for text in OPENINGS if written(f"Wij {text}") != f"Wij {text}"] == []


def test_plain_text_stays_as_it_is() -> None:
    """Nobody who reads the Markdown itself meets a backslash that does nothing."""
    assert [text for text in PLAIN if written(text) != text] == []
