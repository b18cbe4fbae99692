#!/usr/bin/env bash
# 用法：published.sh。环境变量 BEFORE。打印上一次成功发布的提交，与它比较就不会漏掉中间没有发布成功的；
# 从没发布过的，打印推送以前的提交（没有给 BEFORE 的不打印：它的测试未必通过）。历史改写过、两个都不在了的，
# 什么也不打印：没有可以比较的。
set -euo pipefail
last=$(gh run list --workflow publish.yml --branch main --status success --limit 1 --json headSha --jq '.[].headSha')
for commit in "$last" "${BEFORE:-}"; do
  if [ -n "$commit" ] && git cat-file -e "$commit^{commit}" 2>/dev/null; then
    echo "$commit"
    exit 0
  fi
done
echo "::warning::没有找到上一次发布的提交，这一次不与它比较。" >&2
