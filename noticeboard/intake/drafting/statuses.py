"""Words that say how far an issue is: only where they speak of this issue alone."""

from __future__ import annotations

from collections.abc import Sequence

from noticeboard.intake.drafting.draft import StatusDraft, StatusOrWords
from noticeboard.intake.drafting.leaf import copied, meant, quoted
from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.intake.drafting.patterns.bodies import (
    FIRST_SENTENCE,
    STATUS_ALONE,
    STATUS_AND_PLAN,
    STATUS_AT_END,
    STATUS_FORMS,
    STATUS_IN_BRACKETS,
)
from noticeboard.record.vocabulary import STATUS_OF_WORDS, StatusCode


def status(lines: Lines, span: Span, basis: str = "本条", quote: Span | None = None) -> StatusOrWords | None:
    """The status that some words are: as they are where the table knows them, else with the class that they mean."""
    words = copied(lines, span)
    if words is None or not is_known(words.value) or STATUS_OF_WORDS.get(words.value) is StatusCode.UNSTATED:
        return None
    category = None if words.value in STATUS_OF_WORDS else _category(words.value)
    if quote and basis == "本条" and lines.text[slice(*quote)] == words.value:
        quote = None
    if category is None and basis == "本条" and quote is None:
        return words
    doubt = f"“{words.value}”不在状态词表里，按字面归入"
    return StatusDraft(
        words=words,
        category=meant(category, span, doubt=doubt) if category else None,
        basis=None if basis == "本条" else meant(basis, quote or span),
        quote=quoted(lines, quote) if quote else None,
    )


def alone(lines: Lines, pieces: Sequence[Span]) -> StatusOrWords | None:
    """整改状态：已完成 — where the words of a status are all that stands there."""
    told = [lines.trimmed(*piece, "。；;，, 　") for piece in pieces]
    told = [span for span in told if span[1] > span[0]]
    if len(told) != 1:
        return None
    planned = STATUS_AND_PLAN.fullmatch(lines.text, *told[0])
    return status(lines, planned.span("words"), quote=told[0]) if planned else status(lines, told[0])


def in_brackets(lines: Lines, span: Span) -> tuple[StatusOrWords, Span] | None:
    """（已完成整改） at the end of a text, and where it stands with its brackets."""
    start, end = lines.trimmed(*span)
    match = STATUS_IN_BRACKETS.search(lines.text, max(start, end - 40), end)
    if match:
        found = status(lines, match.span("words"))
        if found:
            return found, (match.start(), span[1])
    return None


def at_start(lines: Lines, pieces: Sequence[Span]) -> StatusOrWords | None:
    """整改情况：已完成整改。… — the words of a status as the first sentence behind the label."""
    if not pieces:
        return None
    start, end = lines.trimmed(*pieces[0])
    match = FIRST_SENTENCE.match(lines.text, start, end)
    return status(lines, match.span("words")) if match else None


def at_end(lines: Lines, pieces: Sequence[Span]) -> StatusOrWords | None:
    """…。已整改到位。 as the last words of a text: a sentence of its own, or led in by 目前."""
    if not pieces:
        return None
    start, end = lines.trimmed(*pieces[-1])
    match = STATUS_AT_END.search(lines.text, max(start, end - 40), end)
    if match is None:
        return None
    words = match.span("words")
    return status(lines, words, quote=(match.start("said"), match.end("said")))


def sentence(lines: Lines, spans: Sequence[Span]) -> StatusOrWords | None:
    """该问题已完成整改。 as a sentence of its own in the text of an issue."""
    for span in reversed(spans):
        for match in STATUS_ALONE.finditer(lines.text, *span):
            found = status(lines, match.span("words"), quote=lines.trimmed(*match.span()))
            if found:
                return found
    return None


def of_heading(lines: Lines, span: Span) -> Span | None:
    """已整改完成的问题 24 个: the longest words of the table that a heading holds."""
    text = lines.text[slice(*span)]
    held = [words for words, code in STATUS_OF_WORDS.items() if words in text and code is not StatusCode.UNSTATED]
    if not held:
        return None
    longest = max(held, key=lambda words: (len(words), words))
    at = span[0] + text.index(longest)
    return at, at + len(longest)


def is_known(words: str) -> bool:
    """Whether a table knows what some words amount to."""
    return words in STATUS_OF_WORDS or _category(words) is not None


def _category(words: str) -> str | None:
    return next((label for label, regex in STATUS_FORMS if regex.fullmatch(words)), None)
