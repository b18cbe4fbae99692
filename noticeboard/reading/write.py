"""Values → the text of a YAML file, as ``reading.yaml`` reads it."""

from __future__ import annotations

import yaml

_TEXT = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()


def editor_line(kind: str) -> str:
    """What tells an editor where the schema of a file lies (``notice`` or ``unit``): yaml-language-server, "modeline".

    Without the sign of a comment.
    """
    return f"yaml-language-server: $schema=../../.vscode/{kind}.schema.json"


def scalar(text: str, *, typed: bool = False, flow: bool = False) -> str:
    """A value as YAML: plain where every reader takes it for the same text, else in quotation marks."""
    if _is_plain(text, typed=typed, flow=flow):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_plain(text: str, *, typed: bool, flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in "-?:,[]{}#&*!|>'\"%@`=~<" or ": " in text or " #" in text:
        return False
    if text.endswith(":") or (flow and any(sign in text for sign in ",[]{}:")):
        return False
    return typed or _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT  # type: ignore[no-untyped-call]
