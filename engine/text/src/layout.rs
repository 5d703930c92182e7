//! Puts lines, runs, sentences and sections together.

use befund_core::{Layout, Section, SectionKind, Sentence, Span};

use crate::chars::{char_at, is_upper};
use crate::heading::{self, Heading};
use crate::join::{Wrap, continues, is_open};
use crate::language::{detect, is_in_small_letters};
use crate::line::{Line, Lines};
use crate::split::{Style, sentences};

/// Lays a document out: its language, its sections (they cover the text without gaps) and its sentences (trimmed, in order, apart; every
/// byte that is not white space lies in exactly one). One pass, linear in the text; never fails.
pub fn layout(text: &str) -> Layout {
    let language = detect(text);
    let style = Style { language, small_letters: is_in_small_letters(text) };
    let wrap = Wrap::of(text);
    let mut build = Build { text, style, sections: Vec::new(), sentences: Vec::new(), brief: false };
    let mut run: Option<Run> = None;
    for mut line in Lines::new(text) {
        if let Some(open) = &mut run {
            let last = &open.last;
            // "... confirmed the\nDiagnosis" is a wrapped line, not a heading.
            let torn = line.heading.is_some_and(|heading| !heading.colon) && !line.blank_before;
            if torn && is_open(last.bytes(text), language) {
                line.heading = None;
            }
            if continues(text, last, &line, wrap, language) {
                open.last = line;
                continue;
            }
            build.run(open);
        }
        run = Some(Run { first: line, last: line });
    }
    if let Some(run) = &run {
        build.run(run);
    }
    build.finish()
}

/// Lines that sentences may cross.
struct Run {
    first: Line,
    last: Line,
}

struct Build<'a> {
    text: &'a str,
    style: Style,
    sections: Vec<Section>,
    sentences: Vec<Sentence>,
    /// The current section ends at the next blank line.
    brief: bool,
}

impl Build<'_> {
    fn run(&mut self, run: &Run) {
        if let Some(heading) = run.first.heading {
            self.open(run.first.begin, heading);
        } else if self.brief && run.first.blank_before {
            self.section(run.first.begin, SectionKind::Body);
        }
        let mut first = run.first.heading.is_some();
        let (text, style) = (self.text, self.style);
        sentences(text, run.first.begin..run.last.end, style, |span| {
            if !std::mem::take(&mut first)
                && char_at(text, span.start as usize).is_some_and(is_upper)
                && let Some(heading) = heading::of_sentence(span.of(text))
            {
                self.open(span.start as usize, heading);
            }
            if self.sections.is_empty() {
                self.section(0, SectionKind::Body);
            }
            let section = self.sections.len() as u32 - 1;
            self.sentences.push(Sentence { span, section });
        });
    }

    fn open(&mut self, at: usize, heading: Heading) {
        self.section(at, heading.kind);
        // "Familienanamnese: Mutter Mammakarzinom." is a paragraph of its own; what follows it is about the patient again.
        self.brief = heading.inline && matches!(heading.kind, SectionKind::FamilyHistory | SectionKind::Allergies);
    }

    fn section(&mut self, at: usize, kind: SectionKind) {
        self.brief = false;
        let at = match self.sections.last_mut() {
            Some(last) => {
                last.span.end = at as u32;
                at
            }
            None => 0,
        };
        self.sections.push(Section { span: Span::new(at, self.text.len()), kind });
    }

    fn finish(mut self) -> Layout {
        if self.sections.is_empty() && !self.text.is_empty() {
            self.section(0, SectionKind::Body);
        }
        Layout { language: self.style.language, sections: self.sections, sentences: self.sentences }
    }
}
