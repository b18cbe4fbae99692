"""Every regular expression of the program, found by itself, and hostile texts for each, made of its own parts."""

from __future__ import annotations

import ast
import dataclasses
import functools
import importlib
import itertools
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import noticeboard

_FUNCTIONS = (ast.FunctionDef, ast.Lambda)
#: How a pattern is asked; ``finditer`` stands for all that look for it anywhere.
METHODS = ("fullmatch", "match", "search", "finditer", "findall", "sub", "split")
#: How the patterns of a table, or those that are handed on, are asked, where it is not to find them anywhere.
_HANDED_ON = {
    "noticeboard.reading.mistakes._SLIPS": "match",
    "noticeboard.rules.contacts.EMAIL": "fullmatch",
    "noticeboard.site.settings.masthead._URL": "fullmatch",
}
_ROOT = Path(noticeboard.__file__).parent


@dataclasses.dataclass(frozen=True)
class Asked:
    """A pattern, where it stands, and how it is asked."""

    where: str
    regex: re.Pattern[str]
    method: str

    def ask(self, text: str) -> None:
        """Ask it about a text, to the end of the text."""
        if self.method in ("fullmatch", "match"):
            getattr(self.regex, self.method)(text)
            return
        for _ in self.regex.finditer(text):
            pass


def modules() -> Iterator[ModuleType]:
    """All modules of the program; those that are programs themselves begin nothing when imported."""
    for found in pkgutil.walk_packages(noticeboard.__path__, "noticeboard."):
        yield importlib.import_module(found.name)


