"""Windows to padded batches under a token budget, lengths kept together."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from .align import Window
from .schema import RELATIONS, TASKS, bio_labels

PAD = 1


@dataclass
class Batch:
    """What one step needs. Shapes: ids, mask [b, l]; tags[task] [b, l], -1 where not taught; open[task] [b, c] bool,
    the classes that are not wrong where the tag is O; weight [b]."""

    windows: list[Window]
    ids: Tensor
    mask: Tensor
    tags: dict[str, Tensor]
    open: dict[str, Tensor]
    weight: Tensor
    pair_rows: list[int]
    pair_heads: list[tuple[int, int]]
    pair_tails: list[tuple[int, int]]
    pair_allowed: Tensor
    pair_gold: Tensor
    status_rows: list[int]
    status_tokens: list[int]
    status_gold: Tensor


def open_classes(task: str, line: dict) -> list[bool]:
    """O itself and B, I of the labels that the line leaves unlabelled."""
    free = {name.split(".", 1)[1] for name in line.get("unlabelled", []) if name.startswith(task + ".")}
    return [name == "O" or name[2:] in free for name in bio_labels(task)]


def collate(windows: list[Window]) -> Batch:
    """Pad the windows to the longest."""
    length = max(len(window.ids) for window in windows)
    ids = torch.full((len(windows), length), PAD)
    mask = torch.zeros(len(windows), length)
    tags = {task: torch.full((len(windows), length), -1) for task in TASKS}
    rows, heads, tails, allowed, gold = [], [], [], [], []
    told = [(row, *status) for row, window in enumerate(windows) for status in window.statuses]
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size] = torch.tensor(window.ids)
        mask[row, :size] = 1.0
        for task, values in window.tags.items():
            tags[task][row, 1:size - 1] = torch.tensor(values[1:-1], dtype=torch.long)
        for head, tail, kind, truth in window.pairs:
            rows.append(row), heads.append(head), tails.append(tail), allowed.append(kind), gold.append(truth)
    return Batch(
        windows, ids, mask, tags,
        {task: torch.tensor([open_classes(task, window.line) for window in windows]) for task in TASKS},
        torch.tensor([window.line.get("weight", 1.0) for window in windows]),
        rows, heads, tails, torch.tensor(allowed, dtype=torch.long), torch.tensor(gold, dtype=torch.long),
        [row for row, _, _ in told], [token for _, token, _ in told], torch.tensor([status for _, _, status in told], dtype=torch.long))


def relation_mask(allowed: Tensor) -> Tensor:
    """[pairs] class index -> [pairs, classes] True at `none` and at the one class the tail may have."""
    mask = torch.zeros(len(allowed), len(RELATIONS), dtype=torch.bool)
    mask[:, 0] = True
    mask[torch.arange(len(allowed)), allowed] = True
    return mask


def packed(windows: list[Window], budget: int, draw: random.Random | None = None, pool: int = 2048) -> Iterator[list[Window]]:
    """Groups of windows whose padded size is within `budget` tokens; shuffled when `draw` is given."""
    order = list(windows)
    if draw:
        draw.shuffle(order)
    groups = []
    for start in range(0, len(order), pool if draw else len(order) or 1):
        group: list[Window] = []
        for window in sorted(order[start:start + (pool if draw else len(order))], key=lambda w: len(w.ids)):
            if group and (len(group) + 1) * len(window.ids) > budget:
                groups.append(group)
                group = []
            group.append(window)
        groups.append(group)
    if draw:
        draw.shuffle(groups)
    yield from (group for group in groups if group)
