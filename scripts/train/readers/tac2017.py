"""TAC 2017 drug labels: adverse reactions in label prose; drugs and indications are not marked.

Discontinuous mentions are skipped and their label is unlabelled in that
sentence. Tables and section titles are left out by a length and letter test.
"""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from ..schema import SEED, make_line
from .spans import Sheet, sentences

A_LABEL = 16


def read(shared: Path) -> Iterator[dict]:
    """At most `A_LABEL` sentences of each label."""
    for path in sorted((shared / "data/ade_en/tac2017_labels").glob("*.xml")):
        root = ET.parse(path).getroot()
        texts = {section.get("id"): section.text or "" for section in root.iter("Section")}
        marks: dict[str, list[tuple[int, int, bool]]] = {}
        for item in root.iter("Mention"):
            if item.get("type") == "AdverseReaction":
                starts, lengths = item.get("start").split(","), item.get("len").split(",")
                marks.setdefault(item.get("section"), []).append(
                    (int(starts[0]), int(starts[-1]) + int(lengths[-1]), len(starts) == 1))
        made = []
        for section, text in texts.items():
            for begin, end in sentences(text):
                prose = text[begin:end]
                if not 30 <= end - begin <= 350 or sum(c.isalpha() for c in prose) < 0.7 * len(prose) or "   " in prose:
                    continue
                sheet, whole = Sheet(re.sub(r"\s", " ", prose)), True
                for low, high, plain in marks.get(section, []):
                    if low < end and high > begin:
                        whole = whole and plain and begin <= low and high <= end
                        if plain and begin <= low and high <= end:
                            sheet.add("ade", "ADE", low - begin, high - begin)
                mentions, _ = sheet.finish()
                if mentions and whole:
                    made.append(make_line(f"tac-{path.stem}-{section}-{begin}", "en", sheet.text, mentions, [],
                                          group=f"label:{path.stem}", source="tac2017", supervise=["ade"],
                                          unlabelled=["ade.Drug", "ade.Indication"], weight=0.4))
        random.Random(f"{SEED}{path.stem}").shuffle(made)
        yield from made[:A_LABEL]
