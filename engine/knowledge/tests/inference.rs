//! Inferred T and N: what counts as a description, what it becomes, and where nothing is inferred.

mod common;

use befund_core::{Document, Language, TnmRow};
use common::{rows_of, with_inferred};

fn all(text: &str, language: Language, metadata: &[(&str, &str)]) -> Vec<TnmRow> {
    let mut document = Document::new(0, "s", "d", text);
    document.metadata = metadata.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let stated = rows_of(&document).tnm;
    let rows = with_inferred(&document, language, 0.5).tnm;
    assert_eq!(rows[..stated.len()], stated, "inference changed what is stated");
    for (row, id) in rows.iter().zip(0..) {
        assert_eq!(row.statement_id, id);
        assert!(text.get(row.span.range()).is_some_and(|part| !part.is_empty()));
    }
    rows
}

fn inferred(rows: &[TnmRow]) -> Vec<&TnmRow> {
    rows.iter().filter(|row| row.flags.iter().any(|flag| flag == "inferred")).collect()
}

/// N, positive and examined nodes of the one inferred N.
fn nodes(text: &str, language: Language) -> Option<(String, Option<u32>, Option<u32>)> {
    let rows = all(text, language, &[]);
    let of_n: Vec<&TnmRow> = inferred(&rows).into_iter().filter(|row| row.n.is_some()).collect();
    assert!(of_n.len() <= 1, "{text}");
    of_n.first().map(|row| (row.n.clone().unwrap_or_default(), row.nodes_positive, row.nodes_examined))
}

#[test]
fn node_counts_make_n() {
    let n = |value: &str, positive, examined| Some((value.to_owned(), positive, examined));
    for (text, want) in [
        ("Adenokarzinom des Kolons. 0 von 12 Lymphknoten befallen.", n("0", Some(0), Some(12))),
        ("Kolonkarzinom, Lymphknoten 0/17 LK.", n("0", Some(0), Some(17))),
        ("Mammakarzinom links. Alle 12 Lymphknoten tumorfrei.", n("0", Some(0), Some(12))),
        ("Kolonkarzinom. Kein Anhalt für Metastasen in 9 Lymphknoten.", n("0", Some(0), Some(9))),
        ("Kolonkarzinom. Zwei der 14 Lymphknoten befallen.", n("+", Some(2), Some(14))),
        ("Prostatakarzinom. Metastasen in 2 von 14 Lymphknoten.", n("1", Some(2), Some(14))),
        ("Nierenzellkarzinom. Lymphknoten: 1/3, 0/4.", n("1", Some(1), Some(3))),
        ("Magenkarzinom. Lymphknoten 0/3 und 0/4.", n("0", None, None)),
    ] {
        assert_eq!(nodes(text, Language::De), want, "{text}");
    }
    for (text, want) in [
        ("Colon carcinoma. 0 of 12 lymph nodes positive.", n("0", Some(0), Some(12))),
        ("Breast carcinoma. No evidence of metastasis in 14 lymph nodes.", n("0", Some(0), Some(14))),
        ("Carcinoma of the prostate. Metastatic carcinoma in 1 of 9 lymph nodes.", n("1", Some(1), Some(9))),
        ("Breast carcinoma. Metastatic carcinoma in 3 of 9 lymph nodes.", n("+", Some(3), Some(9))),
    ] {
        assert_eq!(nodes(text, Language::En), want, "{text}");
    }
}

#[test]
fn nothing_is_inferred_where_it_is_stated_or_no_cancer_is_told_of() {
    for text in [
        "Kolonkarzinom, pT3 pN1a. Später: 0/12 Lymphknoten.",
        "Kolonkarzinom, Z. n. pT2 pN0 2011. 0/12 Lymphknoten.",
        "Tubuläres Adenom des Kolons. 0/12 Lymphknoten.",
        "Kein Anhalt für ein Karzinom im Kolon. 0/12 Lymphknoten.",
        "Glioblastom des Gehirns, kein Karzinom. Lymphknoten 0/2.",
    ] {
        assert!(nodes(text, Language::De).is_none(), "{text}");
    }
}

#[test]
fn a_category_stands_beside_an_x_and_says_so() {
    let rows = all("Kolonkarzinom, pT3 pNX. Alle 4 Lymphknoten tumorfrei.", Language::De, &[]);
    assert_eq!(rows[0].n.as_deref(), Some("X"));
    assert_eq!(rows[1].n.as_deref(), Some("0"));
    assert_eq!(rows[1].flags, ["beside_x", "inferred", "node_count"]);
    assert!(rows[1].t.is_none() && rows[1].formula.is_none() && rows[1].derived_stage.is_none());
}

const KIDNEY: &str = "Right kidney, radical nephrectomy: Renal cell carcinoma, clear cell type, Fuhrman nuclear grade 2.\n\
    The tumor measures 3.2 x 3.0 x 2.8 cm.\nThe tumor is confined to the kidney, without capsular invasion.\n\
    The renal vein and the margins of resection are free of tumor.\nThe adrenal gland is unremarkable.";

#[test]
fn a_described_t_is_inferred_with_its_score_and_the_sentence_that_speaks_for_it() {
    let rows = all(KIDNEY, Language::En, &[]);
    let t: Vec<&TnmRow> = inferred(&rows).into_iter().filter(|row| row.t.is_some()).collect();
    assert_eq!(t.len(), 1);
    assert_eq!(t[0].t.as_deref(), Some("1"));
    assert!(t[0].score.is_some_and(|score| (0.5..=1.0).contains(&score)));
    assert_eq!((t[0].site.as_deref(), t[0].t_prefix.as_deref()), (Some("kidney"), None));
    assert!(t[0].span.len() < KIDNEY.len());
}

#[test]
fn the_model_is_asked_only_about_what_it_was_taught() {
    let has_t = |text: &str, language, metadata: &[(&str, &str)]| {
        inferred(&all(text, language, metadata)).iter().any(|row| row.t.is_some())
    };
    assert!(has_t(KIDNEY, Language::En, &[]));
    assert!(!has_t(KIDNEY, Language::De, &[]), "another language");
    assert!(!has_t(KIDNEY, Language::En, &[("organ", "stomach")]), "another site");
    let sarcoma = KIDNEY.replace("Renal cell carcinoma, clear cell type", "Leiomyosarcoma, no renal cell carcinoma");
    assert!(!has_t(&sarcoma, Language::En, &[]), "another kind of tumour");
}
