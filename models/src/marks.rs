//! Which tokens end in punctuation that closes a phrase, read from the vocabulary in `tokenizer.json`.
//!
//! A mention has no closing punctuation (`datasets/LABELS.md`), but decoding sees no text. The full stop of an abbreviation belongs to
//! the mention (`Tbl.`, `p.o.`, `b. B.`, `7th ed.`): for labels that are written so, a full stop stays where the model put it.

use befund_core::{Failure, Label};
use serde::Deserialize;

/// The vocabulary as far as decoding needs it.
#[derive(Debug)]
pub(crate) struct ClosingMarks {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    /// Bytes of the piece without its marker for a preceding blank.
    n_bytes: u16,
    /// Of these, `.,;:` at the end.
    n_closing: u16,
    /// Of these, `,;:` at the end.
    n_closing_without_stop: u16,
    /// Whether the piece goes on with the word of the piece before it.
    continues: bool,
    /// Whether it begins with a letter.
    letter_first: bool,
    /// Whether it ends with one.
    letter_last: bool,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    added_tokens: Vec<Added>,
    model: RawModel,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
    content: String,
}

#[derive(Deserialize)]
struct RawModel {
    vocab: Vocabulary,
    /// WordPiece only.
    continuing_subword_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Vocabulary {
    /// Unigram: pieces with their scores; the id is the position.
    Scored(Vec<(String, f64)>),
    /// WordPiece, BPE, WordLevel.
    Numbered(std::collections::HashMap<String, u32>),
}

/// Blank before a piece: SentencePiece's and byte-level BPE's.
const BLANKS: [char; 2] = ['\u{2581}', '\u{120}'];

impl ClosingMarks {
    /// Reads the vocabulary; `file` is the name used in messages.
    pub(crate) fn parse(tokenizer_json: &[u8], file: &str) -> Result<Self, Failure> {
        let raw: Raw = serde_json::from_slice(tokenizer_json).map_err(|cause| {
            let remedy = "use a tokenizer.json as written by Hugging Face tokenizers";
            Failure::from_cause(format!("{file} cannot be read"), remedy, cause)
        })?;
        let prefix = raw.model.continuing_subword_prefix;
        let mut pieces = Vec::new();
        match raw.model.vocab {
            Vocabulary::Scored(scored) => {
                pieces.extend(scored.iter().map(|(text, _)| Piece::read(text, None)));
            }
            Vocabulary::Numbered(numbered) => {
                for (text, id) in numbered {
                    put(&mut pieces, id, Piece::read(&text, prefix.as_deref()));
                }
            }
        }
        for added in raw.added_tokens {
            put(&mut pieces, added.id, Piece { continues: false, ..Piece::read(&added.content, None) });
        }
        Ok(Self { pieces })
    }

    /// Bytes of closing punctuation at the end of a token that covers `n_bytes` of text, for a mention with `label`.
    pub(crate) fn closing_bytes(&self, id: u32, n_bytes: usize, label: Label) -> u32 {
        let Some(piece) = self.pieces.get(id as usize) else { return 0 };
        let n_closing = if ends_in_abbreviation(label) { piece.n_closing_without_stop } else { piece.n_closing };
        // A piece that the tokenizer normalised (full-width forms) covers other bytes than its own.
        if n_closing > 0 && n_closing == piece.n_bytes {
            n_bytes as u32
        } else if usize::from(piece.n_bytes) == n_bytes {
            u32::from(n_closing)
        } else {
            0
        }
    }

    /// Whether `next` goes on with a run of letters that `id` ends in.
    pub(crate) fn within_letters(&self, id: u32, next: u32) -> bool {
        let piece = |id: u32| self.pieces.get(id as usize).copied().unwrap_or_default();
        piece(id).letter_last && piece(next).continues && piece(next).letter_first
    }

