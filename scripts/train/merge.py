"""PHEE and ADE v2 annotate the same sentences; one line of the two.

Nine in ten ADE v2 sentences are PHEE sentences too, and of the events on them
fewer than half have the same borders: ADE v2 marks every event by itself
("fever", "rash"), PHEE often a list as one span. Taught side by side, the
same words have two truths. `datasets/LABELS.md` wants every event by itself,
so on shared sentences the events and their causes are ADE v2's; drugs are
those of both, with ADE v2's borders where they overlap; indications,
regimens and their relations are PHEE's. PHEE sentences that ADE v2 does not
have teach events only where no event is a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .readers.ade_corpus import BARE
from .readers.spans import Sheet

LIST = re.compile(r",\s|\s(?:and|or|with)\s|/")


def bare(text: str) -> str:
    """What two printings of a sentence share."""
    return BARE.sub("", text.lower())


def overlapping(span: dict, others: Iterable[dict]) -> list[dict]:
    """Those of `others` that share a code point with `span`."""
    return [other for other in others if other["begin"] < span["end"] and span["begin"] < other["end"]]


def of(line: dict, task: str, label: str) -> list[dict]:
    """Mentions of one label."""
    return [m for m in line["mentions"] if m["task"] == task and m["label"] == label]


def merged(phee: dict, ade: dict) -> dict:
    """One line of the two annotations of a sentence; the source stays PHEE's."""
    sheet = Sheet(phee["text"])
    exact = of(ade, "ade", "Drug")
    events = of(ade, "ade", "ADE")

    def drugs_of(mention: dict, task: str) -> list[tuple | None]:
        spans = overlapping(mention, exact) or [mention]
        return [sheet.add(task, "Drug", span["begin"], span["end"]) for span in spans]

    for mention in exact:
        sheet.add("ade", "Drug", mention["begin"], mention["end"])
        sheet.add("medication", "Drug", mention["begin"], mention["end"])
    for mention in events:
        sheet.add("ade", "ADE", mention["begin"], mention["end"])
    for relation in ade["relations"]:
        head, tail = (ade["mentions"][relation[side]] for side in ("head", "tail"))
        sheet.link("causes", sheet.add("ade", "Drug", head["begin"], head["end"]), sheet.add("ade", "ADE", tail["begin"], tail["end"]))
    keys: dict[int, list[tuple | None]] = {}
    for place, mention in enumerate(phee["mentions"]):
        if mention["label"] == "Drug":
            keys[place] = drugs_of(mention, mention["task"])
        elif mention["label"] != "ADE" and not (mention["label"] == "Indication" and overlapping(mention, events)):
            keys[place] = [sheet.add(mention["task"], mention["label"], mention["begin"], mention["end"])]
    for relation in phee["relations"]:
        head, tail = phee["mentions"][relation["head"]], phee["mentions"][relation["tail"]]
        if relation["type"] == "causes":
            if not overlapping(head, exact):
                for event in overlapping(tail, events):
                    sheet.link("causes", keys[relation["head"]][0], sheet.add("ade", "ADE", event["begin"], event["end"]))
            continue
        for one in keys[relation["head"]]:
            for other in keys.get(relation["tail"], []):
                sheet.link(relation["type"], one, other)
    mentions, relations = sheet.finish()
    return phee | {"mentions": mentions, "relations": relations}


def event_lists(line: dict) -> bool:
    """Whether an event of the line looks like a list of events."""
    return any(LIST.search(m["text"]) for m in of(line, "ade", "ADE"))


def without_events(line: dict) -> dict:
    """The line for the medication head alone."""
    keep = [place for place, m in enumerate(line["mentions"]) if m["task"] == "medication"]
    new = {old: place for place, old in enumerate(keep)}
    return line | {"mentions": [line["mentions"][place] for place in keep], "supervise": ["medication", "relations"],
                   "relations": [r | {"head": new[r["head"]], "tail": new[r["tail"]]}
                                 for r in line["relations"] if r["head"] in new and r["tail"] in new]}


def reconciled(lines: list[dict]) -> list[dict]:
    """The lines with every shared sentence once, as one line."""
    by_text = {bare(line["text"]): line for line in lines if line["source"] == "ade_v2"}
    shared: set[str] = set()
    made = []
    for line in lines:
        if line["source"] != "phee":
            continue
        key = bare(line["text"])
        if key in by_text and by_text[key]["text"] == line["text"]:
            shared.add(key)
            made.append(merged(line, by_text[key]))
        else:
            made.append(without_events(line) if event_lists(line) else line)
    rest = (line for line in lines if line["source"] != "phee" and not (line["source"] == "ade_v2" and bare(line["text"]) in shared))
    return made + list(rest)
