"""The network: a BERT encoder, three token heads, one relation head and one for what becomes of a drug.

Parameter names are those of Hugging Face BERT without the `bert.` prefix, so
that a state dict is what the engine loads. `replica` is for training with
one thread a core. Attention is written out because
PyTorch's fused CPU attention spends most of a training step in its backward
pass at these lengths (45 of 100 when measured). Dropout draws from a pool of
ready-made masks for the same reason: drawing fresh bits cost 8 of 100.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from .schema import RELATION_HIDDEN, RELATIONS, STATUS_HIDDEN, STATUSES, TASKS, bio_labels


HEADS = ("heads.", "relation.", "status.")
"""How the names of everything above the encoder begin."""


class PooledDropout(nn.Module):
    """Dropout whose masks are random slices of one pool that is redrawn now and then."""

    def __init__(self, rate: float, pool: int = 1 << 22, redraw_after: int = 4096) -> None:
        super().__init__()
        self.rate, self.size, self.redraw_after, self.used = rate, pool, redraw_after, 0
        self.pool: Tensor | None = None
        self.draw = torch.Generator().manual_seed(17)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0.0:
            return x
        need = x.numel()
        if self.pool is None or self.used >= self.redraw_after or need >= self.pool.numel():
            size = max(self.size, 2 * need)
            self.pool = (torch.rand(size, generator=self.draw) >= self.rate).to(torch.bfloat16) / (1.0 - self.rate)
            self.used = 0
        self.used += 1
        start = int(torch.randint(0, self.pool.numel() - need, (1,), generator=self.draw))
        return x * self.pool[start:start + need].view_as(x)


class SelfAttention(nn.Module):
    """query, key and value of one layer."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        hidden = config["hidden_size"]
        self.heads = config["num_attention_heads"]
        self.query, self.key, self.value = (nn.Linear(hidden, hidden) for _ in range(3))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, hidden = x.shape
        width = hidden // self.heads

        def split(y: Tensor) -> Tensor:  # [batch, heads, length, width]
            return y.view(batch, length, self.heads, width).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / math.sqrt(width)
        weights = torch.softmax(scores.float() + bias, dim=-1).to(scores.dtype)
        return (weights @ split(self.value(x))).transpose(1, 2).reshape(batch, length, hidden)


class Residual(nn.Module):
    """dense, dropout, add, LayerNorm."""

    def __init__(self, inner: int, config: dict, dropout: nn.Module) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, config["hidden_size"])
        self.LayerNorm = nn.LayerNorm(config["hidden_size"], eps=config["layer_norm_eps"])
        self.dropout = dropout

    def forward(self, x: Tensor, before: Tensor) -> Tensor:
        return self.LayerNorm(self.dropout(self.dense(x)) + before)


