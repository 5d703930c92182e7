"""What the gate is taught from and measured on: sets of texts, the windows the engine makes of them, and what the model reports in each.

Three parts of texts: `fit` teaches the network, `cal` sets the thresholds, `test` is only measured. Reports, letters and lines are
dealt to the parts by a hash of patient, document or group; the development files and all gold are test.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.dataset as dataset

from .export import digest
from .schema import SEED, TASKS, read_jsonl, write_jsonl
from .targets import BEFUND, ROOT, gold_files

N_OCR = {"fit": 600, "cal": 400, "test": 500}
"""OCR reports in each part."""
N_LINES = 14_000
"""Training lines in the part `fit`; those of one group in eight are `cal`."""


def place(name: str) -> int:
    """A number that depends on the name alone."""
    return int.from_bytes(hashlib.sha256(f"gate:{name}".encode()).digest()[:4], "big")


def patient(row: dict) -> str:
    """The patient of a TCGA report."""
    return row["doc_id"].split(".")[0]


def reports(shared: Path) -> Iterator[tuple[str, list[dict]]]:
    """OCR reports, and report texts without OCR, of patients who are in no gold set."""
    used = {patient(row) for row in read_jsonl(ROOT / "datasets/gold/standoff/tnm_ocr.jsonl")}
    rows = sorted((row for row in read_jsonl(shared / "data/tnm_en/tcga_ocr.jsonl") if patient(row) not in used), key=lambda row: place(patient(row)))
    for part, n in N_OCR.items():
        used |= {patient(row) for row in rows[:n]}
        yield f"{part}_ocr", rows[:n]
        rows = rows[n:]
    others = [row for row in read_jsonl(shared / "data/tnm_en/registrar_unlabelled.jsonl") if patient(row) not in used]
    others.sort(key=lambda row: place(patient(row)))
    n = len(others)
    yield "fit_reports", others[:n // 2]
    yield "cal_reports", others[n // 2:n * 3 // 4]
    yield "test_reports", others[n * 3 // 4:]


def dictations(shared: Path) -> Iterator[tuple[str, list[dict]]]:
    """English dictations."""
    csv.field_size_limit(1 << 30)
    texts: dict[str, str] = {}
    with (shared / "data/raw_en/mtsamples.csv").open(encoding="utf-8", newline="") as handle:
        for index, row in enumerate(csv.DictReader(handle)):
            if len(row["transcription"] or "") > 50:
                texts.setdefault(row["transcription"], f"mt{index}")
    rows = sorted(({"doc_id": name, "text": text} for text, name in texts.items()), key=lambda row: place(row["doc_id"]))
    n = len(rows)
    yield "fit_dictations", rows[:n // 2]
    yield "cal_dictations", rows[n // 2:n * 7 // 10]
    yield "test_dictations", rows[n * 7 // 10:]


def lines(data: Path) -> Iterator[tuple[str, list[dict]]]:
    """The lines of `scripts.train.corpus`, each a document; the development files as one input."""
    rows = list(read_jsonl(data / "train.jsonl"))
    taught = [row for row in rows if place(row["group"]) % 8]
    random.Random(SEED).shuffle(taught)
    yield "fit_lines", taught[:N_LINES]
    yield "cal_lines", [row for row in rows if place(row["group"]) % 8 == 0]
    # Those that two corpora share are in the files of both.
    files = [path for path in sorted((data / "dev").glob("*.jsonl")) if path.stem != "phee_ade_v2"]
    yield "test_dev", [{"doc_id": f"{path.stem}/{index}", "text": row["text"]} for path in files for index, row in enumerate(read_jsonl(path))]


def write_sets(data: Path, shared: Path, work: Path, share: float) -> dict[str, Path]:
    """Every set as an input of befund, by name: the part before `_` in its name is what it is for. `share`: of each, how much."""
    sets = {}
    for source in (reports(shared), dictations(shared), lines(data)):
        for name, rows in source:
            once: dict[str, dict] = {}
            for row in rows:
                once.setdefault(row["doc_id"], {"doc_id": row["doc_id"], "text": row["text"]})
            sets[name] = work / f"{name}.jsonl"
            write_jsonl(sets[name], list(once.values())[:math.ceil(share * len(once))])
    gold = {path.stem for path in (ROOT / "datasets/gold").glob("*.jsonl")} | {"tnm_ocr", "letters"}
    return sets | {f"test_{name}": source for name, (_, source) in gold_files(data, shared, work).items() if name in gold}


def is_done(out: Path, model: Path) -> bool:
    """Whether a dataset of this model is there."""
    path = out / "run.json"
    return path.exists() and json.loads(path.read_text())["model"]["sha256"] == digest(model / "model.safetensors")["sha256"]


def extracted(source: Path, out: Path, model: Path, options: list[str]) -> dict:
    """run.json of a dataset of `source`, made anew."""
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run([BEFUND, "extract", source, "--out", out, "--model", model, "--quiet", *options], check=True, stdout=sys.stderr)
    return json.loads((out / "run.json").read_text())


MENTION = ["doc_id", "mention_id", "task", "label", "begin", "end", "byte_begin", "byte_end", "found_by"]


def mentions(out: Path) -> list[dict]:
    """The mentions of a dataset."""
    return dataset.dataset(out / "mentions").to_table(columns=MENTION).to_pylist()


@dataclass
class Windows:
    """The windows of a set: token ids, end to end, and for each task how many reported mentions only the model saw, and how many
    a rule saw, too."""

    ids: np.ndarray  # [tokens]
    starts: np.ndarray  # [windows + 1]
    alone: np.ndarray  # [windows, tasks]
    both: np.ndarray  # [windows, tasks]
    documents: np.ndarray  # [windows]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def joined(cls, parts: list[Windows]) -> Windows:
        """Several sets as one."""
        shifts = np.cumsum([0] + [len(part.ids) for part in parts])
        starts = np.concatenate([part.starts[:-1] + shift for part, shift in zip(parts, shifts)] + [shifts[-1:]])
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) if name != "starts" else starts
                     for name in ("ids", "starts", "alone", "both", "documents")))

    def lengths(self) -> np.ndarray:
        """Tokens of each window."""
        return np.diff(self.starts)


def read_windows(source: Path, out: Path, model: Path) -> Windows:
    """The windows of `source`, with what the dataset `out` reports in each."""
    ids, lengths, documents, first_bytes, place_of = [], [], [], {}, {}
    with subprocess.Popen([BEFUND, "windows", source, "--model", model], stdout=subprocess.PIPE, text=True) as process:
        for row in process.stdout:
            window = json.loads(row)
            begin, _ = window["keep"]
            first_bytes.setdefault(window["doc_id"], []).append(window["byte_begin"][begin])
            place_of.setdefault(window["doc_id"], []).append(len(lengths))
            ids.append(np.array(window["ids"], dtype=np.int32))
            lengths.append(len(window["ids"]))
            documents.append(window["doc_id"])
    if process.returncode not in (0, 1):  # 1: some documents are faults
        raise SystemExit(f"befund windows {source} ended with {process.returncode}")
    counts = {who: np.zeros((len(lengths), len(TASKS)), dtype=np.int32) for who in ("model", "both")}
    for row in mentions(out):
        if row["found_by"] in counts:
            # The window that keeps its first token: the last that begins at or before it.
            at = int(np.searchsorted(first_bytes[row["doc_id"]], row["byte_begin"], side="right")) - 1
            counts[row["found_by"]][place_of[row["doc_id"]][max(at, 0)], list(TASKS).index(row["task"])] += 1
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return Windows(np.concatenate(ids), starts, counts["model"], counts["both"], np.array(documents))
