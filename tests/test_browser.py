"""The page as a browser shows it; needs chromium, which the gate installs."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from decision.report import Report, sections

if TYPE_CHECKING:
    from pathlib import Path

    from decision.advice import Advice

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PROBE = """<script>
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
const hidden = [...document.querySelectorAll("h2")].filter(h => h.offsetHeight === 0).length;
document.body.dataset.found = `wide=${wide} hidden=${hidden}`;
</script></body>"""
"""The report has no script of its own; the test asks the browser with this one."""


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to show the page in")
@pytest.mark.parametrize("width", [500, 1200])
def test_the_page_fits_the_window_and_shows_every_section(
    tmp_path: Path, advice: Advice, width: int
) -> None:
    """On a telephone and on a desk: nothing runs off the page, and no chapter is missing."""
    page = tmp_path / "advies.html"
    text = Report(advice).text("html")
    page.write_text(text.replace("</body>", PROBE), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={width},900",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    shown = set(re.findall(r'<section id="([a-z]+)"', done.stdout))
    assert 'data-found="wide=0 hidden=0"' in done.stdout
    assert shown == set(sections("nl"))
