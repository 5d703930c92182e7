"""Train the encoder and its heads on CPU.

    python -m scripts.train.train --data DIR --encoder DIR --out DIR --minutes 60

Each step takes one batch a worker thread. The workers share the parameters
and have gradients of their own, which are averaged: unlike threads within an
operation they do not wait for each other at every operation, which is what
makes a machine that others use so slow.

The learning rate falls with the larger of steps done and time spent, so a run
on a busy machine still ends on time with a finished schedule; the steps it
made are in the checkpoint. Running the command again goes on from the last
checkpoint (`last.pt`). `best.pt` is the one with the best development figure;
training stops early when `--patience` looks in a row were not better.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .align import Window, join, windows
from .augment import SWAPPED, drug_names, swapped
from .batches import Batch, collate, packed, relation_mask
from .evaluate import load_dev, micro, predict, tally
from .model import HEADS, Network, load_encoder, pair_features, replica, start_from
from .schema import MAX_TRAIN_TOKENS, SEED, TASKS, read_jsonl

SHARE = {"phee": 2.0, "bc5cdr": 0.6, "bc5cdr_two": 0.4, "ade_v2_neg": 0.5, "maccrobat": 2.0, "maccrobat_neg": 0.3, "tnm_ocr": 0.15,
         "tnm_ocr_neg": 0.1, "gptnermed": 0.2, "tac2017": 0.3, "letters_de_neg": 0.5, "gen_ade_de": 0.4, "gen_ade_en": 0.5,
         "gen_medication_de": 0.3, "gen_medication_en": 0.2, "gen_tnm_de": 0.2, "gen_tnm_en": 0.15, "written_de": 1.5, "written_en": 1.5,
         "written_status_de": 2.5, "written_status_en": 2.5}
"""How often an epoch draws a line of a source; 1 where not named."""

JOINED = 0.4
"""Chance that a drawn line opens a window of two to five lines: the engine's windows hold more than one sentence."""

HIDDEN = 0.04
"""Chance that a piece is hidden behind <mask> in training: what stands around a name must be enough to know it."""

PAIR_WEIGHT = 3.0
STATUS_WEIGHT = 5.0
KEPT = ("step", "spent", "epoch", "place", "tokens", "best", "worse")
"""State of a run beside its tensors."""
CLIP = 1.0
UNKNOWN = 3
"""The last of the special pieces at the head of the vocabulary: <s>, <pad>, </s>, <unk>."""
HALF = torch.cpu._is_amx_tile_supported()
"""bf16 products pay with AMX only; without it they are half as fast as f32."""


def token_loss(network: Network, batch: Batch, hidden: Tensor) -> Tensor:
    """Sum of weighted cross entropies of the token heads. Where the tag is O, the mass of unlabelled labels counts as O."""
    total = hidden.new_zeros(())
    for task in TASKS:
        rows, columns = torch.nonzero(batch.tags[task] >= 0, as_tuple=True)
        if len(rows) == 0:
            continue
        logits = F.log_softmax(network.token_logits(task, hidden[rows, columns]), dim=-1)
        tag = batch.tags[task][rows, columns]
        right = F.one_hot(tag, logits.shape[1]).bool() | ((tag == 0)[:, None] & batch.open[task][rows])
        chance = logits.masked_fill(~right, -1e9).logsumexp(dim=-1)
        total = total - (chance * batch.weight[rows]).sum()
    return total


def pair_loss(network: Network, batch: Batch, hidden: Tensor) -> Tensor:
    """Sum of weighted cross entropies over candidate pairs, allowed classes only."""
    if not batch.pair_rows:
        return hidden.new_zeros(())
    logits = network.relation_logits(pair_features(hidden, batch.pair_rows, batch.pair_heads, batch.pair_tails))
    logits = logits.masked_fill(~relation_mask(batch.pair_allowed), -1e9)
    return (F.cross_entropy(logits, batch.pair_gold, reduction="none") * batch.weight[batch.pair_rows]).sum()


def status_loss(network: Network, batch: Batch, hidden: Tensor) -> Tensor:
    """Sum of weighted cross entropies over the drugs whose status is taught."""
    if not batch.status_rows:
        return hidden.new_zeros(())
    logits = network.status_logits(hidden[batch.status_rows, batch.status_tokens])
    return (F.cross_entropy(logits, batch.status_gold, reduction="none") * batch.weight[batch.status_rows]).sum()


def optimiser(network: Network, rate: float, head_rate: float, decay: float) -> torch.optim.Optimizer:
    """AdamW; the rate falls by `decay` a layer from the top. Positions and segments stay as they are."""
    layers = network.config["num_hidden_layers"]
    groups: dict[tuple[float, float], list] = {}
    for name, value in network.named_parameters():
        if name.startswith(("embeddings.position", "embeddings.token_type")):
            value.requires_grad_(False)
            continue
        if name.startswith(HEADS):
            own = head_rate
        else:
            depth = int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1
            own = rate * decay ** (layers - 1 - depth)
        shrinks = value.dim() == 2 and not name.startswith("embeddings.")
        groups.setdefault((own, 0.01 if shrinks else 0.0), []).append(value)
    return torch.optim.AdamW([{"params": values, "lr": own, "peak": own, "weight_decay": shrink}
                              for (own, shrink), values in groups.items()], betas=(0.9, 0.98), fused=True)


