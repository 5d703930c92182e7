"""The contenders as the rounds see them: Befund, called anew for each turn, and peers that wait in their processes."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from .rounds import Turn


class Peer:
    """A worker process of `worker.py`."""

    def __init__(self, name: str, title: str, log: Path, **options: object) -> None:
        self.name, self.title, self.log = name, title, log
        environment = os.environ | {"OMP_NUM_THREADS": str(options.get("threads", 1)), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONWARNINGS": "ignore"}
        with log.open("a") as errors:
            self.process = subprocess.Popen([sys.executable, "-m", "scripts.bench_peers.worker", json.dumps(options)], env=environment,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        self.startup_seconds = self.answer()["startup_seconds"]

    def answer(self) -> dict:
        """What the worker says next."""
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.title} ended with exit code {self.process.wait()}: its messages are in {self.log}")
        return json.loads(line)

    def turn(self) -> Turn:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return Turn(**self.answer())

    def close(self) -> None:
        """Let the worker end."""
        self.process.stdin.close()
        self.process.wait()


class Befund:
    """A command of the built program; `command` is what a person would type."""

    startup_seconds: float | None = None

    def __init__(self, name: str, title: str, binary: Path, arguments: list[str]) -> None:
        self.name, self.title, self.arguments = name, title, [str(binary), *arguments]
        self.command = shlex.join(["befund", *arguments])

    def call(self) -> str:
        """Run it; what it printed."""
        done = subprocess.run(self.arguments, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"`{self.command}` ended with exit code {done.returncode}: {done.stderr.strip() or 'no message'}; build the program of this checkout with `cargo build --release` if it is older")
        return done.stdout

    def close(self) -> None:
        """Nothing waits."""


class Encoder(Befund):
    """`befund bench --encoder-only` in one configuration: what is timed is the encoder alone."""

    def __init__(self, binary: Path, sentences: Path, precision: str, threads: int) -> None:
        super().__init__(f"befund-{precision}-{threads}", f"Befund {precision}, {threads} thread{'s' * (threads > 1)}", binary, [
            "bench", str(sentences), "--encoder-only", "--device", "cpu", "--precision", precision, "--threads", str(threads), "--repeats", "1", "--json"])

    def turn(self) -> Turn:
        [measured] = json.loads(self.call())["configurations"]
        [seconds] = measured["seconds"]
        return Turn(seconds, measured["documents"], measured["tokens"], measured["peak_bytes"])


class Extract(Befund):
    """`befund extract` to the last row on disk, as `run.json` counts; opening the model and the files is its start-up."""

    def __init__(self, name: str, title: str, binary: Path, documents: Path, out: Path, *options: str) -> None:
        super().__init__(name, title, binary, ["extract", str(documents), "--out", str(out), "--quiet", "--device", "cpu", *options])
        self.out = out
        self.run: dict = {}

    def turn(self) -> Turn:
        if self.out.exists():
            shutil.rmtree(self.out)
        self.call()
        self.run = json.loads((self.out / "run.json").read_text())
        self.startup_seconds = self.run["seconds_by_stage"].pop("open", 0.0)
        return Turn(self.run["seconds"] - self.startup_seconds, self.run["n_documents"], self.run["n_tokens"], self.run["peak_memory_bytes"])
