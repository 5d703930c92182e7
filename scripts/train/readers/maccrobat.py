"""MACCROBAT case reports: the medication task, by sentence, with its MODIFY relations.

Durations and frequencies are marked for everything in these reports; those
that modify no medication are left out. Reasons are not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..schema import make_line
from .spans import Sheet, dosage_parts, sentences

LABELS = {"Administration": "Route", "Frequency": "Frequency", "Duration": "Duration"}
RELATION = {"Strength": "strength_of", "Dose": "dose_of", "Route": "route_of", "Frequency": "frequency_of", "Duration": "duration_of"}

NO_DRUG = re.compile(r"therap(?:y|ies)$|^(?:the )?(?:medications?|drugs?|treatments?|an(?:a)?esthesia|general an(?:a)?esthesia|supports?)$", re.I)
"""Marked as medication there, but no substance or class by our guide."""


def annotations(path: Path) -> tuple[dict[str, tuple[str, int, int]], list[tuple[str, str]]]:
    """Text-bound mentions (type, begin, end) and (modifier, modified) pairs, events resolved to mentions."""
    mentions, events, pairs = {}, {}, []
    for row in path.read_text(encoding="utf-8").splitlines():
        cells = row.split("\t")
        if row.startswith("T") and ";" not in cells[1]:
            kind, begin, end = cells[1].split()
            mentions[cells[0]] = (kind, int(begin), int(end))
        elif row.startswith("E"):
            events[cells[0]] = cells[1].split(":")[1].split()[0]
        elif row.startswith("R") and cells[1].startswith("MODIFY"):
            _, first, second = cells[1].split()[:3]
            pairs.append((first.split(":")[1], second.split(":")[1]))
    return mentions, [(events.get(a, a), events.get(b, b)) for a, b in pairs]


def read(shared: Path) -> Iterator[dict]:
    """One line a sentence, with or without medication."""
    for path in sorted((shared / "data/med_en/maccrobat").glob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        mentions, pairs = annotations(path)
        drugs = {key for key, item in mentions.items()
                 if item[0] == "Medication" and not NO_DRUG.search(text[item[1]:item[2]])}
        owners: dict[str, set[str]] = {}
        for one, other in pairs:
            for modifier, drug in ((one, other), (other, one)):
                if drug in drugs and modifier in mentions:
                    owners.setdefault(modifier, set()).add(drug)
        for begin, end in sentences(text):
            sheet = Sheet(text[begin:end])
            keys = {key: sheet.add("medication", "Drug", mentions[key][1] - begin, mentions[key][2] - begin)
                    for key in drugs if begin <= mentions[key][1] and mentions[key][2] <= end}
            for key, (kind, low, high) in mentions.items():
                if not (begin <= low and high <= end) or (kind != "Dosage" and (kind not in LABELS or key not in owners)):
                    continue
                parts = dosage_parts(text, low, high) if kind == "Dosage" else [(LABELS[kind], low, high)]
                for label, first, last in parts:
                    tail = sheet.add("medication", label, first - begin, last - begin)
                    for drug in owners.get(key, ()):
                        sheet.link(RELATION[label], keys.get(drug), tail)
            marked, relations = sheet.finish()
            yield make_line(f"mac-{path.stem}-{begin}", "en", sheet.text, marked, relations, group=f"pmid:{path.stem}",
                            source="maccrobat" if marked else "maccrobat_neg", supervise=["medication", "relations"],
                            unlabelled=["medication.Reason"], weight=1.0 if marked else 0.5)
