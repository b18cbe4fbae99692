"""A plot of what builds take, as SVG: seconds by notices, both by powers of ten; for light and dark screens."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from bench.figures import Runs, figure
from bench.measured import End

_WIDTH, _HEIGHT = 900, 500
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 590, 44, 440
#: Names beside the ends of lines stand so far from each other.
_LINE = 18
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: var(--ink) }
svg { --paper: #fff; --ink: #1f2328; --grid: #d8dee4;
  --ours: #0550ae; --released: #59636e; --mkdocs: #bc4c00; --zensical: #8250df; --hugo: #116329 }
@media (prefers-color-scheme: dark) {
  svg { --paper: #0d1117; --ink: #e6edf3; --grid: #30363d;
    --ours: #58a6ff; --released: #9198a1; --mkdocs: #f0883e; --zensical: #bc8cff; --hugo: #3fb950 }
}
"""


class _Line(NamedTuple):
    key: str
    words: str
    colour: str
    dashes: str = ""
    width: float = 2


_LINES = (
    _Line("ours-cold-2", "ours, first build", "ours", width=3),
    _Line("ours-changed", "ours, one title changed", "ours", "8 4", width=3),
    _Line("ours-unchanged", "ours, nothing changed", "ours", "2 4", width=3),
    _Line("released-cold", "released, every build", "released", width=3),
    _Line("mkdocs", "Material for MkDocs, no search", "mkdocs", "8 4"),
    _Line("mkdocs-search", "Material for MkDocs, its search", "mkdocs"),
    _Line("zensical", "Zensical, first build", "zensical"),
    _Line("zensical-changed", "Zensical, one title changed", "zensical", "8 4"),
    _Line("hugo", "Hugo, one layout", "hugo"),
)


class _Point(NamedTuple):
    notices: int
    least: float
    median: float
    most: float


def plot(measured: Mapping[int, Runs]) -> str:
    """The picture of all numbers of notices that were measured, at least one."""
    lines = [(line, points) for line in _LINES if (points := _points(line.key, measured))]
    figures = [figure for _, points in lines for point in points for figure in (point.least, point.most)]
    low, high = math.floor(math.log10(min(figures))), math.ceil(math.log10(max(figures)))
    return "".join(f"{line}\n" for line in _Plot(sorted(measured), low, max(high, low + 1)).drawn(lines))


def _points(key: str, measured: Mapping[int, Runs]) -> list[_Point]:
    points = []
    for count, runs in sorted(measured.items()):
        seconds = [run.seconds for run in runs.get(key, ()) if run.end is End.DONE]
        if seconds:
            points.append(_Point(count, min(seconds), statistics.median(seconds), max(seconds)))
    return points


class _Plot:
    """Where a number of notices and of seconds stand, and what stands there."""

    def __init__(self, counts: Sequence[int], low: int, high: int) -> None:
        self._counts = counts
        #: Powers of ten of a second.
        self._powers = range(low, high + 1)

    def _x(self, count: int) -> float:
        first, last = math.log10(self._counts[0]), math.log10(self._counts[-1])
        share = (math.log10(count) - first) / (last - first) if last > first else 0.5
        return _LEFT + 20 + share * (_RIGHT - _LEFT - 40)

    def _y(self, seconds: float) -> float:
        low, high = self._powers[0], self._powers[-1]
        return _BOTTOM - (math.log10(seconds) - low) / (high - low) * (_BOTTOM - _TOP)

    def drawn(self, lines: Sequence[tuple[_Line, Sequence[_Point]]]) -> Iterator[str]:
        yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        yield "<title>Seconds that a build takes, by the number of notices</title>"
        yield f"<style>\n{_STYLE}</style>"
        yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="var(--paper)"/>'
        yield f'<text x="{_LEFT}" y="24">seconds (median; least to most)</text>'
        yield from self._axes()
        for line, points in lines:
            yield from self._line(line, points)
        yield from self._names(lines)
        yield "</svg>"

    def _axes(self) -> Iterator[str]:
        for power in self._powers:
            y = self._y(10**power)
            yield f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="var(--grid)"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
        for count in self._counts:
            yield f'<text x="{self._x(count):.1f}" y="{_BOTTOM + 22}" text-anchor="middle">{count:,}</text>'
        yield f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_BOTTOM + 44}" text-anchor="middle">notices</text>'

    def _line(self, line: _Line, points: Sequence[_Point]) -> Iterator[str]:
        colour = f"var(--{line.colour})"
        path = "L".join(f"{self._x(point.notices):.1f} {self._y(point.median):.1f}" for point in points)
        dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{line.width}"{dashes}/>'
        for point in points:
            x = self._x(point.notices)
            yield f'<path d="M{x:.1f} {self._y(point.least):.1f}V{self._y(point.most):.1f}" stroke="{colour}"/>'
            yield f'<circle cx="{x:.1f}" cy="{self._y(point.median):.1f}" r="{line.width + 1}" fill="{colour}">'
            yield f"<title>{escape(line.words)}: {point.notices:,} notices, {figure(point.median)} s</title></circle>"

    def _names(self, lines: Sequence[tuple[_Line, Sequence[_Point]]]) -> Iterator[str]:
        """At the ends of lines, apart from each other, each joined to its line."""
        from_above = sorted((self._y(points[-1].median), line, points[-1]) for line, points in lines)
        y: float = -math.inf
        places = []
        for end, _, _ in from_above:
            y = max(end, y + _LINE)
            places.append(y)
        # What went too low comes up again, and pushes up what stands above.
        limit: float = _BOTTOM
        for at in reversed(range(len(places))):
            places[at] = min(places[at], limit)
            limit = places[at] - _LINE
        for place, (end, line, point) in zip(places, from_above, strict=True):
            colour = f"var(--{line.colour})"
            start = self._x(point.notices) + 6
            path = f"M{start:.1f} {end:.1f}L{_RIGHT + 8} {place:.1f}"
            yield f'<path d="{path}" fill="none" stroke="{colour}" opacity=".5"/>'
            yield f'<text x="{_RIGHT + 12}" y="{place + 4:.1f}">{escape(line.words)}, {figure(point.median)} s</text>'
