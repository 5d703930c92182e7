//! Users' own checkpoints, and the hub they come from, against a server on this machine.

// Outside `#[test]` functions clippy.toml does not see that this is test code.
#![allow(clippy::unwrap_used)]

#[path = "common/tiny.rs"]
mod tiny;
#[path = "common/windows.rs"]
mod windows;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use befund_core::{Failure, Label, Task};
use befund_models::{DeviceSpec, Hub, LoadOptions, Model, ModelSpec};
use tiny::write_checkpoint;
use windows::{packed, window};

fn load(folder: &Path) -> Result<Model, Failure> {
    Model::load(&ModelSpec::Folder(folder.to_path_buf()), &DeviceSpec::Cpu, LoadOptions::default())
}

#[test]
fn every_kind_of_checkpoint_loads_and_a_batch_equals_its_singles() {
    for (kind, max_window_tokens) in [("bert", 24), ("distilbert", 24), ("xlm-roberta", 22), ("deberta-v2", 24)] {
        let folder = tempfile::tempdir().unwrap();
        write_checkpoint(folder.path(), kind);
        let model = load(folder.path()).unwrap_or_else(|failure| panic!("{kind}: {failure}"));
        assert_eq!(model.labels(), [(Task::Ade, Label::Drug), (Task::Ade, Label::Ade)], "{kind}");
        assert_eq!(model.max_window_tokens(), max_window_tokens, "{kind}");
        assert!(!model.has_relations());
        let windows: Vec<_> = (0..12).map(|i| window(i, 3 + i as usize, 40)).collect();
        let mut worker = model.worker(256).unwrap();
        let together = worker.extract(&packed(&windows)).unwrap();
        assert!(together.iter().any(|found| !found.mentions.is_empty()), "{kind} finds nothing");
        let singles: Vec<_> =
            windows.iter().flat_map(|window| worker.extract(&packed(std::slice::from_ref(window))).unwrap()).collect();
        assert_eq!(together, singles, "{kind}");
        assert!(worker.extract(&packed(&[window(0, 25, 40)])).is_err(), "{kind} takes a window that is too long");
    }
}

#[test]
fn a_label_that_is_not_mapped_is_refused_until_befund_json_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    write_checkpoint(folder.path(), "bert");
    let path = folder.path().join("config.json");
    let config = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, config.replace("-ADR", "-PROBLEM")).unwrap();
    let message = load(folder.path()).err().unwrap().to_string();
    assert!(message.contains("PROBLEM") && message.contains("befund.json"), "{message}");
    std::fs::write(folder.path().join("befund.json"), r#"{"labels": {"PROBLEM": "medication/Reason"}}"#).unwrap();
    assert_eq!(load(folder.path()).unwrap().tasks(), [Task::Medication]);
}

#[test]
fn weights_of_another_shape_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_checkpoint(folder.path(), "bert");
    let path = folder.path().join("config.json");
    let config = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, config.replace("\"vocab_size\":40", "\"vocab_size\":41")).unwrap();
    assert!(load(folder.path()).is_err());
    std::fs::write(&path, config.replace("\"bert\"", "\"gpt2\"")).unwrap();
    assert!(load(folder.path()).err().unwrap().to_string().contains("gpt2"));
}

/// Serves one repository the way the hub does and counts requests.
fn serve(folder: &Path) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (folder, counter) = (folder.to_path_buf(), Arc::new(AtomicUsize::new(0)));
    let requests = counter.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            requests.fetch_add(1, Ordering::SeqCst);
            answer(stream.unwrap(), &folder);
        }
    });
    (address, counter)
}

fn answer(mut stream: TcpStream, folder: &Path) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let path = lines.next().unwrap().split(' ').nth(1).unwrap().to_string();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    let mut reply = |status: &str, extra: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{extra}\r\n", body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    };
    if path == "/api/models/org/tiny/revision/main" {
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let siblings: Vec<_> = names.map(|name| serde_json::json!({ "rfilename": name })).collect();
        let listing = serde_json::json!({ "siblings": siblings, "sha": "c0ffee" }).to_string();
        return reply("200 OK", "content-type: application/json\r\n", listing.as_bytes());
    }
    let Some(bytes) =
        path.strip_prefix("/org/tiny/resolve/main/").and_then(|name| std::fs::read(folder.join(name)).ok())
    else {
        return reply("404 Not Found", "", b"");
    };
    let range = headers.iter().find_map(|line| line.strip_prefix("range: bytes=")).unwrap();
    let (first, last) = range.split_once('-').unwrap();
    let first: usize = first.parse().unwrap();
    let end = last.parse().map_or(bytes.len(), |last: usize| (last + 1).min(bytes.len()));
    let extra = format!(
        "etag: \"{}-{}\"\r\nx-repo-commit: c0ffee\r\ncontent-range: bytes {first}-{}/{}\r\n",
        path.rsplit('/').next().unwrap(),
        bytes.len(),
        end - 1,
        bytes.len()
    );
    reply("206 Partial Content", &extra, &bytes[first..end]);
}

#[test]
fn a_model_is_fetched_once_and_then_needs_no_network() {
    let (files, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_checkpoint(files.path(), "bert");
    let (endpoint, requests) = serve(files.path());
    let hub = Hub { endpoint, cache: cache.path().to_path_buf() };
    let folder = hub.fetch("org/tiny", None).unwrap();
    let asked = requests.load(Ordering::SeqCst);
    assert!(asked >= 4, "{asked} requests");
    assert_eq!(load(&folder).unwrap().sha256(), load(files.path()).unwrap().sha256());
    let offline = Hub { endpoint: "http://127.0.0.1:1".to_string(), ..hub };
    assert_eq!(offline.fetch("org/tiny", None).unwrap(), folder);
    assert_eq!(offline.fetch("org/tiny", Some("c0ffee")).unwrap(), folder);
    assert_eq!(requests.load(Ordering::SeqCst), asked);
}

#[test]
fn a_hub_that_does_not_answer_or_has_no_weights_is_a_failure() {
    let cache = tempfile::tempdir().unwrap();
    let offline = Hub { endpoint: "http://127.0.0.1:1".to_string(), cache: cache.path().to_path_buf() };
    let message = offline.fetch("org/tiny", None).unwrap_err().to_string();
    assert!(message.contains("hf:org/tiny cannot be fetched") && message.contains("folder"), "{message}");
    let files = tempfile::tempdir().unwrap();
    write_checkpoint(files.path(), "bert");
    std::fs::rename(files.path().join("model.safetensors"), files.path().join("pytorch_model.bin")).unwrap();
    let (endpoint, _) = serve(files.path());
    let hub = Hub { endpoint, cache: cache.path().to_path_buf() };
    assert!(hub.fetch("org/tiny", None).unwrap_err().to_string().contains("has no model.safetensors"));
    assert!(hub.fetch("org/other", None).is_err());
}
