"""What several readers need: tidy spans, sentences with offsets, overlap rules, dosage patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..schema import mention

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=[\"'(\[]?[A-ZÄÖÜ0-9])|\n\s*\n")
ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|Pat|Fig|vs|al|ca|approx|e\.g|i\.e|No|St|bzw|z\.B|d\.h|u\.a|V\.a|Z\.n|Tbl|Trpf|tgl|Abb|Nr|[A-Za-z]))\.$")

AMOUNT = re.compile(
    r"\d[\d.,]*(?:\s*(?:-|–|to|bis)\s*\d[\d.,]*)?\s*(?:mg|g|µg|μg|mcg|ug|kg|ml|mL|l|IU|IE|I\.E\.|U|units?|mmol|mEq|%|milligrams?|grams?)"
    r"(?:\s*/\s*(?:ml|mL|l|h|hour))?\b", re.I)
PER_BODY = re.compile(r"/\s*(?:kg|m2|m²|m\^2)|per\s+kg|infusion|bolus", re.I)
PER_DAY = re.compile(r"/\s*(?:d|day|die|tag|24\s*h|week|wk|month)\b|\b(?:daily|per day|a day|weekly|per week|b\.?i\.?d|t\.?i\.?d|q\.?d|times)\b", re.I)


KEPT_PERIOD = re.compile(r"(?:\b\w\.\s?){2,}$|\b(?:tgl|Tbl|Tabl|Trpf|Amp|Kps|Supp|Drg|Inj|tabs?|caps?|ed|Ed|Aufl|max|Wo|wö|wöch)\.$")
"""Closing periods that belong to an abbreviation (`p.o.`, `b. B.`, `Tbl.`) stay in the span."""


def tidy(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """The span without blanks and closing punctuation, or None when nothing is left.

    A closing bracket goes too when its opening one is outside.
    """
    while begin < end and text[begin] in " \t\r\n.,;:-":
        begin += 1
    while end > begin and not KEPT_PERIOD.search(text[begin:end]) and (text[end - 1] in " \t\r\n.,;:" or (text[end - 1] in ")]" and not re.search(r"[(\[]", text[begin:end]))):
        end -= 1
    return (begin, end) if begin < end else None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of sentences: at closing punctuation before a capital or digit, and at empty lines."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        stop = match.start()
        if "\n" not in match.group() and ABBREVIATION.search(text[max(0, stop - 12):stop]):
            continue
        if text[start:stop].strip():
            yield shrink(text, start, stop)
        start = match.end()
    if text[start:].strip():
        yield shrink(text, start, len(text))


def shrink(text: str, begin: int, end: int) -> tuple[int, int]:
    """The span without blanks at either end."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end


class Sheet:
    """Mentions and relations of one line under collection.

    Overlap rule: within one task the longer mention stays. A mention dropped
    for one of the same label hands its relations to it; else they are lost.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[tuple[str, str, int, int], None] = {}
        self.links: set[tuple[str, tuple, tuple]] = set()

    def add(self, task: str, label: str, begin: int, end: int) -> tuple | None:
        """Add a mention; its key is what `link` takes."""
        span = tidy(self.text, begin, end)
        if span is None:
            return None
        key = (task, label, *span)
        self.spans[key] = None
        return key

    def link(self, kind: str, head: tuple | None, tail: tuple | None) -> None:
        """Add a relation between two keys; None on either side adds nothing."""
        if head is not None and tail is not None:
            self.links.add((kind, head, tail))

    def finish(self) -> tuple[list[dict], list[dict]]:
        """Mentions in text order and relations by index."""
        kept: list[tuple] = []
        moved: dict[tuple, tuple] = {}
        for key in sorted(self.spans, key=lambda k: (k[2] - k[3], k[2], k[1])):
            rival = next((k for k in kept if k[0] == key[0] and k[2] < key[3] and key[2] < k[3]), None)
            if rival is None:
                kept.append(key)
                moved[key] = key
            elif rival[1] == key[1]:
                moved[key] = rival
        kept.sort(key=lambda k: (k[2], k[0]))
        index = {key: place for place, key in enumerate(kept)}
        relations = sorted({(kind, index[moved[h]], index[moved[t]]) for kind, h, t in self.links if h in moved and t in moved})
        return ([mention(*key, self.text) for key in kept],
                [{"type": kind, "head": head, "tail": tail} for kind, head, tail in relations])


def dosage_parts(text: str, begin: int, end: int) -> list[tuple[str, int, int]]:
    """A dosage phrase as (label, begin, end): Strength for a bare amount, Dose where it is by body weight
    or by day, and what follows a bare amount as Frequency where it names a rhythm. Without a number: nothing."""
    phrase = text[begin:end]
    match = AMOUNT.search(phrase)
    if match is None:
        return []
    if PER_BODY.search(phrase):
        return [("Dose", begin, end)]
    if PER_DAY.search(phrase):
        rest = phrase[match.end():].lstrip(" ,(")
        at = begin + len(phrase) - len(rest)
        if rest and not rest.startswith("/") and PER_DAY.search(rest):
            return [("Strength", begin + match.start(), begin + match.end()), ("Frequency", at, end)]
        return [("Dose", begin, end)]
    return [("Strength", begin + match.start(), begin + match.end())]
