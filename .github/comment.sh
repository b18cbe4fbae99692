#!/usr/bin/env bash
# 用法：环境变量 RUN_ID、RUN_URL、HEAD_SHA。把那次检查留下的 changed.json 写成评论，贴到它的合并请求里。
# 那些文件是别人的合并请求写的：合并请求的编号要与提交对得上才用，文字由本仓库的程序重写、转义。
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gh run download "$RUN_ID" --name preview --dir "$folder"
number=$(head -c 12 "$folder/preview/number" | tr -cd '0-9')
if [ -z "$number" ] || [ "$(gh pr view "$number" --json headRefOid --jq .headRefOid)" != "$HEAD_SHA" ]; then
  echo "合并请求又有了新的提交，或者编号对不上：不贴。"
  exit 0
fi
make --no-print-directory .venv/.site
.venv/bin/python build_site.py comment "$folder/preview/changed.json" --run "$RUN_URL" > "$folder/comment.md"
gh pr comment "$number" --body-file "$folder/comment.md" --edit-last --create-if-none
gh pr view "$number" --json files --jq '.files[].path' | "$(dirname "$0")/labels.sh" "$number"
