"""TNM silver labels from English pathology reports (OCR), and sentences that hold no stage at all.

No corpus marks TNM spans, so a strict grammar marks the easy ones. A line is
taken only where every T-, N- or M-like writing in it is explained; lines in
doubt are skipped, and the labels the grammar does not cover well are given as
unlabelled. Block labels ("T9,T10 - representative sections") are kept as
negatives, which is what such reports are full of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from ..schema import SEED, make_line, read_jsonl
from .spans import Sheet, sentences

PREFIX = r"(?:[yra]{0,2}\s?[pcu]\s?|[yra])"
T_VALUE = (r"T\s?(?:[0-4Xx]|is\b|[IlOo](?=[a-d\s,;:/]*p?N\s?[0-3OoXxl]))"
           r"(?:mi\b|\s?-\s?[1-4]\b|\s?[a-eA-E]\s?[1-3]?(?![A-Za-z0-9/]|[\s,]+[a-z])|[a-eA-E](?=p?[NM]\s?[0-3OoXxl])|[a-e](?![a-z]))?"
           r"(?:\s?\((?:m\d?|is|\d|DCIS|multifocal)\))?")
N_VALUE = (r"N\s?(?:[0-3Xx+]|[OoQl](?![A-Za-z]|$)|[OoQl]$|[Oo](?=p?M\s?[0-1OoXx]))(?:mi\b|\s?[a-c](?![a-z])|[A-C](?![A-Za-z]))?"
           r"(?:\s?\((?:sn|i[+-]|mol[+-])\)){0,2}(?:(?![A-Za-z0-9])|(?=p?M\s?[01OoXx]))")
M_VALUE = r"M\s?(?:[01Xx]|[OoQ](?![A-Za-z]))(?:[a-d](?![a-z]))?(?:\s?\(i[+-]\))?(?![A-Za-z0-9])"
T_PART = re.compile(rf"(?<![A-Za-z0-9])(?P<prefix>{PREFIX})?{T_VALUE}")
N_PART = re.compile(rf"(?P<prefix>{PREFIX})?{N_VALUE}")
M_PART = re.compile(rf"(?P<prefix>{PREFIX})?{M_VALUE}")
LONE = {"N": re.compile(rf"(?<![A-Za-z0-9])(?:[yra]{{0,2}}[pc]){N_VALUE}"), "M": re.compile(rf"(?<![A-Za-z0-9])(?:[yra]{{0,2}}[pc]){M_VALUE}")}
BETWEEN = re.compile(r"[\s,;:/.|]{0,3}(?:\(\s?\d+\s?/\s?\d+[^)]{0,20}\)[\s,;:/]{0,3})?")
CUE = re.compile(r"(?:stage[ds]?|staging|TNM|classified|AJCC|UICC|tumou?r \(pT\))\W{0,4}(?:is |as |at )?(?:an? )?\W{0,3}$", re.I)
NODES = re.compile(r"[\s,]{0,2}\(?\s?(?P<nodes>\d{1,2}\s?/\s?\d{1,2})(?![\d/.])")
EXTRA = {
    "G": re.compile(r"(?<![A-Za-z0-9])G\s?[1-4](?:\s?-\s?[1-4])?(?![A-Za-z0-9/])"),
    "L": re.compile(r"(?<![A-Za-z0-9])L\s?[01OoXx](?![A-Za-z0-9/])"),
    "V": re.compile(r"(?<![A-Za-z0-9])V\s?[0-2OoXx](?![A-Za-z0-9/])"),
    "Pn": re.compile(r"(?<![A-Za-z0-9])Pn\s?[01OoXx](?![A-Za-z0-9/])"),
    "R": re.compile(r"(?<![A-Za-z0-9])R\s?[0-2OoXx](?![A-Za-z0-9/])"),
}
STAGE = re.compile(r"(?:(?<![A-Za-z])stage|FIGO|UICC|AJCC)(?:\s+(?:stage|group(?:ing)?))?\s{0,2}[:=]?\s{0,3}(?P<value>(?:IV|I{1,3})\s?[ABC]?[1-3]?)(?![A-Za-z0-9])", re.I)
EDITION = re.compile(r"(?:\d(?:th|st|nd|rd)\s+ed(?:ition|\.)?(?![a-z]))|(?<![A-Za-z])(?:AJCC|UICC|TNM)[,\s]+(?:19|20)\d\d(?!\d)", re.I)
GLEASON = re.compile(r"gleason(?:'?s)?[^\d.;]{0,30}?(?P<value>[1-5]\s?\+\s?[1-5](?:\s?=\s?(?:10|[2-9]))?|(?:10|[5-9])(?![\d.%+/]|\s?[:(]))", re.I)
RESIDUE = re.compile(r"(?<![A-Za-z])[yra]{0,2}[pcu]?\s?[TNM]\s?(?:[0-4XxQ]|is\b|[OoIl](?![A-Za-z]))|[pcy][TNM](?![A-Za-z]{2})|TNM|T\s?N\s?M")
STAGE_LIKE = re.compile(
    r"(?<![A-Za-z])(?:[yracpum]{0,3}\s?[TNMGRLVS]|Pn|p[TNM])\s?-?(?:[0-4XxQ+]|is\b|[OoIl](?![a-z]))|stag(?:e|ing)|grad(?:e|ing)|gleason"
    r"|edition|auflage|AJCC|UICC|FIGO|TNM|\d\s?/\s?\d|\d\s?(?:out )?(?:of|von)\s?\d|fuhrman|nottingham|resection margin|invasion", re.I)
BLOCK = re.compile(r"(?<![A-Za-z0-9])T(?:[5-9]|[12]\d)(?!\d|\.\d)")
PARTIAL = [f"tnm.{label}" for label in ("L", "V", "Pn", "R", "S", "G", "Stage", "Nodes", "Edition", "Gleason")]
OTHER_HEADS = ["ade.Drug", "ade.Indication", "medication.Drug", "medication.Reason"]


def mark(text: str) -> Sheet | None:
    """Silver mentions of one line, or None where something T-, N- or M-like is left unexplained."""
    sheet, covered = Sheet(text), []

    def take(label: str, begin: int, end: int) -> None:
        sheet.add("tnm", label, begin, end)
        covered.append((begin, end))

    for match in T_PART.finditer(text):
        at, follow = match.end(), []
        for label, part in (("N", N_PART), ("M", M_PART)):
            gap = BETWEEN.match(text, at)
            found = part.match(text, gap.end())
            if found:
                follow.append((label, found.start(), found.end()))
                at = found.end()
        strong = (match["prefix"] or "").strip()[-1:] in ("p", "c", "u") or bool(follow) or CUE.search(text[:match.start()])
        if not strong:
            return None
        take("T", match.start(), match.end())
        for item in follow:
            take(*item)
    for label, pattern in LONE.items():
        for match in pattern.finditer(text):
            if not any(b < match.end() and match.start() < e for b, e in covered):
                take(label, match.start(), match.end())
    rest = list(text)
    for begin, end in covered:
        rest[begin:end] = " " * (end - begin)
    if RESIDUE.search(re.sub(r"\(?p?TNM\)?", " ", "".join(rest))):
        return None
    staged = bool(covered)
    for begin, end in list(covered):
        nodes = NODES.match(text, end) if "N" in text[begin:end] and "T" not in text[begin:end] else None
        if nodes:
            sheet.add("tnm", "Nodes", nodes.start("nodes"), nodes.end("nodes"))
    if staged:
        for label, pattern in EXTRA.items():
            for match in pattern.finditer(text):
                sheet.add("tnm", label, match.start(), match.end())
    for label, pattern in (("Stage", STAGE), ("Edition", EDITION), ("Gleason", GLEASON)):
        for match in pattern.finditer(text):
            sheet.add("tnm", label, *(match.span("value") if "value" in pattern.groupindex else match.span()))
    return sheet


def units(record: dict) -> Iterator[str]:
    """Lines of a report; long ones by sentence, short neighbours joined two by two at random."""
    draw = random.Random(f"{SEED}{record['doc_id']}")
    held = ""
    for row in record["text"].splitlines():
        row = row.strip()
        if not row:
            continue
        pieces = [row] if len(row) < 300 else [row[b:e] for b, e in sentences(row)]
        for piece in pieces:
            if held:
                yield held + "\n" + piece
                held = ""
            elif len(piece) < 60 and draw.random() < 0.4:
                held = piece
            else:
                yield piece
    if held:
        yield held


def reports(shared: Path, name: str, negatives_a_report: int) -> Iterator[dict]:
    """Silver lines and a few negatives of each report; the group is the patient."""
    for record in read_jsonl(shared / f"data/tnm_en/{name}.jsonl"):
        patient = record["doc_id"][:12]
        draw = random.Random(f"{SEED}{record['doc_id']}")
        made, plain, seen = [], [], set()
        for number, text in enumerate(units(record)):
            if not 8 <= len(text) <= 400 or text in seen:
                continue
            seen.add(text)
            block = BLOCK.search(text) and not re.search(r"p[TNM]\s?\d|stage|TNM", text)
            sheet = None if block else mark(text)
            mentions, relations = sheet.finish() if sheet else ([], [])
            empty = block or (not mentions and not STAGE_LIKE.search(text) and sum(c.isalpha() for c in text) > 0.6 * len(text))
            if mentions:
                made.append((number, text, mentions, relations, PARTIAL))
            elif empty:
                (made if block and draw.random() < 0.5 else plain).append((number, text, [], [], []))
        chosen = made[:8] + draw.sample(plain, min(len(plain), negatives_a_report))
        for number, text, mentions, relations, partial in chosen:
            yield make_line(f"{record['doc_id']}#{number}", "en", text, mentions, relations, group=f"patient:{patient}",
                            source="tnm_ocr" if mentions else "tnm_ocr_neg", supervise=["tnm", "ade", "medication"],
                            unlabelled=partial + OTHER_HEADS, weight=0.7 if mentions else 0.5)


def letters(shared: Path) -> Iterator[dict]:
    """German letters are not annotated: only their sentences without anything like a stage, as negatives for tnm."""
    for record in read_jsonl(shared / "data/letters_de/grascco_a.jsonl"):
        for begin, end in sentences(record["text"]):
            text = record["text"][begin:end]
            if 20 <= len(text) <= 400 and not STAGE_LIKE.search(text) and "GG" not in text:
                yield make_line(f"{record['doc_id']}#{begin}", "de", text, [], [], group=f"letter:{record['doc_id']}",
                                source="letters_de_neg", supervise=["tnm"], weight=0.5)


def read(shared: Path) -> Iterator[dict]:
    """All lines of the three collections."""
    yield from reports(shared, "tcga_ocr", 1)
    yield from reports(shared, "registrar_unlabelled", 2)
    yield from letters(shared)
