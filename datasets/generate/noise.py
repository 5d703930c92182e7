"""Noise of scanned, dictated and hastily typed text. Every step rewrites cells, so the mentions keep their place."""

from __future__ import annotations

import random

from .builder import Line

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
BARE = {"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U", "ß": "B"}
CONFUSED = {"l": ["1", "I"], "I": ["l", "1"], "O": ["0"], "0": ["O"], "e": ["c"], "c": ["e"], "a": ["o"], "n": ["u"], "u": ["n"], "S": ["5"], "h": ["b"], "t": ["f"], "i": ["l"], "m": ["rn"]}


def spell_umlauts(line: Line, rng: random.Random) -> None:
    """ae, oe, ue for the umlauts; seldom the bare vowel that an OCR leaves."""
    table = UMLAUTS if rng.random() < 0.85 else BARE
    line.cells = [table.get(cell, cell) for cell in line.cells]


def capitals(line: Line, rng: random.Random) -> None:
    """Upper case throughout."""
    line.cells = [cell if cell in "µß" else cell.upper() for cell in line.cells]


def lower(line: Line, rng: random.Random) -> None:
    """Lower case outside the mentions, and inside them where they are long words."""
    covered = line.covered()
    line.cells = [cell if i in covered else cell.lower() for i, cell in enumerate(line.cells)]


def wrap(line: Line, rng: random.Random) -> None:
    """Hard line breaks at a width, as in printed reports."""
    width, column = rng.randint(28, 80), 0
    covered = line.covered()
    break_inside = rng.random() < 0.3
    for i, cell in enumerate(line.cells):
        column = 0 if cell == "\n" else column + 1
        if cell == " " and column >= width and 0 < i < len(line.cells) - 1 and (break_inside or i not in covered):
            line.cells[i] = rng.choice(["\n", "\n", " \n"])
            column = 0


def scatter_breaks(line: Line, rng: random.Random) -> None:
    """A line break in the place of one or two blanks."""
    blanks = [i for i, cell in enumerate(line.cells) if cell == " " and 0 < i < len(line.cells) - 1]
    for i in rng.sample(blanks, min(len(blanks), rng.randint(1, 2))):
        line.cells[i] = "\n"


def blanks(line: Line, rng: random.Random) -> None:
    """Doubled blanks, blanks before punctuation, no blank after it."""
    covered = line.covered()
    for i in range(1, len(line.cells) - 1):
        cell, before = line.cells[i], line.cells[i - 1]
        if cell == " " and i not in covered:
            if before in ",;:" and rng.random() < 0.25:
                line.cells[i] = ""
            elif rng.random() < 0.08:
                line.cells[i] = rng.choice(["  ", "  ", "   ", "\u00a0"])
        elif cell in ",:;" and i not in covered and line.cells[i + 1] == " " and rng.random() < 0.2:
            line.cells[i] = " " + cell


def typos(line: Line, rng: random.Random) -> None:
    """One or two slips in longer words outside the mentions."""
    covered = line.covered()
    good = [
        i for i in range(2, len(line.cells) - 2)
        if all(j not in covered and line.cells[j].isalpha() for j in range(i - 2, i + 3)) and line.cells[i].islower()
    ]
    for i in rng.sample(good, min(len(good), rng.randint(1, 2))):
        kind = rng.randrange(3)
        if kind == 0:
            line.cells[i] = ""
        elif kind == 1:
            line.cells[i] += line.cells[i]
        else:
            line.cells[i], line.cells[i + 1] = line.cells[i + 1], line.cells[i]


def misread(line: Line, rng: random.Random) -> None:
    """Letters that an OCR confuses, outside the mentions."""
    covered = line.covered()
    rate = rng.uniform(0.005, 0.03)
    for i, cell in enumerate(line.cells):
        if i in covered:
            continue
        if cell in CONFUSED and rng.random() < rate:
            line.cells[i] = rng.choice(CONFUSED[cell])
        elif cell.isalpha() and 0 < i < len(line.cells) - 1 and line.cells[i - 1].isalpha() and rng.random() < rate / 5:
            line.cells[i] = " " + cell


def drop_end(line: Line, rng: random.Random) -> None:
    """No final full stop."""
    if line.cells and line.cells[-1] in ".;," and len(line.cells) - 1 not in line.covered():
        line.cells[-1] = ""


def disturb(line: Line, rng: random.Random, language: str, scanned: float = 0.1) -> None:
    """Applies a random selection; more than half of the lines stay clean."""
    if rng.random() < 0.5:
        return
    if language == "de" and rng.random() < 0.12:
        spell_umlauts(line, rng)
    if rng.random() < scanned:
        misread(line, rng)
    steps = ((wrap, 0.28), (typos, 0.12), (blanks, 0.22), (scatter_breaks, 0.06), (drop_end, 0.2), (capitals, 0.05), (lower, 0.03))
    for step, probability in steps:
        if rng.random() < probability:
            step(line, rng)
