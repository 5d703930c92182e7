"""Command line: ``python3 -m datasets.generate --seed 17 --out FILE.jsonl``."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path

from . import ade, medication, tnm
from .builder import finish

GERMAN_SHARE = {"tnm": 0.6, "medication": 0.6, "ade": 0.8}


def generate(seed: int, counts: dict[str, int], knowledge: Path) -> list[dict]:
    """All lines, without repeated texts, in a shuffled order that the seed fixes."""
    rows = []
    seen: set[str] = set()
    for source in (tnm.Source(knowledge), medication.Source(knowledge), ade.Source(knowledge)):
        rng = random.Random(f"{seed}/{source.task}")
        made = tries = 0
        while made < counts[source.task] and tries < counts[source.task] * 5:
            tries += 1
            language = "de" if rng.random() < GERMAN_SHARE[source.task] else "en"
            line, group, supervise = source.draw(rng, language)
            row = finish(line, f"gen-{source.task}-{made:06}", language, group, supervise)
            if row is None or row["text"] in seen:
                continue
            seen.add(row["text"])
            rows.append(row)
            made += 1
    random.Random(seed).shuffle(rows)
    return rows


def verify(rows: list[dict]) -> None:
    """Stops at the first line that breaks the format."""
    for row in rows:
        for m in row["mentions"]:
            assert row["text"][m["begin"]:m["end"]] == m["text"], row
            assert m["text"] and m["text"] == m["text"].strip(), row
            assert m["task"] in row["supervise"], row
            assert "\n\n" not in m["text"], row
        by_task: dict[str, int] = {}
        for m in sorted(row["mentions"], key=lambda m: (m["task"], m["begin"])):
            assert m["begin"] >= by_task.get(m["task"], 0), row
            by_task[m["task"]] = m["end"]
        for r in row["relations"]:
            assert 0 <= r["head"] < len(row["mentions"]) and row["mentions"][r["head"]]["label"] == "Drug", row


def bracketed(row: dict) -> str:
    """The text with its spans in brackets."""
    text, shown = row["text"], []
    opens: dict[int, list[str]] = {}
    for m in row["mentions"]:
        opens.setdefault(m["begin"], []).append(f"[{m['task'][0]}.{m['label']} ")
        opens.setdefault(m["end"], []).insert(0, "]")
    for i in range(len(text) + 1):
        shown.extend(opens.get(i, []))
        shown.append(text[i:i + 1])
    return "".join(shown).replace("\n", "⏎")


def report(rows: list[dict], samples: int, seed: int) -> None:
    """Counts per task, language and label, and a few lines to read."""
    families = Counter((row["doc_id"].split("-")[1], row["language"]) for row in rows)
    labels = Counter((m["task"], m["label"], row["language"]) for row in rows for m in row["mentions"])
    relations = Counter(r["type"] for row in rows for r in row["relations"])
    frames = Counter(g.rsplit("-", 1)[0] for g in {row["group"] for row in rows})
    for title, counter in (("lines", families), ("labels", labels), ("relations", relations), ("frames", frames)):
        print(title)
        for key, value in sorted(counter.items()):
            print(f"  {key if isinstance(key, str) else ' '.join(key)}: {value}")
    print("lines without mentions:", sum(not row["mentions"] for row in rows))
    for row in random.Random(seed + 1).sample(rows, min(samples, len(rows))):
        pairs = " ".join(f"{r['type']}({row['mentions'][r['head']]['text']},{row['mentions'][r['tail']]['text']})" for r in row["relations"])
        print(f"- {row['group']} {'/'.join(row['supervise'])}: {bracketed(row)}" + (f"   {{{pairs}}}" if pairs else ""))


def main() -> int:
    """Parses the arguments and writes the lines."""
    parser = argparse.ArgumentParser(prog="datasets.generate", description="Writes labelled training lines in the format of datasets/LABELS.md.")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--out", type=Path, help="the JSON Lines file to write")
    parser.add_argument("--knowledge", type=Path, default=Path("../shared/knowledge"), help="folder with the drug and term lists")
    parser.add_argument("--n-tnm", type=int, default=9000)
    parser.add_argument("--n-med", type=int, default=9000)
    parser.add_argument("--n-ade", type=int, default=10000)
    parser.add_argument("--check", action="store_true", help="print counts and samples")
    parser.add_argument("--samples", type=int, default=30)
    args = parser.parse_args()
    if not args.out and not args.check:
        parser.error("nothing to do: give --out or --check")
    rows = generate(args.seed, {"tnm": args.n_tnm, "medication": args.n_med, "ade": args.n_ade}, args.knowledge)
    verify(rows)
    if args.out:
        with args.out.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        print(f"{len(rows)} lines written", file=sys.stderr)
    if args.check:
        report(rows, args.samples, args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
