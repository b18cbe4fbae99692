#!/bin/sh
# PyYAML 6.0.4 (with libyaml 0.2.6 or without): a question mark at the beginning of a text in brackets is dropped, and
# with it the text becomes a key.
#
# Seen (the YAML test suite, cases HM87 and 652Z, has the text with its question mark):
#   [?甲]        [{'甲': None}]     not ['?甲']
#   {?甲: 乙}    {'甲': '乙'}       not {'?甲': '乙'}
#   - ?甲        ['?甲']            outside of brackets it is kept
# And what the suite would have refused is read, the rest taken for a comment (cases CVW2 and SU5Z):
#   [甲,#乙      ['甲', '丙']       the sign # begins a comment although no blank stands before it
#    丙]
#   "甲"# 乙     '甲'
#
# Why: in brackets the parser takes every ? for the sign of a key that is written on a line of its own; YAML 1.2 only one
# with a blank behind it. For # it looks at where a new word may begin, not at what stands before.
#
# Who meets it: whoever keeps lists like [?待核实, 甲] by hand, or writes #1 right behind a comma: no
# error, no warning, and other programs (VS Code's extension, JavaScript's yaml) read something else.
#
# Exit 0: still so; 1: it changed; 77: no Python or no way to install the package.
set -u
command -v python3 >/dev/null || exit 77
folder=$(mktemp -d) || exit 77
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" >/dev/null 2>&1 || exit 77
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 || exit 77
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import yaml

SEEN = {
    "[?甲]": [{"甲": None}],
    "{?甲: 乙}": {"甲": "乙"},
    "- ?甲": ["?甲"],
    "[甲,#乙\n 丙]": ["甲", "丙"],
    '"甲"# 乙': "甲",
}
loaders = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]
changed = False
for text, seen in SEEN.items():
    for loader in loaders:
        now = yaml.load(text, loader)
        changed |= now != seen
        print(f"{text!r}\t{loader.__name__}\t{now!r}" + ("" if now == seen else f"\t(was: {seen!r})"))
sys.exit(changed)
PYTHON
