"""The truth about a query: a plain scan of the folded text of all passages, with nothing of the index in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from noticeboard.site.search.folding import fold
from noticeboard.site.search.passages import Kind, Source

#: How good a hit is; the smaller, the better.
WHOLE_TITLE, TITLE, BODY, APART = 1, 2, 3, 4


@dataclass(frozen=True)
class _Text:
    name: str
    titles: tuple[str, ...]
    body: tuple[str, ...]
    #: All of it, fields parted by a character that no query has.
    joined: str
    is_issue: bool


class Scan:
    """All passages, folded once."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._pages: list[list[_Text]] = []
        self._unit_page: dict[str, int] = {}
        self._unit_of_page: list[int] = []
        for source in sources:
            if source.year is None:
                self._unit_page[source.unit_slug] = len(self._pages)
            self._unit_of_page.append(self._unit_page[source.unit_slug])
            texts = []
            for passage in source.passages:
                titles, body = tuple(map(fold, passage.titles)), tuple(map(fold, passage.body))
                name = f"{source.name}#{passage.anchor}" if passage.anchor else source.name
                is_issue = passage.kind is Kind.ISSUE
                texts.append(_Text(name, titles, body, "\0".join((*titles, *body)), is_issue))
            self._pages.append(texts)
        self._joined = ["\0".join(text.joined for text in page) for page in self._pages]
        self.names = [source.name for source in sources]
        #: The names of all passages as hits, by their numbers in the index.
        self.hit_names = [text.name for page in self._pages for text in page]

    def pages(self, terms: Sequence[str]) -> set[str]:
        """The pages, units' or notices', in which every term stands."""
        return {
            name for name, text in zip(self.names, self._joined, strict=True) if all(term in text for term in terms)
        }

    def hits(self, query: str) -> list[str]:
        """Every hit of blank-parted terms in the order in which hits are shown."""
        # A line end between Chinese characters parts nothing, any other blank does.
        terms = fold(query).split(" ") if "\n" in query else query.split()
        return self.answer(list(dict.fromkeys(filter(None, map(fold, terms)))), [])

    def answer(self, wanted: Sequence[str], unwanted: Sequence[str]) -> list[str]:
        """Every hit of the folded terms ``wanted`` that has none of ``unwanted``; of no wanted term, every issue."""
        pages = []
        for at, (page, joined) in enumerate(zip(self._pages, self._joined, strict=True)):
            beyond = self._joined[self._unit_of_page[at]]
            is_together = all(term in joined or term in beyond for term in wanted)
            ranked = [
                (rank, nth)
                for nth, text in enumerate(page)
                if (rank := _rank(text, wanted, is_together) if wanted else text.is_issue * BODY)
                and not any(term in text.joined for term in unwanted)
            ]
            if ranked:
                pages.append((min(ranked)[0], at, sorted(ranked)))
        return [self._pages[at][nth].name for _, at, ranked in sorted(pages) for _, nth in ranked]


def _rank(text: _Text, terms: Sequence[str], is_together: bool) -> int:  # noqa: FBT001
    places = [_place(text, term) for term in terms]
    if all(places):
        return TITLE if len(terms) > 1 and max(places) == WHOLE_TITLE else max(places)
    return APART if any(places) and is_together and len(terms) > 1 else 0


def _place(text: _Text, term: str) -> int:
    if term not in text.joined:
        return 0
    if term in text.titles:
        return WHOLE_TITLE
    if any(term in title for title in text.titles):
        return TITLE
    return BODY
