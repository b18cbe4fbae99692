#!/usr/bin/env bash
# git log --follow goes on with another file, where a new file was made by copying one that still stands.
#
# Seen with git 2.39.5. Its manual says of --follow: "Continue listing the history of a file beyond renames". No file was
# renamed here: the notice of 2024 was made from a copy of that of 2022, as people do, and both stand. Asked for the day
# on which the notice of 2024 came (`--diff-filter=A`, the recipe found everywhere), git answers with the day of the
# other one, and never with its own: the commit that added it is listed as a copy (C098), which that filter leaves out.
#
# Who meets it: whoever takes the day of a page, a post or a record from git ("first published") in a repository where
# new files are made from old ones. Ask each commit for renames alone instead: git log --find-renames --diff-filter=AR.
#
# Output seen: 2022-01-01 for --follow, 2024-01-01 without it.
set -euo pipefail
command -v git >/dev/null || exit 77
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
git init --quiet
commit() {
  git add .
  GIT_AUTHOR_DATE="$1" GIT_COMMITTER_DATE="$1" \
    git -c user.name=a -c user.email=a@example.org commit --quiet --message "$1"
}
{
  echo "title: first"
  for line in $(seq 1 40); do echo "# line $line of the form"; done
} > 2022.yml
commit 2022-01-01T00:00:00+00:00
sed 's/first/second/' 2022.yml > 2024.yml
commit 2024-01-01T00:00:00+00:00

followed=$(git log --follow --diff-filter=A --format=%as -- 2024.yml)
plain=$(git log --diff-filter=A --format=%as -- 2024.yml)
echo "with --follow: $followed"
echo "without:       $plain"
[ "$followed" = 2022-01-01 ] && [ "$plain" = 2024-01-01 ] && [ -f 2022.yml ]
