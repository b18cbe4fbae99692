#!/bin/sh
# Zensical 0.0.73 (Python 3.11): what a second build writes where nothing has changed since the first one.
#
# Seen: 60 pages, `zensical build` twice, the second time with the folder .cache that the first one left: every file of
#   the site is written anew, with another time and the same bytes.
#     files 72: same bytes 72, same time 0
#
# Guess before: a builder that keeps a cache writes what differs, and leaves the rest as it stands.
#
# Who meets it: whoever tells by the time of a file what is to be sent (rsync without --checksum, object stores, backups,
# caches of CI): each build sends the whole site. Compare by content instead.
#
# Exit 0: still so; 1: it changed; 77: no Python or no way to install the package.
set -u
command -v python3 >/dev/null || exit 77
folder=$(mktemp -d) || exit 77
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" >/dev/null 2>&1 || exit 77
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zensical==0.0.73 || exit 77
mkdir -p "$folder/site-of-pages/docs" && cd "$folder/site-of-pages" || exit 77
printf 'site_name: Example\ntheme:\n  variant: classic\n' > mkdocs.yml
echo '# Home' > docs/index.md
for number in $(seq 60); do printf '# Page %s\n\nText of page %s.\n' "$number" "$number" > "docs/page-$number.md"; done
"$folder/venv/bin/zensical" build >/dev/null || exit 77
"$folder/venv/bin/python" - "$folder/venv/bin/zensical" <<'PYTHON'
import pathlib
import subprocess
import sys
import time


def state() -> dict[str, tuple[int, bytes]]:
    files = (file for file in pathlib.Path("site").rglob("*") if file.is_file())
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}


first = state()
time.sleep(1.1)
subprocess.run([sys.argv[1], "build"], check=True, stdout=subprocess.DEVNULL)
second = state()
same_bytes = sum(second.get(path, (0, b""))[1] == content for path, (_, content) in first.items())
same_time = sum(second.get(path, (0, b""))[0] == moment for path, (moment, _) in first.items())
print(f"files {len(first)}: same bytes {same_bytes}, same time {same_time}")
sys.exit(not (len(first) > 60 and same_bytes == len(first) and same_time == 0))
PYTHON
