"""Claims about the assertion experiment that need no corpus: python -m unittest scripts.train.test_assertion"""

from __future__ import annotations

import unittest

import torch

from .assertion import CLASSES, EITHER, fit, framed, of_cue, table


class Assertion(unittest.TestCase):
    """Labels, frames, head, figures."""

    def test_cues_are_sorted_by_what_they_say(self) -> None:
        self.assertEqual(of_cue("may"), EITHER)
        self.assertEqual(of_cue("most likely"), ("possible",))
        self.assertEqual(of_cue("risk"), ("hypothetical",))
        self.assertEqual(of_cue("rare case"), ())

    def test_frames_carry_every_class_and_their_spans_fit(self) -> None:
        for language in ("de", "en"):
            items = list(framed(language, 2))
            self.assertEqual({name for item in items for *_, names in item.events for name in names}, set(CLASSES))
            for item in items:
                self.assertNotRegex(item.text, r"[{}|\n]|ein\.[NAD]")
                self.assertTrue(all(item.text[begin:end].strip() == item.text[begin:end] != "" for begin, end, _ in item.events), item)

    def test_the_head_learns_from_one_right_class_of_two(self) -> None:
        x = torch.eye(4).repeat(50, 1) + 0.01 * torch.randn(200, 4, generator=torch.Generator().manual_seed(1))
        allowed = torch.eye(4).repeat(50, 1)
        allowed[2::8, 3] = 1.0  # half of the third class is open
        head = fit(x, allowed, 17)
        self.assertEqual(head(torch.eye(4)).argmax(1).tolist(), [0, 1, 2, 3])

    def test_possible_and_hypothetical_may_count_as_one(self) -> None:
        pairs = [(("possible",), "hypothetical"), (("affirmed",), "affirmed")]
        self.assertEqual(table(pairs, True)["uncertain"], [100.0, 100.0, 100.0, 1])
        self.assertEqual(table(pairs, False)["possible"][2], 0.0)


if __name__ == "__main__":
    unittest.main()
