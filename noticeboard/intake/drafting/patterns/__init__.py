"""The words and forms of the genre, as data: each pattern with an example and what it finds there.

Every example is a test, and every pattern is tried on hostile text: no pattern nests one repetition in another, and
each repetition has an upper bound.
"""

from noticeboard.intake.drafting.patterns import bodies, counts, ends, facts, lines, names, numbering, parts, people
from noticeboard.intake.drafting.patterns.pattern import PATTERNS, Pattern

__all__ = ["PATTERNS", "Pattern"]

# Importing these modules fills the list.
_MODULES = (bodies, counts, ends, facts, lines, names, numbering, parts, people)
