"""Medication lines."""

from __future__ import annotations

import random
from pathlib import Path

from . import medication_frames, medication_more, negatives, regimen, tnm_vocab
from .builder import Context, Line, Mention, assemble, capitalise, frame_id, link
from .drugs import Vocabulary
from .noise import disturb

SLOTS = {**tnm_vocab.SLOTS, **regimen.SLOTS, **negatives.SLOTS}
RELATIONS = {"Strength": "strength_of", "Form": "form_of", "Dose": "dose_of", "Frequency": "frequency_of", "Route": "route_of", "Duration": "duration_of", "Reason": "reason_of"}
EVENT_WORDS = ("llergi", "nvertr", "CAVE", "Blutung", "Avoid", "Besserung")


def relation(head: Mention, tail: Mention) -> str | None:
    """The relation of a part to the drug with the same key."""
    if head.task == tail.task == "medication" and head.label == "Drug" and head.key == tail.key:
        return RELATIONS.get(tail.label)
    return None


class Source:
    """Draws medication lines."""

    task = "medication"

    def __init__(self, knowledge: Path):
        f = medication_frames
        self.positive = {"de": f.frames(f.DE) + f.frames(medication_more.DE), "en": f.frames(f.EN) + f.frames(medication_more.EN)}
        self.negative = {"de": f.frames(f.NONE_DE) + negatives.frames("de") * 2, "en": f.frames(f.NONE_EN) + negatives.frames("en") * 2}
        self.vocabulary = {language: Vocabulary(language, knowledge) for language in ("de", "en")}

    def draw(self, rng: random.Random, language: str) -> tuple[Line, str, list[str]]:
        """One line with its frame id and the heads that it teaches."""
        is_negative = rng.random() < 0.36
        template = rng.choice((self.negative if is_negative else self.positive)[language])
        whole = template
        if rng.random() < 0.2:
            other = rng.choice(self.negative[language])
            joint = rng.choice([". ", "\n", "; "])
            whole = template.rstrip(".") + joint + other if rng.random() < 0.5 else other.rstrip(".") + joint + template
        context = Context(rng, self.task, SLOTS)
        context.memo.update(language=language, vocabulary=self.vocabulary[language])
        if "b}" in template:
            context.flags.add("several")
        line = assemble(context.expand(whole))
        capitalise(line, rng, 0.3)
        disturb(line, rng, language, scanned=0.05)
        link(line, relation)
        adverse = "reason" in context.flags or "Reason" in whole or any(word in whole for word in EVENT_WORDS)
        supervise = ["tnm", "medication", "relations"] if adverse else ["tnm", "ade", "medication", "relations"]
        return line, frame_id(f"med-{language}", template), supervise
