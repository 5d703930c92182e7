//! Tiny checkpoints with made-up weights in the layout of Hugging Face, written by the tests that need them.

// Outside `#[test]` functions clippy.toml does not see that this is test code.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::path::Path;

use safetensors::tensor::{Dtype, TensorView};
use serde_json::json;

const HIDDEN: usize = 32;
const INNER: usize = 64;
const VOCAB: usize = 40;
const POSITIONS: usize = 24;

/// Classes of every tiny checkpoint.
const CLASSES: [&str; 5] = ["O", "B-DRUG", "I-DRUG", "B-ADR", "I-ADR"];

type Shapes = Vec<(String, Vec<usize>)>;

fn linear(shapes: &mut Shapes, name: String, n_out: usize, n_in: usize) {
    shapes.push((format!("{name}.weight"), vec![n_out, n_in]));
    shapes.push((format!("{name}.bias"), vec![n_out]));
}

fn norm(shapes: &mut Shapes, name: String) {
    shapes.push((format!("{name}.weight"), vec![HIDDEN]));
    shapes.push((format!("{name}.bias"), vec![HIDDEN]));
}

/// Names and shapes of the tensors of one kind.
fn shapes(kind: &str) -> Shapes {
    let (prefix, query, key, value) = match kind {
        "bert" => ("bert", "attention.self.query", "attention.self.key", "attention.self.value"),
        "xlm-roberta" => ("roberta", "attention.self.query", "attention.self.key", "attention.self.value"),
        "deberta-v2" => {
            ("deberta", "attention.self.query_proj", "attention.self.key_proj", "attention.self.value_proj")
        }
        _ => ("distilbert", "attention.q_lin", "attention.k_lin", "attention.v_lin"),
    };
    let distil = kind == "distilbert";
    let mut shapes = vec![(format!("{prefix}.embeddings.word_embeddings.weight"), vec![VOCAB, HIDDEN])];
    if kind == "deberta-v2" {
        shapes.push(("deberta.encoder.rel_embeddings.weight".to_string(), vec![16, HIDDEN]));
        norm(&mut shapes, "deberta.encoder.LayerNorm".to_string());
    } else {
        shapes.push((format!("{prefix}.embeddings.position_embeddings.weight"), vec![POSITIONS, HIDDEN]));
    }
    if prefix == "bert" || prefix == "roberta" {
        shapes.push((format!("{prefix}.embeddings.token_type_embeddings.weight"), vec![2, HIDDEN]));
    }
    norm(&mut shapes, format!("{prefix}.embeddings.LayerNorm"));
    let stack = if distil { "transformer" } else { "encoder" };
    for layer in 0..2 {
        let at = |part: &str| format!("{prefix}.{stack}.layer.{layer}.{part}");
        for part in [query, key, value] {
            linear(&mut shapes, at(part), HIDDEN, HIDDEN);
        }
        linear(&mut shapes, at(if distil { "attention.out_lin" } else { "attention.output.dense" }), HIDDEN, HIDDEN);
        norm(&mut shapes, at(if distil { "sa_layer_norm" } else { "attention.output.LayerNorm" }));
        linear(&mut shapes, at(if distil { "ffn.lin1" } else { "intermediate.dense" }), INNER, HIDDEN);
        linear(&mut shapes, at(if distil { "ffn.lin2" } else { "output.dense" }), HIDDEN, INNER);
        norm(&mut shapes, at(if distil { "output_layer_norm" } else { "output.LayerNorm" }));
    }
    linear(&mut shapes, "classifier".to_string(), CLASSES.len(), HIDDEN);
    shapes
}

fn config(kind: &str) -> serde_json::Value {
    let id2label: HashMap<String, &str> =
        CLASSES.iter().enumerate().map(|(id, name)| (id.to_string(), *name)).collect();
    match kind {
        "distilbert" => json!({
            "model_type": kind, "id2label": id2label, "vocab_size": VOCAB, "dim": HIDDEN, "n_layers": 2, "n_heads": 4,
            "hidden_dim": INNER, "activation": "gelu", "max_position_embeddings": POSITIONS,
        }),
        _ => json!({
            "model_type": kind, "id2label": id2label, "vocab_size": VOCAB, "hidden_size": HIDDEN, "num_hidden_layers": 2,
            "num_attention_heads": 4, "intermediate_size": INNER, "hidden_act": "gelu",
            "max_position_embeddings": POSITIONS, "pad_token_id": 1, "relative_attention": true, "max_relative_positions": -1,
            "position_biased_input": false, "pos_att_type": "p2c|c2p", "position_buckets": 8, "share_att_key": true,
            "norm_rel_ebd": "layer_norm",
        }),
    }
}

/// Writes `config.json`, `model.safetensors` and `tokenizer.json`.
pub fn write_checkpoint(folder: &Path, kind: &str) {
    let mut seed = 7u32;
    let mut next = |scale: f32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((seed >> 8) as f32 / 8_388_608.0 - 1.0) * scale
    };
    let shapes = shapes(kind);
    let data: Vec<Vec<u8>> = shapes
        .iter()
        .map(|(_, shape)| (0..shape.iter().product()).flat_map(|_| next(0.8).to_le_bytes()).collect())
        .collect();
    let views = shapes
        .iter()
        .zip(&data)
        .map(|((name, shape), data)| (name.as_str(), TensorView::new(Dtype::F32, shape.clone(), data).unwrap()));
    std::fs::write(folder.join("model.safetensors"), safetensors::serialize(views, None).unwrap()).unwrap();
    std::fs::write(folder.join("config.json"), config(kind).to_string()).unwrap();
    std::fs::write(folder.join("tokenizer.json"), tokenizer().to_string()).unwrap();
}

/// A WordPiece vocabulary in which every fourth piece goes on with a word.
fn tokenizer() -> serde_json::Value {
    let piece = |id: usize| if id % 4 == 3 { format!("##p{id}") } else { format!("p{id}") };
    let vocab: serde_json::Map<String, serde_json::Value> = (0..VOCAB).map(|id| (piece(id), json!(id))).collect();
    json!({"version": "1.0", "added_tokens": [], "model": {
        "type": "WordPiece", "unk_token": "p0", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": vocab
    }})
}
