//! A dataset handed on: what is exported, in which codes, and what is left out with which reason.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use befund_core::*;
use befund_sink::{CsvDialect, ExportReport, ExportSpec, ExportTarget, ReportKind, export, read_totals};
use quick_xml::events::Event;
use serde_json::Value;

const TEXT: &str = "Kolonresektat. pT3 pN1a (2/14) cM0 L1 G2 R0. Früher pT1.";

/// A row with nothing but T, N and M.
fn stage(t: Option<(&str, Option<&str>)>, n: Option<(&str, Option<&str>)>, m: Option<(&str, Option<&str>)>) -> TnmRow {
    let value = |axis: Option<(&str, Option<&str>)>| axis.map(|(value, _)| value.to_owned());
    let prefix = |axis: Option<(&str, Option<&str>)>| axis.and_then(|(_, prefix)| prefix).map(str::to_owned);
    TnmRow {
        t: value(t),
        n: value(n),
        m: value(m),
        t_prefix: prefix(t),
        n_prefix: prefix(n),
        m_prefix: prefix(m),
        r_recurrence: false,
        multiplicity: None,
        t_suffix: None,
        n_suffix: None,
        m_suffix: None,
        nodes_positive: None,
        nodes_examined: None,
        sentinel_positive: None,
        sentinel_examined: None,
        l: None,
        v: None,
        pn: None,
        s: None,
        r: None,
        grade: None,
        stage: None,
        stage_system: None,
        edition: None,
        gleason_primary: None,
        gleason_secondary: None,
        isup: None,
        breslow_mm: None,
        clark: None,
        site: Some("C18.7".into()),
        assertion: Assertion::Affirmed,
        temporality: Temporality::Current,
        derived_stage: None,
        flags: Vec::new(),
        ..common::tnm(TEXT, "pT3 pN1a (2/14) cM0 L1 G2 R0")
    }
}

/// `pT3 pN1a(sn) (2/14) cM0 L1 G2 R0`, UICC IIIB, TNM 8.
fn whole() -> TnmRow {
    let some = |text: &str| Some(text.to_owned());
    TnmRow {
        n_suffix: some("(sn)"),
        nodes_positive: Some(2),
        nodes_examined: Some(14),
        l: some("1"),
        grade: some("2"),
        r: some("0"),
        stage: some("IIIB"),
        stage_system: some("uicc"),
        edition: some("8"),
        derived_stage: some("IIIA"),
        flags: vec!["inherited_prefix".into()],
        y: true,
        ..stage(Some(("3", Some("p"))), Some(("1a", Some("p"))), Some(("0", Some("c"))))
    }
}

/// A dataset of one document a list of statements.
fn dataset(dir: &Path, documents: Vec<Vec<TnmRow>>) {
    let mut sink: Box<dyn Sink> = common::create(dir, 10);
    for (sequence, tnm) in documents.into_iter().enumerate() {
        let document = Document::new(sequence as u64, "a.arrow", &format!("d{sequence}"), TEXT);
        let mut rows = Rows::of(&document, Language::De);
        rows.tnm = tnm.into_iter().enumerate().map(|(id, row)| TnmRow { statement_id: id as u32, ..row }).collect();
        sink.write(rows).unwrap();
    }
    sink.close().unwrap();
}

const FACTS: &str = "doc_id,patient_id,last_name,first_names,birth_date,sex,diagnosis_date,icd10_version,notification_basis,own_service\n\
                     *,,Muster,Erika,1956,W,2024-03,10 2024 GM,D,J\n";

fn spec(dir: &Path, target: ExportTarget) -> ExportSpec {
    let metadata = dir.join("facts.csv");
    fs::write(&metadata, FACTS).unwrap();
    ExportSpec {
        dataset: dir.join("data"),
        out: dir.join("out"),
        target,
        metadata: Some(metadata),
        patient_id_from_doc_id: true,
        report: None,
        sender_id: Some("12345".into()),
        report_date: Some("2024-05-02".into()),
        patient_system: None,
        documents_per_file: 1000,
        dialect: CsvDialect::Programs,
    }
}

