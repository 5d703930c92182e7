"""BC5CDR, by sentence: chemicals as drugs of the medication task, those of a CID pair within the sentence as causes too.

CID relations are of whole documents, so in sentences without one the roles of
chemicals and diseases are unknown and unlabelled. Drug-effect pairs that are
no CID pair count as `none`. Two neighbouring sentences that a pair joins are
a line of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..schema import TASKS, make_line
from .spans import Sheet, sentences

UNLABELLED = ["ade.Drug", "ade.Indication", "ade.ADE", *(f"medication.{label}" for label in TASKS["medication"] if label != "Drug")]
"""All that is unknown beyond the chemicals."""

FILES = ("CDR_TrainingSet.PubTator.txt", "CDR_DevelopmentSet.PubTator.txt")


def documents(path: Path) -> Iterator[tuple[str, str, list[tuple], set[tuple[str, str]]]]:
    """pmid, text, mentions (begin, end, type, concept ids), CID pairs of concept ids."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = block.strip().splitlines()
        if len(rows) < 2:
            continue
        pmid, _, title = rows[0].split("|", 2)
        text = title + " " + rows[1].split("|", 2)[2]
        mentions, pairs = [], set()
        for row in rows[2:]:
            cells = row.split("\t")
            if cells[1] == "CID":
                pairs.add((cells[2], cells[3]))
            else:
                mentions.append((int(cells[1]), int(cells[2]), cells[4], tuple(cells[5].split("|"))))
        yield pmid, text, mentions, pairs


def line_of(pmid: str, text: str, span: tuple[int, int], mentions: list[tuple], pairs: set[tuple[str, str]], source: str) -> dict:
    """The part of an abstract between two code points as a line."""
    begin, end = span
    inside = [m for m in mentions if begin <= m[0] and m[1] <= end]
    sheet = Sheet(text[begin:end])
    for chemical in (m for m in inside if m[2] == "Chemical"):
        place = chemical[0] - begin, chemical[1] - begin
        sheet.add("medication", "Drug", *place)
        for disease in inside:
            if disease[2] == "Disease" and any((c, d) in pairs for c in chemical[3] for d in disease[3]):
                sheet.link("causes", sheet.add("ade", "Drug", *place), sheet.add("ade", "ADE", disease[0] - begin, disease[1] - begin))
    marked, relations = sheet.finish()
    return make_line(f"cdr-{pmid}-{begin}-{end}", "en", sheet.text, marked, relations, group=f"pmid:{pmid}", source=source,
                     supervise=["medication"] + (["ade", "relations"] if relations else []),
                     unlabelled=UNLABELLED, weight=1.0 if marked else 0.5)


def crosses(line: dict, border: int) -> bool:
    """Whether a pair of the line has its two sides on different sides of a code point."""
    marks = line["mentions"]
    return any((marks[r["head"]]["begin"] < border) != (marks[r["tail"]]["begin"] < border) for r in line["relations"])


def read(shared: Path) -> Iterator[dict]:
    """One line a sentence, and one for two neighbours that a pair joins."""
    for name in FILES:
        for pmid, text, mentions, pairs in documents(shared / "data/ade_en/bc5cdr" / name):
            spans = list(sentences(text))
            for span in spans:
                yield line_of(pmid, text, span, mentions, pairs, "bc5cdr")
            for (begin, stop), (_, end) in zip(spans, spans[1:]):
                line = line_of(pmid, text, (begin, end), mentions, pairs, "bc5cdr_two")
                if crosses(line, stop - begin):
                    yield line
