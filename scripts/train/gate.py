"""Teach the gate of a model which windows cannot hold what the model reports, choose its thresholds, and measure what it loses.

    python -m scripts.train.gate --model models/deen --data out/train/data --shared ../shared [--work DIR] [--tasks tnm,ade,medication]

Needs `cargo build --release`. Writes `gate.safetensors` into the model folder, lists it in the manifest, and prints a Markdown table: for
each test set the mentions and relations of `befund extract --exhaustive`, how many of them a run with the gate does not report, and
the share of tokens that the encoder does not read. A task that loses more than it may, or passes over next to nothing, is left out of the file:
its gate is open. Datasets in `--work` that the same weights made are used again. Build anew afterwards: the gate is part of the program.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pyarrow.dataset as dataset
import torch

from . import gate_net
from .export import digest
from .gate_data import Windows, extracted, is_done, mentions, read_windows, write_sets
from .gate_net import columns

MOST_LOST = 0.001
"""Of the mentions of a set, the share that may be lost."""
LEAST_PASSED = 0.2
"""A gate that passes over a smaller share of the tokens of reports is not worth its loss."""
FILE = "gate.safetensors"


def threshold(task: str, scores: np.ndarray, windows: Windows, n_mentions: int) -> float:
    """The highest score at which half of `MOST_LOST` of the mentions stand in windows that score no higher."""
    alone = windows.alone[:, columns([task])[0]]
    order = np.argsort(scores, kind="stable")
    lost = np.cumsum(alone[order])
    first = np.searchsorted(lost, MOST_LOST / 2 * n_mentions, side="right")
    # Just below the first window that must be read; at worst all are passed over.
    return float(scores[order][min(first, len(order) - 1)]) - 1e-3


def keys(out: Path, tasks: list[str]) -> dict[str, tuple[Counter, Counter, Counter]]:
    """For each corpus in a dataset: the mentions of `tasks`, the relations between them, and the mentions that both model and rule saw."""
    rows = mentions(out)
    marks = {(row["doc_id"], row["mention_id"]): row for row in rows}
    found: dict[str, tuple[Counter, Counter, Counter]] = defaultdict(lambda: (Counter(), Counter(), Counter()))
    for row in rows:
        if row["task"] in tasks:
            key = (row["doc_id"], row["task"], row["label"], row["begin"], row["end"])
            corpus = found[corpus_of(row["doc_id"])]
            corpus[0][key] += 1
            corpus[2][key] += row["found_by"] == "both"
    for row in dataset.dataset(out / "relations").to_table().to_pylist():
        head, tail = marks[row["doc_id"], row["head"]], marks[row["doc_id"], row["tail"]]
        if head["task"] in tasks:
            found[corpus_of(row["doc_id"])][1][row["doc_id"], row["type"], head["begin"], head["end"], tail["begin"], tail["end"]] += 1
    return found


def corpus_of(doc_id: str) -> str:
    """The corpus of a line in the set of development files, else ""."""
    return doc_id.split("/")[0] if "/" in doc_id else ""


def list_gate(model: Path, tasks: dict[str, float]) -> None:
    """Name the gate in the manifest, or take it out where no task has one."""
    path = model / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"].pop(FILE, None)
    if tasks:
        manifest["files"][FILE] = digest(model / FILE)
    path.write_text(json.dumps(manifest, indent=2) + "\n")


def measured(name: str, source: Path, whole: Path, args: argparse.Namespace, tasks: list[str]) -> list[dict]:
    """What a run for `tasks` with the gate loses of the dataset `whole`, a row a corpus."""
    out = args.work / "gated" / f"{name}-{'-'.join(tasks)}"
    run = extracted(source, out, args.model, [*options(args), "--tasks", ",".join(tasks)])
    if run["gate"]["off_because"]:
        raise SystemExit(f"the gate is off: {run['gate']['off_because']}")
    passed = defaultdict(lambda: [0, 0])
    for row in dataset.dataset(out / "documents").to_table(columns=["doc_id", "n_tokens", "n_tokens_gated"]).to_pylist():
        passed[corpus_of(row["doc_id"])][0] += row["n_tokens"]
        passed[corpus_of(row["doc_id"])][1] += row["n_tokens_gated"]
    before, after = keys(whole, tasks), keys(out, tasks)
    rows = []
    for corpus, (n_tokens, n_gated) in passed.items():
        (all_found, all_pairs, all_both), (found, pairs, both) = before[corpus], after[corpus]
        rows.append({"set": corpus or name.removeprefix("test_"), "tasks": tasks, "share": n_gated / max(1, n_tokens),
                     "mentions": all_found.total(), "lost": (all_found - found).total(), "new": (found - all_found).total(),
                     "rule_only": (all_both - both).total(), "relations": all_pairs.total(), "lost_relations": (all_pairs - pairs).total()})
    return rows


def print_table(rows: list[dict]) -> None:
    """Markdown."""
    print("| set | tasks | tokens passed over | mentions | lost | with other borders | both, now rule | relations | lost |\n" + "|---" * 9 + "|")
    for row in rows:
        print(f"| {row['set']} | {', '.join(row['tasks'])} | {100 * row['share']:.1f}% | {row['mentions']} | {row['lost']} | {row['new']} "
              f"| {row['rule_only']} | {row['relations']} | {row['lost_relations']} |")


def options(args: argparse.Namespace) -> list[str]:
    """What every run of befund is given."""
    return ["--precision", args.precision, "--threads", str(args.threads)]


def arguments() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("models/deen"))
    parser.add_argument("--data", type=Path, required=True, help="folder that scripts.train.corpus wrote")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("out/gate"), help="where sets and datasets go")
    parser.add_argument("--tasks", default="tnm", help="tasks to make a gate for")
    parser.add_argument("--share", type=float, default=1.0, help="of each set, how much: to try the script")
    parser.add_argument("--precision", default="int8", choices=["f32", "int8"])
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def taught(sets: dict[str, Path], whole: dict[str, Path], args: argparse.Namespace) -> tuple[gate_net.GateNet, dict[str, float]]:
    """The network and the threshold of each task whose gate is worth having."""
    made = {name: read_windows(source, whole[name], args.model) for name, source in sets.items() if not name.startswith("test_")}
    fitted = Windows.joined([part for name, part in made.items() if name.startswith("fit_")])
    network = gate_net.fit(fitted, gate_net.encoder_embedding(args.model), args.tasks.split(","))
    names = [name for name in made if name.startswith("cal_")]
    scores = {name: gate_net.scores(network, made[name]) for name in names}
    chosen = {}
    for index, task in enumerate(network.tasks):
        counts = {name: sum(row["task"] == task for row in mentions(whole[name])) for name in names}
        # Reports and sentences of the corpora have their own thresholds, and the lower one holds.
        parts = [["cal_lines"], [name for name in names if name != "cal_lines"]]
        most = min(threshold(task, np.concatenate([scores[name][:, index] for name in part]), Windows.joined([made[name] for name in part]),
                             sum(counts[name] for name in part)) for part in parts)
        reports = made["cal_ocr"]
        passed = reports.lengths()[scores["cal_ocr"][:, index] <= most].sum() / reports.lengths().sum()
        print(f"{task}: windows that score at most {most:.2f} are passed over, {100 * passed:.1f}% of the tokens of reports", file=sys.stderr)
        if passed >= LEAST_PASSED:
            chosen[task] = most
    return network, chosen


def main() -> None:
    """From a model to its gate and the table of what it loses."""
    args = arguments()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    sets = write_sets(args.data, args.shared, args.work, args.share)
    whole = {name: args.work / "whole" / name for name in sets}
    for name, source in sets.items():
        print(f"{name} ...", file=sys.stderr)
        if not is_done(whole[name], args.model):
            extracted(source, whole[name], args.model, [*options(args), "--exhaustive"])
    network, tasks = taught(sets, whole, args)
    tests = {name: source for name, source in sets.items() if name.startswith("test_")}
    weights = digest(args.model / "model.safetensors")["sha256"]
    while tasks:
        gate_net.save(network, tasks, weights, args.model / FILE)
        list_gate(args.model, tasks)
        asked = [[task] for task in tasks] + ([list(tasks)] if len(tasks) > 1 else [])
        rows = [row for some in asked for name, source in tests.items() for row in measured(name, source, whole[name], args, some)]
        print_table(rows)
        failed = {row["tasks"][0] for row in rows if len(row["tasks"]) == 1 and row["lost"] > MOST_LOST * row["mentions"]}
        if not failed:
            break
        print(f"\nMore than {MOST_LOST:.1%} lost: {', '.join(sorted(failed))}. Left open.\n")
        tasks = {task: most for task, most in tasks.items() if task not in failed}
    list_gate(args.model, tasks)


if __name__ == "__main__":
    main()
