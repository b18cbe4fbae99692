"""The same queries through two other engines: Material for MkDocs' own search with jieba, and Pagefind.

Both get the same pages, made of nothing but the text of the passages: a page for each unit and notice, a heading with
its paragraphs for each passage. Both run as their makers ship them, set to Chinese, in a real browser. The truth is by
page, since both group what they find by page. ``requirements-bench.txt`` lists what they need besides the ordinary
environment; nothing here asks another host for anything.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser

from bench import serving
from bench.scan import Scan
from noticeboard.site.search.folding import fold
from noticeboard.site.search.passages import Source

_NEEDED = ("jieba", "pagefind", "pagefind_bin_extended")
#: As many pages Material shows before its reader scrolls; precision at ten is of no more.
_FIRST = 10
#: Compressed already, so that no server compresses it again.
_COMPRESSED = re.compile(r"\.(pf_\w+|pagefind)$")
#: What an engine is, not what it knows: the same for any site.
_PROGRAM = re.compile(r"\.(js|css)$|/wasm\.")

#: Runs a program and tells its peak of memory. A process between, since what a program is said to have used at its
#: peak is never less than what the process that started it used.
_MEASURED = """
import resource, subprocess, sys
run = subprocess.run(sys.argv[1:], capture_output=True)
if run.returncode: sys.exit(run.stderr.decode())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

#: Keeps hold of the worker that the page itself starts and fills. Once that is ready, the page asks it for what stands
#: in the search box, nothing: the answer to that is the sign to begin.
_KEEP_WORKER = """
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given)
    window.searching = this
    this.addEventListener("message", ({ data }) => { window.isReady ||= data.type === 3 })
  }
}
"""
#: The message that the search box sends when a key was pressed, with what stands in the box. All else that Material
#: does with a query (words, prefixes, syntax) it does in the worker; there an error is an empty answer, too.
#: An answer is a list of pages, each with its sections, best first.
_ASK_MATERIAL = """
query => new Promise(done => {
  const answered = ({ data }) => done(data.data.items.map(sections => parseInt(sections[0].location)))
  searching.addEventListener("message", answered, { once: true })
  searching.postMessage({ type: 2, data: query })
})
"""
#: Pagefind's own interface calls ``search`` with what stands in the box, and ``data`` for each result that it shows.
_ASK_PAGEFIND = """
async ([query, shown]) => {
  const pagefind = await import("/pagefind/pagefind.js")
  const pages = window.pages ??= {}
  try {
    const { results } = await pagefind.search(query)
    return await Promise.all(results.slice(0, shown).map(async one =>
      pages[one.id] ??= parseInt((await one.data()).url.slice(1))))
  } catch {
    return []
  }
}
"""
#: So many results Pagefind's interface shows at first.
_SHOWN = 5


@dataclass(frozen=True)
class _Run:
    """An engine's build and its answers."""

    name: str
    #: Of the build.
    seconds: float
    #: Of the build's process at its peak, in kB.
    memory: int
    #: Bytes of the index on disk, and as servers send it.
    size: int
    sent: int
    #: For each query the numbers of the pages found, best first.
    answers: list[list[int]]
    #: For each query the bytes of index that a fresh visitor fetches until the first results stand there.
    fetched: list[int]


def compare(
    sources: Sequence[Source], queries: Sequence[tuple[str, str]], scan: Scan, opened: Browser, folder: Path
) -> None:
    """Print how both engines answer queries (kind and text) about sources; all that they build is below ``folder``."""
    missing = [name for name in _NEEDED if not find_spec(name)]
    assert not missing, f"pip install --require-hashes -r requirements-bench.txt ({', '.join(missing)})"
    pages = ["\n".join(_page(source)) for source in sources]
    # A search box drops the line ends of what is pasted into it.
    asked = [(kind, query.replace("\n", "")) for kind, query in queries]
    texts = [query for _, query in asked]
    numbers = {name: number for number, name in enumerate(scan.names)}
    truth = [{numbers[name] for name in scan.pages([*filter(None, map(fold, text.split()))])} for text in texts]
    runs = [_material(pages, texts, opened, folder / "material"), _pagefind(pages, texts, opened, folder / "pagefind")]

    print("| queries |", *(f"{run.name}: recall | precision | precision at {_FIRST} |" for run in runs))
    print("| :--- |", *("---: | ---: | ---: |" for _ in runs))
    for kind in [*dict.fromkeys(kind for kind, _ in asked), "all"]:
        chosen = [at for at, (own, _) in enumerate(asked) if kind in (own, "all")]
        rates = [_rates([run.answers[at] for at in chosen], [truth[at] for at in chosen]) for run in runs]
        print(f"| {kind} |", *(f"{rate} |" for some in rates for rate in some))
    print()
    for run in runs:
        median, most = np.percentile(run.fetched, [50, 95], method="inverted_cdf") / 1000
        print(f"- {run.name}: built in {run.seconds:.1f} s with {run.memory / 1000:,.0f} MB at the peak; ", end="")
        print(f"index {run.size / 1000:,.0f} kB, {run.sent / 1000:,.0f} kB as sent; to the first answer, ", end="")
        print(f"without the engine's programs, {median:,.0f} kB (median), {most:,.0f} kB (95th percentile)")
    print()


