"""Write the model the engine loads: int8 rows, tokenizer, manifest.

    python -m scripts.train.export --checkpoint X --encoder DIR --out models/deen
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from .model import HEADS, Network
from .schema import RELATION_HIDDEN, RELATIONS, STATUS_HIDDEN, STATUSES, TASKS

MODEL_ID = "befund-deen-v5"
LIMIT_BYTES = 50_000_000


def is_quantised(name: str, value: Tensor) -> bool:
    """Every matrix of the encoder; heads are small and stay f32."""
    return value.dim() == 2 and not name.startswith(HEADS)


def quantise(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Symmetric int8 per output row: scale = max|row| / 127, and `<name>.scale` [rows] beside it."""
    stored = {}
    for name, value in state.items():
        value = value.detach().float().contiguous()
        if not is_quantised(name, value):
            stored[name] = value.clone()
            continue
        scale = value.abs().amax(dim=1) / 127.0
        safe = torch.where(scale > 0, scale, torch.ones_like(scale))
        stored[name] = torch.round(value / safe[:, None]).clamp(-127, 127).to(torch.int8)
        stored[name + ".scale"] = scale
    return stored


def dequantise(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """The f32 state dict that the engine computes with."""
    state = {}
    for name, value in stored.items():
        if value.dtype == torch.int8:
            state[name] = value.float() * stored[name + ".scale"][:, None]
        elif not name.endswith(".scale"):
            state[name] = value
    return state


def digest(path: Path) -> dict:
    """sha256 and size, as the manifest states them."""
    data = path.read_bytes()
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def manifest(config: dict, folder: Path, training: dict) -> dict:
    """What the engine must know before it maps the weights."""
    return {
        "format": 1,
        "id": MODEL_ID,
        "languages": ["de", "en"],
        "encoder": {
            "type": "bert", "hidden": config["hidden_size"], "layers": config["num_hidden_layers"],
            "heads": config["num_attention_heads"], "intermediate": config["intermediate_size"],
            "vocab": config["vocab_size"], "max_positions": config["max_position_embeddings"],
            "type_vocab": config["type_vocab_size"], "activation": "gelu_erf",
            "layer_norm_eps": config["layer_norm_eps"], "pad_id": 1, "cls_id": 0, "sep_id": 2,
        },
        "tasks": {task: {"labels": labels} for task, labels in TASKS.items()},
        "relations": {"types": RELATIONS, "hidden": RELATION_HIDDEN},
        "status": {"classes": STATUSES, "hidden": STATUS_HIDDEN},
        "quantisation": "int8-per-row",
        "files": {name: digest(folder / name) for name in ("model.safetensors", "tokenizer.json", "config.json")},
        "training": training,
    }


def export(network: Network, encoder: Path, out: Path, training: dict) -> dict[str, Tensor]:
    """Write every file of the model folder but the card; returns the dequantised state."""
    out.mkdir(parents=True, exist_ok=True)
    stored = quantise(network.state_dict())
    save_file(stored, out / "model.safetensors", metadata={"format": "befund-1"})
    (out / "model.safetensors").chmod(0o644)
    for name in ("tokenizer.json", "config.json"):
        shutil.copyfile(encoder / name, out / name)
    size = (out / "model.safetensors").stat().st_size
    if size > LIMIT_BYTES:
        raise ValueError(f"model is {size} bytes, the limit is {LIMIT_BYTES}")
    (out / "manifest.json").write_text(json.dumps(manifest(network.config, out, training), indent=2) + "\n")
    return dequantise(stored)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, default=Path("../shared/encoders/me5-small-deen-32k"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    network = Network(json.loads((args.encoder / "config.json").read_text()))
    network.load_state_dict(saved["model"])
    export(network, args.encoder, args.out, saved["training"])


if __name__ == "__main__":
    main()
