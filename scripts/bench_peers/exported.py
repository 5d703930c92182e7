"""Befund's model as its peers load it: a Hugging Face folder, a fused ONNX graph, the graph in int8.

All hold the same weights: the rows that the engine reads, in f32. The three
token heads stand side by side as one classifier, so that every peer runs the
encoder once, as Befund does; a user with a checkpoint a task would run it three
times. The relation head is left out.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from torch import Tensor, nn
from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast
from transformers.utils.logging import disable_progress_bar

from ..train.export import digest
from ..train.model import Network
from ..train.oracle import load_exported
from ..train.schema import TASKS, bio_labels

OPSET = 17
ONNX_FLOAT = 1
"""`TensorProto.FLOAT`: what the outputs of fused operators are, which the quantiser cannot infer."""


def labels_of_classifier() -> list[str]:
    """Class names in order; the prefix leads, so that `aggregation_strategy` finds B and I."""
    return [name if name == "O" else f"{name[0]}-{task}/{name[2:]}" for task in TASKS for name in bio_labels(task)]


def as_transformers(network: Network) -> BertForTokenClassification:
    """The encoder and the token heads as `transformers` knows them."""
    names = labels_of_classifier()
    config = BertConfig(**network.config, id2label=dict(enumerate(names)), label2id={name: index for index, name in enumerate(names)})
    state: dict[str, Tensor] = {"bert." + name: value for name, value in network.state_dict().items() if not name.startswith(("heads.", "relation."))}
    for part in ("weight", "bias"):
        state["classifier." + part] = torch.cat([getattr(network.heads[task], part) for task in TASKS])
    model = BertForTokenClassification(config)
    model.load_state_dict(state)
    return model.eval()


def tokenizer_of(model: Path) -> PreTrainedTokenizerFast:
    """The model's tokenizer; what is longer than the encoder reads is cut off, as pipelines do."""
    return PreTrainedTokenizerFast(tokenizer_file=str(model / "tokenizer.json"), bos_token="<s>", cls_token="<s>", eos_token="</s>",
                                   sep_token="</s>", pad_token="<pad>", unk_token="<unk>", model_max_length=512)


class Logits(nn.Module):
    """ids, mask [batch, length] -> logits [batch, length, classes of all heads]; what is exported to ONNX."""

    def __init__(self, model: BertForTokenClassification) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.model(input_ids=input_ids, attention_mask=attention_mask).logits


def write_onnx(folder: Path, config: dict, fused: Path, int8: Path) -> None:
    """The folder's model as a graph with fused operators, in f32 and in int8."""
    model = BertForTokenClassification.from_pretrained(folder, attn_implementation="eager").eval()
    ids = torch.full((2, 9), 5)
    plain = fused.with_name("plain.onnx")
    names = ["input_ids", "attention_mask", "logits"]
    torch.onnx.export(Logits(model), (ids, torch.ones_like(ids)), plain, input_names=names[:2], output_names=names[2:], opset_version=OPSET,
                      dynamic_axes={name: {0: "batch", 1: "length"} for name in names}, dynamo=False)
    graph = optimizer.optimize_model(str(plain), model_type="bert", num_heads=config["num_attention_heads"], hidden_size=config["hidden_size"], opt_level=0)
    n_layers, found = config["num_hidden_layers"], graph.get_fused_operator_statistics()
    wanted = {"EmbedLayerNormalization": 1, "Attention": n_layers, "BiasGelu": n_layers, "SkipLayerNormalization": 2 * n_layers}
    if any(found[name] != n for name, n in wanted.items()):
        raise SystemExit(f"onnxruntime fused {found} where {wanted} was asked for: the comparison would not be fair; use the versions of scripts/bench_peers/requirements.txt")
    graph.save_model_to_file(str(fused))
    quantize_dynamic(fused, int8, per_channel=True, weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": ONNX_FLOAT})
    plain.unlink()


def sha256(model: Path) -> str:
    """Of the weights, as the manifest and `run.json` state it."""
    return digest(model / "model.safetensors")["sha256"]


def write(model: Path, folder: Path) -> dict[str, Path]:
    """Paths of the `transformers`, `onnx-f32` and `onnx-int8` forms."""
    forms = {"transformers": folder / "transformers", "onnx-f32": folder / "fused.onnx", "onnx-int8": folder / "int8.onnx"}
    disable_progress_bar()
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network = load_exported(model)
        as_transformers(network).save_pretrained(forms["transformers"])
        tokenizer_of(model).save_pretrained(forms["transformers"])
        write_onnx(forms["transformers"], network.config, forms["onnx-f32"], forms["onnx-int8"])
    logging.disable(logging.NOTSET)
    return forms
