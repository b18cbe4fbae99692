"""The files that GitHub reads beside the workflows: what they point to is there, and nobody real is named."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from noticeboard.paths import ROOT

GITHUB = ROOT / ".github"
#: What tells Dependabot that a folder has such dependencies.
MANIFESTS = {"github-actions": ".github/workflows", "pip": "requirements.txt", "npm": "package-lock.json"}


def test_dependabot_looks_into_every_folder_that_has_dependencies_and_waits_a_week() -> None:
    updates = yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    looked = {
        (one["package-ecosystem"], at) for one in updates for at in one.get("directories", [one.get("directory")])
    }
    locks = [file for file in ROOT.glob("*/*/package-lock.json") if ".venv" not in file.parts]
    node = {("npm", f"/{file.parent.relative_to(ROOT).as_posix()}") for file in locks}
    assert looked == {("github-actions", "/"), ("pip", "/"), *node}
    for kind, at in looked:
        assert (ROOT / at.lstrip("/") / MANIFESTS[kind]).exists(), (kind, at)
    assert all((one["schedule"], one["cooldown"]) == ({"interval": "weekly"}, {"default-days": 7}) for one in updates)
    assert all(list(one["groups"].values()) == [{"patterns": ["*"]}] for one in updates)


def test_the_owners_are_visibly_made_up_and_what_they_own_is_there() -> None:
    lines = (GITHUB / "CODEOWNERS.example").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert [owner for _, *owners in rules for owner in owners if not owner.startswith("@示例组织/")] == []
    for pattern, *_ in rules:
        # Units of an example stand among the examples.
        places = (ROOT, ROOT / "examples")
        assert any(list(place.glob(pattern.strip("/"))) for place in places), pattern


def test_what_the_template_of_a_pull_request_links_to_is_there() -> None:
    template = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", template)
    assert len(links) == 3
    for link in links:
        # From a page of a pull request, OWNER/REPOSITORY/pull/1.
        assert link.startswith("../blob/main/")
        assert (ROOT / link.removeprefix("../blob/main/")).is_file()


def test_the_template_asks_for_the_four_steps_of_the_regulation_in_their_order() -> None:
    template = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert re.findall(r"^\d\. \*\*(\w+)\*\*", template, re.MULTILINE) == ["提出", "审核", "审批", "实施"]
    # Before anything else it warns that there is no way back, where the writer sees it and the reader does not.
    assert template.startswith("<!-- ")
    assert "马上看得到" in template.partition("-->")[0]


def test_no_lock_file_names_an_address() -> None:
    locks = [GITHUB / "lint" / "package-lock.json", ROOT / "bench/audit/package-lock.json", *ROOT.glob("requirements*")]
    for lock in locks:
        assert "://" not in Path(lock).read_text(encoding="utf-8"), lock
