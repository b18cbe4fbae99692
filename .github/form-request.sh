#!/usr/bin/env bash
# 用法：环境变量 NUMBER、RUN_ID。把“写草稿”留下的文件放进分支 notice/issue-NUMBER，开合并请求，在 issue 里回答。
# 草稿是别人填的表写出来的，只当数据：位置和名字不对的文件一概不取。
set -euo pipefail
branch="notice/issue-$NUMBER"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gh run download "$RUN_ID" --name draft --dir "$folder"
found=$(cd "$folder" && find notices -type f 2>/dev/null | grep -xE 'notices/[a-z0-9]+(-[a-z0-9]+)*/(unit|[0-9]{4}(-[0-9]{2}){0,2}(_[0-9]+)?)\.yml' | head -n 4 || true)
if [ -z "$found" ]; then
  gh issue comment "$NUMBER" --body-file "$folder/answer.md"
  exit 0
fi
gh auth setup-git
# 看最后一次提交是谁的就够：有人改过以后，这里不再往上写。（检出的历史只有一层，不能逐个比。）
if git fetch --quiet --depth 1 origin "+refs/heads/$branch:refs/remotes/origin/$branch" 2>/dev/null \
  && [ "$(git log -1 --format=%ae "origin/$branch")" != form@noticeboard.invalid ]; then
  echo "这份草稿已经有人在合并请求里改过，没有再写。要改，请改合并请求里的文件。" > "$folder/kept.md"
  gh issue comment "$NUMBER" --body-file "$folder/kept.md"
  exit 0
fi
git switch --quiet --force-create "$branch"
while IFS= read -r file; do
  mkdir -p "$(dirname "$file")"
  # 已有的文件不改。
  [ -e "$file" ] || cp "$folder/$file" "$file"
  git add -- "$file"
done <<< "$found"
if git diff --cached --quiet; then
  echo "草稿里的文件本站都已经有了，没有再写。要更正已有的通报，请直接改那份文件。" > "$folder/kept.md"
  gh issue comment "$NUMBER" --body-file "$folder/kept.md"
  exit 0
fi
git -c user.name=网页表单 -c user.email=form@noticeboard.invalid commit --quiet --message "Draft a notice from the web form (#$NUMBER)"
git push --quiet --force origin "HEAD:refs/heads/$branch"
printf '由网页表单写的草稿，来自 #%s。\n\n' "$NUMBER" | cat - "$folder/answer.md" > "$folder/request.md"
link() { gh pr list --head "$branch" --state open --json url --jq '"合并请求：" + .[].url'; }
told=$(link)
if [ -z "$told" ]; then
  # 仓库可能不许工作流开合并请求（Settings → Actions → General）：草稿已经在分支里，不能没有答复。
  if gh pr create --head "$branch" --base main --title "新增通报（#$NUMBER）" --body-file "$folder/request.md"; then
    told=$(link)
  else
    told="没能自动开合并请求。草稿在分支 $branch 里，请维护者由它开合并请求。"
  fi
fi
# 没有标签不碍事，答复和检查要照旧。
"$(dirname "$0")/labels.sh" "$branch" <<< "$found" || echo "::warning::没能加上单位的标签"
printf '\n%s\n' "$told" | cat "$folder/answer.md" - > "$folder/comment.md"
gh issue comment "$NUMBER" --body-file "$folder/comment.md"
echo "branch=$branch" >> "$GITHUB_OUTPUT"
