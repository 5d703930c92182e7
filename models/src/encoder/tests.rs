//! The encoder against candle-transformers and against PyTorch, with the built-in model's weights.

use std::collections::HashMap;

use candle_core::{DType, Device};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use serde_json::Value;

use super::*;
use crate::builtin::Builtin;
use crate::device::DeviceSpec;
use crate::head::host;
use crate::manifest::Manifest;
use crate::spec::Precision;
use crate::trained::{Files, Trained};

fn place(arithmetic: Arithmetic) -> Place {
    Place { device: Device::Cpu, dtype: DType::F32, arithmetic }
}

fn encoder(arithmetic: Arithmetic) -> Encoder {
    encoder_at(&place(arithmetic))
}

fn encoder_at(place: &Place) -> Encoder {
    let shape = Manifest::parse(&Builtin.read("manifest.json").unwrap(), "m").unwrap().encoder;
    let bytes = Builtin.read("model.safetensors").unwrap();
    Encoder::load(&Weights::parse(&bytes, "m").unwrap(), shape, place).unwrap()
}

/// Windows of these lengths with ids spread over the vocabulary.
fn batch(lengths: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let total: u32 = lengths.iter().sum();
    let ids = (0..total).map(|i| 3 + i.wrapping_mul(2_654_435_761) % 32_000).collect();
    let ends = lengths.iter().scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    (ids, std::iter::once(0).chain(ends).collect())
}

fn run(encoder: &Encoder, ids: &[u32], cu_seqlens: &[u32]) -> Vec<f32> {
    encoder.forward(ids, cu_seqlens, &mut Arena::default()).unwrap().host().unwrap().into_owned()
}

fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn stock() -> BertModel {
    let bytes = Builtin.read("model.safetensors").unwrap();
    let weights = Weights::parse(&bytes, "m").unwrap();
    let header = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let mut tensors = HashMap::new();
    for (name, view) in header.tensors() {
        let shape = view.shape().to_vec();
        let values = match shape[..] {
            [rows, columns] => weights.matrix(&name, rows, columns).unwrap(),
            [length] => weights.vector(&name, length).unwrap(),
            _ => continue,
        };
        tensors.insert(name, Tensor::from_vec(values, shape, &Device::Cpu).unwrap());
    }
    let config: Config = serde_json::from_slice(include_bytes!("../../deen/config.json")).unwrap();
    BertModel::load(VarBuilder::from_tensors(tensors, DType::F32, &Device::Cpu), &config).unwrap()
}

#[test]
fn hidden_states_are_those_of_candle_transformers() {
    let (ids, cu_seqlens) = batch(&[3, 17, 64, 200, 1]);
    let hidden = run(&encoder(Arithmetic::Kernels), &ids, &cu_seqlens);
    let stock = stock();
    let width = hidden.len() / ids.len();
    for border in cu_seqlens.windows(2) {
        let (first, end) = (border[0] as usize, border[1] as usize);
        let window = Tensor::from_slice(&ids[first..end], (1, end - first), &Device::Cpu).unwrap();
        let expected = stock.forward(&window, &window.zeros_like().unwrap(), None).unwrap();
        let difference = largest_difference(&hidden[first * width..end * width], &host(&expected).unwrap());
        assert!(difference < 1e-4, "{difference} in a window of {} tokens", end - first);
    }
}

#[test]
fn the_way_of_other_devices_agrees_with_our_kernels() {
    let (ids, cu_seqlens) = batch(&[5, 33, 2, 100, 16, 17, 3]);
    let own = run(&encoder(Arithmetic::Kernels), &ids, &cu_seqlens);
    let other = run(&encoder(Arithmetic::Tensors), &ids, &cu_seqlens);
    assert!(largest_difference(&own, &other) < 1e-4);
}

/// Says why where it is skipped: only a machine with a card can run it.
#[test]
fn a_card_agrees_with_our_kernels() {
    let device = match DeviceSpec::Cuda(0).open() {
        Ok(device) => device,
        Err(failure) => return println!("skipped: {failure}"),
    };
    let (ids, cu_seqlens) = batch(&[5, 33, 2, 100, 16, 17, 3, 64, 65, 500, 1]);
    let own = run(&encoder(Arithmetic::Kernels), &ids, &cu_seqlens);
    for (precision, most) in [(Precision::F32, 1e-4), (Precision::F16, 0.01), (Precision::Bf16, 0.05)] {
        let place = precision.place_on(&device).unwrap();
        let error = relative_error(&own, &run(&encoder_at(&place), &ids, &cu_seqlens));
        println!("relative error of hidden states in {}: {error:.1e}", precision.as_str());
        assert!(error < most, "{error} in {}", precision.as_str());
    }
}