/// Exports; returns the report and the lines of left_out.csv as "document statement part reason".
fn run(
    documents: Vec<Vec<TnmRow>>,
    target: ExportTarget,
    change: impl Fn(&mut ExportSpec),
) -> (ExportReport, Vec<String>, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    dataset(&dir.path().join("data"), documents);
    let mut spec = spec(dir.path(), target);
    change(&mut spec);
    let report = export(&spec).unwrap();
    let mut lines = csv::Reader::from_path(spec.out.join("left_out.csv")).unwrap();
    let left_out = lines.records().map(|line| line.unwrap().iter().take(4).collect::<Vec<_>>().join(" ")).collect();
    (report, left_out, dir)
}

fn pathology(spec: &mut ExportSpec) {
    spec.report = Some(ReportKind::Pathology);
}

/// Elements with text as "Parent/Name=text", in document order, after reading the XML to its end.
fn leaves(dir: &tempfile::TempDir) -> Vec<String> {
    let xml = fs::read_to_string(dir.path().join("out/obds.xml")).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut path: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => path.push(start.name().as_ref().to_owned()),
            Event::Text(text) if !text.trim().is_empty() => {
                found.push(format!("{}={}", path[path.len().saturating_sub(2)..].join("/"), &*text));
            }
            Event::End(_) => drop(path.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty());
    found
}

#[test]
fn a_statement_becomes_a_meldung_in_the_registrys_codes_and_order() {
    let (report, left_out, dir) = run(vec![vec![whole()]], ExportTarget::Obds, pathology);
    assert_eq!((report.n_exported, report.n_left_out, left_out), (1, 0, vec![]));
    assert_eq!(report.files, ["left_out.csv", "obds.xml"]);
    let expected = "Meldedatum=2024-05-02 Ersatzkode=970000099 Nachname=Muster Vornamen=Erika Geschlecht=W Geburtsdatum=1956-07-01 \
        Meldebegruendung=D Eigene_Leistung=J Primaertumor_ICD/Code=C18.7 Primaertumor_ICD/Version=10_2024_GM Diagnosedatum=2024-03-15 \
        Primaertumor_Topographie_ICD_O/Code=C18.7 Primaertumor_Topographie_ICD_O/Version=33 Diagnosesicherung=9 Grading=2 \
        LK_untersucht=14 LK_befallen=2 pTNM/Version=8 y_Symbol=y c_p_u_Praefix_T=p pTNM/T=3 c_p_u_Praefix_N=p pTNM/N=1a(sn) \
        c_p_u_Praefix_M=c pTNM/M=0 pTNM/L=L1 UICC_Stadium=IIIB Lokale_Beurteilung_Residualstatus=R0 Art=befund_flag \
        Wert=inherited_prefix Art=befund_flag Wert=icd10_from_site Art=befund_derived_stage Wert=IIIA";
    let found = leaves(&dir);
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.replace(' ', "_").ends_with(expected), "{found} is not {expected}");
    }
    let xml = fs::read_to_string(dir.path().join("out/obds.xml")).unwrap();
    for part in [
        r#"<oBDS xmlns="http://www.basisdatensatz.de/oBDS/XML" Schema_Version="3.0.4">"#,
        r#"<Absender Absender_ID="12345" Software_ID="befund""#,
        r#"<Patient Patient_ID="d0">"#,
        r#"<Meldung Meldung_ID="d0.0" Melder_ID="12345">"#,
        r#"<Tumorzuordnung Tumor_ID="C18.7-1">"#,
        r#"<Geburtsdatum Datumsgenauigkeit="M">"#,
        r#"<Melder ID="12345"/>"#,
    ] {
        assert!(xml.contains(part), "{part}");
    }
}

#[test]
fn a_category_without_its_letter_is_p_in_a_pathologists_report_and_never_c() {
    let bare = || stage(Some(("2", None)), Some(("0", None)), Some(("0", None)));
    let (report, left_out, dir) = run(vec![vec![bare()]], ExportTarget::Obds, pathology);
    assert_eq!((report.n_exported, left_out), (1, vec![]));
    let found = leaves(&dir);
    for leaf in ["pTNM/c_p_u_Praefix_T=p", "pTNM/c_p_u_Praefix_N=p", "pTNM/c_p_u_Praefix_M=c"] {
        assert!(found.iter().any(|one| one == leaf), "{leaf}: {found:?}");
    }
    for flag in ["t_prefix_from_report", "n_prefix_from_report", "m_is_clinical"] {
        assert!(found.contains(&format!("Zusatzitem/Wert={flag}")), "{flag}");
    }
    for kind in [None, Some(ReportKind::Clinical)] {
        let (report, left_out, dir) = run(vec![vec![bare()]], ExportTarget::Obds, |spec| spec.report = kind);
        assert_eq!((report.n_exported, report.n_left_out, report.n_mendable), (0, 1, 1));
        assert_eq!(left_out, ["d0 0 statement prefix_not_stated"]);
        assert!(!dir.path().join("out/obds.xml").exists());
    }
}

