"""ADE corpus v2: one line a sentence, all its drug-effect pairs merged.

Offsets in the files are of abstracts that are not shipped, so mentions are
found again by surface. A surface that occurs more than once in its sentence
is taken where it lies nearest to the partner's. Drugs outside a relation are
not marked in this corpus, and no indication is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..schema import make_line
from .spans import Sheet

UNLABELLED = ["ade.Drug", "ade.Indication"]
BARE = re.compile(r"[^a-z0-9]+")


def places(sentence: str, surface: str) -> list[int]:
    """Where a surface occurs as whole words, else anywhere, case ignored at last."""
    for pattern, flags in ((rf"(?<!\w){re.escape(surface)}(?!\w)", 0), (re.escape(surface), 0), (re.escape(surface), re.I)):
        found = [match.start() for match in re.finditer(pattern, sentence, flags)]
        if found:
            return found
    return []


def positives(folder: Path) -> Iterator[dict]:
    """Sentences with at least one drug-effect pair."""
    by_sentence: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for row in (folder / "DRUG-AE.rel").read_text(encoding="utf-8").splitlines():
        pmid, sentence, effect, effect_begin, _, drug, drug_begin, _ = row.split("|")
        by_sentence.setdefault((pmid, sentence), []).append((drug, effect, int(effect_begin) - int(drug_begin)))
    for number, ((pmid, sentence), pairs) in enumerate(by_sentence.items()):
        sheet = Sheet(sentence)
        for drug, effect, distance in pairs:
            options = [(abs((e - d) - distance), d, e) for d in places(sentence, drug) for e in places(sentence, effect)]
            if not options:
                continue
            _, d, e = min(options)
            sheet.link("causes", sheet.add("ade", "Drug", d, d + len(drug)), sheet.add("ade", "ADE", e, e + len(effect)))
        mentions, relations = sheet.finish()
        if relations:
            yield make_line(f"ade2-{pmid}-{number}", "en", sentence, mentions, relations, group=f"pmid:{pmid}",
                            source="ade_v2", supervise=["ade", "relations"], unlabelled=UNLABELLED)


def negatives(folder: Path) -> Iterator[dict]:
    """Sentences without a pair: no ADE in them, drugs and indications unknown. Duplicates and positives left out."""
    seen = {BARE.sub("", line["text"].lower()) for line in positives(folder)}
    for number, row in enumerate((folder / "ADE-NEG.txt").read_text(encoding="utf-8").splitlines()):
        pmid, _, sentence = row.partition(" NEG ")
        key = BARE.sub("", sentence.lower())
        if key in seen or not sentence.strip():
            continue
        seen.add(key)
        yield make_line(f"adeneg-{pmid}-{number}", "en", sentence.strip(), [], [], group=f"pmid:{pmid.strip()}",
                        source="ade_v2_neg", supervise=["ade"], unlabelled=UNLABELLED)


def read(shared: Path) -> Iterator[dict]:
    """All lines of the corpus."""
    folder = shared / "data/ade_en/ade_corpus_v2"
    yield from positives(folder)
    yield from negatives(folder)
