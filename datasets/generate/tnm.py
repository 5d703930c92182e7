"""TNM lines: frames, slots and which heads a line teaches."""

from __future__ import annotations

import random

from . import tnm_codes, tnm_de, tnm_en, tnm_more, tnm_negative, tnm_vocab
from .builder import Context, Line, Piece, assemble, capitalise, frame_id
from .noise import disturb

SLOTS = {**tnm_vocab.SLOTS, **tnm_codes.SLOTS}
DRUG_WORDS = ("R-CHOP", "G-CSF", "FLOT", "Analgesie", "Vitamin", "TSH-Ziel", "Impfung", "CTCAE", "neutropenia", "O2-Gabe", "Substitution")


class Source:
    """Draws TNM lines."""

    task = "tnm"

    def __init__(self, knowledge=None):
        more, read = tnm_more, tnm_more.read
        self.positive = {"de": tnm_de.frames() + read(more.OTHER_DE) + read(more.MARKERS_DE) * 2, "en": tnm_en.frames() + read(more.OTHER_EN) + read(more.MARKERS_EN) * 2}
        self.negative = {"de": tnm_negative.frames("de") + read(more.NEGATIVE_DE), "en": tnm_negative.frames("en") + read(more.NEGATIVE_EN)}

    def frame_count(self) -> int:
        """How many frames there are."""
        return sum(len(f) for group in (self.positive, self.negative) for f in group.values())

    def draw(self, rng: random.Random, language: str) -> tuple[Line, str, list[str]]:
        """One line with its frame id and the heads that it teaches."""
        is_negative = rng.random() < 0.27
        template = rng.choice((self.negative if is_negative else self.positive)[language])
        whole = template
        for probability in (0.3, 0.1, 0.05):
            if rng.random() < probability:
                other = rng.choice(self.negative[language])
                joint = rng.choice([" ", " ", "\n"])
                whole = whole + joint + other if rng.random() < 0.6 else other + joint + whole
        context = Context(rng, self.task, SLOTS)
        context.memo["language"] = language
        line = assemble([piece for piece in context.expand(whole) if piece.text] or [Piece(" ")])
        capitalise(line, rng, 0.6)
        disturb(line, rng, language, scanned=0.22 if language == "en" else 0.08)
        drugs = any(word in whole for word in DRUG_WORDS)
        return line, frame_id(f"tnm-{language}", template), ["tnm"] if drugs else ["tnm", "ade", "medication"]
