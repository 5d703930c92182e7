"""A peer in a process of its own: loads once, then takes a turn for every line it reads.

    python -m scripts.bench_peers.worker '{"engine": "onnx", ...}'

One process each keeps thread pools and memory apart, and leaves start-up out of
what is timed. The answer to a line is a `Turn` as JSON; the first line that it
writes says what loading took. What libraries print goes to stderr.
"""

from __future__ import annotations

import json
import os
import sys
import time

from .engines import ENGINES, peak_bytes


def main() -> None:
    """Serve turns until stdin ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    options = json.loads(sys.argv[1])
    begun = time.perf_counter()
    engine = ENGINES[options.pop("engine")](**options)
    print(json.dumps({"startup_seconds": time.perf_counter() - begun}), file=answers, flush=True)
    for _ in sys.stdin:
        engine.warm_up()
        begun = time.perf_counter()
        documents, tokens, memory = engine.work()
        seconds = time.perf_counter() - begun
        print(json.dumps({"seconds": seconds, "documents": documents, "tokens": tokens, "peak_bytes": memory or peak_bytes()}), file=answers, flush=True)


if __name__ == "__main__":
    main()