def joined(items: list[Window], draw: random.Random) -> list[Window]:
    """Some of the windows joined with those that follow them, as long as they share a signature and fit."""
    made, at = [], 0
    while at < len(items):
        want = draw.randint(2, 5) if draw.random() < JOINED else 1
        size, stop = len(items[at].ids), at + 1
        while (stop < len(items) and stop - at < want and items[stop].signature() == items[at].signature()
               and size + len(items[stop].ids) - 2 <= MAX_TRAIN_TOKENS):
            size, stop = size + len(items[stop].ids) - 2, stop + 1
        made.append(join(items[at:stop]) if stop - at > 1 else items[at])
        at = stop
    return made


def renamed(window: Window, tokenizer: Tokenizer, names: list[str], draw: random.Random) -> Window:
    """The window, or at times the same line with other drug names."""
    if draw.random() >= SWAPPED.get(window.line["source"], 0.0):
        return window
    line = swapped(window.line, names, draw)
    made = windows(tokenizer, line) if line else []
    return made[0] if len(made) == 1 else window


def load_train(path: Path, tokenizer: Tokenizer) -> dict[str, list[Window]]:
    """Windows of the training file by source."""
    by_source: dict[str, list[Window]] = {}
    for line in read_jsonl(path):
        by_source.setdefault(line["source"], []).extend(windows(tokenizer, line))
    return by_source


def hidden(ids: Tensor, mask_id: int, draw: torch.Generator) -> Tensor:
    """The ids with a few pieces, none of them special, behind <mask>."""
    chosen = (torch.rand(ids.shape, generator=draw) < HIDDEN) & (ids > UNKNOWN)
    return ids.masked_fill(chosen, mask_id)


