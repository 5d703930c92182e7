"""The engine's inferred T and N: a linear model over words of English pathology reports that describe a stage and do not state it.

    python -m scripts.train.stage_inference train --shared ../shared      # writes the weights and the reference numbers of the engine's test
    cargo build --release                                                 # the weights are in the program
    python -m scripts.train.stage_inference measure --shared ../shared --work out/stage_inference

Labels are the registry's T and N by patient (`data/tnm_en/tcga_ocr.jsonl`), T1 to T4 and N0 to N3, subcategories cut off. About 95% agree with what
reports state. Words that hold a figure (pT2, N0, IIIA) are not read, so the model learns from the description. A third of the patients is held out
(`corpus.in_held_third`); the rest is trained on, and measured in five folds by patient.
Features, weights and file are described in `engine/knowledge/src/tnm/inference/words.rs` and `linear.rs`, which read them alike.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import shutil
import struct
import subprocess
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.dataset as dataset
import torch
from torch import Tensor

from .corpus import in_held_third
from .schema import SEED, read_jsonl

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "engine/knowledge/data/stage_inference.bin"
ORACLE = ROOT / "engine/knowledge/tests/stage_inference.json"
BEFUND = ROOT / "target/release/befund"

warnings.filterwarnings("ignore", message="Sparse")

MAGIC = b"befund stage 1\0\0"
CLASSES = {"t": "1234", "n": "0123"}
ORGANS = {"crc": "colorectum", "headnneck": "head_and_neck"}
"""The engine's names where they differ from the corpus's."""
N_FEATURES = 16_000
LEAST_DOCUMENTS = 4
PENALTY = 1 / 20
N_FOLDS = 5

PIECE = re.compile(r"[A-Za-z]+|[0-9]+(?:[.,][0-9]+)?")
UNITS = {"cm": 1, "mm": 10}
"""How many make a centimetre."""
BETWEEN_SIDES = {"x", "by", "to", "in"}
SIZES_CM = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15)
CODE = re.compile(r"[yra]*(?:[pc][tnm]|[pc]?[tnm][xo])$|[ivx]+[abc]?$|[a-z]$")
WORDS_NOT_CODES = {"no", "to"}
TUMOUR = ("tumor", "tumour", "lesion", "carcinoma", "neoplasm", "mass", "nodule")
REACH = 14
LARGEST_CM = 30.0


def words(text: str) -> tuple[list[str], list[str]]:
    """The words of a text in order, and what is said of the largest size near a word for a tumour."""
    pieces = [(match.start(), match.end(), match.group().lower()) for match in PIECE.finditer(text)]
    found: list[str] = []
    largest, tumour, skip = 0.0, -REACH, False
    for i, (start, end, piece) in enumerate(pieces):
        # A figure right beside letters makes both a code: pT2, A1, 3b.
        glued = any(
            is_number(other) != is_number(piece) and not {piece, other} & {*UNITS, "x"}
            for other in ([pieces[i - 1][2]] if i and pieces[i - 1][1] == start else [])
            + ([pieces[i + 1][2]] if i + 1 < len(pieces) and pieces[i + 1][0] == end else [])
        )
        if not is_number(piece):
            skip = False
            if glued or piece not in WORDS_NOT_CODES and CODE.match(piece):
                skip = not glued and piece != "cm" and piece[-1] in "tnm"
            else:
                tumour = i if piece.startswith(TUMOUR) else tumour
                found.append(piece)
            continue
        if skip or glued:
            skip = False
            continue
        value = float(piece.replace(",", "."))
        unit = unit_after([piece for _, _, piece in pieces[i + 1:i + 7]])
        if unit:
            value /= UNITS[unit]
            found.append(f"s{size_class(value)}")
            if i - tumour < REACH and value <= LARGEST_CM:
                largest = max(largest, value)
        else:
            found.append(str(int(value)) if value <= 20 and value == int(value) else "#")
    above = size_class(largest)
    return found, [f"{'>' if i < above else '<'}{i}" for i in range(len(SIZES_CM))] if largest else []


def is_number(piece: str) -> bool:
    """Whether a piece is figures."""
    return piece[0].isdigit()


def unit_after(pieces: list[str]) -> str | None:
    """The unit of a size: "2.3 x 1.1 cm"."""
    for piece in pieces:
        if piece in UNITS:
            return piece
        if not is_number(piece) and piece not in BETWEEN_SIDES:
            return None
    return None


def size_class(value_cm: float) -> int:
    """How many of the borders lie below a size."""
    return sum(value_cm > border for border in SIZES_CM)


def counts(text: str, organ: str) -> Counter[int]:
    """Hash of each word and pair of neighbouring words, and of each word as one of the organ -> how often."""
    found, sizes = words(text)
    pairs = [f"{left} {right}" for left, right in zip(found, found[1:])]
    of_organ = [f"{organ}@{word}" for word in found + sizes]
    return Counter(fnv1a(feature) for feature in found + pairs + sizes + of_organ)


def fnv1a(feature: str) -> int:
    """32-bit FNV-1a."""
    value = 0x811C9DC5
    for byte in feature.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def category(value: str | None, axis: str) -> str | None:
    """T3b -> 3; None for TX, T0 and what is missing."""
    return value[1] if value and value[1:2] in CLASSES[axis] and value[1:] else None


def matrix(documents: list[Counter[int]], features: list[int]) -> Tensor:
    """Sparse [documents, features]: 1 + ln(count), each row of length 1."""
    place = {feature: column for column, feature in enumerate(features)}
    rows, columns, values = [], [], []
    for row, document in enumerate(documents):
        known = {place[feature]: 1 + math.log(count) for feature, count in document.items() if feature in place}
        length = math.sqrt(sum(value * value for value in known.values())) or 1.0
        for column, value in known.items():
            rows.append(row), columns.append(column), values.append(value / length)
    return torch.sparse_coo_tensor(torch.tensor([rows, columns]), torch.tensor(values, dtype=torch.float64), (len(documents), len(features))).to_sparse_csr()


def fitted(x: Tensor, y: Tensor, n_classes: int, n_steps: int) -> tuple[Tensor, Tensor]:
    """Multinomial logistic regression with an L2 penalty: weights [features, classes], bias [classes]."""
    weights, bias = torch.zeros(x.shape[1], n_classes, dtype=torch.float64), torch.zeros(n_classes, dtype=torch.float64)
    back, target = x.to_sparse_coo().T.coalesce().to_sparse_csr(), torch.nn.functional.one_hot(y, n_classes).double()
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=n_steps, history_size=10, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        # The gradient is written out: that of a sparse product is slow.
        logs = torch.log_softmax(x @ weights + bias, 1)
        rest = logs.exp() - target
        weights.grad, bias.grad = back @ rest + PENALTY * weights, rest.sum(0)
        return -(logs * target).sum() + PENALTY / 2 * (weights * weights).sum()

    optimiser.step(closure)
    return weights, bias


class Linear:
    """One axis: features as sorted hashes, int8 weights with one scale, biases, calibration of the score."""

    def __init__(self, axis: str, documents: list[Counter[int]], labels: list[str]) -> None:
        self.axis = axis
        spread = Counter(feature for document in documents for feature in document)
        features = sorted(feature for feature, n in spread.items() if n >= LEAST_DOCUMENTS)
        y = torch.tensor([CLASSES[axis].index(label) for label in labels])
        weights, _ = fitted(matrix(documents, features), y, len(CLASSES[axis]), n_steps=20)
        best = (weights - weights.mean(1, keepdim=True)).abs().amax(1).argsort(descending=True, stable=True)[:N_FEATURES]
        self.features = sorted(features[i] for i in best.tolist())
        weights, bias = fitted(matrix(documents, self.features), y, len(CLASSES[axis]), n_steps=60)
        self.scale = float(np.float32(weights.abs().max() / 127))
        self.weights = (weights / self.scale).round().to(torch.int8)
        self.bias = bias.float()
        self.slope, self.offset = 1.0, 0.0

    def probabilities(self, documents: list[Counter[int]]) -> np.ndarray:
        """[documents, classes], before calibration."""
        return torch.softmax(matrix(documents, self.features) @ (self.weights.double() * self.scale) + self.bias.double(), 1).numpy()

    def packed(self) -> bytes:
        """The axis as the engine reads it."""
        head = struct.pack("<II", len(self.features), len(CLASSES[self.axis]))
        numbers = struct.pack(f"<{3 + len(self.bias)}f", self.scale, self.slope, self.offset, *self.bias.tolist())
        return head + numbers + np.array(self.features, dtype="<u4").tobytes() + self.weights.numpy().tobytes()


def calibrated(best: np.ndarray, slope: float, offset: float) -> np.ndarray:
    """The largest probability as the share that turns out right."""
    return 1 / (1 + np.exp(-(slope * np.log(best / (1 - best)) + offset)))


def calibration(best: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and offset of the log odds (Platt) by Newton's method."""
    x = np.stack([np.log(best / (1 - best)), np.ones_like(best)], 1)
    solution = np.array([1.0, 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ solution))
        solution += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (right - p))
    return float(np.float32(solution[0])), float(np.float32(solution[1]))