class Attention(nn.Module):
    """Self attention with its residual output."""

    def __init__(self, config: dict, dropout: nn.Module) -> None:
        super().__init__()
        self.self = SelfAttention(config)
        self.output = Residual(config["hidden_size"], config, dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        return self.output(self.self(x, bias), x)


class Intermediate(nn.Module):
    """The widening half of the feed-forward block."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        self.dense = nn.Linear(config["hidden_size"], config["intermediate_size"])

    def forward(self, x: Tensor) -> Tensor:
        return F.gelu(self.dense(x))


class Layer(nn.Module):
    """One transformer layer (post-norm)."""

    def __init__(self, config: dict, dropout: nn.Module) -> None:
        super().__init__()
        self.attention = Attention(config, dropout)
        self.intermediate = Intermediate(config)
        self.output = Residual(config["intermediate_size"], config, dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = self.attention(x, bias)
        return self.output(self.intermediate(x), x)


class Embeddings(nn.Module):
    """Word, position and segment embeddings; every token is of segment 0."""

    def __init__(self, config: dict, dropout: nn.Module) -> None:
        super().__init__()
        hidden = config["hidden_size"]
        self.word_embeddings = nn.Embedding(config["vocab_size"], hidden)
        self.position_embeddings = nn.Embedding(config["max_position_embeddings"], hidden)
        self.token_type_embeddings = nn.Embedding(config["type_vocab_size"], hidden)
        self.LayerNorm = nn.LayerNorm(hidden, eps=config["layer_norm_eps"])
        self.dropout = dropout

    def forward(self, ids: Tensor) -> Tensor:
        position = self.position_embeddings.weight[: ids.shape[1]]
        x = self.word_embeddings(ids) + position + self.token_type_embeddings.weight[0]
        return self.dropout(self.LayerNorm(x))


class Encoder(nn.Module):
    """The stack of layers (only a name, as in Hugging Face)."""

    def __init__(self, config: dict, dropout: nn.Module) -> None:
        super().__init__()
        self.layer = nn.ModuleList(Layer(config, dropout) for _ in range(config["num_hidden_layers"]))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        for layer in self.layer:
            x = layer(x, bias)
        return x


class Judge(nn.Module):
    """[items, wide] -> [items, classes], with one layer between."""

    def __init__(self, wide: int, inner: int, classes: int) -> None:
        super().__init__()
        self.dense = nn.Linear(wide, inner)
        self.out = nn.Linear(inner, classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.out(F.gelu(self.dense(x)))


class Network(nn.Module):
    """Encoder and heads; see `scripts/train/README.md` for the architecture in words."""

    def __init__(self, config: dict, dropout: float = 0.1) -> None:
        super().__init__()
        self.config = config
        shared = PooledDropout(dropout)
        self.dropout = shared
        self.embeddings = Embeddings(config, shared)
        self.encoder = Encoder(config, shared)
        hidden = config["hidden_size"]
        self.heads = nn.ModuleDict({task: nn.Linear(hidden, len(bio_labels(task))) for task in TASKS})
        self.relation = Judge(3 * hidden, RELATION_HIDDEN, len(RELATIONS))
        self.status = Judge(hidden, STATUS_HIDDEN, len(STATUSES))
        for head in [*self.heads.values(), self.relation.dense, self.relation.out, self.status.dense, self.status.out]:
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask [batch, length] -> hidden states [batch, length, hidden] in f32."""
        bias = (1.0 - mask[:, None, None, :].float()) * -1e9
        return self.encoder(self.embeddings(ids), bias).float()

    def token_logits(self, task: str, hidden: Tensor) -> Tensor:
        """[..., hidden] -> [..., classes]"""
        return self.heads[task](self.dropout(hidden)).float()

    def relation_logits(self, pairs: Tensor) -> Tensor:
        """[pairs, 3 * hidden] -> [pairs, classes]"""
        return self.relation(self.dropout(pairs)).float()

    def status_logits(self, drugs: Tensor) -> Tensor:
        """[drugs, hidden], the first token of each -> [drugs, classes]"""
        return self.status(self.dropout(drugs)).float()


def pair_features(hidden: Tensor, rows: list[int], heads: list[tuple[int, int]], tails: list[tuple[int, int]]) -> Tensor:
    """Relation input: first token of head, first token of tail, mean of what lies strictly between.

    Spans are half-open token ranges in `hidden` [batch, length, hidden]; the mean is zeros where nothing lies between.
    """
    row = torch.tensor(rows)
    head_first = hidden[row, torch.tensor([span[0] for span in heads])]
    tail_first = hidden[row, torch.tensor([span[0] for span in tails])]
    between = hidden.new_zeros(len(rows), hidden.shape[1])
    for index, (head, tail) in enumerate(zip(heads, tails)):
        low, high = (head[1], tail[0]) if head[0] <= tail[0] else (tail[1], head[0])
        if low < high:
            between[index, low:high] = 1.0 / (high - low)
    mean = torch.bmm(between[:, None, :], hidden[row])[:, 0]
    return torch.cat([head_first, tail_first, mean], dim=-1)


def load_encoder(folder: Path, dropout: float = 0.1) -> Network:
    """A network with the encoder weights of `folder` (f16 or f32) and fresh heads."""
    config = json.loads((folder / "config.json").read_text())
    network = Network(config, dropout)
    weights = {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}
    start_from(network, weights)
    return network


def start_from(network: Network, weights: dict[str, Tensor]) -> None:
    """Take over weights; a head that they lack stays fresh."""
    missing, unexpected = network.load_state_dict(weights, strict=False)
    if unexpected or any(not name.startswith(HEADS) for name in missing):
        raise ValueError(f"weights do not fit: missing {missing}, unexpected {unexpected}")


def replica(network: Network, seed: int) -> Network:
    """A network over the same parameter memory with gradients and dropout of its own, for another thread."""
    made = Network(network.config, network.dropout.rate)
    made.dropout.draw.manual_seed(seed)
    for own, shared in zip(made.parameters(), network.parameters()):
        own.data = shared.data
        own.requires_grad_(shared.requires_grad)
    return made
