"""Characters as a PDF has them → as everyone writes them.

Fonts draw the radical ⼀ and the character 一 with one glyph; which of the two a program notes in the PDF is chance.
"""

from __future__ import annotations

import unicodedata

#: CJK Radicals Supplement that are, or look like, characters of their own; Unicode folds only two of them.
_RADICALS = (
    "⺁厂⺄乙⺅亻⺆冂⺇几⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺧牛⺨犭"
    "⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱网⺲罒⺶羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長"
    "⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_FOLDED = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)) | {
    # Kangxi radicals and compatibility ideographs: Unicode's own folding.
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1D))
    for code in range(first, last + 1)
}
# The folding of ⼾ is the character of Taiwan and Japan; ligatures are of Latin fonts.
_FOLDED |= {"⼾": "户"} | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_ORDINARY = str.maketrans({**_FOLDED, "―": "—", "\xa0": " ", "\xad": "", "\u200b": "", "\ufeff": ""})

#: What stands for a glyph whose character the PDF does not tell.
UNKNOWN = "□"


def ordinary(text: str) -> str:
    """The text of one glyph in ordinary characters."""
    return UNKNOWN if text.startswith("(cid:") else text.translate(_ORDINARY)


def is_wide(character: str) -> bool:
    """Whether it is a Chinese character or mark, between which no blanks stand."""
    return unicodedata.east_asian_width(character) in ("W", "F", "A") and not character.isspace()
