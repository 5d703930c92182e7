//! Tokens with exact places in the document.
//!
//! The tokenizers crate reports offsets through normalisation, but not exactly where clinical text needs them: a decomposed accent is left
//! outside its letter, a character removed at the very beginning shifts everything after it, a lone word mark borrows the place of the next
//! token. Here every span is put on character borders, trimmed of white space and made monotone, and bytes that normalisation swallowed
//! are given back to the token before them.

use std::collections::HashSet;

use befund_core::{Failure, Span};
use tokenizers::Tokenizer;

/// A tokenizer and the special tokens it puts around a sequence.
pub(crate) struct Encoder {
    tokenizer: Tokenizer,
    /// Special ids before the text (`<s>`, `[CLS]`).
    pub prefix: Vec<u32>,
    /// Special ids after the text (`</s>`, `[SEP]`).
    pub suffix: Vec<u32>,
    /// Ids of tokens that are only a word mark (`▁`, `Ġ`): they stand for white space and have no place of their own.
    marks: HashSet<u32>,
    /// Ids that no text may have: control tokens that a document can spell out ("</s>").
    control: HashSet<u32>,
    /// What stands for them instead.
    unknown: Option<u32>,
}

/// Tokens of a sentence or passage without special tokens.
#[derive(Default)]
pub(crate) struct Tokens {
    /// Vocabulary ids.
    pub ids: Vec<u32>,
    /// Bytes in the document, one for each id.
    pub spans: Vec<Span>,
}

impl Tokens {
    /// Adds the tokens that follow.
    pub fn append(&mut self, next: Self) {
        self.ids.extend(next.ids);
        self.spans.extend(next.spans);
    }
}

impl Encoder {
    /// Reads a `tokenizer.json`. Truncation and padding written in it are switched off.
    pub fn new(tokenizer_json: &[u8]) -> Result<Self, Failure> {
        const REMEDY: &str = "give the tokenizer.json that belongs to the model, as the tokenizers library writes it";
        let fail = |what: &str, cause: tokenizers::Error| Failure::from_cause(what, REMEDY, cause);
        let mut tokenizer =
            Tokenizer::from_bytes(tokenizer_json).map_err(|error| fail("tokenizer.json cannot be read", error))?;
        tokenizer
            .with_truncation(None)
            .map_err(|error| fail("tokenizer.json sets a truncation that cannot be undone", error))?;
        tokenizer.with_padding(None);
        // A document that holds the characters "</s>" or "[SEP]" must not end the sequence.
        tokenizer.set_encode_special_tokens(true);
        let probe = tokenizer.encode("a", true).map_err(|error| fail("the tokenizer refuses a plain letter", error))?;
        let specials = probe.get_special_tokens_mask();
        let before = specials.iter().take_while(|&&special| special == 1).count();
        let after = specials[before..].iter().rev().take_while(|&&special| special == 1).count();
        let ids = probe.get_ids();
        let (prefix, suffix) = (ids[..before].to_vec(), ids[ids.len() - after..].to_vec());
        let is_mark = |token: &str| !token.is_empty() && token.chars().all(|c| matches!(c, '▁' | 'Ġ'));
        let marks =
            tokenizer.get_vocab(false).into_iter().filter(|(token, _)| is_mark(token)).map(|(_, id)| id).collect();
        let unknown = ["<unk>", "[UNK]", "<UNK>"].iter().find_map(|token| tokenizer.token_to_id(token));
        let special =
            tokenizer.get_added_tokens_decoder().into_iter().filter(|(_, token)| token.special).map(|(id, _)| id);
        let control = special.chain(prefix.iter().chain(&suffix).copied()).filter(|id| Some(*id) != unknown).collect();
        Ok(Self { tokenizer, prefix, suffix, marks, control, unknown })
    }

    /// Tokens of the bytes under `sentence`.
    pub fn encode(&self, text: &str, sentence: Span) -> Result<Tokens, tokenizers::Error> {
        let inside = sentence.of(text);
        // Control characters at the beginning carry nothing, and the normaliser loses count of them there.
        let shown = inside.trim_start_matches(|c: char| c.is_control() || c == '\u{feff}' || c == '\u{ad}');
        let base = sentence.end as usize - shown.len();
        let encoding = self.tokenizer.encode(shown, false)?;
        let mut ids = encoding.get_ids().to_vec();
        if let Some(unknown) = self.unknown {
            ids.iter_mut().filter(|id| self.control.contains(id)).for_each(|id| *id = unknown);
        }
        let spans = self.place(text, base, shown.len(), &ids, encoding.get_offsets());
        Ok(Tokens { ids, spans })
    }

    /// Turns the crate's offsets, counted from `base`, into spans of the document.
    fn place(&self, text: &str, base: usize, length: usize, ids: &[u32], offsets: &[(usize, usize)]) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::with_capacity(ids.len());
        let mut last = Span::new(base, base);
        // The last token that has bytes of its own; it receives what was swallowed after it.
        let mut solid: Option<usize> = None;
        for (&id, &(start, end)) in ids.iter().zip(offsets) {
            let start = text.floor_char_boundary(base + start.min(length)).max(last.start as usize);
            let end = text.ceil_char_boundary(base + end.min(length)).max(start);
            let mut span = Span::new(start, end).trim(text);
            if self.marks.contains(&id) {
                span.end = span.start;
            }
            if !span.is_empty() {
                if let Some(index) = solid {
                    give_back(text, &mut spans, index, span.start);
                }
                solid = Some(spans.len());
            }
            last = span;
            spans.push(span);
        }
        if let Some(index) = solid {
            give_back(text, &mut spans, index, (base + length) as u32);
        }
        spans
    }
}

/// Extends token `index` over the bytes up to `until` that belong to no token, as far as there is no white space.
fn give_back(text: &str, spans: &mut [Span], index: usize, until: u32) {
    let end = spans[index].end;
    if end >= until {
        return;
    }
    let gap = &text[end as usize..until as usize];
    let swallowed = gap.find(char::is_whitespace).unwrap_or(gap.len()) as u32;
    if swallowed == 0 {
        return;
    }
    // Tokens made of one character (the parts of "½") end together.
    for span in spans[..=index].iter_mut().rev().take_while(|span| span.end == end && !span.is_empty()) {
        span.end = end + swallowed;
    }
    for span in &mut spans[index + 1..] {
        // Word marks in between stay behind.
        span.start = span.start.max(end + swallowed);
        span.end = span.end.max(span.start);
    }
}
