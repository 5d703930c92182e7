"""How much of a cancer registry's T, N and M is found in the reports, and how much of that is right.

    python -m scripts.registry [--shared ../shared] [--limit 400] [--seed 17] [--methods rules both regex edsnlp] [--infer] [--edsnlp-python PATH] [--work DIR]

Reads the OCR pathology reports with a registry's T, N, M by patient (`data/tnm_en/tcga_ocr.jsonl`), runs every method on the same
sample (`--limit 0`: all) and prints one Markdown table. The registry knows more than the report (about 95% agree), and most reports say
MX: the figures compare methods, they are no accuracy. Needs `cargo build --release`, pyarrow, and for `edsnlp` an interpreter that has it.

- found: of the reports whose patient has the category in the registry, the share in which the method finds one. X is none, nor are `N+`
  and a range over two categories.
- right: of the found ones, the share with the registry's main category (T1 to T4, N0 to N3, M0 or M1). "letter": of those where
  both name a subcategory (T2a), the share with the same one.
- right of all: right ones of all labelled.

Halves, by a hash of the patient: A may be looked at for mending rules, B never. With `--infer` a third, "held": the patients that the model
behind `befund extract --infer` was not trained on; the lines "with inference" stand only there.

Which of several statements counts is decided in the same way for all methods: pathological and unprefixed ones before clinical
(`c`, `u`), invasive ones before `is` and `a`, then the value that is stated most often, then the highest. Of Befund only affirmed,
current statements about the patient take part. Rows flagged `inferred` take part only in the lines "with inference", and only where nothing is stated.
By half A, other ways to decide (the first, the last, the highest, p before unprefixed, T with N first) are right within 0.01 of this one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Iterable, NamedTuple

import pyarrow.dataset as dataset

from .train.corpus import in_held_third
from .train.schema import read_jsonl

ROOT = Path(__file__).resolve().parents[1]
BEFUND = ROOT / "target/release/befund"
LETTERS = "tnm"
TITLES = {
    "rules": "Befund, rules",
    "both": "Befund, rules and model (int8)",
    "regex": "plain regex",
    "edsnlp": "EDS-NLP `eds.tnm`",
}


WITH_INFERENCE = ", with inference"


class Category(NamedTuple):
    """One stated T, N or M: its letter, `c`, `p`, `u` or "", its value ("2a", "X", "is"), whether it was inferred."""

    letter: str
    basis: str
    value: str
    inferred: bool = False


Found = dict[str, list[Category]]


def patient(doc_id: str) -> str:
    """The patient's part of a document's id."""
    return doc_id.split(".")[0]


def half(doc_id: str) -> str:
    """A may be looked at, B never."""
    return "AB"[hashlib.sha256(patient(doc_id).encode()).digest()[0] & 1]


def main_category(value: str) -> str | None:
    """"2a" -> "2", "is" -> "is"; None where a value names no single category."""
    low, _, high = value.lstrip("≥").partition("-")
    if value.startswith("≥") or low in ("X", "+", "") or high and high[0] != low[0]:
        return None
    return low[0] if low[0].isdigit() else low


def decided(categories: Iterable[Category]) -> str | None:
    """The value that counts for a report, of all that a method found for one letter."""
    known = [one for one in categories if main_category(one.value)]
    known = [one for one in known if one.basis not in ("c", "u")] or known
    known = [one for one in known if one.value[0].isdigit()] or known
    counts = Counter(main_category(one.value) for one in known)
    if not counts:
        return None
    best = max(counts, key=lambda main: (counts[main], main.isdigit(), main))
    return max(Counter(one.value for one in known if main_category(one.value) == best).items(), key=lambda item: (item[1], item[0]))[0]


def befund(source: Path, out: Path, found_by: str, infer: bool) -> Found:
    """Categories of the affirmed, current statements of `befund extract`."""
    shutil.rmtree(out, ignore_errors=True)
    command = [BEFUND, "extract", source, "--out", out, "--tasks", "tnm", "--found-by", found_by, "--precision", "int8", "--device", "cpu", "--quiet"]
    subprocess.run(command + ["--infer"] * infer, check=True)
    found: Found = {}
    for row in dataset.dataset(out / "tnm").to_table().to_pylist():
        flags = row["flags"] or []
        if row["assertion"] != "affirmed" or row["temporality"] != "current" or "family" in flags:
            continue
        inferred = any(flag.startswith("inferred") for flag in flags)
        stated = ((letter, row[f"{letter}_prefix"], row[letter]) for letter in LETTERS)
        found.setdefault(row["doc_id"], []).extend(Category(letter, basis or "", value, inferred) for letter, basis, value in stated if value)
    return found


COMPONENT = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=[0-9XxOo])|(?<=[0-9][a-d]))(?P<prefix>[yra]{0,2}[cpu]?|P)[ ]?"
    r"(?:(?P<t>T)[ ]?(?P<tv>is|[0-4Xx][a-d]?[1-3]?)|(?P<n>N)[ ]?(?P<nv>[0-3XxOo][a-c]?)|(?P<m>M)[ ]?(?P<mv>[01XxOo][a-c]?))(?![a-z0-9])"
)
BETWEEN = re.compile(r"[\s,;/]{0,3}(?:\([^)]{1,20}\))?[\s,;/]{0,3}")


def by_regex(text: str) -> list[Category]:
    """What a careful person writes in a quarter of an hour: a letter with its category, the letter O read as zero, taken with a prefix p, c
    or u or right beside another letter's category, so that slides and vertebrae (`T1`) do not count."""
    hits = list(COMPONENT.finditer(text))
    beside = [bool(BETWEEN.fullmatch(text, left.end(), right.start())) and left.lastgroup != right.lastgroup for left, right in zip(hits, hits[1:])]
    found = []
    for hit, before, after in zip(hits, [False, *beside], [*beside, False]):
        letter = next(letter for letter in LETTERS if hit[letter])
        basis = hit["prefix"][-1:].lower()
        basis = basis if basis in ("c", "p", "u") else ""
        if basis or before or after:
            found.append(Category(letter, basis, hit[f"{letter}v"].replace("O", "0").replace("o", "0").replace("x", "X")))
    return found