def extracted(source: Path, out: Path, *options: str) -> dict[str, list[dict]]:
    """Rows of `tnm` by document: affirmed and current ones of the patient."""
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run([BEFUND, "extract", source, "--out", out, "--tasks", "tnm", "--found-by", "rules", "--quiet", *options], check=True)
    rows: dict[str, list[dict]] = defaultdict(list)
    for row in dataset.dataset(out / "tnm").to_table().to_pylist():
        if row["assertion"] == "affirmed" and row["temporality"] == "current" and "family" not in row["flags"]:
            rows[row["doc_id"]].append(row)
    return rows


def said(rows: list[dict], axis: str, inferred: bool) -> tuple[str | None, dict | None]:
    """The first category of an axis, X apart, and its row."""
    for row in rows:
        if row[axis] not in (None, "X", "+") and ("inferred" in row["flags"]) == inferred:
            return row[axis][0], row
    return None, None


def labelled(shared: Path, axis: str) -> Iterator[dict]:
    """Reports whose patient has a category, in file order."""
    for line in read_jsonl(shared / "data/tnm_en/tcga_ocr.jsonl"):
        label = category(line[f"patient_{axis}"], axis)
        if label:
            patient = line["doc_id"][:12]
            yield line | {"organ": ORGANS.get(line["organ"], line["organ"]), "label": label, "patient": patient, "part": "held" if in_held_third(patient) else "train"}


