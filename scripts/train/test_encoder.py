"""Claims about the conversion of the encoder that need no download: python -m unittest scripts.train.test_encoder"""

from __future__ import annotations

import struct
import unittest

import numpy as np

from .encoder import KEPT, Sizes, config_of, cut_tokenizer, dequantise_q4, pack_ids, read_weights, torch_name, unpack_ids


def block(scale: float, values: list[int]) -> bytes:
    """One Q4_0 block of 32 values from -8 to 7."""
    return np.float16(scale).tobytes() + bytes((low + 8) | (high + 8) << 4 for low, high in zip(values[:16], values[16:]))


class Conversion(unittest.TestCase):
    """From the packages' formats to BERT."""

    def test_low_halves_are_the_first_sixteen_values(self) -> None:
        values = [number % 16 - 8 for number in range(5, 37)]
        self.assertEqual(dequantise_q4(block(0.5, values), 32).tolist(), [[value / 2 for value in values]])

    def test_names_are_those_of_bert(self) -> None:
        self.assertEqual(torch_name("l11.fo.b"), "encoder.layer.11.output.dense.bias")
        self.assertEqual(torch_name("l0.aln.w"), "encoder.layer.0.attention.output.LayerNorm.weight")

    def test_a_weight_file_is_read_past_its_tokenizer(self) -> None:
        sizes = Sizes(32, 1, 1, 64, 2, 4, 1, 1e-12, 32)
        tokenizer = struct.pack("<5iQ", 2, 0, 2, 1, 3, 3) + struct.pack("<3I2f", 0, 1, 3, -1.0, -2.0) + b"abc" + struct.pack("<iI", 1, 5) + b"\0" * 5
        bodies = {"emb.word": (1, 64, block(1.0, [1] * 32) + block(2.0, [-8] * 32)), "l0.q.b": (0, 32, np.arange(32, dtype="<f4").tobytes())}
        head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes) + tokenizer + struct.pack("<i", len(bodies))
        at = len(head) + sum(2 + len(name) + 21 for name in bodies)
        directory, body = b"", b""
        for name, (kind, count, raw) in bodies.items():
            directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at + len(body), len(raw))
            body += raw
        found, tensors = read_weights(head + directory + body)
        self.assertEqual(found[:7], sizes[:7])
        self.assertEqual(config_of(found, 2)["layer_norm_eps"], 1e-12)
        self.assertEqual(tensors["embeddings.word_embeddings.weight"][:, 0].tolist(), [1.0, -16.0])
        self.assertEqual(tensors["encoder.layer.0.attention.self.query.bias"].shape, (32,))

    def test_kept_pieces_come_back(self) -> None:
        ids = [0, 1, 2, 257, 258, 900, 901, 66000]
        self.assertEqual(unpack_ids(pack_ids(ids)), ids)
        kept = unpack_ids(KEPT.read_text())
        self.assertEqual((len(kept), kept[:4], kept[-1]), (32005, [0, 1, 2, 3], 250001))
        self.assertEqual(kept, sorted(set(kept)))

    def test_added_tokens_get_their_new_ids(self) -> None:
        made = cut_tokenizer({"added_tokens": [{"id": 3, "content": "<mask>"}],
                              "model": {"type": "Unigram", "vocab": [["a", 0], ["b", 1], ["c", 2], ["<mask>", 0]]}}, [0, 2, 3])
        self.assertEqual(made["model"], {"type": "Unigram", "vocab": [["a", 0], ["c", 2], ["<mask>", 0]]})
        self.assertEqual(made["added_tokens"], [{"id": 2, "content": "<mask>"}])


if __name__ == "__main__":
    unittest.main()
