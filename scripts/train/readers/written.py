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


def told(mentions: list[dict], marks: list[dict], mention_of: dict) -> None:
    """Give each drug of the medication task its status."""
    for mark in marks:
        if "drug" in mark["labels"]:
            mentions[mention_of[id(mark), "drug"]]["status"] = mark["flags"].get("status", "active")


def taken(mentions: list[dict], relations: list[dict]) -> tuple[list[dict], list[dict], list[dict]]:
    """Mentions, relations, and apart from them the drugs that are named and not taken: the guide marks none of those."""
    kept = [place for place, m in enumerate(mentions) if m.get("status") != "none"]
    moved = {old: new for new, old in enumerate(kept)}
    pairs = [r | {"head": moved[r["head"]], "tail": moved[r["tail"]]} for r in relations if r["head"] in moved and r["tail"] in moved]
    return [mentions[place] for place in kept], pairs, [m for m in mentions if m.get("status") == "none"]


def lines(path: Path) -> Iterator[dict]:
    """One line a document of a file of marks."""
    for name, head, marked, _ in annotate.read_lines(path):
        text, marks, mentions, mention_of, relations, _ = annotate.annotations(name, marked)
        supervise = head["supervise"].split()
        plain = [{key: m[key] for key in ("task", "label", "begin", "end", "text")} for m in mentions]
        told(plain, marks, mention_of)
        plain, relations, apart = taken(plain, relations)
        about = "status_" if "status" in supervise and "ade" not in supervise else ""
        line = make_line(name, head["language"], text, plain, relations, group=f"written:{name}",
                         source=f"written_{about}{head['language']}", supervise=supervise)
        yield line | ({"not_taken": apart} if apart else {})


def read(shared: Path) -> Iterator[dict]:
    """All files; nothing of `shared` is read."""
    for path in sorted(WRITTEN.glob("*.marks")):
        yield from lines(path)
