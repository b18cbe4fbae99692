"""``python -m bench.fuzz --minutes N [--seed S] [--keep DIR]``: bent files through the reader and through ``check``.

Each case is a notice, a unit's file or a case of the YAML test suite with a few slips, breaks and floods in it, or a
folder of such files under odd names. Counted are cases and problems; a traceback, more than 5 seconds of a processor or
more than 500 MB of memory is a fault: it is printed, kept under ``--keep``, and makes the exit code 1.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import watched
from bench.bending import Random, happens, lines_of
from noticeboard.commands import main as command
from noticeboard.paths import ROOT
from noticeboard.reading.fix import mended
from noticeboard.reading.read import read_bytes
from noticeboard.record.keys import all_keys
from noticeboard.record.model import Notice, Unit
from noticeboard.rules import of_record

#: Bytes of a file that is mended as often as it takes; a flood of slips is not.
_SMALL = 50_000
_KEYS = sorted(all_keys())
_SIGNS = [
    *"{}[],:#&*!|>'\"%@`?-\\~=<",
    ": ",
    "- ",
    " #",
    "---",
    "...",
    "<<: ",
    "，",
    "：",
    "、",
    "“",
    "（",
    "\t",
    "\u3000",
]
_ODD = [*"\x00\x07\x7f\x85\u200b\u202e\u2028\ufeff\ufffd\ufffe\r", "\U0001f468\u200d\U0001f469", "é", "\U00020000", "é"]
_LONG = [
    *"1甲“（(：、，.-@/%#?&=",
    "1 ",
    "- ",
    "甲 ",
    "第",
    "一、",
    "13",
    "a.",
    "@a",
    "0746-",
    "http://",
    "\n",
    "\n  ",
    "：\n",
]
_VALUES = [
    "",
    "~",
    "[]",
    "{}",
    "[甲, 乙]",
    "{甲: 乙}",
    "{原文: 2022年11月, 可确定: 2022-13}",
    "2023-02-30",
    "0000",
    "9999-12-31",
    "-1",
    "1e999",
    "9" * 400,
    "0.5",
    "是",
    "2023-12#i-1",
    "../../2023",
    "shili/2023",
    "http://[abc",
    "http://x:99999/",
    "https://示例.中国/%zz",
    "https://a:b@x/",
    "13800138000",
    "110101199003070011",
    "*a",
    "&a 甲",
    "!!python/object:os.system x",
    "|\n  甲\n   乙",
    ">-\n\n\n 甲",
    '"\\ud800"',
    '"\\u0000"',
    '"\\x1b[31m"',
    "甲 # 乙",
    "“" * 200,
    "<script>",
    "{{ 7 * 7 }}",
    "\U0001f600" * 50,
]


def _some(chance: Random, lines: list[str]) -> int:
    return chance.randrange(len(lines))


def _drop(chance: Random, lines: list[str]) -> None:
    del lines[_some(chance, lines)]


def _twice(chance: Random, lines: list[str]) -> None:
    lines.insert(_some(chance, lines), lines[_some(chance, lines)])


def _swap(chance: Random, lines: list[str]) -> None:
    one, other = _some(chance, lines), _some(chance, lines)
    lines[one], lines[other] = lines[other], lines[one]


def _join(chance: Random, lines: list[str]) -> None:
    at = _some(chance, lines)
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def _indent(chance: Random, lines: list[str]) -> None:
    at = _some(chance, lines)
    begin = chance.choice(["", " ", "  ", "   ", "\t", "  \t", "\u3000", "\u00a0", "- ", "# ", "? "])
    lines[at] = begin + (lines[at] if happens(chance, 0.5) else lines[at].lstrip())


def _other_value(chance: Random, lines: list[str]) -> None:
    at = _some(chance, lines)
    key, colon, _ = lines[at].partition(":")
    value = chance.choice(_VALUES)
    lines[at] = f"{key}: {value}" if colon else f"{key[: len(key) - len(key.lstrip())]}- {value}"


def _other_key(chance: Random, lines: list[str]) -> None:
    at = _some(chance, lines)
    key, colon, rest = lines[at].partition(":")
    word = key.strip(" -")
    letters = list(word)
    chance.shuffle(letters)
    other = chance.choice([chance.choice(_KEYS), "".join(letters), word + word, "", "甲" * chance.choice([1, 5_000])])
    lines[at] = key.replace(word, other, 1) + colon + rest


def _inserted(words: list[str]) -> Callable[[Random, str], str]:
    def changed(chance: Random, text: str) -> str:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(words) + text[at + chance.choice([0, 0, 1]) :]

    return changed


def _flooded(chance: Random, text: str) -> str:
    """A text where many of one thing stand: a value, keys, items, brackets, problems."""
    many = int(10 ** chance.uniform(1, 5))
    what = chance.choice(_LONG)
    floods: list[Callable[[], str]] = [
        lambda: text + f"\n概述: {what * many}\n",
        lambda: text + f'\n概述: "{what * many}"\n',
        lambda: text + "\n概述: |\n" + f"  {what}{what}\n" * many,
        lambda: text + "\n署名:\n" + f"- {what}\n" * many,
        lambda: text + "\n署名: [" + f"{what}," * many + "]\n",
        lambda: text + "".join(f"\n{what}{number}: 甲" for number in range(many)),
        lambda: text + "\n概述：甲" * many,
        lambda: text + "\n问题:" + "".join(f"\n- {{标识: i-{number}, 标题: {what}}}" for number in range(many)),
        lambda: text + "\n通报所述:" + f"\n- {{项目: 问题, 数: {many}, 原文: {what}}}" * many,
        lambda: text + "\n附件:" + f"\n- {{名称: 甲, 网址: https://example.org/{what}}}" * many,
        lambda: text + "\n" + chance.choice("[{") * many,
        lambda: text + "\n" + "".join("  " * depth + "甲:\n" for depth in range(min(many, 400))),
        lambda: text + "\n" + "- " * many,
        lambda: text + "\n# 请核对" * many,
    ]
    return chance.choice(floods)()


def _nested(chance: Random, text: str) -> str:
    inner = "".join(
        f"{'  ' * level}子问题:\n{'  ' * level}- 标识: i-{level}\n" for level in range(chance.randrange(30))
    )
    return f"{text}\n{inner}"


_TEXT_CHANGES: tuple[Callable[[Random, str], str], ...] = (
    *map(lines_of, (_drop, _twice, _swap, _join, _indent, _indent, _other_value, _other_value, _other_key, _other_key)),
    _inserted(_SIGNS),
    _inserted(_SIGNS),
    _inserted(_ODD),
    _inserted(_VALUES),
    _nested,
    lambda chance, text: text[: chance.randrange(len(text) + 1)],
    lambda chance, text: text.replace(
        *chance.choice([(": ", "："), (": ", ":"), ("\n", "\r\n"), ("\n", "\r"), ("  ", "\t")])
    ),
)


def _bytes_changed(chance: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(changed) + 1)
        changed[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    return bytes(changed)


def _encoded(chance: Random, text: str) -> bytes:
    if happens(chance, 0.06):
        encoding = chance.choice(["gbk", "gb18030", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "big5"])
        return text.encode(encoding, "replace")
    content = text.encode("utf-8", "surrogatepass")
    return _bytes_changed(chance, content) if happens(chance, 0.1) else content


def sources() -> list[str]:
    """The real notices, the examples and the YAML test suite."""
    files = [*(ROOT / "notices").glob("*/*.yml"), *(ROOT / "examples/notices").glob("*/*.yml")]
    suite = json.loads((ROOT / "tests/yaml_suite/cases.json").read_text(encoding="utf-8"))
    return [*(file.read_text(encoding="utf-8") for file in sorted(files)), *(case[2] for case in suite)]


def cases(chance: Random) -> Iterator[tuple[str, bytes]]:
    """Names and contents without end; the content of a ``folder`` is JSON of paths and what stands there."""
    texts = sources()
    records = [text for text in texts if "标题:" in text or "全称:" in text]
    number = 0
    while True:
        number += 1
        text = chance.choice(records if happens(chance, 0.7) else texts)
        for _ in range(chance.choice([1, 1, 2, 3, 6])):
            text = chance.choice(_TEXT_CHANGES)(chance, text)
        if happens(chance, 0.05):
            text = _flooded(chance, text)
        content = _encoded(chance, text)
        if number % 10 == 0:
            yield f"{number}.folder", _folder(chance, records, content)
        else:
            yield f"{number}.{'unit' if '全称' in text else 'notice'}", content


def _folder(chance: Random, records: list[str], content: bytes) -> bytes:
    """A folder of units: files (text), links (``->target``) and pipes (``|``) by their paths."""
    names = [
        "2023.yml",
        "2023-12.yml",
        "2023-12.yaml",
        "2024-02-30.yml",
        "2023_2.yml",
        "unit.yml",
        "通报.yml",
        "2023.yml.txt",
    ]
    units = ["shili", "shili-er", "index", "示例", "Shili", "a b", "-"]
    notices = [text for text in records if "标题:" in text]
    unit = next(text for text in records if text.startswith("全称:") or "\n全称:" in text)
    folder = {f"{chance.choice(units)}/unit.yml": unit for _ in range(chance.randrange(3))} | {"shili/unit.yml": unit}
    for _ in range(chance.randrange(1, 4)):
        folder[f"{chance.choice(units)}/{chance.choice(names)}"] = chance.choice(
            [
                chance.choice(notices),
                content.decode("latin-1"),
                "->2024.yml",
                "->../shili/2023.yml",
                "->/dev/zero",
                "->/etc/hostname",
                "->../../../..",
                "|",
            ]
        )
    if happens(chance, 0.2):
        folder[chance.choice(["lian", "shili/lian", "zhong.yml"])] = chance.choice(
            ["->.", "->..", "->lian", "->/", "|"]
        )
    return json.dumps(folder, ensure_ascii=False).encode("utf-8")


def run_case(name: str, content: bytes) -> int:
    """How many problems are found."""
    if name.endswith(".folder"):
        return _run_folder(json.loads(content))
    kind: type[Notice | Unit] = Unit if name.endswith(".unit") else Notice
    file = Path("shili/2023.yml")
    once = mended(file, content, kind)
    if len(content) < _SMALL:
        assert mended(file, once.after, kind).after == once.after, "mending is not done in one run"
    list(once.shown())
    reading = read_bytes(file, content, kind)
    found = of_record(reading.record) if reading.record is not None else []
    return len(reading.problems) + len(found)


def _run_folder(folder: dict[str, str]) -> int:
    with tempfile.TemporaryDirectory() as temporary, contextlib.redirect_stderr(io.StringIO()):
        notices = Path(temporary) / "project/notices"
        notices.mkdir(parents=True)
        for path, what in folder.items():
            file = notices / path
            with contextlib.suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                if what.startswith("->"):
                    file.symlink_to(what[2:])
                elif what == "|":
                    os.mkfifo(file)
                else:
                    file.write_bytes(what.encode("latin-1", "ignore") if what[:1] > "\x7f" else what.encode("utf-8"))
        with contextlib.redirect_stdout(io.StringIO()) as said:
            codes = [
                command(["check", *more, "--format", form, "--notices", str(notices)])
                for more, form in (([], "text"), (["--fix"], "github"), ([], "json"))
            ]
        assert set(codes) <= {0, 1, 2}, codes
        return said.getvalue().count("::error")


def counted(name: str, content: bytes) -> dict[str, int]:
    """The same as ``watched`` counts it."""
    return {"problems": run_case(name, content)}


def main() -> int:
    """0 nothing was found, 1 something was."""
    arguments = watched.parser(__doc__).parse_args()
    return watched.watch(counted, cases(random.Random(arguments.seed)), ["problems"], arguments)


if __name__ == "__main__":
    sys.exit(main())
