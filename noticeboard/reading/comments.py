"""What stands in a YAML file beside its values: the comments, each at its place."""

from __future__ import annotations

from typing import Any

import yaml


def comments_of(text: str) -> str:
    """The text with a full stop for each character of a key or value, so that places hold; all of it if it is no YAML.

    What nobody publishes stands in a public repository all the same, and in its history for good.
    """
    parser = yaml.CSafeLoader(text)
    kept, at = [], 0
    try:
        while parser.check_event():
            event = parser.get_event()
            if not isinstance(event, yaml.ScalarEvent):
                continue
            start, end = _offset(event.start_mark), _offset(event.end_mark)
            if event.style in ("|", ">"):
                # The comment behind the sign belongs to no value.
                line_end = text.find("\n", start, end)
                start = end if line_end < 0 else line_end
            kept += [text[at:start], "".join(sign if sign in "\r\n" else "。" for sign in text[start:end])]
            at = end
    except yaml.YAMLError:
        return text
    finally:
        parser.dispose()
    return "".join([*kept, text[at:]])


def _offset(mark: Any) -> int:
    # The types of the marks are those of the parser in Python, which may have none.
    return int(mark.index)
