"""Radicals and compatibility ideographs → the characters that everyone writes: one table for all that reads text.

Fonts draw the radical ⼀ and the character 一 with one glyph, and programs that copy text out of a PDF take the wrong
one by chance. A reader sees no difference; a search, and every table of words, finds nothing.

Sources: for CJK Radicals Supplement the Unicode property Equivalent_Unified_Ideograph (EquivalentUnifiedIdeograph.txt
of the Unicode Character Database, 14.0), which has one for each but U+2E80; for Kangxi radicals and compatibility
ideographs Unicode's own folding (NFKC, Unicode Standard Annex 15).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: Each character and what it stands for, side by side; ``fold.js`` has the same (NFKC does the rest there too). Other
#: than the property says: the character that looks the same, where it names one that no text has (⺮: U+25AD7) or the
#: one that a part stems from (⻏: 邑); and 户, since the folding of ⼾ is the character of Taiwan.
SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛"
    "⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱网⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶"
    "⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
    "⼾户"
)
_FOLDED = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1D))
    for code in range(first, last + 1)
}
#: Some of the block of compatibility ideographs are characters of their own: their folding is themselves.
ORDINARY = {radical: sign for radical, sign in _FOLDED.items() if radical != sign} | dict(
    zip(SUPPLEMENT[::2], SUPPLEMENT[1::2], strict=True)
)
_TABLE = str.maketrans(ORDINARY)


def _ranges(signs: Iterable[str]) -> str:
    """Characters as the ranges of a class; of those beyond the basic plane each alone is compared with every sign."""
    codes = sorted(map(ord, signs))
    firsts = [code for at, code in enumerate(codes) if not at or codes[at - 1] != code - 1]
    lasts = [code for at, code in enumerate(codes) if codes[at + 1 : at + 2] != [code + 1]]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))


RADICAL = re.compile(f"[{_ranges(ORDINARY)}]")


def unified(text: str) -> str:
    """The text with each of them replaced; as long as it was."""
    return text.translate(_TABLE)
