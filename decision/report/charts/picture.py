"""From Vega-Lite to a drawing: SVG that stands in a page, and PNG."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from decision.report.charts.look import FONT, INK, SIZE

__all__ = ["png", "svg"]

VEGA_LITE = "6.4"
"""The version that draws; another one may give other bytes."""

_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*d=""[^>]*/>')
_FRAME = re.compile(r'<path class="background"[^>]*d="M0(?:\.5)?,0(?:\.5)?h0v0h0Z"[^>]*/>')
_BACK = re.compile(r'<path class="(?:background|foreground)" aria-hidden="true" d="[^"]*"/>')
_GROUND = re.compile(r'<rect width="[^"]*" height="[^"]*" fill="transparent"/>')
_SAID = re.compile(
    r' (?:aria-[a-z]+|role|pointer-events)="[^"]*"'
    r'| class="(?![^"]*(?:_marks|axis-label)")[^"]*"| opacity="1"'
)
_TAG = re.compile(r"<[^>]+>")
_LONG = re.compile(r"\d+\.\d{3,}(?:e-\d+)?")
_IDS = re.compile(r'\bid="([^"]+)"')
_NOT_XML = re.compile(
    r"(\\\\)|\\u(?:00(?:0[0-7bef]|1[0-9a-f])|fff[ef])|\\[bf]"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)
"""Characters that no SVG can hold, as they are or in data that are a text; and a backslash."""
_GROUPS = re.compile(r"<g>(<[^g/][^>]*/>)?</g>")
_HEAD = re.compile(r"^<svg [^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>")


def svg(spec: dict[str, Any], name: str, title: str, alt: str) -> str:
    """The drawing with its title and text, whose ids start with ``name``.

    Vega's own English texts for screen readers go: the drawing is one image. Its ids are numbered
    anew, so that a drawing is the same whatever was drawn before it.
    """
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(_cleaned(spec), vl_version=VEGA_LITE)
    for waste in (_EMPTY, _FRAME, _BACK, _GROUND):
        drawn = waste.sub("", drawn)
    drawn = _SAID.sub("", drawn).replace(f'"{INK}"', '"currentColor"')
    drawn = drawn.replace(f' font-family="{FONT}"', "").replace(f' font-size="{SIZE}px"', "")
    drawn = _TAG.sub(lambda tag: _LONG.sub(_short, tag[0]), drawn)
    for number, old in enumerate(dict.fromkeys(_IDS.findall(drawn))):
        drawn = drawn.replace(f'id="{old}"', f'id="{name}-{number}"')
        drawn = drawn.replace(f"url(#{old})", f"url(#{name}-{number})")
    return _HEAD.sub(
        lambda found: (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'aria-labelledby="{name}-title {name}-about" '
            f'width="{found[1]}" height="{found[2]}" viewBox="0 0 {found[1]} {found[2]}" '
            f'font-family="{FONT}" font-size="{SIZE}" overflow="visible">'
            f'<title id="{name}-title">{escape(title)}</title>'
            f'<desc id="{name}-about">{escape(alt)}</desc>'
        ),
        drawn,
        1,
    )


def _cleaned(part: Any) -> Any:  # noqa: ANN401 - any part of a chart
    """The same without characters on which the engine ends the whole process."""
    if isinstance(part, str):
        return _NOT_XML.sub(lambda found: found[1] or "\ufffd", part)
    if isinstance(part, list):
        return [_cleaned(one) for one in part]
    return {key: _cleaned(one) for key, one in part.items()} if isinstance(part, dict) else part


def _short(number: re.Match[str]) -> str:
    """To a hundredth of a pixel."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def png(spec: dict[str, Any], scale: float) -> bytes:
    """The drawing on white."""
    import vl_convert

    config = {**spec["config"], "background": "#ffffff"}
    drawn: bytes = vl_convert.vegalite_to_png(
        _cleaned({**spec, "config": config}), vl_version=VEGA_LITE, scale=scale
    )
    return drawn
