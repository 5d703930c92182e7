"""Claims about the parts that need neither corpus nor engine: python -m unittest scripts.bench_peers.test_bench_peers"""

from __future__ import annotations

import random
import unittest

from . import record
from .rounds import Turn, interleaved, length_sorted, paired


class Scripted:
    """A contender whose turns are known beforehand and who writes down when it had them."""

    def __init__(self, name: str, seconds: list[float], diary: list[str]) -> None:
        self.name, self.title, self.seconds, self.diary = name, name, iter(seconds), diary

    def turn(self) -> Turn:
        self.diary.append(self.name)
        return Turn(next(self.seconds), 10, 100, 1)


class Rounds(unittest.TestCase):
    def test_everyone_has_a_turn_a_round_and_the_order_moves_on(self) -> None:
        diary: list[str] = []
        turns = interleaved([Scripted(name, [1.0] * 3, diary) for name in "abc"], 3, lambda _: None)
        self.assertEqual("".join(diary), "abcbcacab")
        self.assertEqual({name: len(own) for name, own in turns.items()}, {"a": 3, "b": 3, "c": 3})

    def test_ratios_are_taken_within_a_round_before_the_median(self) -> None:
        # The ratio of the medians would be 3.0 / 2.0.
        turns = {"ours": [Turn(s, 10, 100, 1) for s in (1.0, 2.0, 8.0)], "theirs": [Turn(s, 10, 50, 1) for s in (3.0, 3.0, 24.0)]}
        ratio = paired(turns, "ours", "theirs", "documents", 2.0)
        self.assertEqual((ratio.median, ratio.lowest, ratio.highest, ratio.met()), (3.0, 1.5, 3.0, True))
        self.assertEqual(paired(turns, "ours", "theirs", "tokens").median, 6.0)
        self.assertIs(paired(turns, "theirs", "ours", "tokens", 1.0).met(), False)

    def test_uneven_rounds_are_refused(self) -> None:
        with self.assertRaises(ValueError):
            paired({"a": [Turn(1, 1, 1, 1)], "b": []}, "a", "b", "tokens")


class Batches(unittest.TestCase):
    def test_every_sentence_is_in_one_batch_and_batches_follow_each_other_in_length(self) -> None:
        lengths = [random.Random(17).randint(8, 128) for _ in range(101)]
        lengths = random.Random(18).sample(lengths, 101)
        batches = length_sorted(lengths, 32)
        self.assertEqual([len(batch) for batch in batches], [32, 32, 32, 5])
        self.assertEqual(sorted(index for batch in batches for index in batch), list(range(101)))
        for before, after in zip(batches, batches[1:]):
            self.assertLessEqual(max(lengths[index] for index in before), min(lengths[index] for index in after))


class Records(unittest.TestCase):
    def test_what_falls_short_is_said_in_a_sentence_and_what_does_not_is_not(self) -> None:
        contenders = [{"name": "a", "title": "Ours"}, {"name": "b", "title": "Theirs"}]
        ratios = [{"of": "a", "to": "b", "median": 1.5, "target": 1.6, "met": False}, {"of": "b", "to": "a", "median": 0.7, "target": None, "met": None}]
        limits = [{"what": "peak memory", "figure": 699.0, "at_most": 700.0, "unit": "MB"}, {"what": "busy time", "figure": 15.2, "at_most": 15.0, "unit": "%"}]
        told = list(record.shortfalls({"sections": [{"contenders": contenders, "ratios": ratios, "limits": limits}]}))
        self.assertEqual(told, ["Ours is 1.50 times as fast as Theirs, where 1.6 was asked for.", "Busy time: 15.2 %, where at most 15 was asked for."])


if __name__ == "__main__":
    unittest.main()
