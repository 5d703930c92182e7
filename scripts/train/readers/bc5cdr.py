"""BC5CDR, by sentence: chemicals as drugs; diseases as effects only where a CID relation lies within the sentence.

CID relations are of whole documents, so sentences without one teach drugs
only, and diseases of unknown role are unlabelled everywhere. Drug-effect
pairs that are no CID pair count as `none`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..schema import make_line
from .spans import Sheet, sentences

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


def read(shared: Path) -> Iterator[dict]:
    """One line a sentence that holds a chemical."""
    for name in FILES:
        for pmid, text, mentions, pairs in documents(shared / "data/ade_en/bc5cdr" / name):
            for begin, end in sentences(text):
                inside = [m for m in mentions if begin <= m[0] and m[1] <= end]
                chemicals = [m for m in inside if m[2] == "Chemical"]
                if not chemicals:
                    continue
                sheet = Sheet(text[begin:end])
                for chemical in chemicals:
                    head = sheet.add("ade", "Drug", chemical[0] - begin, chemical[1] - begin)
                    for disease in inside:
                        if disease[2] == "Disease" and any((c, d) in pairs for c in chemical[3] for d in disease[3]):
                            sheet.link("causes", head, sheet.add("ade", "ADE", disease[0] - begin, disease[1] - begin))
                marked, relations = sheet.finish()
                yield make_line(f"cdr-{pmid}-{begin}", "en", sheet.text, marked, relations, group=f"pmid:{pmid}",
                                source="bc5cdr", supervise=["ade", "relations"] if relations else ["ade"],
                                unlabelled=["ade.Indication", "ade.ADE"], weight=0.6 if relations else 0.3)
