//! Which sentences are read together.
//!
//! "Seit Montag Cotrimoxazol. Daraufhin Exanthem." says in two sentences what belongs to one event, so neighbours of running prose share a
//! window: the encoder sees the one while it reads the other, and relations across the full stop are within reach. List items, table rows
//! and headings stay alone, because a line break means something there and tokenizers do not see it. Knows nothing of tokens.

use befund_core::{Layout, Sentence};

/// Whether `next` goes on where `before` ends: prose of one section, with nothing but blanks or a wrapped line between.
pub(crate) fn goes_on(text: &str, layout: &Layout, index: usize) -> bool {
    let Some([before, next]) = index.checked_sub(1).and_then(|last| layout.sentences.get(last..=index)) else {
        return false;
    };
    before.section == next.section && ends(text, before) && adjoins(text, before, next)
}

/// Whether the sentence ends as prose does.
fn ends(text: &str, sentence: &Sentence) -> bool {
    let body = text.get(sentence.span.range()).unwrap_or_default();
    body.trim_end_matches(['"', '\'', ')', ']', '“', '”', '«', '»']).ends_with(['.', '!', '?'])
}

/// Whether only blanks lie between, or one line end before a word.
fn adjoins(text: &str, before: &Sentence, next: &Sentence) -> bool {
    let gap = text.get(before.span.end as usize..next.span.start as usize).unwrap_or_default();
    let n_lines = gap.matches('\n').count().max(gap.matches('\r').count());
    let word = text.get(next.span.range()).and_then(|body| body.chars().next()).is_some_and(char::is_alphabetic);
    gap.chars().all(char::is_whitespace) && (n_lines == 0 || (n_lines == 1 && word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<bool> {
        let layout = crate::layout::layout(text);
        (0..layout.sentences.len()).map(|index| goes_on(text, &layout, index)).collect()
    }

    #[test]
    fn prose_goes_on_and_lists_do_not() {
        assert_eq!(joined("Seit Montag Cotrimoxazol. Daraufhin Exanthem."), [false, true]);
        assert_eq!(joined("Der Patient erhielt Cotrimoxazol.\nDaraufhin trat ein Exanthem auf."), [false, true]);
        assert_eq!(joined("Der Patient erhielt Cotrimoxazol.\n\nDaraufhin trat ein Exanthem auf."), [false, false]);
        assert_eq!(joined("- Ramipril 5 mg 1-0-0\n- Metoprolol 47,5 mg 1-0-1\n"), [false, false]);
        assert_eq!(joined("1. Ramipril 5 mg tgl.\n2. Metoprolol 47,5 mg tgl.\n"), [false, false]);
    }
}