def train(args: argparse.Namespace) -> None:
    """Fits both axes, calibrates them on the folds, writes weights and oracle."""
    stated = extracted(args.shared / "data/tnm_en/tcga_ocr.jsonl", args.work / "stated")
    packed = [MAGIC]
    models = {}
    for axis in CLASSES:
        lines = [line for line in labelled(args.shared, axis) if line["part"] == "train"]
        documents = [counts(line["text"], line["organ"]) for line in lines]
        labels = [line["label"] for line in lines]
        fold = np.array([hashlib.sha256(f"{SEED}:fold:{line['patient']}".encode()).digest()[0] % N_FOLDS for line in lines])
        p = np.zeros((len(lines), len(CLASSES[axis])))
        for k in range(N_FOLDS):
            inside = [i for i in range(len(lines)) if fold[i] != k]
            model = Linear(axis, [documents[i] for i in inside], [labels[i] for i in inside])
            p[fold == k] = model.probabilities([documents[i] for i in np.flatnonzero(fold == k)])
        right = p.argmax(1) == np.array([CLASSES[axis].index(label) for label in labels])
        # Calibrated where it will be asked.
        asked = np.array([said(stated[line["doc_id"]], axis, False)[0] is None for line in lines])
        models[axis] = model = Linear(axis, documents, labels)
        model.slope, model.offset = calibration(p.max(1)[asked], right[asked].astype(float))
        packed.append(model.packed())
        score = calibrated(p.max(1), model.slope, model.offset)
        shares = ", ".join(f"{right[asked & (score >= least)].mean():.3f} of {np.mean(score[asked] >= least):.0%} (score >= {least})" for least in (0, 0.5, 0.6, 0.7, 0.8, 0.9))
        print(f"{axis.upper()}: {len(lines)} reports, {asked.sum()} without a stated category; in folds right: {right.mean():.3f} of all; of those without: {shares}")
    args.weights.write_bytes(b"".join(packed))
    args.oracle.write_text(json.dumps([reference(models, *one) for one in ORACLE_TEXTS], indent=1) + "\n")
    print(f"{args.weights}: {args.weights.stat().st_size} bytes")


ORACLE_TEXTS = [
    ("kidney", "Left kidney, radical nephrectomy: renal cell carcinoma, clear cell type. The tumor measures 4.2 x 3.9 x 3 cm and is confined to the kidney. Margins negative."),
    ("lung", "RIGHT UPPER LOBE, LOBECTOMY: ADENOCARCINOMA, 72 MM, INVADING THE VISCERAL PLEURA. Metastatic carcinoma in 3 of 14 lymph nodes (pT 2, pN1, stage IIB, block A1)."),
    ("prostate", "Prostate: adenocarcinoma involving both lobes with extraprostatic extension into the seminal vesicle; mass of 1,5cm. Twelve lymph nodes, no tumor. CT scan of 3/2010."),
    ("liver", "Tumour 30x20 mm, nodule 2.5by1 cm, lesion 450 cm, 0012 slides and 21 more; MX, NO, no, to, T 3 N 0."),
]


