"""Measure Befund and its peers in one run and write a dated record. Paths are relative to the repository root.

    scripts/bench-peers [--quick] [--only encoder,tnm,all,text] [--rounds N] [--shared DIR] [--befund PATH] [--out DIR]
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shlex
import sys
import time
from pathlib import Path

from ..train.schema import SEED
from . import corpora, exported, record
from .programs import Extract
from .sections import SECTIONS, Setting, log_of

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
PEERS = Path("target/peers")
MODEL = Path("models/deen")


def arguments() -> argparse.Namespace:
    """Command line; `--quick` changes what is not given."""
    parser = argparse.ArgumentParser(prog="scripts/bench-peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round over few texts, to see that everything works; written to target/peers/quick")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections to measure, separated by commas (default: %(default)s)")
    parser.add_argument("--rounds", type=int, help="rounds (default: 5; 1 with --quick)")
    parser.add_argument("--sentences", type=int, help="sentences for the encoder (default: 2000; 100 with --quick)")
    parser.add_argument("--reports", type=int, help="reports for stages (default: 300; 12 with --quick)")
    parser.add_argument("--few-reports", type=int, help="reports for all tasks (default: 60; 4 with --quick)")
    parser.add_argument("--mixed", type=int, help="letters and reports for the text side (default: 2000; 60 with --quick)")
    parser.add_argument("--shared", default="../shared", help="folder of the corpora; '' measures on the shipped samples (default: %(default)s)")
    parser.add_argument("--befund", type=Path, default=Path("target/release/befund"), help="the built program (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="folder of the record (default: bench/record)")
    args = parser.parse_args()
    args.only = args.only.split(",")
    if unknown := [name for name in args.only if name not in SECTIONS]:
        parser.error(f"--only {','.join(unknown)} is no section: choose from {', '.join(SECTIONS)}")
    usual, quick = {"rounds": 5, "sentences": 2000, "reports": 300, "few_reports": 60, "mixed": 2000, "out": Path("bench/record")}, {
        "rounds": 1, "sentences": 100, "reports": 12, "few_reports": 4, "mixed": 60, "out": PEERS / "quick"}
    for name, value in (quick if args.quick else usual).items():
        if getattr(args, name) is None:
            setattr(args, name, value)
    if not args.befund.is_file():
        parser.error(f"{args.befund} is not there: build it with `cargo build --release`, or name it with --befund")
    return args


def command(args: argparse.Namespace) -> str:
    """What was asked for, defaults spelled out and paths left out: a record names no folder of this machine."""
    numbers = [f"--{name.replace('_', '-')}={getattr(args, name)}" for name in ("rounds", "sentences", "reports", "few_reports", "mixed")]
    return shlex.join(["scripts/bench-peers", *["--quick"] * args.quick, "--only=" + ",".join(args.only), *numbers, *["--shared="] * (not args.shared)])


def tell(message: str) -> None:
    """Progress, with the time of day."""
    print(time.strftime("%H:%M:%S"), message, file=sys.stderr, flush=True)


def identity(binary: Path, work: Path) -> dict:
    """What the program says of itself and its model, whose weights must be those that the peers are given."""
    sample = next(Path("datasets/samples").glob("*.txt"))
    extract = Extract("identity", "Befund", binary, sample, work / "identity", "--precision", "int8")
    extract.turn()
    model = extract.run["model"]
    if model["sha256"] != exported.sha256(MODEL):
        raise SystemExit(f"{binary} holds other weights than {MODEL}: build it again with `cargo build --release`")
    return {"version": extract.run["befund"], "git_revision": extract.run["git_revision"], "model": model["id"]}


def main() -> None:
    """Draw texts, export the model, measure section by section, write the record."""
    args = arguments()
    work = PEERS / "texts"
    work.mkdir(parents=True, exist_ok=True)
    load_at_start = os.getloadavg()
    befund = identity(args.befund, work)
    tell("drawing texts and exporting the model")
    sets = corpora.write(work, Path(args.shared) if args.shared else None, MODEL, args.sentences, args.reports, args.few_reports, args.mixed)
    forms = exported.write(MODEL, work / "exported")
    setting = Setting(args.befund, MODEL, work, sets, forms, args.rounds, tell)
    log_of(setting).write_text("")
    made = {
        "format": 1, "date": datetime.date.today().isoformat(), "command": command(args), "quick": args.quick,
        "machine": record.machine(), "versions": record.versions(REQUIREMENTS), "befund": befund,
        "texts": sets.origin, "seed": SEED, "rounds": args.rounds,
        "sections": [record.section_record(SECTIONS[name](setting)) for name in args.only],
        "load_average": {"start": load_at_start, "end": os.getloadavg()},
    }
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / f"{made['date']}-peers.json"
    path.write_text(json.dumps(made, indent=1) + "\n")
    text = record.markdown(made)
    path.with_suffix(".md").write_text(text)
    print(text)
    tell(f"written: {path} and {path.with_suffix('.md')}")


if __name__ == "__main__":
    main()
