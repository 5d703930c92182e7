"""Strict span and end-to-end relation figures, decoded as the engine decodes.

    python -m scripts.train.evaluate --model models/deen --dev DIR/dev --out figures.json

A predicted label that the line leaves unlabelled is neither right nor wrong
unless it hits a gold span, so such labels have a recall and no precision. The
same holds for a relation whose head or tail is such a prediction.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .align import Window, decode, windows
from .batches import collate, packed, relation_mask
from .model import Network, pair_features
from .schema import RELATIONS, SEED, STATUSES, TASKS, allowed_relation, read_jsonl

Counts = dict[tuple[str, str, str], list[list[int]]]
"""(source, language, item) -> one [true positive, false positive, false negative] a line."""


def candidate_pairs(mentions: list[dict]) -> list[tuple[int, int, int]]:
    """(head, tail, allowed class) of every drug with every tail of its task."""
    pairs = []
    for head, first in enumerate(mentions):
        for tail, second in enumerate(mentions):
            kind = allowed_relation(second["task"], second["label"])
            if first["label"] == "Drug" and first["task"] == second["task"] and kind is not None:
                pairs.append((head, tail, kind))
    return pairs


@torch.no_grad()
def predict(network: Network, items: list[Window], budget: int = 4096, whole_words: bool = True) -> list[tuple[list[dict], list[dict]]]:
    """Mentions and relations of each window, in the order given."""
    network.eval()
    answers: dict[int, tuple[list[dict], list[dict]]] = {}
    for group in packed(items, budget):
        batch = collate(group)
        hidden = network(batch.ids, batch.mask)
        scores = {task: torch.softmax(network.token_logits(task, hidden), -1).numpy() for task in TASKS}
        rows, heads, tails, kinds, keys = [], [], [], [], []
        for row, window in enumerate(group):
            size = len(window.ids)
            mentions = [m for task in TASKS for m in decode(task, window.line["text"], window.spans, scores[task][row, :size], whole_words)]
            answers[id(window)] = (mentions, [])
            for head, tail, kind in candidate_pairs(mentions):
                rows.append(row), heads.append(mentions[head]["tokens"]), tails.append(mentions[tail]["tokens"])
                kinds.append(kind), keys.append((id(window), head, tail))
        if rows:
            logits = network.relation_logits(pair_features(hidden, rows, heads, tails))
            chances = torch.softmax(logits.masked_fill(~relation_mask(torch.tensor(kinds)), -1e9), -1)
            for (key, head, tail), chance in zip(keys, chances):
                best = int(chance.argmax())
                if best:
                    answers[key][1].append({"type": RELATIONS[best], "head": head, "tail": tail, "score": float(chance[best])})
    return [answers[id(window)] for window in items]


def tally(items: list[Window], answers: list[tuple[list[dict], list[dict]]]) -> Counts:
    """Right and wrong by source, language and item (`tnm.T`, `relation.causes`), one entry a line."""
    by_line: dict[int, list[tuple[Window, tuple]]] = defaultdict(list)
    for window, answer in zip(items, answers):
        by_line[id(window.line)].append((window, answer))
    counts: Counts = defaultdict(list)
    for parts in by_line.values():
        line = parts[0][0].line
        supervise, free = line.get("supervise", list(TASKS) + ["relations"]), set(line.get("unlabelled", []))

        def spans(mentions: list[dict]) -> list[tuple]:
            return [(m["task"], m["label"], m["begin"], m["end"]) for m in mentions]

        gold_spans = spans(line["mentions"])
        gold = {("mention", *span) for span in gold_spans if span[0] in supervise}
        found = {("mention", *span) for _, (mentions, _) in parts for span in spans(mentions) if span[0] in supervise}
        if "relations" in supervise:
            gold |= {("relation", r["type"], gold_spans[r["head"]], gold_spans[r["tail"]]) for r in line["relations"]}
            for _, (mentions, relations) in parts:
                own = spans(mentions)
                found |= {("relation", r["type"], own[r["head"]], own[r["tail"]]) for r in relations if own[r["head"]][0] in supervise}
        known = set(gold_spans)

        def open_end(key: tuple) -> bool:  # a relation on a mention that the corpus may just not have marked
            return key[0] == "relation" and any(span not in known and f"{span[0]}.{span[1]}" in free for span in key[2:])

        here: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for key in gold | {key for key in found if not open_end(key)}:
            item = f"{key[1]}.{key[2]}" if key[0] == "mention" else f"relation.{key[1]}"
            if key in gold:
                here[item][0 if key in found else 2] += 1
            elif item not in free:
                here[item][1] += 1
        for item, values in here.items():
            counts[(line["source"], line["language"], item)].append(values)
            if item in free:
                counts[(line["source"], line["language"], item + " (recall only)")] = []
    return counts


@torch.no_grad()
def statuses(network: Network, items: list[Window]) -> dict[tuple[str, str], list[int]]:
    """Right, wrong and missed by language and status, of the drugs that the marks name: the head alone, in the windows as given."""
    network.eval()
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for group in packed(items, 4096):
        batch = collate(group)
        if not batch.status_rows:
            continue
        hidden = network(batch.ids, batch.mask)
        best = network.status_logits(hidden[batch.status_rows, batch.status_tokens]).argmax(dim=-1)
        for row, found, gold in zip(batch.status_rows, best.tolist(), batch.status_gold.tolist()):
            language = group[row].line["language"]
            counts[language, STATUSES[gold]][0 if found == gold else 2] += 1
            counts[language, STATUSES[found]][1] += found != gold
    return counts


def figures(values: list[list[int]]) -> tuple[float, float, float]:
    """Precision, recall, F1 of summed counts."""
    right, wrong, missed = (sum(v[i] for v in values) for i in range(3))
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * right / max(1, 2 * right + wrong + missed)


def interval(values: list[list[int]], rounds: int = 500) -> tuple[float, float]:
    """Bootstrap 95% interval of F1 over lines that hold the item in gold or prediction."""
    draw = random.Random(SEED)
    scores = sorted(figures(draw.choices(values, k=len(values)))[2] for _ in range(rounds))
    return scores[int(0.025 * rounds)], scores[int(0.975 * rounds) - 1]


def report(counts: Counts, bootstrap: bool = True) -> list[dict]:
    """One row an item of a source; `recall_only` where its false positives cannot be known."""
    partial = {key[:2] + (key[2].removesuffix(" (recall only)"),) for key in counts if key[2].endswith("(recall only)")}
    rows = []
    for key in sorted(counts):
        if not counts[key]:
            continue
        precision, recall, f1 = figures(counts[key])
        row = {"source": key[0], "language": key[1], "item": key[2], "precision": precision, "recall": recall, "f1": f1,
               "gold": sum(v[0] + v[2] for v in counts[key]), "predicted": sum(v[0] + v[1] for v in counts[key]),
               "recall_only": key in partial}
        if bootstrap:
            row["low"], row["high"] = interval(counts[key])
        rows.append(row)
    return rows


def micro(counts: Counts) -> dict[str, float]:
    """F1 over everything of a task and language, silver negatives included."""
    pooled: dict[str, list[list[int]]] = defaultdict(list)
    for (_, language, item), values in counts.items():
        pooled[f"{item.split('.')[0]}.{language}"] += values
        pooled["all"] += values
    return {name: round(figures(values)[2], 4) for name, values in sorted(pooled.items())}


def load_dev(folder: Path, tokenizer: Tokenizer, limit: int | None = None) -> list[Window]:
    """Windows of every development file; at most `limit` lines a file."""
    items = []
    for path in sorted(folder.glob("*.jsonl")):
        lines = list(read_jsonl(path))
        if limit is not None and len(lines) > limit:
            lines = random.Random(SEED).sample(lines, limit)
        items += [window for line in lines for window in windows(tokenizer, line)]
    return items


def load_gold(path: Path, texts: Path, tokenizer: Tokenizer) -> list[Window]:
    """Windows of whole gold documents; the text may lie beside them as `<doc_id>.txt`. Every task is taken as marked."""
    items = []
    for line in read_jsonl(path):
        if "text" not in line:
            line["text"] = (texts / f"{line['doc_id']}.txt").read_text(encoding="utf-8")
        line["source"] = "samples_" + line["doc_id"].split("_")[0]
        items += windows(tokenizer, line)
    return items


def main() -> None:
    """Command line."""
    from .oracle import load_exported

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--dev", type=Path, help="folder of development files")
    parser.add_argument("--gold", type=Path, help="gold file of whole documents")
    parser.add_argument("--texts", type=Path, help="folder of their texts")
    parser.add_argument("--pieces", action="store_true", help="decode ade and medication by piece, not by word")
    parser.add_argument("--dev-lines", type=int, help="at most so many lines a file")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    items = load_dev(args.dev, tokenizer, args.dev_lines) if args.dev else []
    items += load_gold(args.gold, args.texts or args.gold.parent, tokenizer) if args.gold else []
    counts = tally(items, predict(load_exported(args.model), items, whole_words=not args.pieces))
    text = json.dumps({"micro": micro(counts), "rows": report(counts)}, indent=1)
    if args.out:
        args.out.write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
