"""WCAG 2.2 AA: what a program can check of it, on every kind of page and in every look."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from noticeboard.paths import ROOT
from tests.conftest import Visit
from tests.widths import beyond_the_screen

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOTICE = "notices/fushun-wenlian/2025/"
KINDS = [
    *("", "units/", "units/fushun-wenlian/", NOTICE, "notices/qingyang-wenlian/2023/", "issues/?q=协会"),
    *("issues/status/in_progress/", "topics/", "topics/finance/", "statistics/", "contacts/", "sitemap/"),
    *("about/", "reading-status/", "privacy/", "contributing/", "office/", "reviewing/", "maintaining/"),
    *("questions/", "fields/", "hosting/", "rules/", "404.html"),
]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
EASY = {"size": "large", "contrast": "high"}
on_a_phone = pytest.mark.parametrize("visit", [PHONE], indirect=True)


#: Loaded are the modules of a page; what they ask of it for the next picture, and letters, come later.
DRAWN = """document.fonts.ready
    .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"""


def settle(page: Page, address: str) -> None:
    page.goto(address)
    if "?q=" in address:
        page.wait_for_load_state("networkidle")
        page.wait_for_selector("[data-results][data-state=done]", state="attached")
    # The only module that a page without a question asks for after it is loaded puts buttons into tables.
    page.wait_for_selector("table[data-sorts]:not([data-sorts=ready])", state="detached")
    page.evaluate(DRAWN)


#: Each pair of a size, a scheme and a setting; each of the four palettes.
LOOKS: dict[str, tuple[dict[str, Any], list[tuple[str, dict[str, str]]]]] = {
    "desk: light; dark, large type, high contrast": (DESK, [("light", {}), ("dark", EASY)]),
    "phone: dark; light, large type, high contrast": (PHONE, [("dark", {}), ("light", EASY)]),
}
CHOOSE = """kept => Object.entries(kept).forEach(([name, value]) =>
    document.querySelector(`[data-setting=${name}][value=${value}]`).click())"""
STILL = "Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {})))"

#: Runs axe. Four fifths of its time go to the contrast of letters, of a row of a table as of the hundred like it. That
#: follows from the letters and from all that they stand in: what axe measured and found enough once it is not asked
#: again where all of this is the same, on this page in another row or on a later page. Anything else it measures.
RUN = """async rules => {
    const contrast = axe._audit.checks["color-contrast"]
    const measure = contrast.measure ??= contrast.evaluate
    const enough = new Set(JSON.parse(sessionStorage.enough ?? "[]"))
    const grounds = new Map([[null, ""]])
    const ground = one => {
        if (!grounds.has(one)) {
            const style = getComputedStyle(one)
            const own = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "position"]
            const said = [one.localName, one.className.baseVal ?? one.className, ...own.map(name => style[name])]
            grounds.set(one, `${ground(one.parentElement)}${said} `)
        }
        return grounds.get(one)
    }
    contrast.evaluate = function (one, ...others) {
        const style = getComputedStyle(one)
        const own = ["color", "fontSize", "fontWeight", "textShadow", "webkitTextStroke", "visibility"]
        const seen = `${ground(one)}${own.map(name => style[name])}`
        if (enough.has(seen)) {
            return true
        }
        let ratio
        const told = { __proto__: this, data: data => { ratio = data.contrastRatio; this.data(data) } }
        const isEnough = measure.call(told, one, ...others)
        if (isEnough && ratio) {
            enough.add(seen)
        }
        return isEnough
    }
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] })
    sessionStorage.enough = JSON.stringify([...enough])
    return violations
}"""


@pytest.mark.parametrize(("size", "looks"), LOOKS.values(), ids=LOOKS)
def test_axe_finds_nothing(browser: Browser, base_url: str, size: Any, looks: list[tuple[Any, Any]]) -> None:
    """A page is loaded once a size; then its reader chooses another look."""
    context = browser.new_context(**size)
    context.add_init_script("localStorage.clear()")
    context.add_init_script(AXE)
    page = context.new_page()
    found = []
    for path in KINDS:
        for scheme, kept in looks:
            page.emulate_media(color_scheme=scheme)
            if not kept:
                settle(page, base_url + path)
            page.evaluate(CHOOSE, kept)
            assert page.evaluate("Object.assign({}, document.documentElement.dataset)").items() >= kept.items()
            page.evaluate(DRAWN)
            page.evaluate(STILL)
            violations = page.evaluate(RUN, RULES)
            problems = ((one["id"], node["html"][:150]) for one in violations for node in one["nodes"])
            found += [(path, scheme, *problem) for problem in problems]
    context.close()
    assert found == []


def parsed(site: Path) -> dict[Path, html.HtmlElement]:
    """Every page of the site."""
    return {file: html.fromstring(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}


def test_headings_are_in_order(site: Path) -> None:
    for file, page in parsed(site).items():
        levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, file
        assert all(below <= above + 1 for above, below in pairwise(levels)), file


def test_every_table_says_what_it_holds_and_what_its_columns_are(site: Path) -> None:
    tables = 0
    for file, page in parsed(site).items():
        for table in page.iter("table"):
            tables += 1
            assert [bool(caption.text_content().strip()) for caption in table.iter("caption")] == [True], file
            heads = table.xpath(".//thead//th")
            assert heads, file
            assert all(head.get("scope") == "col" for head in heads), file
    assert tables > len(KINDS)


def test_every_picture_has_a_text(site: Path) -> None:
    texts = [image.get("alt") for page in parsed(site).values() for image in page.iter("img")]
    # The codes of the five notices, and the guides' own.
    assert len(texts) == 5 + len(list((ROOT / "docs" / "pictures").iterdir()))
    assert all(texts)


def test_every_drawing_has_a_name_or_is_not_read_out(site: Path) -> None:
    drawings = 0
    for file, page in parsed(site).items():
        for drawing in page.iter("svg"):
            drawings += 1
            is_named = drawing.get("role") == "img" and drawing.get("aria-labelledby")
            assert is_named or drawing.xpath("ancestor-or-self::*[@aria-hidden='true']"), file
    assert drawings > len(KINDS)


@on_a_phone
@pytest.mark.parametrize("path", ["", NOTICE, "issues/?q=协会", "topics/", "sitemap/", "404.html"])
def test_a_finger_hits_every_control_of_a_phone(visit: Visit, path: str) -> None:
    page = visit.page
    settle(page, visit.base_url + path)
    page.locator(".nb-menu summary").click()
    controls = (
        "button, input, select, summary, .nb-menu a, .nb-actions a, .nb-contents a, .nb-tiles a, .nb-foot a, "
        ".nb-crumbs a, article li > a, #lists ~ dl a"
    )
    heights = page.evaluate(
        """controls => Array.from(document.querySelectorAll(controls))
            .filter(one => one.checkVisibility() && !one.closest(".nb-page-end"))
            .map(one => [one.outerHTML.slice(0, 90), Math.round(one.getBoundingClientRect().height)])""",
        controls,
    )
    assert len(heights) > 10
    assert [one for one in heights if one[1] < 44] == []


def test_every_control_is_reached_by_the_tab_key_in_order_and_shows_it(visit: Visit) -> None:
    page = visit.page
    settle(page, visit.base_url + NOTICE)
    expected = page.evaluate(
        """() => Array.from(document.querySelectorAll("a[href], button, input, summary"))
            .filter(one => one.checkVisibility()).map(one => one.outerHTML)"""
    )
    reached = []
    for _ in expected:
        page.keyboard.press("Tab")
        html, is_seen = page.evaluate(
            """() => {
                // The frame of a search box goes round its button as well.
                const one = document.activeElement
                const isSeen = [one, one.closest(".nb-search, .nb-tiles a") ?? one].some(framed => {
                    const style = getComputedStyle(framed)
                    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                })
                return [one.outerHTML, isSeen]
            }"""
        )
        assert is_seen, html[:200]
        reached.append(html)
    assert reached == expected


def test_the_first_stop_of_the_tab_key_leads_past_the_navigation(visit: Visit) -> None:
    page = visit.open(NOTICE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize(
    ("width", "kept"), [(640, {}), (320, {}), (360, {"size": "large"})], ids=["200 %", "400 %", "large type"]
)
def test_nothing_is_lost_and_no_cell_is_wider_than_its_column_when_a_page_is_magnified(
    browser: Browser, base_url: str, width: int, kept: dict[str, str]
) -> None:
    """1280 × 1024 at 400 % is 320 × 256 (WCAG 1.4.10)."""
    context = browser.new_context(viewport={"width": width, "height": 256})
    context.add_init_script(f"localStorage.setItem('noticeboard', {json.dumps(json.dumps(kept))})")
    page = context.new_page()
    cells, wide = 0, []
    for path in KINDS:
        settle(page, base_url + path)
        wide += [path] if beyond_the_screen(page) else []
        cut = """Array.from(document.querySelectorAll("article :is(p, li, dd, td, th, h1, h2, h3, h4)"))
            .filter(one => one.checkVisibility() && getComputedStyle(one).overflowX === "visible")
            .filter(one => !one.closest("thead") && one.getBoundingClientRect().right > innerWidth + 1)
            .map(one => one.outerHTML.slice(0, 120))"""
        wide += [(path, one) for one in page.evaluate(cut)]
        # The head of a stacked table is only there for those who hear the page.
        widths = page.evaluate(
            """() => Array.from(document.querySelectorAll("article :is(caption, tbody td, tbody th)"))
                .filter(one => one.checkVisibility() && one.clientWidth)
                .map(one => [one.outerHTML.slice(0, 120), one.scrollWidth - one.clientWidth])"""
        )
        cells += len(widths)
        wide += [(path, html) for html, over in widths if over > 1]
    context.close()
    assert cells > 100
    assert wide == []


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_where_the_reader_wants_no_motion(visit: Visit) -> None:
    page = visit.open(NOTICE)
    longest = """() => Math.max(...Array.from(document.querySelectorAll("*"), one => {
        const style = getComputedStyle(one)
        const seconds = `${style.transitionDuration}, ${style.animationDuration}`.split(", ").map(parseFloat)
        return Math.max(...seconds)
    }))"""
    assert page.evaluate(longest) <= 0.01
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_every_head_cell_says_whether_it_heads_a_column_a_row_or_several(site: Path) -> None:
    scopes = [head.get("scope") for page in parsed(site).values() for head in page.iter("th")]
    assert set(scopes) == {"col", "row", "rowgroup"}


@on_a_phone
def test_a_finger_hits_the_pager_of_the_search(visit: Visit) -> None:
    page = visit.page
    settle(page, visit.base_url + "issues/?q=整改")
    links = page.locator(".nb-pager a:visible")
    assert links.count() > 0
    assert [
        one for one in links.all() if one.evaluate("one => Math.round(one.getBoundingClientRect().height)") < 44
    ] == []


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
@pytest.mark.parametrize("path", ["", "issues/?q=协会", "statistics/"])
def test_what_is_drawn_before_and_after_elements_does_not_move_either(visit: Visit, path: str) -> None:
    settle(visit.page, visit.base_url + path)
    longest = """() => Math.max(...Array.from(document.querySelectorAll("*"), one => ["", "::before", "::after"]
        .map(part => getComputedStyle(one, part))
        .flatMap(style => [style.transitionDuration, style.animationDuration])
        .flatMap(durations => durations.split(", ").map(parseFloat))).flat())"""
    assert visit.page.evaluate(longest) <= 0.01
    assert visit.page.evaluate("document.getAnimations().length") == 0
