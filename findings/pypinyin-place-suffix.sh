#!/bin/sh
# pypinyin 0.55.0 (Python 3.11): whether the word for the kind of a place (区, 县, 市) stands behind its name changes
# how the name itself is read.
#
# Seen:
#   朝阳区 chao yang qu    朝阳 zhao yang    (the district of Beijing is Chaoyang)
#   朝阳市 zhao yang shi                     (the city in Liaoning is Chaoyang too)
#   蔚县   yu xian         蔚   wei          (the county is Yuxian)
#   昌都市 chang du shi    昌都 chang dou    (the city is Chamdo, in pinyin Changdu)
#
# Why: readings come from a dictionary of phrases. 朝阳区 and 蔚县 stand in it as phrases; 朝阳 alone stands there as the
# morning sun, and is what is found in 朝阳市, which does not. 昌都市 is right by chance: 都市, a big town, is a phrase.
#
# Who meets it: whoever makes addresses, file names or sort keys from names of places and cuts 区, 县 or 市 off before
# the name is spelt, as one does to have chaoyang for 朝阳区: the address says zhaoyang, which is 昭阳区's.
#
# Exit 0: still so; 1: it changed; 77: no Python or no way to install the package.
set -u
command -v python3 >/dev/null || exit 77
folder=$(mktemp -d) || exit 77
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" >/dev/null 2>&1 || exit 77
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypinyin==0.55.0 || exit 77
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from pypinyin import lazy_pinyin

SEEN = {
    "朝阳区": "chao yang qu", "朝阳": "zhao yang", "朝阳市": "zhao yang shi",
    "蔚县": "yu xian", "蔚": "wei",
    "昌都市": "chang du shi", "昌都": "chang dou",
}
now = {name: " ".join(lazy_pinyin(name)) for name in SEEN}
for name, reading in now.items():
    print(f"{name}\t{reading}" + ("" if reading == SEEN[name] else f"\t(was: {SEEN[name]})"))
sys.exit(now != SEEN)
PYTHON
