"""Text to tokens, mentions to BIO classes, and class scores back to mentions.

The decoding rules are those of the engine; a change here must be made there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from .schema import MAX_TRAIN_TOKENS, STATUSES, TASKS, allowed_relation, bio_labels

TRAILING = ".,;:"
WITH_PERIOD = {"Form", "Strength", "Dose", "Frequency", "Route", "Duration", "Edition"}
"""Labels whose spans end in abbreviations (`p.o.`, `Tbl.`, `7th ed.`): a final period that the model took in stays."""


@dataclass
class Window:
    """Consecutive tokens of one line, special tokens included, with what is taught on them.

    `spans` are half-open code points, (0, 0) for special tokens. `tags[task]`
    holds one class per token; `pairs` holds (head token span, tail token span,
    allowed class, gold class). `drugs` and `tails` are the mentions that pairs
    are made of: (task, token span) and (task, token span, allowed class).
    `statuses` holds (first token, class) of each drug whose status is taught.
    """

    line: dict
    ids: list[int]
    spans: list[tuple[int, int]]
    tags: dict[str, list[int]] = field(default_factory=dict)
    pairs: list[tuple[tuple[int, int], tuple[int, int], int, int]] = field(default_factory=list)
    drugs: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    tails: list[tuple[str, tuple[int, int], int]] = field(default_factory=list)
    statuses: list[tuple[int, int]] = field(default_factory=list)

    def signature(self) -> tuple:
        """What two windows must share to be taught as one."""
        line = self.line
        return (line["language"], tuple(sorted(line.get("supervise", []))), tuple(sorted(line.get("unlabelled", []))), line.get("weight", 1.0))


def trimmed_offsets(text: str, offsets: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Token offsets without blanks at either end (Metaspace tokens carry the one before)."""
    result = []
    for begin, end in offsets:
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        result.append((begin, end))
    return result


def token_range(spans: list[tuple[int, int]], begin: int, end: int) -> tuple[int, int] | None:
    """Half-open range of the tokens that overlap [begin, end), or None."""
    hits = [index for index, (low, high) in enumerate(spans) if low < end and high > begin and high > low]
    return (hits[0], hits[-1] + 1) if hits else None


