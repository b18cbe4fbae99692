"""The pictures of docs/office.md: what the form asks, and what the program really says of one made-up notice.

Taken by ``make screenshots``. What GitHub and an editor look like is drawn plainly; the words are those of the form's
file and of the program.
"""

from __future__ import annotations

import html
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import markdown
import yaml
from PIL import Image
from playwright.sync_api import Browser, Page

from noticeboard.paths import ROOT
from tests.documents import word
from tests.test_webform import body

FOLDER = ROOT / "docs" / "pictures"
_TEXT = (ROOT / "tests/samples/documents/03-zhen.txt").read_text(encoding="utf-8")
_UNIT = "示例镇党委"
_FILLED = {"单位": _UNIT, "落款日期": "2021-07-05", "全文": _TEXT, "提交以前": "- [x] 已按程序审批，同意公开"}
#: Boxes of the form that a picture shows; the others are left empty by most.
_SHOWN = ("单位", "落款日期", "全文", "提交以前")
_WIDTH = 720
_COLOURS = 64
_STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def take(browser: Browser) -> Iterator[Path]:
    """Write each picture; yields its file."""
    FOLDER.mkdir(exist_ok=True)
    page = browser.new_page(viewport={"width": _WIDTH, "height": 400}, device_scale_factor=1.5, color_scheme="light")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        yield _drawn(page, "form", _form())
        yield _drawn(page, "answer", _answer(folder))
        (folder / "通报.docx").write_bytes(word(_TEXT.splitlines()))
        _run("import", "通报.docx", "-o", "notices", folder=folder)
        (draft,) = folder.glob("notices/*/2*.yml")
        yield _drawn(page, "draft", _code(draft.read_text(encoding="utf-8"), 22))
        _ready(draft)
        good = draft.read_text(encoding="utf-8")
        broken = good.replace("文种: 巡察整改进展\n", "文种: 巡察整改\n")
        with _previewed(folder / "notices") as address:
            page.goto(f"{address}notices/{draft.parent.name}/{draft.stem}/")
            yield _shot(page, "page")
            draft.write_text(broken, encoding="utf-8")
            page.wait_for_selector(".nb-preview[role=status]")
            yield _shot(page, "preview")
    page.close()


def _ready(draft: Path) -> None:
    """As after somebody looked into every doubt: the pictures that follow show one slip alone."""
    text = re.sub(r"(?m)^ *# 请核对.*\n", "", draft.read_text(encoding="utf-8"))
    draft.write_text(re.sub(r"(?m)^( *)- 标识: i-.*", r"\g<0>\n\1  主题: [作风建设]", text), encoding="utf-8")
    unit = draft.with_name("unit.yml")
    unit.write_text(
        f"全称: {_UNIT}\n简称: 示例镇\n地区: {{省: 湖南省, 市: 示例市, 县: 示例县, 代码: 439999}}\n"
        "类别: 乡镇街道\n级别: 乡镇\n",
        encoding="utf-8",
    )


def _run(*arguments: str, folder: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "build_site.py"), *arguments], cwd=folder, check=False)


def _form() -> str:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/notice.yml").read_text(encoding="utf-8"))
    told, *boxes = form["body"]
    parts = [f"<h1>{form['name']}</h1><div class=told>{markdown.markdown(told['attributes']['value'])}</div>"]
    parts += [_box(box) for box in boxes if box["attributes"]["label"] in _SHOWN]
    return "".join([*parts, "<span class=send>Create</span>"])


def _box(box: dict[str, Any]) -> str:
    told = box["attributes"]
    label = told["label"]
    star = " <i>*</i>" if box.get("validations", {}).get("required") else ""
    head = f"<label>{label}{star}</label><small>{told.get('description', '')}</small>"
    if box["type"] == "checkboxes":
        return head + "".join(f"<div>☑ {option['label']} <i>*</i></div>" for option in told["options"])
    shown = "\n".join(_FILLED[label].splitlines()[:6]) + ("\n……" if label == "全文" else "")
    return f"{head}<div class=box>{html.escape(shown)}</div>"


def _answer(folder: Path) -> str:
    (folder / "body.md").write_text(body(**_FILLED), encoding="utf-8")
    _run("form", "body.md", "-o", "form", "--answer", "answer.md", folder=folder)
    text = (folder / "answer.md").read_text(encoding="utf-8")
    # As many rows as fit into a picture.
    lines = text.splitlines()
    rows = [at for at, line in enumerate(lines) if line.startswith("| ")]
    kept = [line for at, line in enumerate(lines) if at not in rows[6:]]
    return markdown.markdown("\n".join(kept), extensions=["tables"])


def _code(text: str, lines: int) -> str:
    numbered = []
    for number, line in enumerate(text.splitlines()[:lines], 1):
        shown = html.escape(line)
        numbered.append(f"<b>{number:3} </b>{f'<mark>{shown}</mark>' if '# 请核对' in line else shown}")
    return "<pre>" + "\n".join(numbered) + "</pre>"


@contextmanager
def _previewed(notices: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "build_site.py", "serve", "--notices", str(notices), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, env={**os.environ})
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - this machine
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def _drawn(page: Page, name: str, content: str) -> Path:
    # As low as its content.
    page.set_viewport_size({"width": _WIDTH, "height": 50})
    page.set_content(f"<!doctype html><html lang=zh-CN><style>{_STYLE}</style><body>{content}")
    return _saved(name, page.screenshot(full_page=True))


def _shot(page: Page, name: str) -> Path:
    page.set_viewport_size({"width": _WIDTH, "height": 694})
    page.evaluate("document.fonts.ready")
    return _saved(name, page.screenshot(animations="disabled"))


def _saved(name: str, content: bytes) -> Path:
    """Few colours suffice, and a page with pictures should stay light."""
    file = FOLDER / f"office-{name}.png"
    Image.open(io.BytesIO(content)).convert("RGB").quantize(_COLOURS).save(file, optimize=True)
    return file
