//! The page as a whole: structure, spans, escaping, bounds. Rows are made by hand, as a dataset would give them back.

use befund_core::{FoundBy, Label, RelationType, Task};
use serde_json::{Value, json};

use super::*;
use crate::read::{ReadMention, ReadRelation};
use befund_core::{Assertion, Subject, Temporality};

fn row(value: Value) -> Row {
    value.as_object().cloned().unwrap()
}

/// A mention of `part` of `text`.
fn mention(id: u32, task: Task, label: Label, text: &str, part: &str) -> ReadMention {
    let start = text.find(part).unwrap();
    ReadMention {
        mention_id: id,
        task,
        label,
        begin: 0,
        end: 0,
        byte_begin: start as u32,
        byte_end: (start + part.len()) as u32,
        text: part.into(),
        score: Some(0.5),
        found_by: FoundBy::Model,
        assertion: Assertion::Affirmed,
        temporality: Temporality::Current,
        subject: Subject::Patient,
        section: None,
        system: None,
        code: None,
        name: None,
    }
}

fn document(doc_id: &str, text: &str, mentions: Vec<ReadMention>) -> ReadDocument {
    ReadDocument {
        doc_id: doc_id.into(),
        is_ok: true,
        row: row(json!({
            "doc_id": doc_id, "shard": "a.jsonl", "text_sha256": doc_id, "n_bytes": text.len(), "n_chars": 1, "language": "de",
            "status": "ok"
        })),
        mentions,
        relations: Vec::new(),
        tnm: Vec::new(),
        medications: Vec::new(),
        findings: Vec::new(),
    }
}

fn finding(verdict: &str, severity: &str) -> Row {
    row(json!({
        "finding_id": 0, "rule_id": "dose", "verdict": verdict, "severity": severity, "message": "5 g & more", "mention_ids": [0],
        "citation": "SmPC"
    }))
}

fn page(options: ReportOptions, documents: Vec<(ReadDocument, &str)>) -> String {
    let mut page = ReportPage::new(RunManifest::default(), options);
    let mut texts = HashMap::new();
    for (document, text) in documents {
        texts.insert(wanted(&document), SourceText::of(text));
        page.add(document);
    }
    assert!(page.wanted().iter().all(|wanted| texts.contains_key(wanted)));
    page.render(&texts)
}

/// What stands between `before` and `after`.
fn between<'h>(html: &'h str, before: &str, after: &str) -> &'h str {
    html.split_once(before).unwrap().1.split_once(after).unwrap().0
}

/// The text of the first document as a browser would read it, and its elements in order.
fn read_text(html: &str) -> (String, Vec<String>) {
    let markup = between(html, "<div class=\"text\" lang=\"de\">", "</div>");
    let (mut text, mut tags, mut depth) = (String::new(), Vec::new(), 0);
    for piece in markup.split_inclusive(['<', '>']) {
        match piece.strip_suffix('>') {
            Some("/mark") => depth -= 1,
            Some(tag) => {
                depth += 1;
                tags.push(tag.to_owned());
            }
            None => text.push_str(piece.trim_end_matches('<')),
        }
        assert!(depth >= 0);
    }
    assert_eq!(depth, 0, "elements do not nest: {markup}");
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    (entities.iter().fold(text, |text, (entity, plain)| text.replace(entity, plain)), tags)
}

#[test]
fn spans_of_umlauts_combining_characters_and_crlf_leave_the_text_as_it_is() {
    let text = "\r\nBefu\u{308}nd 🙂:\r\n\tÜbelkeit unter <Metoprolol> \"47,5\" mg 'heute' & pT2a pN0.\r\n";
    let mentions = vec![
        mention(0, Task::Ade, Label::Ade, text, "Übelkeit"),
        mention(1, Task::Ade, Label::Drug, text, "Metoprolol"),
        mention(2, Task::Medication, Label::Drug, text, "Metoprolol"),
        mention(3, Task::Medication, Label::Strength, text, "47,5\" mg"),
        mention(4, Task::Tnm, Label::T, text, "u\u{308}nd 🙂"),
    ];
    let html = page(ReportOptions::default(), vec![(document("d", text, mentions), text)]);
    let (shown, tags) = read_text(&html);
    assert_eq!(shown, text);
    assert_eq!(tags.len(), 5);
    assert!(html.contains(">Übelkeit</mark>") && html.contains(">u\u{308}nd 🙂</mark>"));
}

