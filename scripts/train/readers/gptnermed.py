"""GPTNERMED: German sentences written and marked by a language model. Noisy, so of low weight and filtered.

`Dosis` is split by pattern into strength, dose, frequency, route, duration;
a `Dosis` that fits none is dropped and what it could be is unlabelled. Routes
and schedules that the corpus leaves unmarked are added by the same patterns.
Relations are taught only where there is one drug in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..schema import make_line, read_jsonl
from .spans import Sheet

UNIT = r"(?:mg|g|µg|μg|mcg|ml|l|IE|I\.E\.|IU|U|%)"
NUMBER = r"\d+(?:[.,]\d+)*(?:\s?-\s?\d+(?:[.,]\d+)?)?"
PATTERNS = [
    ("Dose", re.compile(rf"{NUMBER}\s*{UNIT}\s*/\s*(?:kg|m²|m2|h|d|die|Tag)\b.*", re.I)),
    ("Strength", re.compile(rf"{NUMBER}\s*(?:/\s*{NUMBER}\s*)?{UNIT}(?:/\s*ml)?", re.I)),
    ("Frequency", re.compile(r"[\d½]+(?:[.,/]\d)?(?:-[\d½]+(?:[.,/]\d)?){2,3}|\d(?:-\d)?\s*(?:x|×|mal|-mal)(?:\s*(?:/\s*(?:d|die|Tag|Woche|Wo|w)|(?:am|pro) Tag|tgl\.?|täglich|wöchentlich))\b\.?"
                             r"|tgl\.?|täglich|alle \d+ (?:h|Stunden|Tage|Wochen)|bei Bedarf|zur Nacht", re.I)),
    ("Route", re.compile(r"p\.\s?o\.?|i\.\s?v\.?|s\.\s?c\.?|i\.\s?m\.?|oral|intravenös|subkutan|per os", re.I)),
    ("Duration", re.compile(r"(?:für |über )?\d+ (?:Tage?n?|Wochen?|Monate?n?)", re.I)),
]
SCAN = {
    "Frequency": re.compile(r"(?<![\w-])(?:[\d½](?:[.,]\d)?(?:-[\d½](?:[.,]\d)?){2,3}(?![\w-])|(?:\d(?:-\d)?\s?(?:x|×|-?mal)\s?(?:/\s?(?:d|die|Tag|Woche)\b|(?:am|pro) Tag|tgl\.|täglich|wöchentlich)|tgl\.|täglich|bei Bedarf)(?!\w))"),
    "Route": re.compile(r"(?<!\w)(?:p\.o\.|i\.v\.|s\.c\.|i\.m\.|per os|intravenös|subkutan)(?!\w)"),
}
RELATION = {"Strength": "strength_of", "Dose": "dose_of", "Frequency": "frequency_of", "Route": "route_of",
            "Duration": "duration_of", "Reason": "reason_of"}
NO_DRUG = re.compile(r"prostat|patient|zervix|diagnos|infekt|hämat", re.I)
ODD = re.compile(r"[TNM][0-4X]N|\b(\w+)(?:\s\1){2}")
CAUSED = re.compile(r"unter|nebenwirkung|allerg|induzi|ausgelöst|nach (?:Gabe|Einnahme)|verursach|intoxik|unverträg", re.I)


def line_of(number: int, record: dict) -> dict | None:
    """One sentence, or None where it is too odd to teach anything."""
    text = record["text"]
    lead = 3 if re.match(r"[A-Z]: ", text) else 0
    text = text[lead:]
    sheet, drugs, tails, unsure = Sheet(text), [], [], set()
    for begin, end, kind in record["label"]:
        begin, end = max(0, begin - lead), end - lead
        surface = text[begin:end]
        if kind == "Medikation":
            if not surface[:1].isupper() or len(surface) < 3 or NO_DRUG.search(surface):
                return None
            drugs.append(sheet.add("medication", "Drug", begin, end))
        elif kind == "Diagnose":
            tails.append(("Reason", sheet.add("medication", "Reason", begin, end)))
        else:
            label = next((label for label, pattern in PATTERNS if pattern.fullmatch(surface.strip(" .,;"))), None)
            if label is None:
                unsure.update(("Strength", "Dose", "Frequency"))
            else:
                tails.append((label, sheet.add("medication", label, begin, end)))
    for label, pattern in SCAN.items():
        tails += [(label, sheet.add("medication", label, *match.span())) for match in pattern.finditer(text)]
    if not drugs or CAUSED.search(text):  # a diagnosis is no reason without a drug, and may be an effect
        unsure.add("Reason")
        sheet.spans = {key: None for key in sheet.spans if key[1] != "Reason"}
    only = len(drugs) == 1
    for label, tail in tails:
        if only:
            sheet.link(RELATION[label], drugs[0], tail)
    mentions, relations = sheet.finish()
    if not mentions or len(drugs) > 5 or len(text) > 300 or ODD.search(text):
        return None
    unlabelled = [f"medication.{label}" for label in sorted(unsure | {"Form", "Duration"})]
    return make_line(f"gptnermed-{number}", "de", text, mentions, relations, group=f"gptnermed:{number}", source="gptnermed",
                     supervise=["medication"] + (["relations"] if only else []), unlabelled=unlabelled, weight=0.4)


def read(shared: Path) -> Iterator[dict]:
    """Sentences with a drug, each text once."""
    seen = set()
    for number, record in enumerate(read_jsonl(shared / "data/med_de/gptnermed_silver.jsonl")):
        if record["text"] in seen:
            continue
        seen.add(record["text"])
        line = line_of(number, record)
        if line is not None:
            yield line
