//! Every candidate that is not reported has a reason.

mod common;

use befund_core::{Document, Found, FoundBy, Label, Mention, Normalize, Refusal, Span, Task};
use befund_knowledge::{FoundByMode, Rules, RulesOptions};
use common::{lines, rows};
use proptest::prelude::*;

fn refused(text: &str) -> Vec<(&str, Refusal)> {
    rows(text).refused.iter().map(|one| (one.span.of(text), one.reason)).collect()
}

#[test]
fn each_refusal_names_its_reason() {
    use Refusal::*;
    let cases: [(&str, &[(&str, Refusal)]); 18] = [
        ("In T2 hyperintens.", &[("T2", CueAgainst)]),
        ("Fraktur von L1 und BWK T4", &[("L1", CueAgainst), ("T4", CueAgainst)]),
        ("S1 nerve root", &[("S1", CueAgainst)]),
        ("EKG: V1", &[("V1", CueAgainst)]),
        ("Thyroid: T3 and T4 low", &[("T3", ThyroidHormones), ("T4", ThyroidHormones)]),
        ("Blocks N1-12", &[("N1", BlockOrLot)]),
        ("R1 = right lateral", &[("R1", Explained)]),
        ("pT1 = Tumor bis 2 cm", &[("pT1", Explained)]),
        ("NO TUMOR", &[("NO", ScannedAlone)]),
        ("pT2 NO TUMOR", &[("NO", Word)]),
        ("N2 lymph nodes", &[("N2", NodeStation)]),
        ("Zimmer T2 links", &[("T2", NoCue)]),
        ("T2Nase", &[("T2", RunsIntoAWord)]),
        ("NYHA Stadium III", &[("III", OtherDisease)]),
        ("Stadium III der Planung", &[("III", NoCue)]),
        ("grade 3 neutropenia", &[("grade 3", OtherDisease)]),
        ("[ ] pT1: Tumor [x] pT2: Tumor", &[("pT1", NotTicked)]),
        ("pT2 pN0 (0/12), UICC I", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(refused(text), expected, "{text}");
    }
}

#[test]
fn what_the_model_alone_saw_is_refused_by_its_score_or_by_the_grammar() {
    let text = "Befund T2 im Bild, ohne Wert";
    let mention = |start, end, score| Mention::by_model(Task::Tnm, Label::T, Span::new(start, end), score);
    let found = Found { mentions: vec![mention(7, 9, 0.4), mention(19, 23, 0.99)], ..Found::default() };
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Both }).telling_refusals();
    let rows = rules.normalize(&Document::new(0, "s", "d", text), &lines(text), found, None);
    let model: Vec<_> = rows.refused.iter().filter(|one| one.found_by == FoundBy::Model).collect();
    assert_eq!(model.iter().map(|one| one.reason).collect::<Vec<_>>(), [Refusal::ScoreTooLow, Refusal::NotReadable]);
    assert!(rows.mentions.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_there_is_reported_or_refused_and_never_both(
        words in proptest::collection::vec("(p|c|yp)?[TNMLVRSG][0-4XO]|[a-z]{1,6}|[.,;]|Tumor|MRT|Block", 0..12)
    ) {
        let text = words.join(" ");
        let rows = rows(&text);
        for one in &rows.refused {
            prop_assert!(!one.span.of(&text).is_empty());
            let reported = rows.mentions.iter().any(|row| row.label == one.label && row.span == one.span);
            prop_assert!(!reported || matches!(one.reason, Refusal::Explained | Refusal::NotTicked), "{}", text);
        }
        // A T with a figure and blanks around it is a mention or refused.
        for (at, word) in text.match_indices("T2") {
            let span = Span::new(at, at + word.len());
            let seen = rows.mentions.iter().map(|row| row.span).chain(rows.refused.iter().map(|one| one.span));
            prop_assert!(seen.into_iter().any(|other| other.overlaps(span)), "{}", text);
        }
    }
}