    /// Whether the token goes on with the word of the token before it.
    pub(crate) fn continues_word(&self, id: u32) -> bool {
        self.pieces.get(id as usize).is_some_and(|piece| piece.continues)
    }
}

fn put(pieces: &mut Vec<Piece>, id: u32, piece: Piece) {
    // Ids are dense in practice; a stray huge one must not fill the memory.
    const MOST: usize = 4_000_000;
    let index = id as usize;
    if index < MOST {
        if pieces.len() <= index {
            pieces.resize(index + 1, Piece { n_bytes: u16::MAX, ..Piece::default() });
        }
        pieces[index] = piece;
    }
}

impl Piece {
    fn read(text: &str, continuing_prefix: Option<&str>) -> Self {
        let (text, continues) = match continuing_prefix {
            Some(prefix) => text.strip_prefix(prefix).map_or((text, false), |rest| (rest, true)),
            None => (text.trim_start_matches(BLANKS), !text.starts_with(BLANKS)),
        };
        let trailing =
            |marks: &[char]| (text.len() - text.trim_end_matches(marks).len()).min(usize::from(u16::MAX - 1));
        Self {
            n_bytes: text.len().min(usize::from(u16::MAX)) as u16,
            n_closing: trailing(&['.', ',', ';', ':']) as u16,
            n_closing_without_stop: trailing(&[',', ';', ':']) as u16,
            continues,
            letter_first: text.chars().next().is_some_and(char::is_alphabetic),
            letter_last: text.chars().next_back().is_some_and(char::is_alphabetic),
        }
    }
}

/// Labels whose mentions may be abbreviations with their own full stop.
fn ends_in_abbreviation(label: Label) -> bool {
    use Label::*;
    matches!(label, Form | Route | Frequency | Duration | Dose | Strength | Edition)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIGRAM: &str = r#"{"added_tokens": [{"id": 0, "content": "<s>"}], "model": {"type": "Unigram",
        "vocab": [["<s>", 0.0], ["\u2581Tbl", -1.0], [".", -2.0], ["a.,", -3.0], ["\u2581", -3.0], ["2", -3.0]]}}"#;
    const WORDPIECE: &str = r###"{"model": {"type": "WordPiece", "continuing_subword_prefix": "##",
        "vocab": {"[UNK]": 0, "gicht": 1, "##;": 2, ";": 3}}}"###;

    #[test]
    fn a_full_stop_stays_with_an_abbreviation_and_goes_elsewhere() {
        let marks = ClosingMarks::parse(UNIGRAM.as_bytes(), "t").unwrap();
        assert_eq!(marks.closing_bytes(2, 1, Label::Form), 0);
        assert_eq!(marks.closing_bytes(2, 1, Label::Ade), 1);
        assert_eq!(marks.closing_bytes(3, 3, Label::Ade), 2);
        assert_eq!(marks.closing_bytes(3, 3, Label::Route), 1);
        assert_eq!(marks.closing_bytes(1, 3, Label::Ade), 0);
        assert_eq!(marks.closing_bytes(99, 1, Label::Ade), 0);
    }

    #[test]
    fn a_piece_that_was_normalised_is_cut_whole_or_not_at_all() {
        let marks = ClosingMarks::parse(UNIGRAM.as_bytes(), "t").unwrap();
        assert_eq!(marks.closing_bytes(2, 3, Label::Ade), 3);
        assert_eq!(marks.closing_bytes(3, 7, Label::Ade), 0);
    }

    #[test]
    fn pieces_within_a_word_are_known_in_both_writings() {
        let unigram = ClosingMarks::parse(UNIGRAM.as_bytes(), "t").unwrap();
        assert!(!unigram.continues_word(1) && unigram.continues_word(5) && !unigram.continues_word(0));
        let wordpiece = ClosingMarks::parse(WORDPIECE.as_bytes(), "t").unwrap();
        assert!(!wordpiece.continues_word(1) && wordpiece.continues_word(2) && !wordpiece.continues_word(3));
        assert_eq!(wordpiece.closing_bytes(2, 1, Label::Ade), 1);
    }
}
