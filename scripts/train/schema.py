"""Labels, classes and the line format shared by readers, trainer and export.

The order of every list here is part of the exported model: the engine reads
it from the manifest. `datasets/LABELS.md` says what the labels mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

SEED = 17

TASKS: dict[str, list[str]] = {
    "tnm": ["T", "N", "M", "L", "V", "Pn", "R", "S", "G", "Stage", "Nodes", "Edition", "Gleason"],
    "ade": ["Drug", "ADE", "Indication"],
    "medication": ["Drug", "Strength", "Form", "Dose", "Frequency", "Route", "Duration", "Reason"],
}

RELATIONS = [
    "none", "causes", "treats", "strength_of", "form_of", "dose_of",
    "frequency_of", "route_of", "duration_of", "reason_of",
]

RELATION_OF_TAIL: dict[str, dict[str, str]] = {
    "ade": {"ADE": "causes", "Indication": "treats"},
    "medication": {
        "Strength": "strength_of", "Form": "form_of", "Dose": "dose_of", "Frequency": "frequency_of",
        "Route": "route_of", "Duration": "duration_of", "Reason": "reason_of",
    },
}
"""The one relation, beside `none`, that a tail of this task and label may have."""

RELATION_HIDDEN = 256

STATUSES = ["none", "active", "stopped", "planned", "allergy"]
"""What becomes of a drug of the medication task; `none`: it is named and not taken."""

STATUS_HIDDEN = 128
MAX_TRAIN_TOKENS = 192


def bio_labels(task: str) -> list[str]:
    """Class names of a token head in order: O, then B and I of each label."""
    return ["O"] + [f"{prefix}-{label}" for label in TASKS[task] for prefix in "BI"]


def allowed_relation(task: str, tail_label: str) -> int | None:
    """Class index of the relation a tail may have, or None where it may have none."""
    name = RELATION_OF_TAIL.get(task, {}).get(tail_label)
    return None if name is None else RELATIONS.index(name)


def make_line(doc_id: str, language: str, text: str, mentions: list[dict], relations: list[dict], *,
              group: str, source: str, supervise: list[str], unlabelled: list[str] | None = None,
              weight: float = 1.0) -> dict:
    """One training line.

    `unlabelled` names labels ("ade.Drug") that the corpus does not mark
    completely: where the line says O, such a label is not counted as wrong.
    """
    line = {
        "doc_id": doc_id, "language": language, "text": text, "mentions": mentions, "relations": relations,
        "group": group, "source": source, "supervise": supervise,
    }
    if unlabelled:
        line["unlabelled"] = unlabelled
    if weight != 1.0:
        line["weight"] = weight
    return line


def mention(task: str, label: str, begin: int, end: int, text: str) -> dict:
    """A mention of the line format; `text` is the text of the whole line."""
    return {"task": task, "label": label, "begin": begin, "end": end, "text": text[begin:end]}


def read_jsonl(path: Path) -> Iterator[dict]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as handle:
        for row in handle:
            if row.strip():
                yield json.loads(row)


def write_jsonl(path: Path, lines: Iterable[dict]) -> int:
    """Write JSON Lines; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8") as handle:
        for line in lines:
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
