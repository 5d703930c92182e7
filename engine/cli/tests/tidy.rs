//! The house rules that a compiler does not check: layers, headers, where `unsafe` and CUDA may stand, links in the documents, licences.
//!
//! Each rule is stated in engine/CONVENTIONS.md; a failure here names file and line.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files of the project, relative to its root; build output and ignored folders are passed over.
fn files(extensions: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let skipped = ["target", "out", ".git", "__pycache__", ".venv", "node_modules"].contains(&name.as_str());
            if entry.file_type().unwrap().is_dir() {
                if !skipped {
                    walk(&entry.path(), found);
                }
            } else {
                found.push(entry.path());
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), &mut found);
    found.retain(|path| path.extension().is_some_and(|extension| extensions.contains(&&*extension.to_string_lossy())));
    found.sort();
    assert!(!found.is_empty());
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<String> =
        files(&["rs"]).iter().filter(|path| !read(path).starts_with("//!")).map(|path| relative(path)).collect();
    assert!(silent.is_empty(), "no //! header: {silent:?}");
}

#[test]
fn source_files_stay_readable_in_one_sitting() {
    let long: Vec<String> = files(&["rs", "py"])
        .iter()
        .map(|path| (read(path).lines().count(), relative(path)))
        .filter(|(lines, _)| *lines > 600)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split these: {long:?}");
}

#[test]
fn unsafe_stands_only_where_the_conventions_name_it_and_cuda_only_at_the_device() {
    // Put together at run time, so that this file does not find itself. The products of bytes need instructions that Rust has no safe
    // form of; floats go through pulp and need none. A kernel for a card is started with arguments that no compiler sees.
    let needles = [
        (
            ["un", "safe "].concat(),
            &["engine/shard/src/map.rs", "models/src/kernel/products.rs", "models/src/device/fused.rs"][..],
        ),
        (["feature = \"cu", "da\""].concat(), &["models/src/device.rs"]),
    ];
    for path in files(&["rs"]) {
        let name = relative(&path);
        for (number, line) in read(&path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for (needle, homes) in &needles {
                assert!(
                    !code.contains(needle.as_str()) || homes.contains(&name.as_str()),
                    "{name}:{}: `{}` belongs into {homes:?}",
                    number + 1,
                    needle.trim()
                );
            }
        }
    }
}

/// What each crate may import from the house. Floors in engine/ARCHITECTURE.md.
fn layers() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("befund-core", &[][..]),
        ("befund-shard", &["befund-core"]),
        ("befund-text", &["befund-core"]),
        ("befund-knowledge", &["befund-core"]),
        ("befund-sink", &["befund-core"]),
        ("befund-models", &["befund-core"]),
        ("befund-run", &["befund-core"]),
        (
            "befund-job",
            &[
                "befund-core",
                "befund-shard",
                "befund-text",
                "befund-knowledge",
                "befund-sink",
                "befund-models",
                "befund-run",
            ],
        ),
        ("befund", &["befund-job"]),
        (
            "befund-bench",
            &[
                "befund-core",
                "befund-job",
                "befund-shard",
                "befund-text",
                "befund-knowledge",
                "befund-sink",
                "befund-models",
            ],
        ),
    ])
}

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn no_room_imports_its_sibling_or_a_floor_above() {
    let layers = layers();
    let members: Vec<serde_json::Value> = metadata()["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| package["source"].is_null())
        .cloned()
        .collect();
    assert_eq!(members.len(), layers.len(), "a crate is missing from the table of layers");
    for package in members {
        let name = package["name"].as_str().unwrap();
        let allowed = layers.get(name).unwrap_or_else(|| panic!("{name} is not in the table of layers"));
        for dependency in
            package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"].is_null())
        {
            let imported = dependency["name"].as_str().unwrap();
            assert!(!layers.contains_key(imported) || allowed.contains(&imported), "{name} must not import {imported}");
        }
    }
}

#[test]
fn every_dependency_has_a_licence_that_ours_can_carry() {
    let allowed: BTreeSet<&str> = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "0BSD",
        "Unlicense",
        "CC0-1.0",
        "BSL-1.0",
        "Unicode-3.0",
        "Unicode-DFS-2016",
        "CDLA-Permissive-2.0",
        "MIT-0",
        "Apache-2.0 WITH LLVM-exception",
        "MPL-2.0",
    ]
    .into();
    for package in metadata()["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let Some(expression) = package["license"].as_str() else {
            assert!(package["license_file"].is_string(), "{name} states no licence");
            continue;
        };
        // SPDX: of alternatives joined by OR one must do, of parts joined by AND all must. A slash is the old form of OR.
        let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
        let fine = plain.split(" AND ").all(|part| part.split(" OR ").any(|licence| allowed.contains(licence.trim())));
        assert!(fine, "{name}: {expression}");
    }
}

#[test]
fn paths_named_in_documents_exist() {
    let tops = ["engine/", "models/", "bench/", "datasets/", "scripts/"];
    for path in files(&["md"]) {
        for (number, line) in read(&path).lines().enumerate() {
            for quoted in line.split('`').skip(1).step_by(2) {
                let is_path =
                    tops.iter().any(|top| quoted.starts_with(top)) && !quoted.contains([' ', '*', '<', '{', '$']);
                let place = quoted.split('#').next().unwrap_or(quoted);
                assert!(
                    !is_path || root().join(place).exists(),
                    "{}:{}: {quoted} is not there",
                    relative(&path),
                    number + 1
                );
            }
        }
    }
}

#[test]
fn the_top_level_is_as_agreed_and_no_path_of_a_machine_is_written_down() {
    let agreed = [
        ".ci",
        ".git",
        ".gitattributes",
        ".gitignore",
        ".rustfmt.toml",
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "bench",
        "clippy.toml",
        "datasets",
        "engine",
        "models",
        "out",
        "scripts",
        "shared",
        "target",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(agreed.contains(&name.as_str()), "{name} at the top level was not agreed on");
    }
    let machine = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/ho", "me/"].concat()];
    for path in files(&["rs", "py", "md", "toml", "sh", "json", "tsv"]) {
        let text = read(&path);
        for needle in &machine {
            assert!(!text.contains(needle.as_str()), "{} names {needle}", relative(&path));
        }
    }
}