#[test]
fn a_window_has_the_same_bits_in_any_batch() {
    let lengths: Vec<u32> = (1..=26).chain([61, 128, 200, 3, 7]).collect();
    let (ids, cu_seqlens) = batch(&lengths);
    for arithmetic in [Arithmetic::Kernels, Arithmetic::ByteKernels] {
        let encoder = encoder(arithmetic);
        let together = run(&encoder, &ids, &cu_seqlens);
        let width = together.len() / ids.len();
        // One arena for all: what an earlier window left behind must not matter.
        let mut arena = Arena::default();
        for border in cu_seqlens.windows(2) {
            let (first, end) = (border[0] as usize, border[1] as usize);
            let alone = encoder.forward(&ids[first..end], &[0, border[1] - border[0]], &mut arena).unwrap();
            assert!(*alone.host().unwrap() == together[first * width..end * width], "window at {first}");
        }
    }
}

#[test]
fn products_of_bytes_stay_near_the_floats() {
    let (ids, cu_seqlens) = batch(&[5, 33, 2, 100, 16, 17, 3]);
    let floats = run(&encoder(Arithmetic::Kernels), &ids, &cu_seqlens);
    let bytes = run(&encoder(Arithmetic::ByteKernels), &ids, &cu_seqlens);
    let error = relative_error(&floats, &bytes);
    println!("relative error of hidden states: {error:.4}");
    assert!(error < 0.1, "{error}");
}

#[test]
fn ids_and_windows_the_encoder_cannot_read_are_refused() {
    let encoder = encoder(Arithmetic::Kernels);
    for (ids, cu_seqlens) in [
        (vec![5, 32_005], vec![0, 2]),
        (vec![5; 513], vec![0, 513]),
        (vec![5; 4], vec![0, 3]),
        (vec![5; 4], vec![0, 3, 2, 4]),
        (vec![5; 4], vec![]),
    ] {
        assert!(encoder.forward(&ids, &cu_seqlens, &mut Arena::default()).is_err());
    }
}

/// `torch.json` is written by `python -m scripts.train.oracle --model models/deen --out models/tests/torch.json`.
#[test]
fn hidden_states_and_logits_are_those_of_torch() {
    let records: Vec<Value> = serde_json::from_str(include_str!("../../tests/torch.json")).unwrap();
    let model = Trained::load(&Builtin, &place(Arithmetic::Kernels)).unwrap().model;
    let width = model.manifest.encoder.hidden;
    let floats = |value: &Value| -> Vec<f32> {
        fn flat(value: &Value, into: &mut Vec<f32>) {
            match value {
                Value::Array(items) => items.iter().for_each(|item| flat(item, into)),
                other => into.push(other.as_f64().unwrap() as f32),
            }
        }
        let mut out = Vec::new();
        flat(value, &mut out);
        out
    };
    let mut largest = (0.0f32, 0.0f32, 0.0f32);
    for record in &records {
        let ids: Vec<u32> = floats(&record["ids"]).into_iter().map(|id| id as u32).collect();
        let mut arena = Arena::default();
        let hidden = model.encoder.forward(&ids, &[0, ids.len() as u32], &mut arena).unwrap();
        let states = hidden.host().unwrap();
        let first_8: Vec<f32> = states.chunks_exact(width).flat_map(|row| row[..8].to_vec()).collect();
        largest.0 = largest.0.max(largest_difference(&first_8, &floats(&record["hidden_first_8"])));
        for (scheme, logits) in model.heads.schemes.iter().zip(model.heads.logits(&hidden).unwrap()) {
            let expected = floats(&record["logits"][scheme.labels[0].0.as_str()]);
            largest.1 = largest.1.max(largest_difference(&logits, &expected));
        }
        let head = model.relations.as_ref().unwrap();
        let mut features = Vec::new();
        for pair in record["relation"]["pairs"].as_array().unwrap() {
            let range =
                |index: usize| pair[index][0].as_u64().unwrap() as usize..pair[index][1].as_u64().unwrap() as usize;
            head.push_features(&mut features, &range(0), &range(1), &states);
        }
        let expected = floats(&record["relation"]["logits"]);
        largest.2 = largest.2.max(largest_difference(&head.logits(&features), &expected));
        let told = model.status.as_ref().unwrap().logits(&states[width..3 * width]);
        largest.2 = largest.2.max(largest_difference(&told, &floats(&record["status"])));
    }
    println!(
        "largest difference to torch: hidden {}, token logits {}, relation and status logits {}",
        largest.0, largest.1, largest.2
    );
    assert!(
        largest.0 < 1e-4 && largest.1 < 1e-3 && largest.2 < 1e-3,
        "{largest:?}: was torch.json written for this model?"
    );
}
