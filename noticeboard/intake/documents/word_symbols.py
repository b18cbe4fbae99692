"""Characters of symbol fonts, which mean nothing without their font, as the ordinary characters that look like them."""

from __future__ import annotations

#: Symbol fonts have their characters in Unicode's private area, at their old code plus this.
_PRIVATE = 0xF000
_PRIVATE_END = 0xF0FF


def _table(pairs: str) -> dict[int, str]:
    return {int(pair[:2], 16): pair[2] for pair in pairs.split()}


_WINGDINGS = {
    **_table("6C● 6D○ 6E■ 6F□ 71□ 72□ 74◆ 75◆ 76❖ 77◆ 9E· 9F• A1○ A4◎ A7▪ A8□ AB★ D8➢ E0→ E8➔ FB✗ FC✓ FD☒ FE☑"),
    **{0x81 + number: chr(ord("①") + number) for number in range(10)},
    **{0x8C + number: chr(ord("❶") + number) for number in range(10)},
}
_WINGDINGS_2 = _table("50✓ 51☒ 52☑ 53☒ 54☒ 97● A3□")
_SYMBOL = _table("2D- A3≤ AE→ B0° B1± B3≥ B4× B7• B8÷")


def symbols(text: str, font: str) -> str:
    """The text as it looks in a font; a symbol that is not known here is a bullet."""
    return "".join(_symbol(character, font.lower()) for character in text)


def _symbol(character: str, font: str) -> str:
    code = ord(character)
    private = _PRIVATE <= code <= _PRIVATE_END
    if not private and font not in ("wingdings", "wingdings 2", "symbol"):
        return character
    table = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}.get(font, _SYMBOL)
    code -= _PRIVATE if private else 0
    return table.get(code, "•" if private else character)
