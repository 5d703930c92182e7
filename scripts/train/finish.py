"""From a checkpoint to the model folder: export, full dev figures of f32 and int8, manifest, card.

    python -m scripts.train.finish --checkpoint last.pt --encoder DIR --data DIR --out models/deen
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .align import Window, windows
from .card import card
from .evaluate import Counts, load_dev, load_gold, micro, predict, report, statuses, tally
from .evaluate import figures as rates
from .export import export
from .model import Network
from .readers import written
from .schema import SEED

TOLERANCE = 0.003
LINES = Path(written.annotate.LINES)
PASSAGES = [f"{name}_{language}" for name in ("letters", "status", "course") for language in ("de", "en")]
"""Gold passages of letters whose drugs say what becomes of them."""


def processor() -> str:
    """Name of the processor, as the system states it."""
    path = Path("/proc/cpuinfo")
    rows = path.read_text().splitlines() if path.exists() else []
    named = next((row.split(":", 1)[1].strip() for row in rows if row.startswith("model name")), platform.processor())
    amx = any("amx_bf16" in row for row in rows if row.startswith("flags"))
    return f"{named}{' with AMX' if amx else ''}, {os.cpu_count()} cores"


def score(network: Network, items: list[Window]) -> Counts:
    """Counts over the windows."""
    return tally(items, predict(network, items))


def by_item(counts: Counts) -> Counts:
    """Counts of the sample documents pooled over their kinds."""
    pooled: Counts = defaultdict(list)
    for (_, language, item), values in counts.items():
        pooled[("samples", language, item)] += values
    return pooled


def blended(saved: dict, other: dict, share: float, name: str) -> dict:
    """The checkpoint with `share` of its weights taken from another of the same shape, but of heads that this lacks, noted in its history."""
    mixed = {key: torch.lerp(value, other["model"][key], share) if key in other["model"] else value for key, value in saved["model"].items()}
    note = f"weights mixed: {share} of {name}, {1 - share} of what is said before"
    history = "; ".join(filter(None, [saved["training"].get("history"), note]))
    return saved | {"model": mixed, "training": saved["training"] | {"history": history}}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--blend", nargs=2, action="append", default=[], metavar=("FILE", "SHARE"),
                        help="another checkpoint, whose weights are mixed in, and their share, 0 to 1; may be given again")
    parser.add_argument("--encoder", type=Path, default=Path("../shared/encoders/me5-small-deen-32k"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dev-lines", type=int, default=600, help="at most so many development lines a source")
    parser.add_argument("--compare", type=int, default=1500, help="windows on which f32 is measured beside int8")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gold", type=Path, help="gold file of whole documents, measured apart")
    parser.add_argument("--texts", type=Path, help="folder of their texts")
    parser.add_argument("--date", default=time.strftime("%Y-%m-%d"))
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    saved = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    network = Network(json.loads((args.encoder / "config.json").read_text()))
    for other, share in args.blend:
        saved = blended(saved, torch.load(other, map_location="cpu", weights_only=True), float(share), Path(other).stem)
    network.load_state_dict(saved["model"])
    kept = {"seed", "command", "history", "step", "epoch", "tokens"}
    training = {name: value for name, value in saved["training"].items() if name in kept}
    training |= {"minutes": round(saved["training"]["spent"] / 60, 1), "hardware": processor(), "date": args.date}
    stored = export(network, args.encoder, args.out, training)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    items = load_dev(args.data / "dev", tokenizer, args.dev_lines)
    part = random.Random(SEED).sample(items, min(len(items), args.compare))
    before = micro(score(network, part))
    network.load_state_dict(stored)
    answers = predict(network, items)
    found = {id(item): answer for item, answer in zip(items, answers)}
    after = micro(tally(part, [found[id(item)] for item in part]))
    by_piece = micro(tally(part, predict(network, part, whole_words=False)))
    counts = tally(items, answers)
    figures = {"micro_f32": before, "micro_int8": after, "micro_by_piece": by_piece, "compared_windows": len(part), "dev_lines": args.dev_lines,
               "micro": micro(counts), "rows": report(counts), "lines": dict(Counter(w.line["source"] for w in items))}
    if args.gold:
        whole = load_gold(args.gold, args.texts, tokenizer)
        documents = by_item(score(network, whole))
        figures["samples"] = {"micro": micro(documents), "rows": report(documents),
                              "micro_by_piece": micro(tally(whole, predict(network, whole, whole_words=False)))}
    passages = [line | {"supervise": ["status"]} for name in PASSAGES for line in written.lines(LINES / f"{name}.marks")]
    told = statuses(network, [window for line in passages for window in windows(tokenizer, line)])
    figures["status"] = [[*key, *(round(100 * value, 1) for value in rates([values])), values[0] + values[2]] for key, values in sorted(told.items())]
    (args.data / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    sizes = json.loads((args.data / "counts.json").read_text())
    (args.out / "CARD.md").write_text(card(figures, sizes, training))
    lost = max(abs(figures["micro_f32"][name] - figures["micro_int8"][name]) for name in figures["micro_f32"])
    print(json.dumps({name: figures[name] for name in figures if name.startswith("micro")} | {"largest_difference": lost}, indent=1))
    if abs(figures["micro_f32"]["all"] - figures["micro_int8"]["all"]) > TOLERANCE:
        raise SystemExit("int8 differs from f32 by more than 0.3 points of F1")


if __name__ == "__main__":
    main()
