"""The figures that the model must show, measured through the built program.

    python -m scripts.train.targets --data out/train/data --shared ../shared [--work DIR] [--found-by both|model|rules] [--only NAME...]
                                    [--precision f32 int8]

Runs `befund extract` and `befund eval` over the development files that
`scripts.train.corpus` wrote and over the gold of `datasets/gold`, and prints
one Markdown table: what is asked, strict F1 and overlapping F1, counts. Pooled
lines add up the counts of their sets. With several precisions it prints a
table of each, and one of the differences. Needs `cargo build --release`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow.dataset as dataset

from .schema import read_jsonl

ROOT = Path(__file__).resolve().parents[2]
BEFUND = ROOT / "target/release/befund"

LINES = [
    ("PHEE + ADE v2 dev: drug", ["phee_dev", "ade_v2"], ("mentions", "ade", "Drug"), 0.93),
    ("PHEE + ADE v2 dev: event, each corpus with its own borders", ["phee_dev", "ade_v2"], ("mentions", "ade", "ADE"), 0.84),
    ("PHEE + ADE v2 dev: causes, each corpus with its own borders", ["phee_dev", "ade_v2"], ("relations", "ade", "causes"), 0.74),
    ("ADE v2 dev: event", ["ade_v2"], ("mentions", "ade", "ADE"), 0.84),
    ("ADE v2 dev: causes", ["ade_v2"], ("relations", "ade", "causes"), 0.74),
    ("PHEE dev: event", ["phee_dev"], ("mentions", "ade", "ADE"), None),
    ("PHEE dev: causes", ["phee_dev"], ("relations", "ade", "causes"), None),
    ("PHEE and ADE v2 as one line a sentence: drug", ["phee_ade_v2"], ("mentions", "ade", "Drug"), None),
    ("PHEE and ADE v2 as one line a sentence: event", ["phee_ade_v2"], ("mentions", "ade", "ADE"), None),
    ("PHEE and ADE v2 as one line a sentence: causes", ["phee_ade_v2"], ("relations", "ade", "causes"), None),
    ("BC5CDR dev: chemicals as Drug", ["bc5cdr"], ("mentions", "medication", "Drug"), 0.90),
    ("MACCROBAT dev: Medication as Drug", ["maccrobat", "maccrobat_neg"], ("mentions", "medication", "Drug"), 0.85),
    *((f"{name}: {label}", sets, ("mentions", "medication", label), aim)
      for name, sets in (("German medication lines and plans", ["medication_de", "plans_de"]), ("GraSCCo letters", ["letters"]),
                         ("German lines, plans and letters", ["medication_de", "plans_de", "letters"]))
      for label, aim in (("Drug", 0.95), ("Strength", 0.95), ("Frequency", 0.92))),
    *((f"{name}: {label}", [part], ("mentions", "medication", label), None)
      for name, part in (("German ward notes and lists", "ward_de"), ("English ward notes and lists", "ward_en"))
      for label in ("Drug", "Strength", "Frequency")),
    ("German letter passages: Drug", ["letters_de", "status_de", "course_de"], ("mentions", "medication", "Drug"), None),
    ("English letter passages: Drug", ["letters_en", "status_en", "course_en"], ("mentions", "medication", "Drug"), None),
    ("English medication lines: Drug", ["medication_en"], ("mentions", "medication", "Drug"), None),
    ("German adverse events: drug", ["ade_de"], ("mentions", "ade", "Drug"), None),
    ("German adverse events: event", ["ade_de"], ("mentions", "ade", "ADE"), None),
    ("German adverse events: causes", ["ade_de"], ("relations", "ade", "causes"), 0.85),
    ("German adverse events: treats", ["ade_de"], ("relations", "ade", "treats"), None),
    ("TNM components on OCR reports", ["tnm_ocr"], ("mentions", "tnm", "all"), 0.95),
    ("samples: tnm", ["samples"], ("mentions", "tnm", "all"), None),
    ("samples: medication", ["samples"], ("mentions", "medication", "all"), None),
    ("samples: ade", ["samples"], ("mentions", "ade", "all"), None),
    ("samples: causes", ["samples"], ("relations", "ade", "causes"), None),
]


def gold_files(data: Path, shared: Path, work: Path) -> dict[str, tuple[Path, Path]]:
    """Name -> (gold, input) of every set; stand-off gold is joined with its corpus under `work`."""
    sets = {path.stem: (path, path) for path in sorted((data / "dev").glob("*.jsonl"))}
    gold = ROOT / "datasets/gold"
    sets |= {path.stem: (path, path) for path in sorted(gold.glob("*.jsonl"))}
    sets["samples"] = (gold / "samples.jsonl", ROOT / "datasets/samples")
    for name, standoff, corpus in (("tnm_ocr", "tnm_ocr", "tnm_en/tcga_ocr.jsonl"), ("letters", "letters_medication", "letters_de/grascco_a.jsonl")):
        joined = work / f"gold-{name}.jsonl"
        subprocess.run([sys.executable, str(ROOT / "datasets/standoff.py"), "join", str(gold / f"standoff/{standoff}.jsonl"),
                        str(shared / "data" / corpus), str(joined)], check=True, stdout=subprocess.DEVNULL)
        sets[name] = (joined, joined)
    return sets


def evaluated(gold: Path, source: Path, out: Path, options: list[str]) -> dict:
    """What `befund eval --json` says after a fresh `befund extract`."""
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run([BEFUND, "extract", source, "--out", out, "--quiet", *options], check=True)
    answer = subprocess.run([BEFUND, "eval", "--gold", gold, "--pred", out, "--json"], check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)


def tally(evaluation: dict, key: tuple[str, str, str], kind: str) -> Counter:
    """Counts of one line."""
    for line in evaluation["lines"]:
        if (line["table"], line["task"], line["name"], line["language"]) == (*key, "all"):
            return Counter(line[kind])
    return Counter()


def f1(counts: Counter) -> float:
    """2 tp / (2 tp + fp + fn)."""
    return 2 * counts["tp"] / max(1, 2 * counts["tp"] + counts["fp"] + counts["fn_"])


def relations(out: Path) -> list[dict]:
    """The `causes` rows of a dataset with the spans and assertions of their events."""
    marks = {(m["doc_id"], m["mention_id"]): m for m in dataset.dataset(out / "mentions").to_table().to_pylist()}
    rows = dataset.dataset(out / "relations").to_table().to_pylist()
    return [row | {"event": marks[row["doc_id"], row["tail"]], "drug": marks[row["doc_id"], row["head"]]} for row in rows if row["type"] == "causes"]


def wrongly_affirmed(gold: Path, out: Path) -> tuple[int, int]:
    """Gold `causes` pairs that are negated or hypothetical: how many were written as affirmed and current, and all."""
    found: dict[str, list[dict]] = {}
    for row in relations(out):
        found.setdefault(row["doc_id"], []).append(row)
    wrong = every = 0
    for line in read_jsonl(gold):
        for pair in (r for r in line["relations"] if r["type"] == "causes"):
            event = line["mentions"][pair["tail"]]
            if event.get("assertion") not in ("negated", "hypothetical"):
                continue
            every += 1
            wrong += any(row["event"]["begin"] < event["end"] and event["begin"] < row["event"]["end"] and row["assertion"] == "affirmed"
                         and row["event"]["assertion"] == "affirmed" for row in found.get(line["doc_id"], []))
    return wrong, every


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that scripts.train.corpus wrote")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("out/targets"), help="where the datasets go; they are overwritten")
    parser.add_argument("--found-by", default="both", choices=["both", "model", "rules"])
    parser.add_argument("--only", nargs="*", help="names of sets")
    parser.add_argument("--precision", nargs="+", default=["f32"], choices=["f32", "int8"])
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    sets = gold_files(args.data, args.shared, args.work)
    wanted = {name for _, names, _, _ in LINES for name in names} | {"ade_v2_neg"}
    wanted &= set(args.only) if args.only else wanted
    figures = {}
    for precision in args.precision:
        work = args.work / precision
        work.mkdir(exist_ok=True)
        options, done = ["--found-by", args.found_by, "--precision", precision], {}
        for name in sorted(wanted & set(sets)):
            print(f"{precision}: {name} ...", file=sys.stderr)
            done[name] = evaluated(*sets[name], work / name, options)
        print(f"\n{precision}\n")
        figures[precision] = report(done, sets, work)
    first, *others = args.precision
    for other in others:
        print(f"\n| F1 strict / overlapping, points: {other} less {first} | strict | overlapping |\n|---|---|---|")
        for title, before in figures[first].items():
            print("| {} | {:+.1f} | {:+.1f} |".format(title, *(100 * (b - a) for a, b in zip(before, figures[other][title], strict=True))))


def report(done: dict[str, dict], sets: dict[str, tuple[Path, Path]], work: Path) -> dict[str, tuple[float, float]]:
    """Print the lines of one precision; gives F1, strict and overlapping, by title."""
    figures = {}
    print("| set and label | gold | P | R | F1 strict | F1 overlapping | asked |\n|---|---|---|---|---|---|---|")
    for title, names, key, aim in LINES:
        if not all(name in done for name in names):
            continue
        strict, overlap = (sum((tally(done[name], key, kind) for name in names), Counter()) for kind in ("strict", "overlap"))
        right, written = strict["tp"], strict["tp"] + strict["fp"]
        every = strict["tp"] + strict["fn_"]
        figures[title] = (f1(strict), f1(overlap))
        print(f"| {title} | {every} | {right / max(1, written):.3f} | {right / max(1, every):.3f} | {f1(strict):.3f} | {f1(overlap):.3f} | {aim or ''} |")
    if "ade_v2_neg" in done:
        lines = sum(1 for _ in read_jsonl(sets["ade_v2_neg"][0]))
        pairs = relations(work / "ade_v2_neg")
        hit = len({row["doc_id"] for row in pairs})
        sure = len({row["doc_id"] for row in pairs if row["assertion"] == "affirmed" and row["event"]["assertion"] == "affirmed"})
        print(f"\nADE-NEG dev: {hit} of {lines} sentences with a causes relation ({100 * hit / lines:.1f}%), {sure} affirmed (asked: at most 3%).")
    if "ade_de" in done:
        print("\nGerman negated or hypothetical pairs written as affirmed: {} of {} (asked: none).".format(
            *wrongly_affirmed(sets["ade_de"][0], work / "ade_de")))
    return figures


if __name__ == "__main__":
    main()
