"""What is compared with what: four sections, each with its contenders, its ratios and their targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import agreement
from .corpora import WorkSets
from .programs import Befund, Encoder, Extract, Peer
from .rounds import Ratio, Turn, interleaved, paired

THREADS = 2
MOST_TOKENS_APART = 0.02
"""Share by which two engines' counts of tokens may differ before tokens a second mean different things."""
MOST_MEMORY_BYTES = 700_000_000
MOST_OUTSIDE_ENCODER = 0.15
IN_ENCODER = {"extract", "gate"}
"""Stages of `run.json` that are encoder or gate."""


@dataclass(frozen=True)
class Setting:
    """Where everything is, and how often it is measured."""

    binary: Path
    model: Path
    work: Path
    sets: WorkSets
    forms: dict[str, Path]
    n_rounds: int
    tell: Callable[[str], None]


@dataclass
class Section:
    """Figures of one comparison; `limits` are (what, figure, most that was asked for, unit), `notes` plain sentences."""

    title: str
    unit: str
    contenders: list[Peer | Befund]
    turns: dict[str, list[Turn]]
    ratios: list[Ratio]
    limits: list[tuple[str, float, float | None, str]] = field(default_factory=list)
    agreement: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def measured(setting: Setting, title: str, unit: str, contenders: list[Peer | Befund], pairs: list[tuple[str, str, float | None]]) -> Section:
    """Rounds over these contenders and the ratios of these pairs."""
    setting.tell(title)
    turns = interleaved(contenders, setting.n_rounds, setting.tell)
    for contender in contenders:
        contender.close()
    return Section(title, unit, contenders, turns, [paired(turns, of, to, unit, target) for of, to, target in pairs])


def log_of(setting: Setting) -> Path:
    """Where the peers' own messages go."""
    return setting.work / "messages.log"


def encoder(setting: Setting) -> Section:
    """The encoder alone on the same sentences."""
    shared = {"sentences": str(setting.sets.sentences), "tokenizer": str(setting.model / "tokenizer.json"), "threads": THREADS}
    kept = {name: setting.work / f"{name}.npy" for name in ("onnx-f32", "onnx-int8", "torch-f32", "torch-bf16")}

    def peer(name: str, title: str, **options: object) -> Peer:
        return Peer(name, f"{title}, {THREADS} threads", log_of(setting), logits=str(kept[name]), **shared, **options)

    folder = str(setting.forms["transformers"])
    contenders: list[Peer | Befund] = [
        *(Encoder(setting.binary, setting.sets.sentences, precision, threads) for precision in ("int8", "f32") for threads in (2, 1)),
        peer("onnx-f32", "ONNX Runtime f32, fused", engine="onnx", graph=str(setting.forms["onnx-f32"])),
        peer("onnx-int8", "ONNX Runtime dynamic int8, fused", engine="onnx", graph=str(setting.forms["onnx-int8"])),
        peer("torch-f32", "PyTorch f32, SDPA", engine="torch", folder=folder, bf16=False),
        peer("torch-bf16", "PyTorch bf16 autocast, SDPA", engine="torch", folder=folder, bf16=True),
    ]
    section = measured(setting, "Encoder alone, the same weights and sentences", "tokens", contenders, [
        ("befund-int8-2", "onnx-int8", 1.6), ("befund-int8-2", "onnx-f32", 2.2), ("befund-f32-2", "onnx-f32", 1.10),
        ("befund-int8-2", "befund-int8-1", 1.8), ("befund-f32-2", "befund-f32-1", None),
        ("befund-f32-2", "torch-f32", None), ("befund-int8-2", "torch-f32", None), ("befund-int8-2", "torch-bf16", None), ("onnx-int8", "onnx-f32", None),
    ])
    counts = {name: turns[0].tokens for name, turns in section.turns.items()}
    if max(counts.values()) > (1 + MOST_TOKENS_APART) * min(counts.values()):
        raise SystemExit(f"the engines count their tokens too differently to compare: {counts}; is scripts/bench_peers given the tokenizer of the built-in model?")
    section.notes.append(f"Tokens of the whole set, special tokens included and padding left out: {counts['onnx-f32']} for the peers, {counts['befund-int8-2']} for Befund, which splits a few of these sentences again. Peers run encoder and heads up to the logits; Befund's figure holds decoding and relations too.")
    mentions = {
        precision: Extract(f"mentions-{precision}", precision, setting.binary, setting.sets.sentences, setting.work / f"mentions-{precision}",
                           "--precision", precision, "--found-by", "model")
        for precision in ("f32", "int8")}
    for extract in mentions.values():
        extract.turn()
    section.agreement = agreement.table(setting.sets.sentences, setting.model, kept, {f"befund-{name}-2": extract.out for name, extract in mentions.items()}, "torch-f32")
    return section


