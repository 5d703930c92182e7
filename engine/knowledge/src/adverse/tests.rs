//! The cues against sentences of `tests/cases/adverse_de.tsv`, and what is taken from the model.

use befund_core::{Label, Language, Layout, Sentence, Span};

use super::{excluded, scan, tidied};

/// The sentences joined by blanks, each a sentence of the layout.
fn document(sentences: &str, language: Language) -> (String, Layout) {
    let mut layout = Layout { language, ..Layout::default() };
    let mut text = String::new();
    for sentence in sentences.split(" | ") {
        let start = text.len();
        text += sentence;
        layout.sentences.push(Sentence { span: Span::new(start, text.len()), section: 0 });
        text.push(' ');
    }
    (text, layout)
}

fn pairs(sentences: &str) -> String {
    let language = if sentences.starts_with("The ") { Language::En } else { Language::De };
    let (text, layout) = document(sentences, language);
    let found = scan(&text, &layout);
    let mut pairs: Vec<_> = found
        .relations
        .iter()
        .map(|one| (found.mentions[one.head as usize].span, found.mentions[one.tail as usize].span))
        .collect();
    pairs.sort_by_key(|(drug, event)| (event.start, drug.start));
    let told: Vec<String> =
        pairs.iter().map(|(drug, event)| format!("{} > {}", drug.of(&text), event.of(&text))).collect();
    if told.is_empty() { "-".to_owned() } else { told.join("; ") }
}

#[test]
fn german_causes_are_read_and_treatments_are_not() {
    let table = include_str!("../../tests/cases/adverse_de.tsv").lines().filter(|line| !line.starts_with('#'));
    let cases: Vec<(&str, &str)> = table.filter_map(|line| line.split_once('\t')).collect();
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(sentences, expected)| pairs(sentences) != *expected)
        .map(|(sentences, expected)| format!("{sentences}\n  expected {expected}\n  told     {}", pairs(sentences)))
        .collect();
    assert!(cases.len() > 40);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn mentions_are_ordered_and_lie_on_their_text() {
    let (text, layout) = document("Übelkeit unter Metformin, Husten unter Ramipril.", Language::De);
    let found = scan(&text, &layout);
    let told: Vec<(&str, Label)> = found.mentions.iter().map(|one| (one.span.of(&text), one.label)).collect();
    assert_eq!(
        told,
        [("Übelkeit", Label::Ade), ("Metformin", Label::Drug), ("Husten", Label::Ade), ("Ramipril", Label::Drug)]
    );
}

#[test]
fn a_drug_that_helps_or_is_not_given_is_excluded() {
    let is_excluded = |text: &str, drug: &str, event: &str| {
        let (text, layout) = document(text, Language::De);
        let span = |inside: &str| {
            let start = text.find(inside).unwrap();
            Span::new(start, start + inside.len())
        };
        excluded(&text, &layout, [(span(drug), span(event))].into_iter()) == [true]
    };
    assert!(is_excluded("Obstipation unter Movicol gebessert.", "Movicol", "Obstipation"));
    assert!(is_excluded("Unter Metamizol Kolik durchbrochen.", "Metamizol", "Kolik"));
    assert!(is_excluded("Statt Ramipril wurde Enalapril gegeben, danach Husten.", "Ramipril", "Husten"));
    assert!(!is_excluded("Statt Ramipril wurde Enalapril gegeben, danach Husten.", "Enalapril", "Husten"));
    assert!(!is_excluded("Unter Ramipril Husten, nach Absetzen abgeklungen.", "Ramipril", "Husten"));
}

#[test]
fn events_of_the_model_lose_words_of_grammar_and_mere_grades() {
    let tidy = |text: &str, inside: &str| {
        let start = text.find(inside).unwrap();
        tidied(text, Span::new(start, start + inside.len())).map(|span| span.of(text).to_owned())
    };
    assert_eq!(tidy("muscle atrophy in the arm", "atrophy in the").as_deref(), Some("atrophy"));
    assert_eq!(tidy("er hatte den Husten", "den Husten").as_deref(), Some("Husten"));
    assert_eq!(tidy("a reproductive-aged woman", "-aged").as_deref(), Some("aged"));
    assert_eq!(tidy("a severe reaction", "severe"), None);
    assert_eq!(tidy("a severe reaction", "severe reaction").as_deref(), Some("severe reaction"));
    assert_eq!(tidy("Engegefühl in der Brust;", "der Brust"), None);
    assert_eq!(tidy("klagt über Übelkeit", "Übelkeit").as_deref(), Some("Übelkeit"));
}