def by_edsnlp(source: Path, python: str) -> Found:
    """The matcher of EDS-NLP, in an interpreter that has it."""
    answer = subprocess.run([python, Path(__file__).with_name("registry_edsnlp.py"), source], check=True, capture_output=True, text=True)
    return {line["doc_id"]: [Category(*one) for one in line["found"]] for line in map(json.loads, answer.stdout.splitlines())}


def lines_of(method: str, source: Path, args: argparse.Namespace) -> list[tuple[str, Found]]:
    """A method's line of the table, and one with inference where that was asked."""
    if method == "regex":
        return [(TITLES[method], {line["doc_id"]: by_regex(line["text"]) for line in read_jsonl(source)})]
    if method == "edsnlp":
        return [(TITLES[method], by_edsnlp(source, args.edsnlp_python))]
    found = befund(source, args.work / method, method, args.infer)
    stated = {doc: [one for one in all_of if not one.inferred] for doc, all_of in found.items()}
    lines = [(TITLES[method], stated)]
    if args.infer:
        with_inference = {
            doc: [one for one in all_of if not one.inferred or not any(main_category(other.value) for other in stated[doc] if other.letter == one.letter)]
            for doc, all_of in found.items()
        }
        lines.append((TITLES[method] + WITH_INFERENCE, with_inference))
    return lines


def cells(found: Found, labels: dict[str, str], letter: str) -> str:
    """Labelled reports; found, right, right to the letter, right of all."""
    values = {doc: decided(one for one in found.get(doc, []) if one.letter == letter) for doc in labels}
    hits = {doc: value for doc, value in values.items() if value}
    right = [doc for doc, value in hits.items() if main_category(value) == labels[doc][0]]
    lettered = [doc for doc in right if len(labels[doc]) > 1 and len(hits[doc]) > 1 and "-" not in hits[doc]]
    exact = [doc for doc in lettered if hits[doc].startswith(labels[doc]) or labels[doc].startswith(hits[doc])]
    share = lambda some, of: f"{len(some) / len(of):.3f}" if of else "-"
    return f"{len(labels)} | {share(hits, labels)} | {share(right, hits)} ({len(hits) - len(right)} wrong) | {share(exact, lettered)} | {share(right, labels)}"


def sample(corpus: Path, limit: int, seed: int) -> list[dict]:
    """The reports that are measured: all, or `limit` of them, drawn by a hash of the id."""
    reports = sorted(read_jsonl(corpus), key=lambda line: hashlib.sha256(f"{seed} {line['doc_id']}".encode()).digest())
    return reports[:limit] if limit else reports


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--limit", type=int, default=400, help="reports to draw; 0: all")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--methods", nargs="+", default=list(TITLES), choices=list(TITLES))
    parser.add_argument("--infer", action="store_true", help="also with inferred T and N, on the patients held out from their model")
    parser.add_argument("--edsnlp-python", default="python3", help="interpreter of a virtual environment with edsnlp")
    parser.add_argument("--work", type=Path, default=Path("out/registry"), help="where the datasets go; they are overwritten")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    reports = sample(args.shared / "data/tnm_en/tcga_ocr.jsonl", args.limit, args.seed)
    source = args.work / "sample.jsonl"
    source.write_text("".join(json.dumps({"doc_id": line["doc_id"], "text": line["text"]}) + "\n" for line in reports), encoding="utf-8")
    lines = []
    for method in args.methods:
        print(f"{method} ...", file=sys.stderr)
        lines += lines_of(method, source, args)
    print(f"{len(reports)} reports, seed {args.seed}\n")
    print("| category | part | method | labelled | found | right when found | letter | right of all |\n|---|---|---|---|---|---|---|---|")
    parts = {side: {line["doc_id"] for line in reports if half(line["doc_id"]) == side} for side in "AB"}
    if args.infer:
        parts["held"] = {line["doc_id"] for line in reports if in_held_third(patient(line["doc_id"]))}
    for letter in LETTERS:
        for side, docs in parts.items():
            known = {line["doc_id"]: (line[f"patient_{letter}"] or "X")[1:] for line in reports if line["doc_id"] in docs}
            labels = {doc: value for doc, value in known.items() if value and value != "X"}
            for title, found in lines:
                if title.endswith(WITH_INFERENCE) and side != "held":
                    continue
                print(f"| {letter.upper()} | {side} | {title} | {cells(found, labels, letter)} |")


if __name__ == "__main__":
    main()