def reference(models: dict[str, Linear], organ: str, text: str) -> dict:
    """Words and probabilities of one text."""
    found, sizes = words(text)
    record: dict = {"organ": organ, "text": text, "words": found, "sizes": sizes}
    for axis, model in models.items():
        p = model.probabilities([counts(text, organ)])
        record[axis] = {"probabilities": p[0].tolist(), "score": float(calibrated(p.max(1), model.slope, model.offset)[0])}
    return record


def measure(args: argparse.Namespace) -> None:
    """Figures of the built program on the held-out third (and, as a reminder of the fit, the rest), with the site from words alone."""
    source = args.work / "reports.jsonl"
    args.work.mkdir(parents=True, exist_ok=True)
    with source.open("w") as out:
        for line in read_jsonl(args.shared / "data/tnm_en/tcga_ocr.jsonl"):
            fields = ("doc_id", "text", "organ") if args.with_organ else ("doc_id", "text")
            out.write(json.dumps({field: line[field] for field in fields}) + "\n")
    rows = extracted(source, args.work / "inferred", f"--infer={args.least}")
    for axis in CLASSES:
        lines = [line for line in labelled(args.shared, axis) if line["part"] == args.part]
        print(f"\n{axis.upper()}, {args.part}, {len(lines)} reports, inferred from score {args.least}\n\n| reports | labelled | stated | right | inferred | right | right of all without, with inference |\n|---|---|---|---|---|---|---|")
        groups = [("all", lines)]
        groups += [(f"{axis.upper()}{label}", [line for line in lines if line["label"] == label]) for label in CLASSES[axis]]
        groups += [(organ, [line for line in lines if line["organ"] == organ]) for organ in sorted({line["organ"] for line in lines})]
        for name, group in groups:
            print(figures(name, group, rows, axis))
        print("\n| inferred with score | right |\n|---|---|")
        answers = [(line["label"], *said(rows[line["doc_id"]], axis, True)) for line in lines if said(rows[line["doc_id"]], axis, False)[0] is None]
        scored = [(row["score"], value == label) for label, value, row in answers if row]
        for low, high in ((0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
            chosen = [right for score, right in scored if score is not None and low <= score < high]
            print(f"| {low} to {min(high, 1)} | {share(sum(chosen), len(chosen))} |")
        chosen = [right for score, right in scored if score is None]
        print(f"| by rule | {share(sum(chosen), len(chosen))} |")


def share(part_of: int, whole: int) -> str:
    """0.83 (10 of 12)."""
    return f"{part_of / whole:.3f} ({part_of} of {whole})" if whole else "-"


def figures(name: str, lines: list[dict], rows: dict[str, list[dict]], axis: str) -> str:
    """One line of the table: stated values first, inferred ones where none is stated."""
    n = Counter()
    for line in lines:
        stated, _ = said(rows[line["doc_id"]], axis, False)
        inferred, _ = said(rows[line["doc_id"]], axis, True)
        if stated is not None:
            n["stated"] += 1
            n["stated right"] += stated == line["label"]
        elif inferred is not None:
            n["inferred"] += 1
            n["inferred right"] += inferred == line["label"]
    both = n["stated right"] + n["inferred right"]
    whole = max(1, len(lines))
    return (f"| {name} | {len(lines)} | {n['stated']} | {share(n['stated right'], n['stated'])} | {n['inferred']} | {share(n['inferred right'], n['inferred'])} "
            f"| {n['stated right'] / whole:.3f}, {both / whole:.3f} |")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run in (("train", train), ("measure", measure)):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        command.add_argument("--shared", type=Path, default=ROOT / "../shared")
        command.add_argument("--work", type=Path, default=ROOT / "out/stage_inference")
        if run is train:
            command.add_argument("--weights", type=Path, default=WEIGHTS)
            command.add_argument("--oracle", type=Path, default=ORACLE)
        else:
            command.add_argument("--part", choices=("held", "train"), default="held")
            command.add_argument("--least", type=float, default=0.0, help="least score of what is inferred")
            command.add_argument("--with-organ", action="store_true", help="hand the organ over as metadata, as a registry would")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