class Run:
    """State of a training run: what a checkpoint holds, and the loop over it."""

    def __init__(self, args: argparse.Namespace) -> None:
        torch.manual_seed(SEED)
        torch.set_num_threads(1)
        self.args, self.step, self.spent, self.epoch, self.place, self.tokens = args, 0, 0.0, 0, 0, 0
        self.network = load_encoder(args.encoder)
        self.optimiser = optimiser(self.network, args.rate, args.head_rate, args.decay)
        tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
        self.tokenizer, self.names, self.mask_id = tokenizer, drug_names(args.shared), tokenizer.token_to_id("<mask>")
        self.train = load_train(args.data / "train.jsonl", tokenizer)
        self.dev = load_dev(args.data / "dev", tokenizer, args.dev_lines)
        self.groups = self.draw_epoch()
        self.planned = args.steps or math.ceil(args.epochs * len(self.groups) / args.threads)
        self.path = args.out / "last.pt"
        self.best, self.worse = 0.0, 0
        if args.init and not self.path.exists():
            start_from(self.network, torch.load(args.init, weights_only=True)["model"])
            self.epoch = args.first_epoch
            self.groups = self.draw_epoch()
        if self.path.exists():
            saved = torch.load(self.path, weights_only=True)
            self.network.load_state_dict(saved["model"])
            self.optimiser.load_state_dict(saved["optimiser"])
            for name in KEPT:
                setattr(self, name, saved["training"].get(name, getattr(self, name)))
            self.groups = self.draw_epoch()
        self.workers = [self.network, *(replica(self.network, SEED + number) for number in range(1, args.threads))]
        self.threads = ThreadPoolExecutor(args.threads)

    def draw_epoch(self) -> list[list[Window]]:
        """The batches of the epoch, the same for the same seed and epoch."""
        draw = random.Random(SEED * 1000 + self.epoch)
        chosen = []
        for source, items in sorted(self.train.items()):
            rounds, rest = divmod(SHARE.get(source, 1.0), 1.0)
            some = items * int(rounds) + draw.sample(items, round(len(items) * rest))
            chosen += joined([renamed(window, self.tokenizer, self.names, draw) for window in some], draw)
        return list(packed(chosen, self.args.budget, draw))

    def note(self, **values: object) -> None:
        """One line of the log."""
        row = json.dumps({"step": self.step, "epoch": round(self.epoch + self.place / len(self.groups), 2),
                          "minutes": round(self.spent / 60, 1), **values})
        print(row, flush=True)
        with (self.args.out / "log.jsonl").open("a") as handle:
            handle.write(row + "\n")

    def save(self) -> None:
        """Checkpoint, written aside and moved into place."""
        aside = self.path.with_suffix(".part")
        training = {name: getattr(self, name) for name in KEPT}
        told = ("minutes", "epochs", "rate", "head_rate", "decay", "budget", "threads", "patience", "init", "first_epoch")
        words = [f"--{name.replace('_', '-')} {Path(str(getattr(self.args, name))).name}" for name in told if getattr(self.args, name)]
        training |= {"seed": SEED, "command": " ".join(["python -m scripts.train.train", *words])}
        torch.save({"model": self.network.state_dict(), "optimiser": self.optimiser.state_dict(), "training": training}, aside)
        aside.replace(self.path)

    def look(self, figure: float) -> None:
        """Checkpoint; kept as the best where the development figure is."""
        self.worse = 0 if figure > self.best else self.worse + 1
        self.best = max(self.best, figure)
        self.save()
        if self.worse == 0:
            shutil.copyfile(self.path, self.args.out / "best.pt")

    def progress(self) -> float:
        """Part of the schedule that is done, 0 to 1."""
        by_time = self.spent / (60 * self.args.minutes) if self.args.minutes else 0.0
        return max(self.step / self.planned, by_time)

    def gradients(self, worker: int, group: list[Window]) -> tuple[float, int]:
        """Loss a token and tokens of one batch; the gradients stay in the worker's network."""
        torch.set_num_threads(1)
        network, batch = self.workers[worker], collate(group)
        network.train()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            states = network(hidden(batch.ids, self.mask_id, network.dropout.draw), batch.mask)
        count = int(batch.mask.sum())
        pairs, statuses = pair_loss(network, batch, states), status_loss(network, batch, states)
        loss = (token_loss(network, batch, states) + PAIR_WEIGHT * pairs + STATUS_WEIGHT * statuses) / count
        loss.backward()
        return float(loss.detach()), count

    def train_step(self, groups: list[list[Window]]) -> float:
        """One update from one batch a worker; returns the mean loss a token."""
        done = self.progress()
        warm = min(1.0, (self.step + 1) / self.args.warmup)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * warm * max(0.02, 1.0 - done)
        results = list(self.threads.map(self.gradients, range(len(groups)), groups))
        for values in zip(*(network.parameters() for network in self.workers[:len(groups)])):
            found = [value.grad for value in values if value.grad is not None]
            if found and values[0].requires_grad:
                values[0].grad = sum(found[1:], found[0]) / len(groups)
                for value in values[1:]:
                    value.grad = None
        torch.nn.utils.clip_grad_norm_([p for p in self.network.parameters() if p.requires_grad], CLIP)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.tokens += sum(count for _, count in results)
        return sum(loss for loss, _ in results) / len(results)

    def loop(self) -> None:
        """Train to the end of the schedule, with a checkpoint and dev figures at intervals."""
        args, clock, losses, seen = self.args, time.monotonic(), [], self.tokens
        self.note(planned=self.planned, windows={name: len(items) for name, items in self.train.items()}, dev=len(self.dev))
        next_dev = (math.floor(self.progress() * args.looks) + 1) / args.looks
        mark = time.monotonic()
        while self.progress() < 1.0:
            if self.place >= len(self.groups):
                self.epoch, self.place = self.epoch + 1, 0
                self.groups = self.draw_epoch()
            taken = self.groups[self.place:self.place + args.threads]
            losses.append(self.train_step(taken))
            self.step, self.place = self.step + 1, self.place + len(taken)
            self.spent, clock = self.spent + time.monotonic() - clock, time.monotonic()
            if self.step % args.log == 0:
                speed = (self.tokens - seen) / (time.monotonic() - mark)
                self.note(loss=round(sum(losses) / len(losses), 4), tokens_s=round(speed), progress=round(self.progress(), 3))
                losses, seen, mark = [], self.tokens, time.monotonic()
            if self.progress() >= next_dev:
                next_dev += 1 / args.looks
                figures = micro(tally(self.dev, predict(self.network, self.dev)))
                self.look(figures["all"])
                self.note(dev=figures)
                if args.patience and self.worse >= args.patience:
                    self.note(stopped=f"{self.worse} looks without a better figure")
                    return
                mark, seen = time.monotonic(), self.tokens
        self.save()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with knowledge/, for the drug names")
    parser.add_argument("--encoder", type=Path, default=Path("../shared/encoders/me5-small-deen-32k"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="checkpoint whose weights a new schedule starts from")
    parser.add_argument("--first-epoch", type=int, default=0, help="with --init: the first epoch to draw")
    parser.add_argument("--minutes", type=float, default=0.0, help="time limit of the schedule; 0: none")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--steps", type=int, default=0, help="instead of epochs")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.92)
    parser.add_argument("--warmup", type=int, default=150)
    parser.add_argument("--budget", type=int, default=1536, help="padded tokens a batch")
    parser.add_argument("--threads", type=int, default=2, help="workers, one batch each a step")
    parser.add_argument("--dev-lines", type=int, default=80)
    parser.add_argument("--looks", type=int, default=8, help="checkpoints and dev figures over the run")
    parser.add_argument("--patience", type=int, default=3, help="looks in a row without a better figure after which training ends; 0: never")
    parser.add_argument("--log", type=int, default=50)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    Run(args).loop()


if __name__ == "__main__":
    sys.exit(main())
