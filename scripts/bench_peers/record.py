"""The dated record: machine, versions, figures as JSON, and the same as Markdown with targets beside them."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from .rounds import Ratio, Turn
from .sections import Section

FLAGS = {"avx2", "fma", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_int8", "amx_bf16", "amx_tile", "asimd", "asimddp", "i8mm", "sve", "bf16"}
"""Processor flags that matter to products of matrices."""
QUIET_LOAD = 0.5
"""Load average at the start up to which a machine counts as quiet."""


def machine() -> dict:
    """Processor, memory, system."""
    fields: dict[str, str] = {}
    info = Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else []:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    flags = (fields.get("flags") or fields.get("Features") or "").split()
    return {
        "processor": fields.get("model name") or platform.processor() or platform.machine(),
        "architecture": platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "flags": sorted(FLAGS & set(flags)),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.release()}",
    }


def versions(requirements: Path) -> dict[str, str]:
    """Python and every package that the requirements name, as installed."""
    names = [line.partition("==")[0] for line in requirements.read_text().split()]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def turn_record(turns: list[Turn]) -> dict:
    """All turns of one contender."""
    first = turns[0]
    return {
        "documents": first.documents, "tokens": first.tokens, "seconds": [round(turn.seconds, 4) for turn in turns],
        "documents_per_second": statistics.median(turn.rate("documents") for turn in turns),
        "tokens_per_second": statistics.median(turn.rate("tokens") for turn in turns) if first.tokens else None,
        "peak_bytes": None if first.peak_bytes is None else max(turn.peak_bytes for turn in turns),
    }


def section_record(section: Section) -> dict:
    """One section as JSON."""
    return {
        "title": section.title,
        "contenders": [{"name": contender.name, "title": contender.title, "startup_seconds": contender.startup_seconds,
                        "command": getattr(contender, "command", None), **turn_record(section.turns[contender.name])} for contender in section.contenders],
        "ratios": [ratio.record() for ratio in section.ratios],
        "limits": [{"what": what, "figure": figure, "at_most": most, "unit": unit} for what, figure, most, unit in section.limits],
        "agreement": section.agreement,
        "notes": section.notes,
    }


def verdict(met: bool | None) -> str:
    """A cell."""
    return {None: "", True: "met", False: "**missed**"}[met]


def figure(value: float | None, digits: int) -> str:
    """A cell; empty where nothing was counted."""
    return "" if value is None else f"{value:,.{digits}f}"


def ratio_line(section: dict, ratio: dict) -> str:
    """A row of the table of ratios."""
    titles = {contender["name"]: contender["title"] for contender in section["contenders"]}
    target = "" if ratio["target"] is None else f">= {ratio['target']:g}"
    return f"| {titles[ratio['of']]} / {titles[ratio['to']]} | {ratio['unit']}/s | {ratio['median']:.2f} [{ratio['lowest']:.2f}-{ratio['highest']:.2f}] | {target} | {verdict(ratio['met'])} |"


def shortfalls(record: dict) -> Iterator[str]:
    """A sentence for everything that was asked for and is not there."""
    for section in record["sections"]:
        titles = {contender["name"]: contender["title"] for contender in section["contenders"]}
        for ratio in section["ratios"]:
            if ratio["met"] is False:
                yield f"{titles[ratio['of']]} is {ratio['median']:.2f} times as fast as {titles[ratio['to']]}, where {ratio['target']:g} was asked for."
        for limit in section["limits"]:
            if limit["at_most"] is not None and limit["figure"] > limit["at_most"]:
                yield f"{limit['what'][0].upper() + limit['what'][1:]}: {limit['figure']:.1f} {limit['unit']}, where at most {limit['at_most']:g} was asked for."


def head(record: dict) -> Iterator[str]:
    """Date, machine, versions, conditions."""
    machine, befund = record["machine"], record["befund"]
    yield from (f"# Befund and its peers, {record['date']}", "", f"`{record['command']}`", "")
    yield f"- Machine: {machine['processor']}, {machine['cores']} cores, {machine['memory_bytes'] / 2**30:.0f} GiB, {machine['system']}; {' '.join(machine['flags'])}"
    yield f"- Befund {befund['version']} at {befund['git_revision']}, model {befund['model']}; " + ", ".join(f"{name} {version}" for name, version in record["versions"].items())
    yield f"- Texts: {record['texts']}, seed {record['seed']}. {record['rounds']} rounds, every contender once a round, the order moved on by one; ratios within a round, then their median [lowest-highest]"
    yield f"- Load average at the start {record['load_average']['start'][0]:.2f}, at the end {record['load_average']['end'][0]:.2f}"
    if record["load_average"]["start"][0] > QUIET_LOAD:
        yield "- **The machine was not quiet: these figures are not to be quoted.**"
    if record["quick"]:
        yield "- **A quick run to see that everything works: these figures are not to be quoted.**"


def body(section: dict) -> Iterator[str]:
    """Tables of one section."""
    yield from ("", f"## {section['title']}", "", "| | | median [lowest-highest] | asked for | |", "|---|---|---|---|---|")
    yield from (ratio_line(section, ratio) for ratio in section["ratios"])
    for limit in section["limits"]:
        most = limit["at_most"]
        yield f"| {limit['what']} | {limit['unit']} | {limit['figure']:.1f} | {'' if most is None else f'<= {most:g}'} | {verdict(None if most is None else limit['figure'] <= most)} |"
    yield from ("", "| contender | documents/s | tokens/s | peak memory, MB | left out: start-up (of peers: and a first pass), s |", "|---|---|---|---|---|")
    for contender in section["contenders"]:
        yield (f"| {contender['title']} | {figure(contender['documents_per_second'], 2)} | {figure(contender['tokens_per_second'], 0)} "
               f"| {figure(contender['peak_bytes'] and contender['peak_bytes'] / 1e6, 0)} | {figure(contender['startup_seconds'], 1)} |")
    if section["agreement"]:
        titles = {contender["name"]: contender["title"] for contender in section["contenders"]}
        yield from ("", "Agreement with PyTorch f32:", "", "| contender | labels of tokens | of tokens in mentions | mentions, F1 |", "|---|---|---|---|")
        for row in section["agreement"]:
            yield f"| {titles[row['contender']]} | {figure(row['labels'] and 100 * row['labels'], 3)} | {figure(row['labels_in_mentions'] and 100 * row['labels_in_mentions'], 2)} | {100 * row['mentions_f1']:.2f} |"
    yield from ("", *section["notes"])
    commands = [contender["command"] for contender in section["contenders"] if contender["command"]]
    yield from ("", "```sh", *commands, "```")


def markdown(record: dict) -> str:
    """The record for people."""
    missed = list(shortfalls(record))
    lines = [*head(record), "", *(["What falls short:", "", *(f"- {sentence}" for sentence in missed)] if missed else ["Every target that was measured is met."])]
    for section in record["sections"]:
        lines += body(section)
    return "\n".join(lines) + "\n"