#[test]
fn what_does_not_hold_is_left_out_of_every_format_with_its_reason() {
    let changed = |change: fn(&mut TnmRow)| {
        let mut row = whole();
        change(&mut row);
        row
    };
    let statements = || {
        vec![
            changed(|row| row.assertion = Assertion::Possible),
            changed(|row| row.temporality = Temporality::History),
            changed(|row| row.flags = vec!["family".into()]),
            changed(|row| row.flags = vec!["inferred".into()]),
            changed(|row| (row.t, row.n, row.m, row.stage) = (None, None, None, None)),
        ]
    };
    for target in [ExportTarget::Obds, ExportTarget::Fhir] {
        let (report, left_out, _dir) = run(vec![statements()], target, pathology);
        assert_eq!((report.n_exported, report.n_left_out, report.n_mendable), (0, 5, 0));
        let reasons: Vec<&str> = left_out.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
        assert_eq!(reasons, ["not_affirmed", "not_current", "family", "inferred", "no_category"]);
    }
}

#[test]
fn what_a_registry_needs_and_nobody_gave_is_asked_for() {
    let no_site = TnmRow { site: None, site_code: None, ..whole() };
    let (_, left_out, _dir) = run(vec![vec![no_site]], ExportTarget::Obds, |spec| {
        pathology(spec);
        spec.patient_id_from_doc_id = false;
        fs::write(spec.metadata.as_ref().unwrap(), "doc_id,sex\n*,W\n").unwrap();
    });
    let fields: Vec<&str> = left_out.iter().map(|line| line.strip_prefix("d0 0 statement missing_").unwrap()).collect();
    let expected =
        "patient_id last_name first_names birth_date icd10 icd10_version diagnosis_date notification_basis own_service";
    assert_eq!(fields, expected.split(' ').collect::<Vec<_>>());
    let (_, left_out, _dir) = run(vec![vec![whole()]], ExportTarget::Fhir, |spec| spec.patient_id_from_doc_id = false);
    assert_eq!(left_out, ["d0 0 statement missing_patient_id"]);
    let in_situ = TnmRow { t: Some("is".into()), ..whole() };
    let (_, left_out, _dir) = run(vec![vec![in_situ]], ExportTarget::Obds, pathology);
    assert_eq!(left_out, ["d0 0 statement icd10_unclear"]);
}

#[test]
fn a_part_without_a_code_is_listed_and_the_rest_exported() {
    let odd = TnmRow {
        t: Some("2-3".into()),
        n: Some("+".into()),
        l: Some("2".into()),
        edition: Some("2010".into()),
        breslow_mm: Some(1.2),
        ..whole()
    };
    let (report, left_out, dir) = run(vec![vec![odd]], ExportTarget::Obds, pathology);
    assert_eq!(report.n_exported, 1);
    let expected = ["T range", "N no_code", "edition no_code", "L no_code", "breslow_mm no_place"];
    assert_eq!(left_out, expected.map(|line| format!("d0 0 {line}")));
    let found = leaves(&dir);
    assert!(found.contains(&"pTNM/M=0".to_owned()) && !found.iter().any(|leaf| leaf.starts_with("pTNM/T=")));
}

#[test]
fn scores_go_where_the_organ_has_a_place_for_them() {
    let prostate = TnmRow {
        site: Some("prostate".into()),
        site_code: Some("C61.9".into()),
        gleason_primary: Some(3),
        gleason_secondary: Some(4),
        isup: Some(2),
        stage_system: None,
        ..whole()
    };
    let (_, left_out, dir) = run(vec![vec![prostate]], ExportTarget::Obds, |_| {});
    assert_eq!(left_out, ["d0 0 stage system_not_stated", "d0 0 R report_not_stated"]);
    let found = leaves(&dir);
    for leaf in ["Primaertumor_ICD/Code=C61", "GleasonScore/ScoreErgebnis=7a", "Weitere_Klassifikation/Name=ISUP"] {
        assert!(found.contains(&leaf.to_owned()), "{leaf}: {found:?}");
    }
    assert!(found.contains(&"Diagnose/Allgemeiner_Leistungszustand=U".to_owned()));
}

