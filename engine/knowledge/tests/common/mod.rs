//! What the tests of stages share.

#![allow(dead_code, reason = "each test file uses a part")]

pub mod checks;

use befund_core::{
    Document, Found, Language, Layout, Looked, Normalize, Rows, Section, SectionKind, Sentence, Span, Task, TnmRow,
};
use befund_knowledge::{FoundByMode, Rules, RulesOptions};

/// A layout with one sentence a line.
pub fn lines(text: &str) -> Layout {
    let mut layout = Layout::default();
    layout.sections.push(Section { span: Span::new(0, text.len()), kind: SectionKind::Body });
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        if !span.is_empty() {
            layout.sentences.push(Sentence { span, section: 0 });
        }
        at += line.len() + 1;
    }
    layout
}

pub fn rows(text: &str) -> Rows {
    rows_with(text, None)
}

/// With what a gate saw of the text.
pub fn rows_with(text: &str, looked: Option<Looked>) -> Rows {
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Rules }).telling_refusals();
    rules.normalize(&Document::new(0, "s", "d", text), &lines(text), Found::default(), looked)
}

pub fn statements(text: &str) -> Vec<TnmRow> {
    rows(text).tnm
}

/// A row that says nothing of the document: for metadata use `rows_of`.
pub fn rows_of(document: &Document) -> Rows {
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Rules });
    rules.normalize(document, &lines(document.text()), Found::default(), None)
}

/// With T and N inferred, in a document of this language.
pub fn with_inferred(document: &Document, language: Language, least_score: f64) -> Rows {
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Rules });
    let layout = Layout { language, ..lines(document.text()) };
    rules.with_inference(Some(least_score)).normalize(document, &layout, Found::default(), None)
}
