"""The peers themselves, each as its own documentation says it is fastest on a processor.

Libraries are imported where they are used: a process pays only for its own.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from ..train.readers.spans import sentences
from ..train.schema import read_jsonl
from .rounds import length_sorted

BATCH = 32
PAD = 1
CHUNK = 8
"""Documents that a process of several takes at a time."""
Work = tuple[int, int, int | None]
"""Documents, tokens (0 where none are counted), peak bytes (None for those of this process)."""


def peak_bytes() -> int:
    """Most memory that this program has held. Linux hands the peak of the calling process on to `ru_maxrss`, so it is asked elsewhere."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class Engine:
    """What a worker serves."""

    def warm_up(self) -> None:
        """Before every turn, not timed: nothing, as `befund extract` starts cold as well."""

    def work(self) -> Work:
        """One pass over the work set."""
        raise NotImplementedError


class Encoder(Engine):
    """Length-sorted, padded batches through a graph or a module; keeps the logits of its first pass for the check of labels."""

    def __init__(self, sentences: str, tokenizer: str, logits: str) -> None:
        from tokenizers import Tokenizer

        texts = [row["text"] for row in read_jsonl(Path(sentences))]
        ids = [encoding.ids for encoding in Tokenizer.from_file(tokenizer).encode_batch(texts)]
        self.lengths = [len(row) for row in ids]
        self.order = length_sorted(self.lengths, BATCH)
        self.batches = []
        for batch in self.order:
            padded = np.full((len(batch), max(self.lengths[index] for index in batch)), PAD, dtype=np.int64)
            mask = np.zeros_like(padded)
            for row, index in enumerate(batch):
                padded[row, :self.lengths[index]] = ids[index]
                mask[row, :self.lengths[index]] = 1
            self.batches.append((padded, mask))
        self.keep(Path(logits))

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """[batch, length] twice -> [batch, length, classes]"""
        raise NotImplementedError

    def keep(self, path: Path) -> None:
        """Every sentence's logits, one after the other in the file's order."""
        rows: list[Any] = [None] * len(self.lengths)
        for batch, (ids, mask) in zip(self.order, self.batches):
            logits = self.forward(ids, mask)
            for row, index in enumerate(batch):
                rows[index] = logits[row, :self.lengths[index]].astype(np.float32)
        np.save(path, np.concatenate(rows))

    def warm_up(self) -> None:
        """The longest batch, as `befund bench` warms up before it times."""
        self.forward(*self.batches[-1])

    def work(self) -> Work:
        for ids, mask in self.batches:
            self.forward(ids, mask)
        return len(self.lengths), sum(self.lengths), None


class OnnxRuntime(Encoder):
    """ONNX Runtime on a fused graph."""

    def __init__(self, graph: str, threads: int, **encoder: str) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self.session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        super().__init__(**encoder)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return self.session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]


class PyTorch(Encoder):
    """transformers' BERT with PyTorch's scaled dot product attention, in f32 or under bf16 autocast."""

    def __init__(self, folder: str, threads: int, bf16: bool, **encoder: str) -> None:
        import torch
        from transformers import BertForTokenClassification

        torch.set_num_threads(threads)
        self.torch = torch
        self.cast: Callable[[], Any] = (lambda: torch.autocast("cpu", dtype=torch.bfloat16)) if bf16 else nullcontext
        self.model = BertForTokenClassification.from_pretrained(folder, attn_implementation="sdpa").eval()
        super().__init__(**encoder)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        with self.torch.inference_mode(), self.cast():
            logits = self.model(input_ids=self.torch.from_numpy(ids), attention_mask=self.torch.from_numpy(mask)).logits
        return logits.float().numpy()


class TransformersPipeline(Engine):
    """transformers' token-classification pipeline over the sentences of every document, in their order."""

    def __init__(self, documents: str, folder: str, threads: int) -> None:
        import torch
        from transformers import pipeline

        torch.set_num_threads(threads)
        self.texts = [row["text"] for row in read_jsonl(Path(documents))]
        self.pipeline = pipeline("token-classification", model=folder, tokenizer=folder, device="cpu", batch_size=BATCH, aggregation_strategy="simple")
        self.run(self.texts[:1])

    def run(self, texts: list[str]) -> int:
        """Mentions found."""
        pieces = [text[begin:end] for text in texts for begin, end in sentences(text)]
        return sum(len(found) for found in self.pipeline(pieces))

    def work(self) -> Work:
        self.run(self.texts)
        return len(self.texts), 0, None


def eds_tnm(pipes: list[str]) -> Callable[[dict], int]:
    """A document -> its stage statements, each in its normal form, by EDS-NLP."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    for pipe in pipes:
        nlp.add_pipe(pipe)

    def of(row: dict) -> int:
        return len([span._.tnm.norm() for span in nlp(row["text"]).spans["tnm"]])

    return of


def spacy_sentences() -> Callable[[dict], int]:
    """A document -> its tokens, split into sentences, by spaCy's blank pipelines."""
    import spacy

    pipelines = {language: spacy.blank(language) for language in ("de", "en")}
    for nlp in pipelines.values():
        nlp.add_pipe("sentencizer")
        nlp.max_length = 1 << 26

    def of(row: dict) -> int:
        doc = pipelines[row["language"]](row["text"])
        return len(doc) if sum(1 for _ in doc.sents) else 0

    return of


MAKERS: dict[str, Callable[..., Callable[[dict], int]]] = {"eds_tnm": eds_tnm, "spacy_sentences": spacy_sentences}


class Documents(Engine):
    """A function of one document over all of them, in this process or in several.

    Several read the file for themselves before the clock starts and are handed
    numbers only, so that nothing is spent on sending texts.
    """

    def __init__(self, documents: str, maker: str, processes: int, counts_tokens: bool, **options: Any) -> None:
        self.counts_tokens = counts_tokens
        start = (documents, maker, options)
        self.pool = multiprocessing.get_context("spawn").Pool(processes, prepare, start) if processes > 1 else None
        if self.pool is None:
            prepare(*start)
        self.n = sum(1 for _ in read_jsonl(Path(documents)))
        self.chunks = [range(begin, min(begin + CHUNK, self.n)) for begin in range(0, self.n, CHUNK)]
        self.work()

    def work(self) -> Work:
        memory = {os.getpid(): peak_bytes()}
        counted = 0
        for count, process, peak in (self.pool.imap_unordered(apply, self.chunks) if self.pool else map(apply, self.chunks)):
            counted += count
            memory[process] = max(peak, memory.get(process, 0))
        return self.n, counted if self.counts_tokens else 0, sum(memory.values())


ROWS: list[dict] = []
FUNCTION: list[Callable[[dict], int]] = []
"""What a process of `Documents` works with; processes of a pool share nothing else."""


def prepare(documents: str, maker: str, options: dict) -> None:
    """Fill ROWS and FUNCTION."""
    ROWS.extend(read_jsonl(Path(documents)))
    FUNCTION.append(MAKERS[maker](**options))


def apply(numbers: range) -> tuple[int, int, int]:
    """Counts of these documents, the process and its peak memory."""
    return sum(FUNCTION[0](ROWS[number]) for number in numbers), os.getpid(), peak_bytes()


ENGINES: dict[str, Callable[..., Engine]] = {"onnx": OnnxRuntime, "torch": PyTorch, "pipeline": TransformersPipeline, "documents": Documents}
