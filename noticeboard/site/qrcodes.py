"""The QR code of each notice's whole address, for paper: ISO/IEC 18004, as SVG.

Black on white with the quiet zone in the picture, whatever the page around it looks like: it is there to be printed
and scanned.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import segno

from noticeboard.site.model.site import Site

#: White modules on each side (ISO/IEC 18004: four).
QUIET_ZONE = 4

#: The pattern that keeps dark and light mixed. A reader takes any, the code names its own; to weigh all eight, as the
#: standard has it, took most of the time. Of them this one was read best where pictures were skewed, blurred and noisy.
MASK = 4


def qrcodes(site: Site) -> Iterator[tuple[str, bytes]]:
    """``notices/UNIT/DATE/qr.svg`` of every notice, withdrawn ones too: its path in the site and its bytes."""
    for filed in site.board.by_address.values():
        address = filed.page.path
        yield f"{address}qr.svg", svg(site.masthead.url(address))


def svg(address: str) -> bytes:
    """The QR code of an address, which is also the picture's title; as large as the place where it is put.

    Level M bears 15 % of damage. Where a higher level needs no larger code it is taken.
    """
    made = io.BytesIO()
    segno.make_qr(address, error="m", mask=MASK).save(
        made,
        kind="svg",
        xmldecl=False,
        omitsize=True,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        title=address,
        svgclass=None,
        lineclass=None,
    )
    return made.getvalue()
