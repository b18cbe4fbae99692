"""The work of ``build`` where there is something to do: check, build, and say what came of it."""

from __future__ import annotations

import sys
from concurrent.futures import Executor
from pathlib import Path

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.checking.readings import Readings
from noticeboard.commands import report
from noticeboard.commands.ci import as_it_counts, on_ci
from noticeboard.kept import Kept
from noticeboard.problems import CannotRun
from noticeboard.site import engine
from noticeboard.site.build import build
from noticeboard.site.settings.masthead import Masthead

_NO_CHANNEL = (
    "提醒：读者发现本站录错了，没有地方说，页面上只能写还没有途径。"
    "在 mkdocs.yml 里写 extra.corrections、主办单位的电话邮箱（extra.host）或 repo_url，见 docs/maintaining.md"
)
_HOW_TO_GO_ON = "要公布的网站不带着没有说明的警告（--strict，CI 里总是这样）：改好，或在“已知差异”里写明原因。"


def built(notices: Path, site_dir: Path, kept: Kept, executor: Executor | None, *, is_strict: bool) -> list[str] | None:
    """Build, and say on standard error what came of it; gives what a build that finds no change says again.

    ``None`` where the notices have problems that block.
    """
    masthead = engine.settings(paths.CONFIG).masthead
    if masthead.is_local and on_ci():
        raise CannotRun(_local(masthead))
    checked = as_it_counts(check(notices, readings=Readings(kept, executor)))
    problems = report.as_text(checked.problems)
    sys.stderr.write(problems)
    if checked.blocks(strict=is_strict):
        print(f"没有生成网站：{report.summary(checked.problems)}。原有的网站没有改动。", file=sys.stderr)
        if not checked.blocks(strict=False):
            print(_HOW_TO_GO_ON, file=sys.stderr)
        return None
    changed = build(
        checked,
        site_dir,
        kept=kept,
        executor=executor,
        say=lambda words: print(words, file=sys.stderr),
    )
    kept.sweep()
    before = [f"注意：{_local(masthead)}\n"] if masthead.is_local else []
    after = [] if masthead.corrections else [f"{_NO_CHANNEL}\n"]
    if checked.open_drafts:
        after.append(f"{report.open_drafts(checked.open_drafts)}\n")
    counted = f"{len(checked.board.units)} 个单位，{len(checked.board.by_address)} 份通报"
    done = f"网站在 {site_dir}：{counted}；{report.summary(checked.problems)}；改写了"
    sys.stderr.writelines([*before, f"{done} {len(changed)} 个文件\n", *after])
    return [problems, *before, f"{done} 0 个文件\n", *after]


def _local(masthead: Masthead) -> str:
    """What a site for everybody must not be built with: its links, feeds, codes and data would lead nowhere."""
    return (
        f"网址还是本机的（{masthead.site_url}），标准网址、订阅、二维码、名片和数据里的网址别人都打不开："
        "要公布的，先用环境变量 SITE_URL 设好正式的网址，例如 SITE_URL=https://example.org/"
    )
