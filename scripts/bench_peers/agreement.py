"""Do the contenders say the same? Labels of tokens and mentions, against one of them.

A comparison of speed means something only between engines that compute the
same. Labels are the argmax of each head on every token but the special ones;
mentions are decoded from logits as the engine decodes (`scripts.train.align`),
and Befund's are read from its table.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.dataset as dataset
from tokenizers import Tokenizer

from ..train.align import decode, trimmed_offsets
from ..train.schema import TASKS, bio_labels, read_jsonl

Mention = tuple[str, str, str, int, int]


def head_columns() -> dict[str, slice]:
    """Where each task's classes stand in the classifier of all heads."""
    columns, start = {}, 0
    for task in TASKS:
        columns[task] = slice(start, start + len(bio_labels(task)))
        start = columns[task].stop
    return columns


def softmax(logits: np.ndarray) -> np.ndarray:
    """[tokens, classes] -> probabilities."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def labels(logits: np.ndarray) -> np.ndarray:
    """[tokens, classes of all heads] -> [tokens, heads]"""
    return np.stack([logits[:, columns].argmax(axis=1) for columns in head_columns().values()], axis=1)


def decoded(rows: list[dict], offsets: list[list[tuple[int, int]]], logits: np.ndarray) -> set[Mention]:
    """Mentions of all sentences, whose logits follow each other."""
    found, start = set(), 0
    for row, spans in zip(rows, offsets):
        own = logits[start:start + len(spans)]
        start += len(spans)
        for task, columns in head_columns().items():
            found |= {(row["doc_id"], task, item["label"], item["begin"], item["end"]) for item in decode(task, row["text"], spans, softmax(own[:, columns]))}
    return found


def written(out: Path) -> set[Mention]:
    """Mentions of a dataset that Befund wrote."""
    table = dataset.dataset(out / "mentions", format="parquet").to_table(columns=["doc_id", "task", "label", "begin", "end"])
    return set(zip(*(column.to_pylist() for column in table.columns)))


def f1(one: set, other: set) -> float:
    """Of two sets; 1 where both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def table(sentences: Path, model: Path, logits: dict[str, Path], outs: dict[str, Path], reference: str) -> list[dict]:
    """A row a contender: shares of equal labels, on all tokens and on those that the reference calls part of a mention, and F1 of mentions."""
    rows = list(read_jsonl(sentences))
    encodings = Tokenizer.from_file(str(model / "tokenizer.json")).encode_batch([row["text"] for row in rows])
    offsets = [trimmed_offsets(row["text"], encoding.offsets) for row, encoding in zip(rows, encodings)]
    real = np.concatenate([np.array(encoding.special_tokens_mask) == 0 for encoding in encodings])
    arrays = {name: np.load(path) for name, path in logits.items()}
    truth, mentions = labels(arrays[reference])[real], decoded(rows, offsets, arrays[reference])
    inside = truth > 0
    made = []
    for name, array in arrays.items():
        same = labels(array)[real] == truth
        made.append({"contender": name, "labels": float(same.mean()), "labels_in_mentions": float(same[inside].mean()) if inside.any() else 1.0,
                     "mentions_f1": f1(decoded(rows, offsets, array), mentions)})
    made += [{"contender": name, "labels": None, "labels_in_mentions": None, "mentions_f1": f1(written(out), mentions)} for name, out in outs.items()]
    return made