def patterns_in(value: object, depth: int = 5) -> Iterator[re.Pattern[str]]:
    """The patterns of text in a value, in whatever it is made of."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, Mapping):
        for inner in (*value.keys(), *value.values()):
            yield from patterns_in(inner, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from patterns_in(inner, depth - 1)
    elif depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from patterns_in(getattr(value, field.name, None), depth - 1)


def _is_wide(methods: set[str]) -> str:
    """The most that is asked of a pattern: to find it anywhere asks more than to find it at the beginning."""
    narrow = [method for method in ("match", "fullmatch") if method in methods]
    return narrow[0] if methods and methods <= {"match", "fullmatch"} else "finditer"


@functools.cache
def _nodes() -> dict[Path, tuple[ast.AST, ...]]:
    """Every file of the program, and all nodes of its source."""
    files = sorted(_ROOT.rglob("*.py"))
    return {file: tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8")))) for file in files}


def methods_of_names(nodes: Iterable[ast.AST]) -> dict[str, set[str]]:
    """What names are asked in a source: ``_EMAIL.fullmatch(…)`` → fullmatch; one handed on may be asked anything."""
    asked: dict[str, set[str]] = {}
    owners, loaded = set(), []
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            asked.setdefault(node.value.id, set()).add(node.attr)
            owners.add(id(node.value))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            loaded.append(node)
    for name in loaded:
        if id(name) not in owners:
            asked.setdefault(name.id, set()).add("handed on")
    return asked


def named_patterns() -> Iterator[Asked]:
    """The patterns in the globals of all modules."""
    sources = {file: methods_of_names(nodes) for file, nodes in _nodes().items()}
    everywhere: dict[str, set[str]] = {}
    for asked in sources.values():
        for name, methods in asked.items():
            everywhere.setdefault(name, set()).update(methods)
    seen = set()
    for module in modules():
        for name, value in vars(module).items():
            for regex in patterns_in(value):
                if id(regex) in seen or name.startswith("__"):
                    continue
                # A private name is its module's own.
                known = sources[Path(module.__file__ or "")] if name.startswith("_") else everywhere
                seen.add(id(regex))
                where = f"{module.__name__}.{name}"
                asked = {_HANDED_ON[where]} if where in _HANDED_ON else known.get(name, set())
                if not isinstance(value, re.Pattern) and where not in _HANDED_ON:
                    asked = set()
                yield Asked(where, regex, _is_wide(asked))


def written_patterns() -> tuple[list[Asked], list[str]]:
    """The patterns written where they are asked (``re.search("…", text)``); and where a name stands in their place."""
    found, unknown = [], []
    for file, nodes in _nodes().items():
        calls = list(_calls_of_re(nodes))
        # What a module makes when it is imported stands in its globals.
        functions = [node for node in nodes if isinstance(node, _FUNCTIONS)] if calls else []
        inside = {id(inner) for function in functions for inner in ast.walk(function)}
        for call, method in calls:
            where = f"{file.relative_to(_ROOT.parent).as_posix()}: re.{method}({ast.unparse(call.args[0])})"
            written = call.args[0]
            if method == "compile" and id(call) not in inside:
                continue
            if isinstance(written, ast.Constant) and isinstance(written.value, str):
                found.append(Asked(where, re.compile(written.value, _flags(call)), _is_wide({method})))
            else:
                unknown.append(where)
    return found, unknown


def _calls_of_re(nodes: Iterable[ast.AST]) -> Iterator[tuple[ast.Call, str]]:
    """The calls of the module ``re`` itself, and what it is asked."""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, method = node.func.value, node.func.attr
            if isinstance(owner, ast.Name) and owner.id == "re" and method in (*METHODS, "compile"):
                yield node, method


def _flags(call: ast.Call) -> re.RegexFlag:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    names = [node.attr for node in given if isinstance(node, ast.Attribute) and hasattr(re.RegexFlag, node.attr)]
    return re.RegexFlag(sum(getattr(re, name) for name in names))


#: So many samples and signs of a pattern are tried.
_SAMPLES, _SIGNS = 6, 16


def hostile(regex: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Makers of texts of a length that are hard for a pattern: long runs of all that it may go on with, and no end.

    Of each sign that it names (and one of each class), of its own examples, of these without their last sign; each
    run also behind an example's beginning.
    """
    tree = parser.parse(regex.pattern, regex.flags)
    named = list(dict.fromkeys(_signs(tree)))[:_SIGNS]
    samples = list(dict.fromkeys(filter(None, itertools.islice(_samples(tree), 200))))
    samples = samples[:: max(1, len(samples) // _SAMPLES)][:_SAMPLES]
    units = [*named, *samples, *(sample[:-1] for sample in samples), *(sample[:2] for sample in samples)]
    heads = ["", *(sample[: len(sample) // 2] for sample in samples[:2]), *(sample[:-1] for sample in samples[:2])]
    for unit in dict.fromkeys(filter(None, units)):
        for head in dict.fromkeys(heads):
            yield lambda length, head=head, unit=unit: f"{head}{unit * (length // len(unit))}\0"  # type: ignore[misc]


def _members(parts: Any) -> Iterator[str]:
    """A few characters of a class."""
    for kind, value in parts:
        if kind is signs.LITERAL:
            yield chr(value)
        elif kind is signs.RANGE:
            yield chr(value[0])
        elif kind is signs.CATEGORY:
            yield {"DIGIT": "1", "SPACE": " ", "WORD": "a"}.get(str(value).removeprefix("CATEGORY_"), "甲")
        elif kind is signs.NEGATE:
            yield from (one for one in "甲a1 " if not re.fullmatch(f"[{re.escape(''.join(_members(parts[1:])))}]", one))


def _signs(tree: Any) -> Iterator[str]:
    """The characters that a pattern names."""
    for kind, value in tree:
        if kind in (signs.LITERAL, signs.NOT_LITERAL):
            yield chr(value) if kind is signs.LITERAL else "甲"
        elif kind is signs.ANY:
            yield "甲"
        elif kind is signs.IN:
            yield from itertools.islice(_members(value), 6)
        else:
            for inner in _inner(kind, value):
                yield from _signs(inner)


def _inner(kind: Any, value: Any) -> list[Any]:
    if kind is signs.BRANCH:
        return list(value[1])
    if kind in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is signs.SUBPATTERN:
        return [value[3]]
    if kind in (signs.ASSERT, signs.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is signs.ATOMIC_GROUP else []


def _samples(tree: Any) -> Iterator[str]:
    """Texts that a pattern finds, but for what it asks of the text around: each choice, each repetition once or so."""
    parts = [list(itertools.islice(_samples_of(kind, value), 8)) or [""] for kind, value in tree]
    # One choice after the other, the rest as it comes first.
    first = [some[0] for some in parts]
    yield "".join(first)
    for at, some in enumerate(parts):
        for other in some[1:]:
            yield "".join([*first[:at], other, *first[at + 1 :]])


def _samples_of(kind: Any, value: Any) -> Iterator[str]:
    if kind is signs.LITERAL:
        yield chr(value)
    elif kind in (signs.ANY, signs.NOT_LITERAL):
        yield "甲"
    elif kind is signs.IN:
        yield from _members(value)
    elif kind in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT):
        least, most, inner = value
        for sample in _samples(inner):
            yield sample * max(least, min(1, most))
    elif kind is signs.BRANCH:
        # One of each first, then the rest.
        for some in itertools.zip_longest(*map(_samples, value[1])):
            yield from filter(None, some)
    elif kind is signs.SUBPATTERN:
        yield from _samples(value[3])
    elif kind is signs.ATOMIC_GROUP:
        yield from _samples(value)
