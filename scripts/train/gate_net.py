"""The network of the gate, its training, its thresholds and its file. The same arithmetic as `models/src/gate.rs`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from .export import dequantise
from .gate_data import Windows
from .schema import SEED, TASKS

DIMS = 8
CHANNELS = 64
HIDDEN = 32
WIDTH = 5
EPOCHS = 6
RATE = 4e-3
BATCH = 512
LENGTHS = 257
"""Window lengths that have an allowance of their own."""
HELD_WEIGHT = 8.0
"""How much more a window with a reported mention counts than one without."""
BLANKED = 0.1
"""Share of tokens that training hides, so that no decision hangs on one piece that OCR may break."""


def columns(tasks: list[str]) -> list[int]:
    """Where tasks stand in the counts of `Windows`."""
    return [list(TASKS).index(task) for task in tasks]


class GateNet(nn.Module):
    """Token ids [windows, tokens] to a score for each of its tasks [windows, tasks].

    The embedding is a projection of the encoder's own, which knows pieces that no training text held, plus a correction.
    """

    def __init__(self, encoder_embedding: Tensor, tasks: list[str]) -> None:
        super().__init__()
        self.tasks = tasks
        known = encoder_embedding - encoder_embedding.mean(0)
        self.register_buffer("known", known / known.std())
        self.projection = nn.Parameter(torch.randn(known.shape[1], DIMS) / known.shape[1] ** 0.5)
        self.correction = nn.Parameter(torch.zeros(len(known), DIMS))
        self.convolution = nn.Conv1d(DIMS, CHANNELS, WIDTH, padding=WIDTH // 2)
        self.hidden = nn.Linear(CHANNELS, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(tasks))

    def embedding(self) -> Tensor:
        """[vocab, DIMS]"""
        return self.known @ self.projection + self.correction

    def embedded(self, ids: Tensor) -> Tensor:
        """[..., DIMS] of ids [...]"""
        seen, back = ids.unique(return_inverse=True)
        return (self.known[seen] @ self.projection + self.correction[seen])[back]

    def forward(self, ids: Tensor, real: Tensor, table: Tensor | None = None) -> Tensor:
        """`real` says which ids are no padding; `table` replaces the embedding."""
        seen = real & (torch.rand(real.shape) >= BLANKED) if self.training else real
        values = (self.embedded(ids) if table is None else table[ids]) * seen[..., None]
        answers = self.convolution(values.transpose(1, 2)).masked_fill(~real[:, None], -torch.inf)
        return self.output(functional.relu(self.hidden(functional.relu(answers.amax(2)))))


def batches(windows: Windows, order: np.ndarray, size: int = BATCH):
    """(indices, ids, real) of windows of like length."""
    for at in range(0, len(order), size):
        some = order[at:at + size]
        longest = int(windows.lengths()[some].max())
        ids = np.zeros((len(some), longest), dtype=np.int64)
        real = np.zeros((len(some), longest), dtype=bool)
        for row, index in enumerate(some):
            low, high = windows.starts[index], windows.starts[index + 1]
            ids[row, :high - low], real[row, :high - low] = windows.ids[low:high], True
        yield some, torch.from_numpy(ids), torch.from_numpy(real)


def distinct(windows: Windows) -> tuple[Windows, np.ndarray]:
    """Equal windows as one, with the square root of how many there are."""
    of: dict[bytes, int] = {}
    first, count = [], []
    for index in range(len(windows)):
        key = windows.ids[windows.starts[index]:windows.starts[index + 1]].tobytes()
        if key not in of:
            of[key] = len(first)
            first.append(index)
            count.append(0)
        count[of[key]] += 1
    ids = [windows.ids[windows.starts[i]:windows.starts[i + 1]] for i in first]
    starts = np.concatenate([[0], np.cumsum([len(part) for part in ids])])
    return Windows(np.concatenate(ids), starts, windows.alone[first], windows.both[first], windows.documents[first]), np.sqrt(count)


def fit(windows: Windows, encoder_embedding: Tensor, tasks: list[str]) -> GateNet:
    """A network that tells windows with reported mentions from those without."""
    torch.manual_seed(SEED)
    draw = np.random.default_rng(SEED)
    windows, count = distinct(windows)
    network = GateNet(encoder_embedding, tasks)
    truth = torch.from_numpy((windows.alone + windows.both)[:, columns(tasks)] > 0).float()
    weight = (1 + (HELD_WEIGHT - 1) * truth) * torch.from_numpy(count)[:, None].float()
    decayed = [network.correction]
    others = [value for value in network.parameters() if value is not network.correction]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.01}], lr=RATE)
    steps = EPOCHS * -(-len(windows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        # Near order of length, so that little is padded; blocks in random order.
        order = np.argsort(windows.lengths() * draw.uniform(0.8, 1.25, len(windows)))
        blocks = [order[at:at + BATCH] for at in range(0, len(order), BATCH)]
        draw.shuffle(blocks)
        total = 0.0
        for some, ids, real in batches(windows, np.concatenate(blocks)):
            optimizer.zero_grad()
            loss = functional.binary_cross_entropy_with_logits(network(ids, real), truth[some], weight[some])
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(some)
        print(f"epoch {epoch}: loss {total / len(windows):.4f}", file=sys.stderr)
    return network.eval()


def rounded(network: GateNet) -> tuple[Tensor, Tensor]:
    """The embedding [DIMS, vocab] in int8 and the scale of each row."""
    table = network.embedding().detach().T.contiguous()
    scale = table.abs().amax(dim=1) / 127.0
    return torch.round(table / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def by_length() -> Tensor:
    """What a window's length adds to its scores. They are log odds of holding a mention, and what passing over saves is its length."""
    return -torch.log(torch.arange(LENGTHS).clamp(min=1).float())


