"""What one state of the notices says otherwise than another.

``differences`` finds it, value by value. ``guard`` judges it by the ``promises``: ``addresses`` and ``anchors`` that
must stay, ``breaches`` of what was said, ``entries`` that would tell readers of them. ``words`` tells all of it, in
``lines``, and as a ``table`` in GitHub's Markdown (``gfm``).
"""
