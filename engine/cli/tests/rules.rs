//! `befund rules` and `--rules FILE`, as a pharmacist types them.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{befund, extract, texts};

const HEAD: &str = "id\tkind\tdrugs\tlimit\tunit\tseverity\tmessage\tcitation\n";

#[test]
fn a_rule_file_with_a_mistake_stops_the_run_before_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let (input, rules, out) = (folder.path().join("a.txt"), folder.path().join("site.tsv"), folder.path().join("out"));
    fs::write(&input, "Torasemid 100 mg 1-0-0").unwrap();
    for (row, reason) in [
        ("a\tmax_daily\ttorasemid\t50\tmg\tminor\tm\tc", "line 2: torasemid is no INN; did you mean torasemide?"),
        ("a\tmax_daily\ttorasemide\t50\tmgg\tminor\tm\tc", "line 2: unknown unit mgg"),
        ("a\tmax_daily\ttorasemide\t50\tmg\tbad\tm\tc", "line 2: unknown severity bad"),
    ] {
        fs::write(&rules, format!("{HEAD}{row}\n")).unwrap();
        let more = ["--found-by", "rules", "--rules", rules.to_str().unwrap()];
        let words = String::from_utf8(extract(&input, &out, &more, 2).stderr).unwrap();
        assert!(words.contains(reason), "{words}");
        assert!(!out.exists());
    }
}

#[test]
fn the_rules_of_a_site_are_applied_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (input, rules, out) = (folder.path().join("a.txt"), folder.path().join("site.tsv"), folder.path().join("out"));
    fs::write(&input, "Torasemid 100 mg 1-0-0").unwrap();
    fs::write(&rules, format!("{HEAD}site-1\tmax_daily\ttorasemide\t50\tmg\tminor\tabove our limit\tour list, p. 3\n"))
        .unwrap();
    let rules = rules.to_str().unwrap();
    extract(&input, &out, &["--found-by", "rules", "--quiet", "--rules", rules], 0);
    assert_eq!(texts(&out, "findings", "rule_id"), ["site-1"]);
    assert_eq!(texts(&out, "findings", "citation"), ["our list, p. 3"]);
    let shown = befund().args(["rules", "show", "site-1", "--rules", rules]).output().unwrap();
    assert!(String::from_utf8(shown.stdout).unwrap().contains("our list, p. 3"));
    let listed = befund().args(["rules", "list", "--drug", "Beloc-Zok"]).output().unwrap();
    assert!(String::from_utf8(listed.stdout).unwrap().contains("class-beta-blockers"));
    let unknown = befund().args(["rules", "show", "nothing"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}
