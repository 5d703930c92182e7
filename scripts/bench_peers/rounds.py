"""Rounds, batches and ratios: the parts of the comparison that know of no engine.

Every contender has its turn in every round, and the order moves on by one a
round, so that what else the machine does meets all alike. Ratios are taken
within a round and only then summed up by their median.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol


@dataclass(frozen=True)
class Turn:
    """One pass of a contender over its work set; `tokens` is 0 and `peak_bytes` None where it counts none."""

    seconds: float
    documents: int
    tokens: int
    peak_bytes: int | None

    def rate(self, unit: str) -> float:
        """`unit` ("tokens" or "documents") a second."""
        return getattr(self, unit) / self.seconds


class Contender(Protocol):
    """What takes part in rounds."""

    name: str
    title: str

    def turn(self) -> Turn: ...


@dataclass(frozen=True)
class Ratio:
    """How many times as fast `of` is as `to`: median, lowest and highest of the rounds, and what was asked for."""

    of: str
    to: str
    unit: str
    median: float
    lowest: float
    highest: float
    target: float | None

    def met(self) -> bool | None:
        """None where nothing was asked for."""
        return None if self.target is None else self.median >= self.target

    def record(self) -> dict:
        """As the record states it."""
        return asdict(self) | {"met": self.met()}


def interleaved(contenders: Sequence[Contender], n_rounds: int, tell: Callable[[str], None]) -> dict[str, list[Turn]]:
    """Turns by contender, one a round."""
    turns: dict[str, list[Turn]] = {contender.name: [] for contender in contenders}
    for number in range(n_rounds):
        first = number % len(contenders)
        for contender in [*contenders[first:], *contenders[:first]]:
            turn = contender.turn()
            turns[contender.name].append(turn)
            tell(f"round {number + 1}/{n_rounds}: {contender.name} {turn.seconds:.2f} s")
    return turns


def paired(turns: dict[str, list[Turn]], of: str, to: str, unit: str, target: float | None = None) -> Ratio:
    """The ratio of rates in each round, summed up."""
    ratios = [ours.rate(unit) / theirs.rate(unit) for ours, theirs in zip(turns[of], turns[to], strict=True)]
    return Ratio(of, to, unit, statistics.median(ratios), min(ratios), max(ratios), target)


def length_sorted(lengths: Sequence[int], batch: int) -> list[list[int]]:
    """Indices in batches of `batch`, by length, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    return [order[start:start + batch] for start in range(0, len(order), batch)]
