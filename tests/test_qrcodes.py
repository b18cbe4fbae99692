"""The QR codes: what a scanner reads is the address of the notice."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import segno

from noticeboard.site.model.site import Site
from noticeboard.site.qrcodes import MASK, QUIET_ZONE, qrcodes, svg
from noticeboard.site.settings.masthead import Masthead
from tests.records import MASTHEAD, NOTICE, UNIT, board_of

Modules = list[list[bool]]

#: 37 octets: more than version 3 holds at level Q, and not more than at level M.
ADDRESS = "https://example.org/notices/shi/2023/"


def matrix(picture: bytes) -> Modules:
    """The modules of a picture, quiet zone included, from the strokes of its path: M x y, then h n, m x y …"""
    text = picture.decode("utf-8")
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', text)
    assert found
    dark = [[False] * int(found[1]) for _ in range(int(found[2]))]
    path = re.search(r'<path stroke="#000" d="([^"]*)"', text)
    assert path
    x, y = 0, 0.5
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path[1]):
        by = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = int(by[0]), by[1]
        elif command == "m":
            x, y = x + int(by[0]), y + by[1]
        else:
            for step in range(int(by[0])):
                dark[int(y)][x + step] = True
            x += int(by[0])
    return dark


MASKS = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)


def form(code: Modules) -> tuple[str, int]:
    """The level of a code and the number of its mask."""
    places = [*((8, j) for j in (0, 1, 2, 3, 4, 5, 7, 8)), *((i, 8) for i in (7, 5, 4, 3, 2, 1, 0))]
    bits = int("".join(str(int(code[i][j])) for i, j in places), 2) ^ 0b101010000010010
    return "MLHQ"[bits >> 13], bits >> 10 & 7


def scanned(code: Modules) -> str:
    """The text of a code of version 3-M (29 modules, one block), read as ISO/IEC 18004 says, damage not thought of."""
    size = len(code)
    level, number = form(code)
    assert (size, level) == (29, "M")

    def is_data(i: int, j: int) -> bool:
        in_finder = (i < 9 and j < 9) or (i < 9 and j >= size - 8) or (i >= size - 8 and j < 9)
        return not (in_finder or i == 6 or j == 6 or (20 <= i <= 24 and 20 <= j <= 24))

    bits = ""
    # Two columns at a time from the right, upwards and downwards in turn; the column of the timing pattern is left out.
    for at, right in enumerate([*range(size - 1, 6, -2), 5, 3, 1]):
        for i in range(size) if at % 2 else reversed(range(size)):
            bits += "".join(str(int(code[i][j] != MASKS[number](i, j))) for j in (right, right - 1) if is_data(i, j))
    assert bits[:4] == "0100", "octets"
    octets = [int(bits[at : at + 8], 2) for at in range(4, len(bits) - 8, 8)]
    return bytes(octets[1 : 1 + octets[0]]).decode("utf-8")


def inner(picture: bytes) -> Modules:
    """The modules without the quiet zone."""
    return [row[QUIET_ZONE:-QUIET_ZONE] for row in matrix(picture)[QUIET_ZONE:-QUIET_ZONE]]


def test_a_scanner_reads_the_address() -> None:
    assert scanned(inner(svg(ADDRESS))) == ADDRESS


@pytest.mark.parametrize("mask", range(8))
def test_the_scanner_of_these_tests_reads_every_mask(mask: int) -> None:
    code = segno.make_qr(ADDRESS, error="m", mask=mask)
    assert scanned([[bool(module) for module in row] for row in code.matrix]) == ADDRESS


def test_the_quiet_zone_of_four_white_modules_is_in_the_picture() -> None:
    dark = matrix(svg(ADDRESS))
    assert len(dark) == len(dark[0]) == 29 + 2 * 4
    edge = [row[at] for row in dark for at in (0, 1, 2, 3, -4, -3, -2, -1)]
    assert not any(edge)
    assert not any(module for row in (*dark[:4], *dark[-4:]) for module in row)
    assert b'<path fill="#fff" d="M0 0h37v37h-37z"/>' in svg(ADDRESS)


@pytest.mark.parametrize("length", [20, 33, 80, 200])
def test_the_picture_is_the_code_module_by_module(length: int) -> None:
    address = "https://example.org/".ljust(length, "a")
    expected = segno.make_qr(address, error="m", mask=MASK).matrix
    assert inner(svg(address)) == [[bool(module) for module in row] for row in expected]


def test_a_code_with_room_bears_more_damage_and_is_no_larger() -> None:
    # Version 3 holds 32 octets at level Q and 42 at level M (ISO/IEC 18004, table 7).
    full, roomy = inner(svg("https://example.org/".ljust(42, "a"))), inner(svg("https://example.org/".ljust(32, "a")))
    assert (form(full)[0], len(full)) == ("M", 29)
    assert (form(roomy)[0], len(roomy)) == ("Q", 29)


def parsed(picture: bytes) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - our own


def test_the_picture_is_named_by_the_address_and_no_address_becomes_markup() -> None:
    address = "https://example.org/?a=1&b=</title><script>/路径/"
    (title,) = parsed(svg(address)).findall("{http://www.w3.org/2000/svg}title")
    assert title.text == address


def test_the_picture_is_as_large_as_its_place_and_needs_no_style_of_its_own() -> None:
    picture = parsed(svg(ADDRESS))
    assert picture.attrib == {"viewBox": "0 0 37 37"}
    assert [sorted(part.attrib) for part in picture] == [[], ["d", "fill"], ["d", "stroke"]]


def test_every_notice_has_one_with_its_whole_address(tmp_path: Path) -> None:
    board, _ = board_of(tmp_path, {"shi/unit.yml": UNIT, "shi/2023.yml": NOTICE, "shi/2023_2.yml": NOTICE})
    made = dict(qrcodes(Site(board, MASTHEAD)))
    assert sorted(made) == ["notices/shi/2023/qr.svg", "notices/shi/2023_2/qr.svg"]
    assert scanned(inner(made["notices/shi/2023/qr.svg"])) == "https://example.org/notices/shi/2023/"
    elsewhere = dict(qrcodes(Site(board, Masthead("示例公开栏", "https://example.net/"))))
    assert scanned(inner(elsewhere["notices/shi/2023/qr.svg"])) == "https://example.net/notices/shi/2023/"
