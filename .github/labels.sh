#!/usr/bin/env bash
# 用法：labels.sh 合并请求 < 改动的文件（一行一个）。给合并请求加上单位的标签；改动了程序的，再加“程序”。
# 只看路径，样子不像单位文件夹的一概不用。
set -euo pipefail
paths=$(cat)
labels=$(sed -nE 's#^notices/([a-z0-9]+(-[a-z0-9]+)*)/.*#单位/\1#p' <<< "$paths" | sort -u | head -n 20)
if grep -qvE '^notices/' <<< "$paths"; then
  labels="$labels"$'\n程序'
fi
while IFS= read -r label; do
  if [ -n "$label" ]; then
    gh label create "$label" --force --color C5DEF5
    gh pr edit "$1" --add-label "$label"
  fi
done <<< "$labels"
