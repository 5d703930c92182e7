//! The built-in model and copies of it, through the public door.

// Outside `#[test]` functions clippy.toml does not see that this is test code.
#![allow(clippy::unwrap_used)]

#[path = "common/windows.rs"]
mod windows;

use befund_core::{Found, Task, Window};
use befund_models::{DeviceSpec, LoadOptions, Model, ModelSpec, Precision};
use windows::{packed, window};

fn builtin() -> Model {
    builtin_in(Precision::F32)
}

fn builtin_in(precision: Precision) -> Model {
    Model::load(&ModelSpec::Builtin, &DeviceSpec::Cpu, LoadOptions { precision: Some(precision) }).unwrap()
}

fn windows() -> Vec<Window> {
    [12, 3, 40, 300, 7, 25, 2, 64, 90, 18].into_iter().enumerate().map(|(i, n)| window(i as u32, n, 32_000)).collect()
}

fn extract(model: &Model, windows: &[Window]) -> Vec<Found> {
    model.worker(4096).unwrap().extract(&packed(windows)).unwrap()
}

/// A folder with the built-in model's files.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["config.json", "manifest.json", "model.safetensors", "tokenizer.json"] {
        let from = concat!(env!("CARGO_MANIFEST_DIR"), "/deen/").to_string() + name;
        std::fs::copy(from, folder.path().join(name)).unwrap();
    }
    folder
}

fn load(folder: &std::path::Path) -> Result<Model, befund_core::Failure> {
    Model::load(&ModelSpec::Folder(folder.to_path_buf()), &DeviceSpec::Cpu, LoadOptions::default())
}

#[test]
fn the_built_in_model_says_what_it_is() {
    let model = builtin();
    assert_eq!(model.tasks(), Task::ALL);
    let labels: Vec<_> =
        Task::ALL.iter().flat_map(|&task| task.labels().iter().map(move |&label| (task, label))).collect();
    assert_eq!(model.labels().len(), labels.len());
    assert!(labels.iter().all(|label| model.labels().contains(label)));
    assert!(model.has_relations());
    assert_eq!((model.max_window_tokens(), model.sha256().len()), (512, 64));
    assert_eq!((model.device().to_string().as_str(), model.precision().as_str()), ("cpu", "f32"));
    assert!(!model.id().is_empty() && model.tokenizer_json().starts_with(b"{"));
    let unasked = Model::load(&ModelSpec::Builtin, &DeviceSpec::Cpu, LoadOptions::default()).unwrap();
    assert_eq!(unasked.precision().as_str(), "int8");
}

#[test]
fn every_weight_of_a_layer_is_multiplied_and_added_once_a_token() {
    // 12 layers of 4 x 384 x 384 and 2 x 384 x 1536 weights; heads of 27, 7 and 17 classes. Attention: scores and sums for each pair.
    let weights = 12.0 * (4.0 * 384.0 * 384.0 + 2.0 * 384.0 * 1536.0) + 384.0 * (27.0 + 7.0 + 17.0);
    let operations = builtin().operations([10, 30]).unwrap();
    assert_eq!(operations.linear, 40.0 * 2.0 * weights);
    assert_eq!(operations.attention, 12.0 * 2.0 * 2.0 * 384.0 * (10.0 * 10.0 + 30.0 * 30.0));
}

#[test]
fn a_batch_equals_its_singles() {
    for precision in [Precision::F32, Precision::Int8] {
        let (model, windows) = (builtin_in(precision), windows());
        let together = extract(&model, &windows);
        let singles: Vec<Found> =
            windows.iter().flat_map(|window| extract(&model, std::slice::from_ref(window))).collect();
        assert_eq!(together, singles);
        let backwards: Vec<Window> = windows.iter().rev().cloned().collect();
        assert!(together.iter().eq(extract(&model, &backwards).iter().rev()));
    }
}

#[test]
fn two_workers_find_what_one_finds() {
    let (model, windows) = (builtin(), windows());
    let one = extract(&model, &windows);
    let (first, second) = windows.split_at(5);
    let two = std::thread::scope(|scope| {
        let first = scope.spawn(|| extract(&model, first));
        let second = scope.spawn(|| extract(&model, second));
        [first.join().unwrap(), second.join().unwrap()].concat()
    });
    assert_eq!(one, two);
}

#[test]
fn mentions_are_ordered_and_relations_point_at_them() {
    for (found, window) in extract(&builtin(), &windows()).iter().zip(windows()) {
        assert_eq!(found.origin, window.origin);
        assert!(found.mentions.is_sorted_by_key(|mention| mention.span));
        assert!(found.mentions.iter().all(|it| !it.span.is_empty() && it.score > Some(0.0) && it.score <= Some(1.0)));
        let n = found.mentions.len() as u32;
        assert!(found.relations.iter().all(|it| it.head < n && it.tail < n && it.score > Some(0.5)));
    }
}

#[test]
fn an_empty_batch_gives_nothing_and_a_broken_one_is_refused() {
    let mut worker = builtin().worker(64).unwrap();
    assert_eq!(worker.cost().max_batch_tokens, 64);
    assert!(worker.extract(&packed(&[])).unwrap().is_empty());
    let mut batch = packed(&windows());
    batch.spans.pop();
    assert!(worker.extract(&batch).is_err());
}

#[test]
fn a_copy_in_a_folder_is_the_same_model() {
    let folder = copy();
    let model = load(folder.path()).unwrap();
    assert_eq!((model.id(), model.sha256()), (builtin().id(), builtin().sha256()));
}

#[test]
fn changed_and_truncated_weights_are_refused() {
    let folder = copy();
    let path = folder.path().join("model.safetensors");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert!(load(folder.path()).err().unwrap().to_string().contains("sha256"));
    std::fs::write(&path, &bytes[..last]).unwrap();
    assert!(load(folder.path()).err().unwrap().to_string().contains("bytes"));
    std::fs::remove_file(&path).unwrap();
    assert!(load(folder.path()).err().unwrap().to_string().contains("model.safetensors"));
}

#[test]
fn what_is_not_there_is_an_error() {
    let spec = ModelSpec::Builtin;
    assert!(Model::load(&spec, &DeviceSpec::Cuda(99), LoadOptions::default()).is_err());
    assert!(Model::load(&spec, &DeviceSpec::Cpu, LoadOptions { precision: Some(Precision::Bf16) }).is_err());
    assert!(load(std::path::Path::new("no/such/folder")).err().unwrap().to_string().contains("no/such/folder"));
}