#[test]
fn tumours_of_one_report_are_told_apart_and_repeats_are_not_sent_twice() {
    let second = TnmRow { t: Some("1".into()), ..whole() };
    let clinical = stage(Some(("3", Some("c"))), None, None);
    let (report, left_out, dir) = run(vec![vec![whole(), whole(), second, clinical]], ExportTarget::Obds, pathology);
    assert_eq!((report.n_exported, left_out), (3, vec!["d0 1 statement repeated".to_owned()]));
    let xml = fs::read_to_string(dir.path().join("out/obds.xml")).unwrap();
    let tumours: Vec<&str> = xml.split("Tumor_ID=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(tumours, ["C18.7-1", "C18.7-2", "C18.7-1"]);
}

#[test]
fn documents_of_one_patient_are_gathered_and_must_agree() {
    let facts = "doc_id,patient_id,last_name,first_names,birth_date,diagnosis_date,icd10_version,notification_basis,own_service\n\
                 *,p1,Muster,Erika,1956,2024,10 2024 GM,D,J\nd1,p2,Muster,Max,1957,,,,\nd2,,Muster,Erika,1955,,,,\nd9,p9,,,,,,,\n";
    let documents = || (0..4).map(|_| vec![whole()]).collect::<Vec<_>>();
    let with_facts = |spec: &mut ExportSpec| {
        pathology(spec);
        fs::write(spec.metadata.as_ref().unwrap(), facts).unwrap();
    };
    let (report, left_out, dir) = run(documents(), ExportTarget::Obds, with_facts);
    assert_eq!((report.n_exported, report.n_unused_metadata), (3, 1));
    assert_eq!(left_out, ["d2 0 statement patient_differs"]);
    let xml = fs::read_to_string(dir.path().join("out/obds.xml")).unwrap();
    assert_eq!((xml.matches("<Patient ").count(), xml.matches("<Meldung ").count()), (2, 3));
    let (_, _, again) = run(documents(), ExportTarget::Obds, with_facts);
    assert_eq!(xml, fs::read_to_string(again.path().join("out/obds.xml")).unwrap());
}

fn bundle(dir: &tempfile::TempDir) -> Vec<Value> {
    let text = fs::read_to_string(dir.path().join("out/bundle-00000.json")).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((bundle["resourceType"].as_str(), bundle["type"].as_str()), (Some("Bundle"), Some("collection")));
    bundle["entry"].as_array().unwrap().clone()
}

#[test]
fn a_statement_becomes_a_group_whose_references_resolve() {
    let (report, left_out, dir) = run(vec![vec![whole(), whole()], vec![whole()]], ExportTarget::Fhir, |_| {});
    assert_eq!((report.n_exported, left_out), (3, vec![]));
    let entries = bundle(&dir);
    let urls: BTreeSet<&str> = entries.iter().map(|entry| entry["fullUrl"].as_str().unwrap()).collect();
    assert_eq!(urls.len(), entries.len());
    let observations: Vec<&Value> =
        entries.iter().map(|entry| &entry["resource"]).filter(|one| one["resourceType"] == "Observation").collect();
    let patients = entries.len() - observations.len();
    // Group, T, N, M, L, y, two counts, R, G.
    assert_eq!((patients, observations.len()), (2, 30));
    for one in &observations {
        assert!(urls.contains(one["subject"]["reference"].as_str().unwrap()));
        for member in one["hasMember"].as_array().into_iter().flatten() {
            assert!(urls.contains(member["reference"].as_str().unwrap()));
        }
    }
    let code = |one: &Value| one["code"]["coding"][0]["code"].as_str().unwrap().to_owned();
    let value = |one: &Value| match &one["valueQuantity"]["value"] {
        Value::Null => one["valueCodeableConcept"]["coding"][0]["code"].as_str().unwrap().to_owned(),
        number => number.to_string(),
    };
    let found: Vec<String> = observations.iter().take(10).map(|one| format!("{} {}", code(one), value(one))).collect();
    let expected = "399588009 IIIB,384625004 T3,371494008 N1a,399387003 M0,395715009 L1,101658-3 421755005,21893-3 2,21894-1 14,84892-9 R0,33732-9 2";
    assert_eq!(found.join(","), expected);
    assert_eq!(observations[0]["method"]["coding"][0]["code"], "8");
    assert_eq!(observations[0]["bodySite"]["coding"][0]["code"], "C18.7");
    assert_eq!(observations[0]["hasMember"].as_array().unwrap().len(), 5);
    assert_eq!(observations[2]["hasMember"].as_array().unwrap().len(), 2);
    let suffix = &observations[2]["valueCodeableConcept"]["extension"][0];
    assert!(suffix["url"].as_str().unwrap().ends_with("/mii-ex-onko-tnm-sn-suffix"));
    assert_eq!(observations[1]["code"]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"], "p");
}

#[test]
fn a_value_outside_the_modules_sets_is_text_and_claims_no_profile() {
    let odd = TnmRow { stage: None, ..stage(Some(("2-3", None)), Some(("0", Some("c"))), None) };
    let (_, left_out, dir) = run(vec![vec![odd]], ExportTarget::Fhir, |_| {});
    assert_eq!(left_out, ["d0 0 T range"]);
    let entries = bundle(&dir);
    let (group, t) = (&entries[1]["resource"], &entries[2]["resource"]);
    assert_eq!(group["code"]["coding"][0]["code"], "399390009");
    assert_eq!(t["code"]["coding"][0]["code"], "78873005");
    assert_eq!(t["valueCodeableConcept"], serde_json::json!({ "text": "T2-3" }));
    assert!(t.get("meta").is_none() && t["code"].get("extension").is_none());
}

#[test]
fn bundles_are_cut_by_documents_and_each_stands_alone() {
    let (report, _, dir) =
        run((0..5).map(|_| vec![whole()]).collect(), ExportTarget::Fhir, |spec| spec.documents_per_file = 2);
    assert_eq!(report.files, ["left_out.csv", "bundle-00000.json", "bundle-00001.json", "bundle-00002.json"]);
    assert_eq!(bundle(&dir).iter().filter(|entry| entry["resource"]["resourceType"] == "Patient").count(), 2);
}

#[test]
fn every_table_becomes_a_csv_file_with_its_columns_and_rows() {
    let dir = tempfile::tempdir().unwrap();
    let mut sink: Box<dyn Sink> = common::create(&dir.path().join("data"), 4);
    common::run_of(10).for_each(|rows| sink.write(rows).unwrap());
    sink.close().unwrap();
    let counts = read_totals(&dir.path().join("data")).unwrap().counts();
    let report = export(&spec(dir.path(), ExportTarget::Csv)).unwrap();
    assert_eq!(report.files.len(), Table::ALL.len() + 1);
    for (table, schema) in Table::ALL.iter().zip(befund_sink::tables()) {
        let path = dir.path().join(format!("out/{table}.csv"));
        assert!(fs::read_to_string(&path).unwrap().contains("\r\n"));
        let mut lines = csv::Reader::from_path(path).unwrap();
        let names: Vec<&str> = schema.columns.iter().map(|column| column.name).collect();
        assert_eq!(lines.headers().unwrap().iter().collect::<Vec<_>>(), names);
        assert_eq!(lines.records().map(Result::unwrap).count() as u64, counts.get(*table));
    }
    let people = fs::read_to_string(dir.path().join("out/tnm_people.csv")).unwrap();
    assert!(people.contains("rpT2a(m2)tspN0(sn)") || people.contains("rpT2a(m2)ts pN0(sn)"), "{people}");
}

#[test]
fn a_folder_in_use_a_missing_option_and_a_missing_dataset_are_told_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    dataset(&dir.path().join("data"), vec![vec![whole()]]);
    let told = |change: fn(&mut ExportSpec)| {
        let mut spec = spec(dir.path(), ExportTarget::Obds);
        change(&mut spec);
        export(&spec).unwrap_err().to_string()
    };
    assert!(told(|spec| spec.sender_id = None).contains("--sender-id"));
    assert!(told(|spec| spec.report_date = Some("2024-05".into())).contains("--report-date YYYY-MM-DD"));
    assert!(told(|spec| spec.dataset = "/nowhere".into()).contains("give the folder of a befund dataset"));
    assert!(told(|spec| spec.out = spec.dataset.clone()).contains("is not empty; choose another --out"));
    assert!(
        told(|spec| fs::write(spec.metadata.as_ref().unwrap(), "doc_id,sex\n*,Erika\n").unwrap())
            .contains("(line 2, column sex)")
    );
    assert!(!dir.path().join("out").exists());
}
