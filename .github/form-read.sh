#!/usr/bin/env bash
# 用法：form-read.sh DIR。环境变量 NUMBER。把 issue 的正文写进 DIR/body.md，附件（最多一个）写进 DIR/attached.*。
set -euo pipefail
mkdir -p "$1"
gh issue view "$NUMBER" --json body --jq .body > "$1/body.md"
# 只认 GitHub 自己的附件网址和能转换的几种文件；文件名不用对方写的，也不让它含斜线（网址里的 .. 会走到别处）。
# 网址里的 {甲,乙}、[1-99] 会被 curl 展开成许多个：不认这样的网址，也不让 curl 展开（--globoff）；.. 照写，不由它化简（--path-as-is）。
url=$(grep -oiE 'https://github\.com/(user-attachments/files|[A-Za-z0-9-]+/[A-Za-z0-9._-]+/files)/[0-9]+/[^][ (){}<>"'"'"'/?#\]+\.(docx|xlsx|pdf|txt|html)' "$1/body.md" | head -n 1 || true)
if [ -n "$url" ]; then
  kind=${url##*.}
  file="$1/attached.${kind,,}"
  # 取不到（太大、已删）也要有答复：留下空文件，程序会说它打不开。
  curl --fail --silent --show-error --globoff --path-as-is --location --proto '=https' --proto-redir '=https' \
    --max-time 60 --max-filesize 52428800 --output "$file" -- "$url" || : > "$file"
fi