#[test]
fn crossing_and_equal_spans_nest_and_keep_one_anchor_each() {
    let text = "abcdefgh";
    let of = |id, part| mention(id, Task::Tnm, Label::T, text, part);
    let mentions = vec![of(0, "abcd"), of(1, "abcd"), of(2, "cdef"), of(3, "efgh"), of(4, "fg")];
    let (shown, tags) = read_text(&page(ReportOptions::default(), vec![(document("d", text, mentions), text)]));
    assert_eq!(shown, text);
    let anchors = |id: u32| tags.iter().filter(|tag| tag.contains(&format!("id=\"d0m{id}\""))).count();
    assert!((0..5).all(|id| anchors(id) == 1), "{tags:?}");
    assert!(tags.len() > 5, "crossing spans were not cut: {tags:?}");
}

#[test]
fn a_span_that_does_not_fit_the_text_is_passed_over() {
    let text = "äöü";
    let mut beyond = mention(0, Task::Tnm, Label::T, text, "ä");
    (beyond.byte_begin, beyond.byte_end) = (1, 9);
    let (shown, tags) = read_text(&page(ReportOptions::default(), vec![(document("d", text, vec![beyond]), text)]));
    assert_eq!((shown.as_str(), tags.len()), (text, 0));
}

#[test]
fn assertion_and_time_are_shown_as_style() {
    let text = "kein pT4, V. a. pT3, früher pT1";
    let mut mentions: Vec<_> =
        ["pT4", "pT3", "pT1"].iter().zip(0..).map(|(part, id)| mention(id, Task::Tnm, Label::T, text, part)).collect();
    mentions[0].assertion = Assertion::Negated;
    mentions[1].assertion = Assertion::Possible;
    mentions[2].temporality = Temporality::History;
    let html = page(ReportOptions::default(), vec![(document("d", text, mentions), text)]);
    for class in ["tnm negated", "tnm possible", "tnm history"] {
        assert!(html.contains(&format!("class=\"{class}\" title=")), "{class}");
    }
}

#[test]
fn nothing_in_a_dataset_can_become_markup() {
    let evil = "</div></title><script>alert(1)</script><img src=x onerror=alert(1)> \"' ${x}";
    let mut one =
        document(evil, evil, vec![mention(0, Task::Medication, Label::Drug, evil, "<script>alert(1)</script>")]);
    one.mentions[0].name = Some(evil.into());
    one.mentions[0].section = Some(evil.into());
    one.mentions.push(mention(1, Task::Ade, Label::Ade, evil, "<img src=x"));
    let (score, assertion) = (None, Assertion::Affirmed);
    one.relations =
        vec![ReadRelation { relation_id: 0, kind: RelationType::Causes, head: 0, tail: 1, score, assertion }];
    let everywhere = |columns: &[&str]| row(columns.iter().map(|name| (name.to_string(), json!(evil))).collect());
    one.tnm = vec![everywhere(&["t", "n", "stage", "derived_stage", "site", "text", "assertion", "t_prefix", "grade"])];
    one.medications = vec![everywhere(&["drug", "inn", "form", "schedule", "status", "indication"])];
    one.findings = vec![everywhere(&["rule_id", "severity", "message", "citation"])];
    one.findings[0].insert("verdict".into(), "implausible".into());
    one.row.insert("language".into(), evil.into());
    let mut fault = document(evil, "", Vec::new());
    fault.is_ok = false;
    fault.row.insert("fault".into(), evil.into());
    let mut page = ReportPage::new(RunManifest::default(), ReportOptions::default());
    page.manifest.inputs = vec![crate::InputIdentity { path: evil.into(), ..Default::default() }];
    page.manifest.model = Some(crate::ModelIdentity { id: evil.into(), sha256: evil.into() });
    page.manifest.options.insert(evil.into(), evil.into());
    let shown = HashMap::from([(wanted(&one), SourceText::of(evil))]);
    let missing = HashMap::from([(wanted(&one), SourceText::Missing(evil.into()))]);
    page.add(one);
    page.add(fault);
    for texts in [shown, missing] {
        let html = page.render(&texts);
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(html.matches("</script").count(), 1);
        assert!(!html.contains("<img") && !html.contains("\"' $"));
        assert!(html.matches("&lt;script&gt;alert(1)&lt;/script&gt;").count() > 20);
    }
}

