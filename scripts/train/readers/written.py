"""Training documents written by hand for this project (`datasets/written/*.marks`), in the mark syntax of `datasets/annotate.py`.

They hold what frames and case reports do not: how letters, wards and safety
reports put things. They never take part in a development set.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from datasets import annotate

from ..schema import make_line

WRITTEN = Path(annotate.__file__).parent / "written"


def read(shared: Path) -> Iterator[dict]:
    """One line a document; nothing of `shared` is read."""
    for path in sorted(WRITTEN.glob("*.marks")):
        for name, head, marked, _ in annotate.read_lines(path):
            text, _, mentions, _, relations, _ = annotate.annotations(name, marked)
            plain = [{key: m[key] for key in ("task", "label", "begin", "end", "text")} for m in mentions]
            yield make_line(name, head["language"], text, plain, relations, group=f"written:{name}",
                            source=f"written_{head['language']}", supervise=head["supervise"].split())
