"""What a browser asks the preview for (RFC 9112), and whether it may: nothing here touches a file or a socket."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote

#: §3.2.1 origin-form, §3.2.2 absolute-form; of the host only that there is one, without a name of a user. The fragment
#: of an address is never sent.
_TARGET = re.compile(r"(?:http://(?P<host>[^/?#@]+))?(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?", re.IGNORECASE)
_ASCII = re.compile(r"[!-~]+")
#: Names of this machine, as its own browsers write them. Whoever reaches us by another one was led here by a page
#: elsewhere that gave this address to a name of its own (DNS rebinding).
_LOOPBACK = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.IGNORECASE)
#: On Windows, backslash and colon lead out of a folder; no address of a site has a control character.
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\\:]")


@dataclass(frozen=True)
class Asked:
    """An address of the site, decoded, without dots: ``/``, ``/units/x/``, ``/units/x/contact.vcf``; and its query."""

    path: str
    query: str = ""


def asked(target: str, hosts: Sequence[str]) -> Asked | HTTPStatus:
    """What the target of a request line and the ``Host`` fields ask for, or the status that refuses it."""
    parts = _TARGET.fullmatch(target)
    if not parts or not _ASCII.fullmatch(target) or not (parts["path"] or parts["host"]):
        return HTTPStatus.BAD_REQUEST
    # §3.2: one field, not none and not several; §3.2.2: the target's own host is the one that counts.
    if len(hosts) != 1:
        return HTTPStatus.BAD_REQUEST
    if not all(_LOOPBACK.fullmatch(host) for host in (hosts[0], parts["host"] or hosts[0])):
        return HTTPStatus.FORBIDDEN
    written = parts["path"] or "/"
    try:
        path = unquote(written, errors="strict")
    except UnicodeDecodeError:
        return HTTPStatus.BAD_REQUEST
    if _NO_NAME.search(path):
        return HTTPStatus.NOT_FOUND
    # From the root no number of dots leads farther up.
    path = posixpath.normpath(path).lstrip("/")
    return Asked(f"/{path}/" if path and written.endswith("/") else f"/{path}", parts["query"] or "")
