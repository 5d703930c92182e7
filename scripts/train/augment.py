"""Drug names swapped for others, so that a small corpus does not become a list of names to learn by heart.

A swap changes every mention of one drug in a line, in every task; the names
come from the same vocabulary as the generator's (`drug-ner-vocab`, rows with a
DrugBank id). A line where the drug lies inside another mention is left alone.
"""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

SWAPPED = {"phee": 0.3, "ade_v2": 0.3, "bc5cdr": 0.3, "bc5cdr_two": 0.3, "maccrobat": 0.3, "gptnermed": 0.3, "written_de": 0.3, "written_en": 0.3,
           "written_status_de": 0.5, "written_status_en": 0.5}
"""Chance of a change by source; generated lines draw their own names. What becomes of a drug must not be learnt from its name."""

NAME = re.compile(r"[a-z][a-z-]{3,22}( [a-z]{4,14})?")


def drug_names(shared: Path) -> list[str]:
    """Names of one or two plain words, sorted."""
    with (shared / "knowledge/drug-ner-vocab/canonical.tsv").open(encoding="utf-8") as handle:
        rows = csv.DictReader(handle, delimiter="\t")
        return sorted({row["canonical"] for row in rows if row["drugbank_id"] and NAME.fullmatch(row["canonical"])})


def like(model: str, name: str) -> str:
    """`name` in the letter case of `model`."""
    if model.isupper() and len(model) > 3:
        return name.upper()
    return name[:1].upper() + name[1:] if model[:1].isupper() else name


def swapped(line: dict, names: list[str], draw: random.Random) -> dict | None:
    """The line with other names for its drugs, or None where no drug can be exchanged."""
    marks = [*line["mentions"], *line.get("not_taken", [])]
    spans = [(m["begin"], m["end"]) for m in marks]
    new: dict[tuple[int, int], str] = {}
    chosen: dict[str, str] = {}
    for m in marks:
        own = (m["begin"], m["end"])
        alone = all(other == own or other[1] <= own[0] or other[0] >= own[1] for other in spans)
        if m["label"] == "Drug" and alone and len(m["text"]) > 3 and m["text"].replace(" ", "").replace("-", "").isalpha():
            key = m["text"].lower()
            if key not in chosen:
                chosen[key] = draw.choice(names)
            new[own] = like(m["text"], chosen[key])
    if not new:
        return None
    text, shifts, at = "", [], 0
    for (begin, end), name in sorted(new.items()):
        text += line["text"][at:begin] + name
        shifts.append((end, len(name) - (end - begin)))
        at = end
    text += line["text"][at:]

    def moved(place: int, closing: bool) -> int:
        return place + sum(by for after, by in shifts if after < place or (closing and after == place) or (not closing and after <= place))

    def there(m: dict) -> dict:
        begin, end = moved(m["begin"], False), moved(m["end"], True)
        return m | {"begin": begin, "end": end, "text": text[begin:end]}

    return line | {"text": text} | {name: [there(m) for m in line[name]] for name in ("mentions", "not_taken") if name in line}
