"""``python -m bench.same``: what is told of two sites that are not the same."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from pathlib import Path

from bench.same import differences


def site(folder: Path, files: dict[str, bytes]) -> Path:
    rows = []
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        rows.append({"path": path, "sha256": hashlib.sha256(content).hexdigest()})
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "manifest.json").write_text(json.dumps({"files": rows}))
    return folder


def test_the_same_files_are_no_difference(tmp_path: Path) -> None:
    files = {"index.html": b"<p>shili", "a/picture.png": b"\x89PNG"}
    assert list(differences(site(tmp_path / "old", files), site(tmp_path / "new", files))) == []


def test_every_kind_of_difference_is_told(tmp_path: Path) -> None:
    old = site(
        tmp_path / "old",
        {"gone.html": b"", "page.html": b"one\ntwo here\n", "picture.png": b"\x89PNG", "ends.txt": b"a\r\nb"},
    )
    new = site(
        tmp_path / "new",
        {"new.html": b"", "page.html": b"one\ntwo there\n", "picture.png": b"\x89PNC", "ends.txt": b"a\nb"},
    )
    assert list(differences(old, new)) == [
        "gone: gone.html",
        "new: new.html",
        "ends.txt: other ends of lines",
        "page.html: line 2: 'two here' → 'two there'",
        "picture.png: other bytes",
    ]


def test_what_may_change_is_left_out_of_paths_and_texts(tmp_path: Path) -> None:
    index = zlib.compress(b'{"build": "0a", "blocks": 1}'), zlib.compress(b'{"build": "0b", "blocks": 1}')
    old, new = (
        site(tmp_path / name, {f"search/{build}/1.bin": b"x", "search/start.bin": start})
        for name, build, start in (("old", "0a", index[0]), ("new", "0b", index[1]))
    )
    assert list(differences(old, new)) == [
        "gone: search/0a/1.bin",
        "new: search/0b/1.bin",
        """search/start.bin: line 1: '{"build": "0a", "blocks": 1}' → '{"build": "0b", "blocks": 1}'""",
    ]
    assert list(differences(old, new, re.compile("0[ab]"))) == []
