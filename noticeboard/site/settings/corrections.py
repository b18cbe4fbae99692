"""Where a reader tells this site of a mistake of its own, and where somebody hands in a notice: links filled in.

What is wrong with the rectification itself is the unit's matter; this is what the site copied wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

#: Repositories whose page for a new issue takes a title and a text from its address: what such an address looks like
#: (the repository, its issues, or that page), the page, and the names of the two.
_HOSTS = (
    (
        re.compile(r"(?P<repository>https?://github\.com/[\w.\-]+/[\w.\-]+?)(\.git)?(/issues(/new)?)?/?"),
        "/issues/new",
        ("title", "body"),
    ),
    (
        re.compile(r"(?P<repository>https?://[\w.\-]*gitlab[\w.\-]*(/[\w.\-]+){2,}?)(\.git)?(/-/issues(/new)?)?/?"),
        "/-/issues/new",
        ("issue[title]", "issue[description]"),
    ),
)
#: What GitHub names after the file of the form (``.github/ISSUE_TEMPLATE/notice.yml``).
_FORM = "?template=notice.yml"


@dataclass(frozen=True)
class Corrections:
    """Every way is empty where there is none."""

    email: str = ""
    phone: str = ""
    #: The page on which something is reported.
    url: str = ""
    #: What its title and its text are called in the address; nothing where it takes none.
    fields: tuple[str, str] | tuple[()] = ()
    #: The form on which a notice is handed in.
    form_url: str = ""

    def __bool__(self) -> bool:
        """Whether there is any way to tell of a mistake."""
        return bool(self.email or self.phone or self.url)

    def report(self, title: str, text: str) -> str:
        """The address of the page with a title and a text, where it takes them."""
        filled = (
            f"{quote(name)}={quote(said, safe='')}" for name, said in zip(self.fields, (title, text), strict=False)
        )
        query = "&".join(filled)
        return f"{self.url}?{query}" if query else self.url


def corrections(given: Mapping[str, str], host: Mapping[str, str], repository: str) -> Corrections:
    """What ``extra.corrections`` says; where it says nothing, the host and the repository (``repo_url``)."""
    form = _new_issue(repository, "github.com/")
    form_url = f"{form[0]}{_FORM}" if form else ""
    if given:
        url, fields = _report(given.get("url", ""))
        return Corrections(given.get("email", ""), "", url, fields, form_url)
    url, fields = _report(repository)
    return Corrections(host.get("email", ""), host.get("phone", ""), url, fields, form_url)


def _report(url: str) -> tuple[str, tuple[str, str] | tuple[()]]:
    return _new_issue(url) or (url, ())


def _new_issue(url: str, of: str = "") -> tuple[str, tuple[str, str]] | None:
    """The page for a new issue of a repository of a kind that is known, and the names of its title and its text."""
    for pattern, page, fields in _HOSTS:
        match = pattern.fullmatch(url)
        if match and of in url:
            return f"{match['repository']}{page}", fields
    return None