def cut(text: str, spans: list[tuple[int, int]], mentions: list[dict], room: int) -> list[tuple[int, int]]:
    """Split token indices into windows of at most `room`: at a line end in the second half of the window, else at a
    blank, else anywhere; never inside a mention where that can be helped."""
    pieces, start = [], 0
    while len(spans) - start > room:
        borders = {"line": 0, "blank": 0}
        for border in range(start + room // 2, start + room + 1):
            where, before = spans[border][0], spans[border - 1][1]
            if where > before and not any(m["begin"] < where < m["end"] for m in mentions):
                borders["line" if "\n" in text[before:where] else "blank"] = border
        stop = borders["line"] or borders["blank"] or start + room
        pieces.append((start, stop))
        start = stop
    pieces.append((start, len(spans)))
    return pieces


def windows(tokenizer: Tokenizer, line: dict, room: int = MAX_TRAIN_TOKENS) -> list[Window]:
    """The line as windows of at most `room` tokens with <s> and </s>."""
    text = line["text"]
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans = trimmed_offsets(text, encoding.offsets)
    begin_id, end_id = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    made = []
    for low, high in cut(text, spans, line["mentions"], room - 2):
        window = Window(line, [begin_id, *encoding.ids[low:high], end_id], [(0, 0), *spans[low:high], (0, 0)])
        teach(window)
        made.append(window)
    return made


def teach(window: Window) -> None:
    """Fill `tags`, `pairs` and `statuses` from the line's mentions, relations and `supervise`."""
    line = window.line
    supervise = line.get("supervise", [])
    ranges = [token_range(window.spans, m["begin"], m["end"]) for m in line["mentions"]]
    for task in TASKS:
        if task not in supervise:
            continue
        tags = [0] * len(window.ids)
        classes = bio_labels(task)
        for item, where in zip(line["mentions"], ranges):
            if item["task"] != task or where is None or any(tags[where[0]:where[1]]):
                continue
            tags[where[0]] = classes.index("B-" + item["label"])
            for index in range(where[0] + 1, where[1]):
                tags[index] = classes.index("I-" + item["label"])
        window.tags[task] = tags
    if "status" in supervise:
        drugs = [item for item in [*line["mentions"], *line.get("not_taken", [])] if "status" in item]
        places = [(token_range(window.spans, item["begin"], item["end"]), item["status"]) for item in drugs]
        window.statuses = [(where[0], STATUSES.index(status)) for where, status in places if where]
    if "relations" not in supervise:
        return
    gold = {(r["head"], r["tail"]) for r in line["relations"]}
    drugs, tails = {}, {}
    for place, (item, where) in enumerate(zip(line["mentions"], ranges)):
        if where is None or item["task"] not in supervise:
            continue
        allowed = allowed_relation(item["task"], item["label"])
        if item["label"] == "Drug":
            drugs[place] = (item["task"], where)
        elif allowed is not None:
            tails[place] = (item["task"], where, allowed)
    window.drugs, window.tails = list(drugs.values()), list(tails.values())
    for head, (task, first) in drugs.items():
        window.pairs += [(first, second, allowed, allowed if (head, tail) in gold else 0)
                         for tail, (other, second, allowed) in tails.items() if other == task]


def join(parts: list[Window]) -> Window:
    """Neighbouring lines as one window, for training: pairs across lines are `none`. All share a signature.

    Every line opens with a Metaspace piece, so the ids are those of the texts joined by one blank.
    """
    made = Window(parts[0].line, parts[0].ids[:1], parts[0].spans[:1], {task: [0] for task in parts[0].tags})
    for part in parts:
        shift = len(made.ids) - 1

        def moved(span: tuple[int, int], by: int = shift) -> tuple[int, int]:
            return span[0] + by, span[1] + by

        drugs = [(task, moved(span)) for task, span in part.drugs]
        tails = [(task, moved(span), allowed) for task, span, allowed in part.tails]
        made.pairs += [(moved(head), moved(tail), allowed, truth) for head, tail, allowed, truth in part.pairs]
        for heads, ends in ((made.drugs, tails), (drugs, made.tails)):
            made.pairs += [(head, end, allowed, 0) for task, head in heads for other, end, allowed in ends if task == other]
        made.drugs, made.tails = made.drugs + drugs, made.tails + tails
        made.statuses += [(token + shift, status) for token, status in part.statuses]
        made.ids += part.ids[1:-1]
        made.spans += part.spans[1:-1]
        for task, values in part.tags.items():
            made.tags[task] += values[1:-1]
    made.ids, made.spans = made.ids + parts[0].ids[-1:], made.spans + parts[0].spans[-1:]
    for values in made.tags.values():
        values.append(0)
    return made


def by_word(text: str, spans: list[tuple[int, int]], probabilities: np.ndarray) -> np.ndarray:
    """One class a token, decided for each run of letters as a whole: the label of the largest mean probability
    (O, or B + I of a label); B where the first token says B rather than I."""
    best, start = probabilities.argmax(axis=1), 0
    while start < len(spans):
        stop = start + 1
        while (stop < len(spans) and spans[stop - 1][1] == spans[stop][0] < spans[stop][1] and spans[stop - 1][0] < spans[stop - 1][1]
               and text[spans[stop][0]].isalpha() and text[spans[stop][0] - 1].isalpha()):
            stop += 1
        if stop - start > 1:
            mean = probabilities[start:stop].mean(axis=0)
            label = int(np.concatenate([mean[:1], mean[1::2] + mean[2::2]]).argmax())
            best[start:stop] = 2 * label
            if label and probabilities[start, 2 * label - 1] >= probabilities[start, 2 * label]:
                best[start] = 2 * label - 1
        start = stop
    return best


def decode(task: str, text: str, spans: list[tuple[int, int]], probabilities: np.ndarray, whole_words: bool = True) -> list[dict]:
    """Mentions from class probabilities [tokens, classes]; each has `tokens`, its half-open token range.

    B starts a mention, I of the same label goes on with it, I after anything else starts one. A token that is
    only a blank (a lone Metaspace piece) neither starts nor breaks one. The score is the mean over tokens of
    P(B) + P(I) of the label. With `whole_words`, ade and medication are decided by word (`by_word`).
    """
    best = by_word(text, spans, probabilities) if whole_words and task != "tnm" else probabilities.argmax(axis=1)
    runs: list[list[int]] = []  # [label index, first token, end token]
    before = -1  # the last token that was no mere blank
    for index, tag in enumerate(best):
        if spans[index][0] == spans[index][1]:
            continue
        if tag:
            label, inside = (int(tag) - 1) // 2, int(tag) % 2 == 0
            if inside and runs and runs[-1][0] == label and runs[-1][2] == before + 1:
                runs[-1][2] = index + 1
            else:
                runs.append([label, index, index + 1])
        before = index
    found = []
    for label, first, stop in runs:
        begin, end = trim(text, spans[first][0], spans[stop - 1][1], TASKS[task][label])
        if begin < end:
            score = float((probabilities[first:stop, 2 * label + 1] + probabilities[first:stop, 2 * label + 2]).mean())
            found.append({"task": task, "label": TASKS[task][label], "begin": begin, "end": end,
                          "text": text[begin:end], "score": score, "tokens": (first, stop)})
    return found


def trim(text: str, begin: int, end: int, label: str) -> tuple[int, int]:
    """The span without blanks at either end and without closing punctuation."""
    closing = TRAILING[1:] if label in WITH_PERIOD else TRAILING
    while end > begin and (text[end - 1].isspace() or text[end - 1] in closing):
        end -= 1
    while begin < end and text[begin].isspace():
        begin += 1
    return begin, end