@torch.no_grad()
def scores(network: GateNet, windows: Windows) -> np.ndarray:
    """[windows, the network's tasks], with the embedding as it is stored and the allowance for length."""
    stored, scale = rounded(network)
    table = (stored.float() * scale[:, None]).T.contiguous()
    out = np.zeros((len(windows), len(network.tasks)), dtype=np.float32)
    for some, ids, real in batches(windows, np.argsort(windows.lengths(), kind="stable"), 2048):
        out[some] = network(ids, real, table).numpy()
    return out + by_length().numpy()[np.minimum(windows.lengths(), LENGTHS - 1)][:, None]


def encoder_embedding(model: Path) -> Tensor:
    """The word embeddings of a model folder, [vocab, hidden]."""
    return dequantise(load_file(model / "model.safetensors"))["embeddings.word_embeddings.weight"]


def save(network: GateNet, tasks: dict[str, float], weights_sha256: str, path: Path) -> None:
    """Write the gate for `tasks`, each with the score above which a window is kept."""
    kept = [network.tasks.index(task) for task in tasks]
    stored, scale = rounded(network)
    tensors = {
        "embedding": stored,
        "embedding.scale": scale,
        # [CHANNELS, DIMS, WIDTH] to [WIDTH * DIMS, CHANNELS]
        "convolution": network.convolution.weight.detach().permute(2, 1, 0).reshape(WIDTH * DIMS, CHANNELS),
        "convolution.bias": network.convolution.bias.detach(),
        "hidden": network.hidden.weight.detach().T,
        "hidden.bias": network.hidden.bias.detach(),
        "output": network.output.weight.detach()[kept].T,
        "output.bias": network.output.bias.detach()[kept] - torch.tensor(list(tasks.values())),
    }
    tensors["length"] = by_length()
    notes = {"format": "befund-gate-1", "tasks": ",".join(tasks), "weights_sha256": weights_sha256}
    save_file({name: value.contiguous() for name, value in tensors.items()}, path, metadata=notes)
    path.chmod(0o644)
