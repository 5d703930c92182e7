"""The work sets: sentences for the encoders, documents for whole runs, drawn with a fixed seed.

With the corpora (`--shared`), sentences come in equal shares from German
letters, German prescriptions, OCR pathology reports and English safety
reports. Without them, from the shipped samples, and the record says so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from ..train.readers.spans import sentences
from ..train.schema import SEED, read_jsonl, write_jsonl

ROOT = Path(__file__).resolve().parents[2]
SHORTEST, LONGEST = 8, 128
"""Tokens of a sentence, special tokens included."""


@dataclass(frozen=True)
class WorkSets:
    """Files of `doc_id`, `text`, `language`."""

    origin: str
    sentences: Path
    reports: Path
    few_reports: Path
    mixed: Path


def pools(shared: Path | None) -> tuple[str, dict[str, list[dict]], str]:
    """Where from, the documents of each source, and which source holds the reports."""
    if shared is None:
        samples = sorted((ROOT / "datasets/samples").glob("*.txt"))
        return "datasets/samples", {"samples": [
            {"doc_id": path.stem, "text": path.read_text(encoding="utf-8"), "language": "en" if "_en_" in path.stem else "de"}
            for path in samples]}, "samples"
    data = shared / "data"
    files = {
        "letters": ("letters_de/grascco_a.jsonl", "text", "de"), "prescriptions": ("med_de/gptnermed_silver.jsonl", "text", "de"),
        "reports": ("tnm_en/tcga_ocr.jsonl", "text", "en"), "safety": ("ade_en/phee/train.json", "context", "en"),
    }
    for name, _, _ in files.values():
        if not (data / name).is_file():
            raise SystemExit(f"{data / name} is not there: name the folder of corpora with --shared (scripts/train/README.md says what it holds), or --shared '' to measure on the shipped samples")
    return "corpora: " + ", ".join(name for name, _, _ in files.values()), {
        source: [{"doc_id": f"{source}-{number}", "text": row[field], "language": language} for number, row in enumerate(read_jsonl(data / name))]
        for source, (name, field, language) in files.items()}, "reports"


def fitting(documents: list[dict], tokenizer: Tokenizer, draw: random.Random) -> Iterator[dict]:
    """Sentences of admitted length in random order, none twice, blanks made single."""
    seen = set()
    for document in draw.sample(documents, len(documents)):
        for number, (begin, end) in enumerate(sentences(document["text"])):
            text = " ".join(document["text"][begin:end].split())
            if text not in seen and SHORTEST <= len(tokenizer.encode(text).ids) <= LONGEST:
                seen.add(text)
                yield document | {"doc_id": f"{document['doc_id']}-{number}", "text": text}


def drawn_sentences(sources: dict[str, list[dict]], tokenizer: Tokenizer, n: int, draw: random.Random) -> list[dict]:
    """`n` sentences, one from each source in turn."""
    streams = [fitting(documents, tokenizer, draw) for documents in sources.values()]
    chosen: list[dict] = []
    while streams and len(chosen) < n:
        for stream in list(streams):
            record = next(stream, None)
            if record is None:
                streams.remove(stream)
            else:
                chosen.append(record)
    return chosen[:n]


def write(folder: Path, shared: Path | None, model: Path, n_sentences: int, n_reports: int, n_few: int, n_mixed: int) -> WorkSets:
    """Draw and write every work set."""
    origin, sources, where = pools(shared)
    draw = random.Random(SEED)
    reports = draw.sample(sources[where], min(n_reports, len(sources[where])))
    sets = WorkSets(origin, *(folder / f"{name}.jsonl" for name in ("sentences", "reports", "few_reports", "mixed")))
    write_jsonl(sets.reports, reports)
    write_jsonl(sets.few_reports, reports[:n_few])
    letters = sources.get("letters", [])
    rest = draw.sample(sources[where], min(max(n_mixed - len(letters), 0), len(sources[where])))
    write_jsonl(sets.mixed, [*letters, *rest])
    write_jsonl(sets.sentences, drawn_sentences(sources, Tokenizer.from_file(str(model / "tokenizer.json")), n_sentences, draw))
    return sets
