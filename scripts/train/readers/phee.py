"""PHEE: drug, effect and disorder as the ade task; drug, dosage and the rest as the medication task.

Drugs outside an event are not marked in this corpus.
Discontinuous spans: the hull, where it is no longer than its parts and 20
code points; else the longest part. Drugs of a combination and of a nested
sub-treatment count as drugs of the event.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..schema import make_line
from .spans import Sheet, dosage_parts

GAP = 20
PLAIN = {"Route": ("Route", "route_of"), "Freq": ("Frequency", "frequency_of"), "Duration": ("Duration", "duration_of")}
DOSAGE = {"Strength": "strength_of", "Dose": "dose_of", "Frequency": "frequency_of"}


def spans_of(argument: dict | None) -> list[tuple[int, int]]:
    """The spans of an argument, discontinuous ones by the rule above."""
    found = []
    for texts, starts in zip((argument or {}).get("text", []), (argument or {}).get("start", [])):
        parts = sorted((start, start + len(text)) for start, text in zip(starts, texts))
        hull = (parts[0][0], max(end for _, end in parts))
        if len(parts) > 1 and hull[1] - hull[0] > sum(end - begin for begin, end in parts) + GAP:
            hull = max(parts, key=lambda part: part[1] - part[0])
        found.append(hull)
    return found


def treatment(sheet: Sheet, part: dict) -> list[tuple[int, int]]:
    """Add the medication task of one treatment; returns its drug spans."""
    own = spans_of(part.get("Drug"))
    drugs = list(own)
    for inner in part.get("Combination", []) or []:
        drugs += [span for span in spans_of(inner.get("Drug")) if span not in drugs]
    heads = [sheet.add("medication", "Drug", *span) for span in (own or drugs)]
    tails = []
    for name, (label, kind) in PLAIN.items():
        tails += [(kind, sheet.add("medication", label, *span)) for span in spans_of(part.get(name))]
    for span in spans_of(part.get("Dosage")):
        tails += [(DOSAGE[label], sheet.add("medication", label, begin, end))
                  for label, begin, end in dosage_parts(sheet.text, *span)]
    tails += [("reason_of", sheet.add("medication", "Reason", *span)) for span in spans_of(part.get("Disorder"))]
    for span in drugs:
        sheet.add("medication", "Drug", *span)
    for kind, tail in tails:
        for head in heads:
            sheet.link(kind, head, tail)
    return drugs


def line_of(record: dict, source: str) -> dict:
    """One PHEE sentence as a line."""
    text = record["context"]
    sheet = Sheet(text)
    for annotation in record["annotations"]:
        for event in annotation["events"]:
            part = event.get("Treatment", {})
            drugs = [sheet.add("ade", "Drug", *span) for span in treatment(sheet, part)]
            indications = [sheet.add("ade", "Indication", *span) for span in spans_of(part.get("Disorder"))]
            effects = []
            if event["event_type"] == "Adverse_event":
                effects = [sheet.add("ade", "ADE", *span) for span in spans_of(event.get("Effect"))]
            for drug in drugs:
                for kind, tails in (("causes", effects), ("treats", indications)):
                    for tail in tails:
                        sheet.link(kind, drug, tail)
    mentions, relations = sheet.finish()
    pmid = record["id"].split("_")[0]
    return make_line(f"phee-{record['id']}", "en", text, mentions, relations, group=f"pmid:{pmid}", source=source,
                     supervise=["ade", "medication", "relations"], unlabelled=["medication.Drug"])


def read(shared: Path) -> Iterator[dict]:
    """The training file as `phee`, the development file as `phee_dev` (never trained on)."""
    for name, source in (("train", "phee"), ("dev", "phee_dev")):
        for row in (shared / f"data/ade_en/phee/{name}.json").read_text(encoding="utf-8").splitlines():
            yield line_of(json.loads(row), source)
