"""Values → the text of a YAML file, as ``reading.yaml`` reads it."""

from __future__ import annotations

import yaml

_TEXT = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()
#: With which no plain text begins.
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`=~<")
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def editor_line(kind: str) -> str:
    """What tells an editor where the schema of a file lies (``notice`` or ``unit``): yaml-language-server, "modeline".

    Without the sign of a comment.
    """
    return f"yaml-language-server: $schema=../../.vscode/{kind}.schema.json"


def scalar(text: str, *, typed: bool = False, flow: bool = False) -> str:
    """A value as YAML that ``reading.yaml`` reads as the same text, on one line: plain where nothing speaks against it.

    ``typed``: what every reader of YAML may take for what it is, a number or a date; else a text is told from these by
    quotation marks. ``flow``: it stands between brackets. The text has no character that a value may not have
    (``text.NEVER_IN_VALUE``).
    """
    if _is_plain(text, typed=typed, flow=flow):
        return text
    return '"' + text.translate(_ESCAPED) + '"'


def _is_plain(text: str, *, typed: bool, flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in _SIGNS or any(sign in text for sign in (": ", " #", "\n")):
        return False
    if text.endswith(":") or text.startswith("...") or (flow and any(sign in text for sign in ",[]{}:")):
        return False
    return typed or _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT  # type: ignore[no-untyped-call]