def stages(setting: Setting) -> Section:
    """Stages of real reports: Befund with its transformer against EDS-NLP's rules."""
    reports = setting.sets.reports

    def befund(name: str, documents: Path) -> Extract:
        return Extract(name, "Befund `extract --tasks tnm`, int8, 2 threads", setting.binary, documents, setting.work / name, "--tasks", "tnm", "--precision", "int8", "--threads", str(THREADS))

    def eds(name: str, pipes: list[str], processes: int) -> Peer:
        return Peer(name, f"EDS-NLP ({' + '.join(pipes)}), {processes} process{'es' * (processes > 1)}", log_of(setting), engine="documents", documents=str(reports),
                    maker="eds_tnm", processes=processes, counts_tokens=False, pipes=pipes)

    ours = befund("befund-tnm", reports)
    usual = ["eds.normalizer", "eds.sentences", "eds.tnm"]
    section = measured(setting, "Stages of OCR reports, whole run", "documents", [
        ours, eds("eds-1", usual, 1), eds("eds-2", usual, 2), eds("eds-bare-2", usual[-1:], 2),
    ], [("befund-tnm", "eds-1", None), ("befund-tnm", "eds-2", 1.0), ("befund-tnm", "eds-bare-2", None)])
    few = befund("befund-tnm-few", setting.sets.few_reports)
    fewer = few.turn()
    peaks = [turn.peak_bytes for turn in section.turns["befund-tnm"]]
    section.limits += [
        (f"peak memory of `extract`, {ours.run['n_documents']} reports", max(peaks) / 1e6, MOST_MEMORY_BYTES / 1e6, "MB"),
        (f"peak memory of `extract`, {fewer.documents} of them", fewer.peak_bytes / 1e6, MOST_MEMORY_BYTES / 1e6, "MB"),
        outside_encoder(ours),
    ]
    section.notes.append("EDS-NLP builds its statements in memory and writes nothing; start-up is left out: imports, pipeline and processes there, model and files here.")
    return section


def all_tasks(setting: Setting) -> Section:
    """Every task of real reports: Befund against the same model in a transformers pipeline."""
    ours = [Extract(f"befund-all-{precision}", f"Befund `extract`, {precision}, 2 threads", setting.binary, setting.sets.few_reports, setting.work / f"befund-all-{precision}",
                    "--precision", precision, "--threads", str(THREADS)) for precision in ("int8", "f32")]
    peer = Peer("pipeline", "transformers `pipeline(\"token-classification\")`, f32, batches of 32, 2 threads", log_of(setting), engine="pipeline",
                documents=str(setting.sets.few_reports), folder=str(setting.forms["transformers"]), threads=THREADS)
    section = measured(setting, "All tasks of OCR reports, whole run", "documents", [*ours, peer], [("befund-all-int8", "pipeline", 8.0), ("befund-all-f32", "pipeline", None)])
    section.limits += [(f"peak memory of `extract`, {ours[0].run['n_documents']} reports, all tasks", max(turn.peak_bytes for turn in section.turns["befund-all-int8"]) / 1e6, MOST_MEMORY_BYTES / 1e6, "MB"),
                       outside_encoder(ours[0])]
    section.notes.append("The pipeline runs one classifier of all three heads over the sentences of all documents in one call, without relations, rules or tables. Start-up is left out.")
    return section


def text_side(setting: Setting) -> Section:
    """What is not a transformer: Befund's layout and rules against spaCy's blank pipelines."""
    def spacy(processes: int) -> Peer:
        return Peer(f"spacy-{processes}", f"spaCy blank + sentencizer, {processes} process{'es' * (processes > 1)}", log_of(setting), engine="documents",
                    documents=str(setting.sets.mixed), maker="spacy_sentences", processes=processes, counts_tokens=True)

    rules = Extract("befund-rules", "Befund `extract --found-by rules`, 2 threads", setting.binary, setting.sets.mixed, setting.work / "befund-rules", "--found-by", "rules", "--threads", str(THREADS))
    section = measured(setting, "Text side: no transformer", "documents", [rules, spacy(1), spacy(2)], [("befund-rules", "spacy-1", None), ("befund-rules", "spacy-2", None)])
    section.notes.append("spaCy splits into tokens and sentences; Befund splits into sentences and sections and runs all its rules, merging, plausibility and tables. Tokens are spaCy's. It loads PyTorch where that is installed, which is most of its memory.")
    return section


def outside_encoder(extract: Extract) -> tuple[str, float, float, str]:
    """Share of the stages' busy time that is neither encoder nor gate."""
    stages = extract.run["seconds_by_stage"]
    outside = sum(seconds for stage, seconds in stages.items() if stage not in IN_ENCODER)
    return ("busy time outside encoder and gate (" + ", ".join(sorted(stages.keys() - IN_ENCODER)) + ")", 100 * outside / sum(stages.values()), 100 * MOST_OUTSIDE_ENCODER, "%")


SECTIONS: dict[str, Callable[[Setting], Section]] = {"encoder": encoder, "tnm": stages, "all": all_tasks, "text": text_side}
