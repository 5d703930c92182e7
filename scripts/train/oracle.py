"""Reference numbers for the engine: hidden states and logits of short inputs under the exported model.

    python -m scripts.train.oracle --model models/deen --out oracle.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from .align import trimmed_offsets
from .export import dequantise
from .model import Network, pair_features
from .schema import TASKS

INPUTS = [
    "pT2a pN1a (2/14) L0 V1 R0, UICC IIB.",
    "Unter Metamizol kam es zu einer Agranulozytose; Ramipril 5 mg 1-0-0.",
    "Skin rash developed after amoxicillin 500 mg p.o. for otitis media.",
]


def load_exported(folder: Path) -> Network:
    """The exported (int8) model as an f32 network, in evaluation mode."""
    network = Network(json.loads((folder / "config.json").read_text()))
    network.load_state_dict(dequantise(load_file(folder / "model.safetensors")))
    return network.eval()


@torch.no_grad()
def oracle(folder: Path) -> list[dict]:
    """One record an input. `relation` scores tokens [1, 3) as head and [5, 7) as tail, both ways round,
    `status` drugs that begin with token 1 and token 2."""
    network = load_exported(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    records = []
    for text in INPUTS:
        encoding = tokenizer.encode(text)
        hidden = network(torch.tensor([encoding.ids]), torch.ones(1, len(encoding.ids)))
        pairs = pair_features(hidden, [0, 0], [(1, 3), (5, 7)], [(5, 7), (1, 3)])
        records.append({
            "text": text, "ids": encoding.ids, "tokens": encoding.tokens,
            "offsets": trimmed_offsets(text, encoding.offsets),
            "hidden_first_8": hidden[0, :, :8].tolist(),
            "logits": {task: network.token_logits(task, hidden)[0].tolist() for task in TASKS},
            "relation": {"pairs": [[[1, 3], [5, 7]], [[5, 7], [1, 3]]],
                         "logits": network.relation_logits(pairs).tolist()},
            "status": network.status_logits(hidden[0, 1:3]).tolist(),
        })
    return records


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.write_text(json.dumps(oracle(args.model), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
