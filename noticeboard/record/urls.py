"""What can be an address on the web (http, https): read once, so that nothing behind stumbles over it; and as a URI."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from noticeboard.problems import ContentError, Severity, rule

BAD_FORM = rule("bad-form", Severity.ERROR, "值的写法不对")

#: As RFC 9110, 4.1 asks every program on the way to take; a browser's address bar shows far less.
_LONGEST = 8_000
#: A host name in the DNS, and each of its labels (RFC 1035, 2.3.4).
_LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_PORT = re.compile(r"[0-9]{1,5}")
_LAST_PORT = 65_535
_NO_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: Never in an address (RFC 3986, appendix A); browsers turn a backslash into a slash. Others that it forbids
#: ({ } | ^ and Chinese) stand in real ones, and everybody writes them as percent signs on the way.
_NEVER = re.compile(r'[\\<>"`]')
#: Most addresses, those that the program makes itself: told at a glance to be URIs.
_PLAIN = re.compile(r"(https?://[A-Za-z0-9.\-]+/|(?!/))[A-Za-z0-9._~/\-]*(#[A-Za-z0-9._~\-]+)?")
_SIGNS = "从浏览器的地址栏重新复制一次"


def check_url(text: str) -> str:
    """The text itself. Raises ``ContentError`` where it cannot be an address.

    Chinese in host or path is as good as its ASCII form.
    The host is a name that the DNS can have (IDNA, RFC 3490, as Python encodes it) or an IP address; no name of a user,
    which on the page would be a password for all to read.
    """
    if not re.match("https?://", text):
        raise _bad(text, "写成以 http:// 或 https:// 开头的网址")
    if len(text) > _LONGEST:
        raise _bad(text, f"网址最多 {_LONGEST} 个字符；{_SIGNS}")
    hidden = next((sign for sign in text if sign.isspace() or not sign.isprintable()), None)
    if hidden is not None:
        raise _bad(text, "删去网址里的空格、换行和看不见的字符；中间没有空格")
    never = _NEVER.search(text)
    if never:
        raise _bad(text, f"网址里不能有“{never[0]}”；{_SIGNS}")
    if _NO_PERCENT.search(text):
        raise _bad(text, f"“%”后面要有两位十六进制数字，例如 %E6；{_SIGNS}")
    try:
        authority, name = urlsplit(text).netloc, urlsplit(text).hostname or ""
    except ValueError:
        # Brackets that do not fit, or a sign that stands for one of /?#@: (Unicode's normal form).
        raise _bad(text, f"域名写得不对；{_SIGNS}") from None
    if "@" in authority:
        raise _bad(text, "网址里不写用户名和密码，删去 @ 和它前面的")
    _check_port(text, re.sub(r"^\[[^\]]*\]", "", authority))
    if authority.startswith("["):
        _check_ipv6(text, authority)
    else:
        _check_name(text, name)
    return text


def _check_port(text: str, authority: str) -> None:
    _, colon, port = authority.partition(":")
    if colon and (not _PORT.fullmatch(port) or not 0 < int(port) <= _LAST_PORT):
        raise _bad(text, f"域名后面的冒号要接端口号（1 到 {_LAST_PORT}）；没有端口号就删去冒号")


def _check_ipv6(text: str, authority: str) -> None:
    address, _, behind = authority[1:].partition("]")
    try:
        # A zone (%eth0) means something on one machine alone.
        ipaddress.IPv6Address(address if "%" not in address and behind[:1] in ("", ":") else "")
    except ValueError:
        raise _bad(text, "域名写得不对：方括号里应是一个 IPv6 地址；多半是多打了方括号") from None


def _check_name(text: str, name: str) -> None:
    words = f"域名写得不对；{_SIGNS}"
    # Before it is encoded: the work grows faster than the length.
    if not name or len(name) > _LONGEST_HOST:
        raise _bad(text, "网址里没有域名" if not name else f"域名最多 {_LONGEST_HOST} 个字符；{_SIGNS}")
    try:
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise _bad(text, words) from None
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
        raise _bad(text, words)
    if labels[-1].isdigit():
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise _bad(text, "数字写成的地址是四个 0 到 255 的数，用点隔开") from None


def _bad(text: str, remedy: str) -> ContentError:
    return ContentError(BAD_FORM, f"“{text}”不是可用的网址", remedy)


def as_uri(address: str) -> str:
    """An address as every program takes it (RFC 3987, 3.1): the host as the DNS has it, all else as percent signs.

    ``https://例子.测试/公`` → ``https://xn--fsqu00a.xn--0zwm56d/%E5%85%AC``; one may be relative. What is a URI already
    stays as it is; brackets stay only round an IPv6 address (RFC 3986, 3.2.2).
    """
    return address if _PLAIN.fullmatch(address) else _as_uri(address)


def _as_uri(address: str) -> str:
    try:
        parts = urlsplit(address)
        authority = parts.netloc if parts.netloc.isascii() else _in_ascii(parts.netloc)
    except ValueError:
        # Nothing that check_url lets pass.
        return _quoted(address)
    rest = map(_quoted, (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, authority, *rest))


def _in_ascii(authority: str) -> str:
    host, colon, port = authority.partition(":")
    return f"{host.encode('idna').decode('ascii')}{colon}{port}"


def _quoted(text: str) -> str:
    return quote(_NO_PERCENT.sub("%25", text), safe="%!$&'()*+,;=:@/?~")
