"""How much wider than the screen a page is, with what the theme clips: clipped text is lost, not scrolled to."""

from __future__ import annotations

from playwright.sync_api import Page

#: A wide space that ends a line hangs over it (CSS Text 3) and counts in the width of the text: one letter may.
_WIDE = """() => {
    const text = document.querySelector("main") ?? document.body
    const { fontSize } = getComputedStyle(text.querySelector("article") ?? text)
    const widths = [document.scrollingElement.scrollWidth, text.scrollWidth - parseFloat(fontSize)]
    return Math.max(0, ...widths.map(width => width - innerWidth))
}"""


def beyond_the_screen(page: Page) -> float:
    """CSS pixels that nobody sees without scrolling sideways, or at all; 0 where all is on the screen."""
    return float(page.evaluate(_WIDE))
