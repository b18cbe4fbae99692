"""The site's own ways through Python-Markdown: HTML that stands by itself, inline Markdown where there is any.

What is read the quick way gives what Python-Markdown gives without, to the byte.
"""

from __future__ import annotations

import functools
import re
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.htmlparser import HTMLExtractor
from markdown.treeprocessors import InlineProcessor

from noticeboard.checking.check import check
from noticeboard.paths import DOCS, ROOT
from noticeboard.site.inline import Inline
from noticeboard.site.model.site import Site
from noticeboard.site.pages.tree import by_hand, pages
from noticeboard.site.rawhtml import RawHtml
from tests import five
from tests.records import MASTHEAD
from tests.rendering import engine


@functools.cache
def usual() -> markdown.Markdown:
    return engine()


@functools.cache
def quick() -> markdown.Markdown:
    return engine(RawHtml(), Inline())


def assert_same(text: str) -> None:
    assert quick().reset().convert(text) == usual().reset().convert(text)


#: What HTML and Markdown are made of, whole and broken.
PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\n\n", " ", "  \n", "    ", "\u3000", "\t", "字", "a b", "1. ", "- ", "# ", ":   ", "> ",
        "| a | b |\n|---|---|\n", "<div>", "</div>", '<div class="x">', "<p>", "</p>", "<table>", "</table>",
        "<tr><td>", "</td></tr>", "<ul><li>", "</li></ul>", "\n\n<div>字</div>\n\n", "\n<p>a</p>\n\n",
        '\n\n<table>\n<tr><td id="a">*a*</td></tr>\n\n</table>\n\n', "\n\n<ul>\n<li>", "\n\n<p>", "<span>",
        "</span>", "<br>", "<br/>", "<hr>", "<a href='x'>", '<a\nhref="x>y">', "</a>", "<b", "<", ">", "</>",
        "<DIV>", "</DIV>", "<!--", "-->", "<?x ?>", "<![CDATA[", "]]>", "<!DOCTYPE html>", "<script>", "</script>",
        "<style>", "<textarea>", "<title>", "&amp;", "&#65;", "&#65", "&#x4e00;", "&", "&x", "`", "``", "\\", "*",
        "**", "_", "__", "[", "]", "![", "[a]", "[a](b)", "(b)", "\n\n[a]: http://example.org\n",
        "<http://example.org>", "<a@example.org>", " {: .x }", "\n{: #y }\n", "\x02", "wzxhzdk:0", "\x03",
    ]
)  # fmt: skip
MIXED = st.lists(PIECES, max_size=25).map("".join)


@given(MIXED)
@example("<p>a\n\nb</p>\n\n<div><div></div>\n\n</div>\n\n<p>c</p>")
@example("<!--\n<table></table>\n\n-->\n\n`<table>`\n\n<div>&#65</div>\n\n<table></table>")
@example("<p>a</p>\n\n<span>\n<!-- c --></span>\n\n<p>b</p>\n<p>c</p>")
@example("*a `b` \\* [c](d 'e') <http://f> & ![g](h)*\n\n[i]\n\n[i]: j")
def test_any_mixture_of_html_and_markdown_is_read_the_same(text: str) -> None:
    assert_same(text)


NAMES = st.sampled_from(
    ["div", "p", "table", "td", "ul", "li", "span", "a", "svg", "br", "section", "script", "textarea"]
)
ATTRIBUTES = st.sampled_from(
    ["", ' class="x"', ' viewBox="0 0 1 1"', " hidden", " a=b", " a='b'", '\n title="*"', ' title="<"']
)
WORDS = st.sampled_from(
    ["字", "*a*", "_a_", "&amp;", "&", "&lt", "`", "\n", "\n\n", "", "[a](b)", "<br>", "<!-- c -->"]
)


def element(within: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def written(name: str, attributes: str, inside: list[str]) -> str:
        return f"<{name}{attributes}>{''.join(inside)}</{name}>"

    return st.builds(written, NAMES, ATTRIBUTES, st.lists(within, max_size=4))


TREES = st.recursive(WORDS, element, max_leaves=8)


@given(st.lists(st.tuples(TREES, st.sampled_from(["\n\n", "\n\n\n", "\n", " \n\n", "字"])), max_size=6))
def test_elements_in_elements_are_read_the_same(parts: list[tuple[str, str]]) -> None:
    assert_same("".join(tree + behind for tree, behind in parts))


@functools.cache
def site_pages() -> dict[str, str]:
    """Every page of the five notices and of the examples, and those written by hand, without front matter."""
    texts = {}
    for name, checked in (("five", five.checked()), ("examples", check(ROOT / "examples" / "notices"))):
        site = Site(checked.board, MASTHEAD, checked.accepted)
        texts.update({f"{name}/{page.file}": page.text for page in pages(site)})
        texts.update({path: file.decode() for path, file in by_hand(DOCS, MASTHEAD) if isinstance(file, bytes)})
    return {path: text.removeprefix("---\n").partition("---\n")[2] for path, text in texts.items()}


def test_all_pages_are_read_the_same() -> None:
    for text in site_pages().values():
        assert_same(text)


def test_tables_are_not_read_tag_by_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(HTMLExtractor, "feed", lambda _, text: read.append(text))
    page = '# 题\n\n<table>\n<tr><td>1 &amp; 2</td></tr>\n\n</table>\n\n<p class="x">字<br></p>\n\n- <b>项</b> `&`\n'
    assert "<td>" in quick().reset().convert(page)
    assert read == []


def test_only_the_page_with_the_search_form_is_read_tag_by_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(HTMLExtractor, "feed", lambda _, text: read.append(text))

    def is_read(text: str) -> bool:
        read.clear()
        quick().reset().convert(text)
        return bool(read)

    paths = [path for path, text in site_pages().items() if is_read(text)]
    assert paths == ["five/issues/index.md", "examples/issues/index.md"]


def test_an_extension_that_reads_html_its_own_way_does_so_with_ours_too() -> None:
    page = '<div markdown="1">\n*a*\n</div>\n\n<p>b</p>\n'
    both = markdown.Markdown(extensions=[MarkdownInHtmlExtension(), RawHtml()])
    assert both.convert(page) == markdown.Markdown(extensions=[MarkdownInHtmlExtension()]).convert(page)
    assert "<em>" in both.reset().convert(page)


class Hours(markdown.inlinepatterns.InlineProcessor):  # type: ignore[name-defined,misc]
    """A pattern that nobody knows of, without a sign: numbers are times."""

    def handleMatch(self, m: re.Match[str], _: str) -> tuple[Element, int, int]:  # noqa: N802
        made = Element("time")
        made.text = m[0]
        return made, m.start(0), m.end(0)


def test_patterns_of_other_extensions_are_tried_on_every_text() -> None:
    read = engine(Inline())
    read.inlinePatterns.register(Hours("[0-9]+"), "hours", 5)
    assert read.convert("下午 3 点") == "<p>下午 <time>3</time> 点</p>"


def test_patterns_without_their_signs_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    run = InlineProcessor.run

    def counted(self, *arguments):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        tried.append(len(self.inlinePatterns))
        return run(self, *arguments)

    monkeypatch.setattr(InlineProcessor, "run", counted)
    quick().reset().convert("字")
    quick().reset().convert("**字** & 字")
    assert tried == [0, 2]