def _page(source: Source) -> Iterator[str]:
    """The blocks of HTML of a page; the first passage's heading is the page's."""
    for at, passage in enumerate(source.passages):
        level = "h2" if at else "h1"
        if passage.titles:
            yield f'<{level} id="{passage.anchor or "page"}">{html.escape(" ".join(passage.titles))}</{level}>'
        for text in passage.body:
            yield f"<p>{html.escape(text)}</p>"


def _rates(answers: Sequence[Sequence[int]], truth: Sequence[set[int]]) -> tuple[str, str, str]:
    """Recall, precision, and precision of the first ten at most, each over all pages of all these queries."""
    pairs = list(zip(answers, truth, strict=True))
    right = sum(len(true & {*found}) for found, true in pairs)
    first = sum(len(true & {*found[:_FIRST]}) for found, true in pairs)
    return (
        _rate(right, sum(map(len, truth))),
        _rate(right, sum(map(len, answers))),
        _rate(first, sum(min(_FIRST, len(found)) for found in answers)),
    )


def _rate(right: int, of: int) -> str:
    return f"{right / of:.2f}" if of else "–"


def _material(pages: Sequence[str], texts: Sequence[str], opened: Browser, folder: Path) -> _Run:
    """Material's search as the home page of a site has it; the other pages are bare, for a build of little else."""
    settings = {
        "site_name": "bench",
        "theme": {"name": "material", "custom_dir": "theme", "language": "zh", "font": False},
        # Separator and pipeline are the theme's own for Chinese; it segments with jieba since that is installed.
        "plugins": [{"search": {"lang": "zh"}}],
        # A navigation with all pages would make the build quadratic.
        "nav": [{"bench": "index.md"}],
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    files = {
        "mkdocs.yml": json.dumps(settings),
        "theme/main.html": '{% extends "base.html" if page and page.is_homepage else "bare.html" %}',
        "theme/bare.html": '<!doctype html><html lang="zh"><body>{{ page.content }}</body></html>',
        "docs/index.md": "---\nsearch: {exclude: true}\n---\n# bench",
    }
    _write(folder, files | {f"docs/{number}.md": page for number, page in enumerate(pages)})
    seconds, memory = _built(["mkdocs", "build", "--quiet"], folder)
    with serving.served(folder / "site") as served:
        context = opened.new_context()
        page = context.new_page()
        page.add_init_script(_KEEP_WORKER)
        page.goto(served.address)
        page.wait_for_function("window.isReady", timeout=600_000)
        answers = [page.evaluate(_ASK_MATERIAL, text) for text in texts]
        context.close()
    index = folder / "site" / "search" / "search_index.json"
    sent = _sent(index)
    # The page fetches all of it before it can answer anything.
    fetched = [sent] * len(texts)
    return _Run(f"Material {version('mkdocs-material')}", seconds, memory, index.stat().st_size, sent, answers, fetched)


def _pagefind(pages: Sequence[str], texts: Sequence[str], opened: Browser, folder: Path) -> _Run:
    """Pagefind over finished pages; ``lang`` makes it segment Chinese, in its index and in the browser."""
    site = folder / "site"
    head = '<!doctype html><html lang="zh"><meta charset="utf-8"><body>'
    _write(site, {f"{number}.html": f"{head}{page}</body></html>" for number, page in enumerate(pages)})
    seconds, memory = _built(["pagefind", "--silent", "--site", "site"], folder)
    requested: list[str] = []
    fetched = []
    with serving.served(site) as served:
        context = opened.new_context()
        context.on("request", lambda request: requested.append(urlsplit(request.url).path[1:]))
        page = context.new_page()
        page.goto(f"{served.address}0.html")
        answers = [page.evaluate(_ASK_PAGEFIND, [text, len(pages)]) for text in texts]
        for text in texts:
            # A page opened anew asks for all it needs; that the browser's cache may answer changes nothing in that.
            requested.clear()
            page.goto(f"{served.address}0.html")
            page.evaluate(_ASK_PAGEFIND, [text, _SHOWN])
            fetched.append(sum(_sent(site / path) for path in {*requested} if _is_index(path)))
        context.close()
    index = [path for path in site.glob("pagefind/**/*") if path.is_file() and _is_index(path.as_posix())]
    size, sent = sum(path.stat().st_size for path in index), sum(map(_sent, index))
    return _Run(f"Pagefind {version('pagefind')}", seconds, memory, size, sent, answers, fetched)


def _is_index(path: str) -> bool:
    return "pagefind/" in path and not _PROGRAM.search(path)


def _sent(path: Path) -> int:
    """Bytes over the wire."""
    return path.stat().st_size if _COMPRESSED.search(path.name) else len(gzip.compress(path.read_bytes()))


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _built(command: Sequence[str], folder: Path) -> tuple[float, int]:
    """Seconds and kB of memory that a program of this environment takes in ``folder``."""
    # jieba keeps its dictionary in the folder for temporary files: made anew for each build, as on a fresh machine.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(folder.absolute())}
    begun = time.perf_counter()
    measured = [sys.executable, "-c", _MEASURED, sys.executable, "-m", *command]
    run = subprocess.run(measured, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return time.perf_counter() - begun, int(run.stdout)
