"""Turns frame templates into labelled lines.

Template language (all parts nest):

* ``<a|b|c>``       one of the alternatives; an alternative may be empty
* ``{name}``        calls the slot function ``name``
* ``{name#1:arg}``  the same with a key and an argument (the key ties the parts of one drug together)
* ``{Label=text}``  a literal piece that carries a label of the frame's task; ``{Label#1=text}`` with a key

The result is a :class:`Line`: a list of cells (one per character) with the mentions counted in cells. Noise replaces the text of
cells, so that offsets stay right whatever it does.
"""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass, field
from typing import Callable, Iterable

LITERAL = re.compile(r"^([A-Z][A-Za-z]*)(?:#(\w+))?=(.*)$", re.S)
SLOT = re.compile(r"^([A-Za-z_][A-Za-z_0-9]*)(?:#(\w+))?(?::(.*))?$", re.S)


@dataclass(frozen=True)
class Tag:
    """A label that a piece carries."""

    task: str
    label: str
    key: str = ""


@dataclass
class Piece:
    """A run of text with the labels that cover all of it."""

    text: str
    tags: tuple[Tag, ...] = ()


@dataclass
class Mention:
    """A labelled stretch of cells."""

    task: str
    label: str
    key: str
    begin: int
    end: int


@dataclass
class Line:
    """Text as replaceable cells, with mentions and relations."""

    cells: list[str]
    mentions: list[Mention]
    relations: list[tuple[str, int, int]] = field(default_factory=list)

    def covered(self) -> set[int]:
        """The cells that lie inside a mention."""
        return {i for m in self.mentions for i in range(m.begin, m.end)}


def split_top(text: str) -> list[str]:
    """Splits at the bars that lie in no nested bracket."""
    parts, depth, start = [], 0, 0
    for i, char in enumerate(text):
        if char in "{<":
            depth += 1
        elif char in "}>":
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return parts


def closing(text: str, start: int) -> int:
    """The index of the bracket that closes the one at ``start``."""
    depth = 0
    for i in range(start, len(text)):
        if text[i] in "{<":
            depth += 1
        elif text[i] in "}>":
            depth -= 1
            if depth == 0:
                return i
    raise ValueError(f"unclosed bracket: {text[start:start + 60]}")


class Context:
    """What the slots of one line share: the random source, the task, and whatever a slot family remembers."""

    def __init__(self, rng: random.Random, task: str, slots: dict[str, Callable]):
        self.rng = rng
        self.task = task
        self.slots = slots
        self.memo: dict = {}
        self.flags: set[str] = set()

    def one(self, options: Iterable):
        """One of the options."""
        return self.rng.choice(options if isinstance(options, (list, tuple, str)) else list(options))

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.rng.random() < probability

    def weighted(self, table: dict):
        """One key of the table, by weight."""
        return self.rng.choices(list(table), weights=list(table.values()))[0]

    def expand(self, template: str) -> list[Piece]:
        """The pieces of a template."""
        pieces: list[Piece] = []
        plain: list[str] = []
        i = 0
        while i < len(template):
            char = template[i]
            if char not in "{<":
                plain.append(char)
                i += 1
                continue
            if plain:
                pieces.append(Piece("".join(plain)))
                plain = []
            end = closing(template, i)
            inner = template[i + 1:end]
            pieces.extend(self.expand(self.one(split_top(inner))) if char == "<" else self.fill(inner))
            i = end + 1
        if plain:
            pieces.append(Piece("".join(plain)))
        return pieces

    def fill(self, inner: str) -> list[Piece]:
        """The pieces of one brace."""
        literal = LITERAL.match(inner)
        if literal:
            label, key, text = literal.groups()
            return [self.tagged(label, self.plain(text), key or "")]
        slot = SLOT.match(inner)
        if not slot or slot.group(1) not in self.slots:
            raise ValueError(f"unknown slot: {{{inner}}}")
        result = self.slots[slot.group(1)](self, slot.group(2) or "", slot.group(3) or "")
        return self.expand(result) if isinstance(result, str) else result

    def plain(self, template: str) -> str:
        """The text of a template, labels dropped."""
        return "".join(piece.text for piece in self.expand(template))

    def tagged(self, label: str, text: str, key: str = "", task: str = "") -> Piece:
        """A piece with one label of this line's task."""
        return Piece(text, (Tag(task or self.task, label, key),))


def assemble(pieces: list[Piece]) -> Line:
    """Lays the pieces out as one line."""
    cells: list[str] = []
    mentions: list[Mention] = []
    for piece in pieces:
        begin = len(cells)
        cells.extend(piece.text)
        for tag in piece.tags:
            mentions.append(Mention(tag.task, tag.label, tag.key, begin, len(cells)))
    return Line(cells, mentions)


def capitalise(line: Line, rng: random.Random, probability: float) -> None:
    """A capital at the start, as sentences have; codes keep theirs."""
    tnm_starts = any(m.begin == 0 and m.task == "tnm" for m in line.mentions)
    if line.cells and line.cells[0].islower() and not tnm_starts and line.cells[1:2] != ["T"] and rng.random() < probability:
        line.cells[0] = line.cells[0].upper()


def link(line: Line, rules: Callable[[Mention, Mention], str | None]) -> None:
    """Adds the relation that the rule names for each (head, tail) pair."""
    for h, head in enumerate(line.mentions):
        for t, tail in enumerate(line.mentions):
            kind = rules(head, tail) if h != t else None
            if kind:
                line.relations.append((kind, h, t))


def frame_id(family: str, template: str) -> str:
    """A name for a frame that stays the same when other frames come or go."""
    return f"{family}-{hashlib.blake2b(template.encode(), digest_size=4).hexdigest()}"


def finish(line: Line, doc_id: str, language: str, group: str, supervise: list[str]) -> dict | None:
    """The line in the file format, or None when noise has emptied a mention."""
    starts, offset = [], 0
    for cell in line.cells:
        starts.append(offset)
        offset += len(cell)
    starts.append(offset)
    text = "".join(line.cells)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    rows = []
    for index, mention in enumerate(line.mentions):
        begin, end = max(0, starts[mention.begin] - lead), min(len(text), starts[mention.end] - lead)
        while begin < end and text[begin].isspace():
            begin += 1
        while begin < end and text[end - 1].isspace():
            end -= 1
        if begin >= end:
            return None
        rows.append((begin, end, index, mention))
    rows.sort(key=lambda row: (row[0], row[1], row[3].task))
    place = {index: position for position, (_, _, index, _) in enumerate(rows)}
    return {
        "doc_id": doc_id,
        "language": language,
        "text": text,
        "mentions": [
            {"task": m.task, "label": m.label, "begin": b, "end": e, "text": text[b:e]} for b, e, _, m in rows
        ],
        "relations": sorted(
            ({"type": kind, "head": place[h], "tail": place[t]} for kind, h, t in line.relations),
            key=lambda r: (r["head"], r["tail"], r["type"]),
        ),
        "group": group,
        "source": "generated",
        "supervise": supervise,
    }