#[test]
fn the_policy_names_the_digests_of_what_stands_in_the_page() {
    let html = page(ReportOptions::default(), Vec::new());
    let digest = |text: &str| format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())));
    let policy = between(&html, "Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; "));
    assert!(policy.contains(&format!("script-src '{}'", digest(between(&html, "<script>", "</script>")))));
    assert!(policy.contains(&format!("style-src '{}'", digest(between(&html, "<style>", "</style>")))));
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains(" style=\""));
    assert!(is_report(html.as_bytes()) && !is_report(b"<!DOCTYPE html>"));
}

#[test]
fn a_missing_text_is_said_and_its_mentions_are_listed() {
    let text = "unter Metoprolol";
    let one = document("d", text, vec![mention(0, Task::Medication, Label::Drug, text, "Metoprolol")]);
    let mut page = ReportPage::new(RunManifest::default(), ReportOptions::default());
    let texts = HashMap::from([(wanted(&one), SourceText::Missing("a.jsonl is not there.".into()))]);
    page.add(one);
    let html = page.render(&texts);
    assert!(html.contains("The text is not shown: a.jsonl is not there. The mentions are listed instead."));
    assert!(html.contains("<tr id=\"d0m0\"><td><mark class=\"medication\" data-label=\"Drug\">Metoprolol</mark></td>"));
}

#[test]
fn documents_with_the_gravest_findings_come_first_and_what_is_left_out_is_said() {
    let with = |name: &str, findings: Vec<Row>| {
        let mut one = document(name, "x", Vec::new());
        one.findings = findings;
        (one, "x")
    };
    let documents = vec![
        with("plain", Vec::new()),
        with("minor", vec![finding("implausible", "minor")]),
        with("fine", vec![finding("ok", "info")]),
        with("grave", vec![finding("cannot_tell", "info"), finding("implausible", "contraindicated")]),
    ];
    let html = page(ReportOptions { n_documents: 3, n_rows: 2 }, documents);
    let names: Vec<&str> = html.split("<summary><b>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(names, ["grave", "minor", "plain"]);
    assert!(html.contains("3 of 4 documents are here (the limit is --documents). "));
    assert!(html.contains("The first 2 of 4 rows are here"));
    // A row whose document is not on the page has no link.
    assert!(html.contains("<a href=\"#d0m0\">grave</a>") && !html.contains(">fine</a>"));
}

#[test]
fn a_long_text_is_cut_at_a_character_and_the_page_says_so() {
    let text = "ä".repeat(TEXT_BYTES);
    let mut last = mention(0, Task::Tnm, Label::T, &text, "ä");
    (last.byte_begin, last.byte_end) = (text.len() as u32 - 2, text.len() as u32);
    let html = page(ReportOptions::default(), vec![(document("d", &text, vec![last]), &text)]);
    let (shown, tags) = read_text(&html);
    assert_eq!((shown.len(), tags.len()), (TEXT_BYTES, 0));
    assert!(html.contains("The first 262,144 of 524,288 bytes are shown."));
}

#[test]
fn the_same_rows_give_the_same_page() {
    let make = || page(ReportOptions::default(), vec![(document("d", "x", Vec::new()), "x")]);
    assert_eq!(make(), make());
}
