"""All corpora as one training file and one development file a corpus.

    python -m scripts.train.corpus --shared ../shared --generated gen.jsonl --out DIR

The split is by group (PMID, patient, letter, label, template). PMIDs of the
PHEE development file are development for every corpus; other PMIDs that PHEE
trains on are training; hand-written documents are training; all remaining
groups go one in ten to development by a hash of seed and group. The text stays out of the repository: licences differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .merge import bare, merged, reconciled
from .readers import ade_corpus, bc5cdr, gptnermed, maccrobat, phee, tac2017, tnm_silver, written
from .schema import SEED, read_jsonl, write_jsonl

READERS = (phee, ade_corpus, bc5cdr, tac2017, maccrobat, gptnermed, tnm_silver, written)
NO_STAGE_SOURCES = {"phee", "ade_v2", "ade_v2_neg", "bc5cdr", "bc5cdr_two", "tac2017", "maccrobat", "maccrobat_neg", "gptnermed", "written_de", "written_en", "written_status_de", "written_status_en"}


def in_tenth(group: str) -> bool:
    """Whether a group is one of the tenth set apart."""
    return hashlib.sha256(f"{SEED}:{group}".encode()).digest()[0] % 10 == 0


def in_held_third(patient: str) -> bool:
    """Whether the model of inferred stages never sees a patient: those of the tenth, and others by hash."""
    draw = int.from_bytes(hashlib.sha256(f"{SEED}:stage:{patient}".encode()).digest()[:4]) / 2**32
    return in_tenth(f"patient:{patient}") or draw < 0.26


def teach_absence(line: dict) -> dict:
    """Sentences of the drug corpora without anything like a stage also teach the tnm head that there is none."""
    if line["source"] in NO_STAGE_SOURCES and "tnm" not in line["supervise"] and not tnm_silver.STAGE_LIKE.search(line["text"]):
        line["supervise"] = line["supervise"] + ["tnm"]
    return line


def leave_indications_open(line: dict) -> dict:
    """Where a reason is stated but not judged for the ade task, `ade` says nothing against an Indication and its drug.

    Lists and regimens mark the reason alone ("bei Schmerzen"); in prose the same words are an Indication too.
    """
    stated = any(relation["type"] == "reason_of" for relation in line["relations"])
    if stated and "ade" in line["supervise"] and not any(m["label"] == "Indication" for m in line["mentions"]):
        line["unlabelled"] = sorted({*line.get("unlabelled", []), "ade.Indication", "ade.Drug"})
    return line


CHANGE = re.compile(
    r"(?i)\b(?:ab|bis|ex|neu|new|no|not|kein|nicht|statt|vor|was|were|wurde|had|hold|held|off|stop|plan|aller|unvertr|intoler|früher|"
    r"zuletzt|bisher|prev|form|last|abges|beend|paus|umgest|wechs|ersetz|gewechs|discont|withdr|switch|replac|resum|start|begin|begonn|"
    r"consid|erw|empf|recomm|soll|should|will|would|falls|if|mutter|vater|mother|father|spiegel|level)|->|→"
)
"""Words that may tell of a drug's end or beginning: lines without any, whose drugs all have a schedule, are lists of what is taken."""


def listed(line: dict) -> dict:
    """A generated list of drugs with schedules also teaches that they are taken."""
    drugs = {place for place, m in enumerate(line["mentions"]) if (m["task"], m["label"]) == ("medication", "Drug")}
    scheduled = {r["head"] for r in line["relations"] if r["type"] == "frequency_of"}
    if not drugs or drugs - scheduled or CHANGE.search(line["text"]):
        return line
    told = [m | {"status": "active"} if place in drugs else m for place, m in enumerate(line["mentions"])]
    return line | {"mentions": told, "supervise": [*line["supervise"], "status"]}


def generated(path: Path) -> Iterator[dict]:
    """Lines of the generator, the source named by what the line is about and its language."""
    for line in read_jsonl(path):
        about = line["doc_id"].split("-")[1]
        yield listed(line) | {"source": f"gen_{about}_{line['language']}", "group": f"gen:{line['group']}"}


def collect(shared: Path, extra: Path | None) -> tuple[list[dict], list[dict]]:
    """Training and development lines."""
    lines = [line for reader in READERS for line in reader.read(shared)]
    lines += list(generated(extra)) if extra else []
    fixed = {line["group"]: line["source"] for line in lines if line["source"] == "phee"}
    fixed |= {line["group"]: "phee_dev" for line in lines if line["source"] == "phee_dev"}
    known = {bare(line["text"]) for line in lines if line["source"].startswith("phee")}
    train, dev = [], []
    for line in lines:
        if line["source"] == "ade_v2_neg" and bare(line["text"]) in known:
            continue
        apart = fixed[line["group"]] == "phee_dev" if line["group"] in fixed else in_tenth(line["group"])
        if not apart or line["source"].startswith("written"):
            train.append(leave_indications_open(teach_absence(line)))
        elif line["source"] != "phee":
            dev.append(line)
    texts = {line["text"] for line in dev}
    return reconciled([line for line in train if line["text"] not in texts]), dev + agreed(dev)


def agreed(dev: list[dict]) -> list[dict]:
    """The development sentences that PHEE and ADE v2 share, as one line each: events with the borders that training teaches."""
    events = {bare(line["text"]): line for line in dev if line["source"] == "ade_v2"}
    pairs = [(line, events.get(bare(line["text"]))) for line in dev if line["source"] == "phee_dev"]
    return [merged(one, other) | {"source": "phee_ade_v2", "doc_id": "both-" + one["doc_id"]}
            for one, other in pairs if other and other["text"] == one["text"]]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--generated", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    train, dev = collect(args.shared, args.generated)
    write_jsonl(args.out / "train.jsonl", train)
    sources = sorted({line["source"] for line in dev})
    for source in sources:
        write_jsonl(args.out / "dev" / f"{source}.jsonl", (line for line in dev if line["source"] == source))
    counts = {"train": Counter(line["source"] for line in train), "dev": Counter(line["source"] for line in dev)}
    (args.out / "counts.json").write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n")
    print(json.dumps(counts, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
