//! Tokens and windows: exact places through normalisation, nothing cut off, special tokens of the tokenizer's own.

#![allow(clippy::unwrap_used)] // In what the tests share; clippy.toml covers the tests themselves.

use befund_core::{Document, Prepare, Prepared, Span};
use befund_text::{TextStage, WindowOptions};
use proptest::prelude::*;

mod tokenizers;
use tokenizers::{Small, unigram, word_piece};

fn stage(small: &Small, max_tokens: usize, overlap: usize) -> TextStage {
    TextStage::new(&small.json, WindowOptions { max_tokens, overlap, passage: 0 }).unwrap()
}

fn prepare(stage: &TextStage, text: &str) -> Prepared {
    stage.prepare(&Document::new(7, "s", "d", text), None).unwrap()
}

/// Pieces and the text under them, special tokens left out.
fn tokens<'a>(small: &'a Small, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let prepared = prepare(&stage(small, 4096, 0), text);
    let mut all = Vec::new();
    for window in &prepared.windows {
        for at in window.keep.clone() {
            all.push((small.pieces[window.ids[at as usize] as usize].as_str(), window.spans[at as usize].of(text)));
        }
    }
    all
}

#[test]
fn special_tokens_come_from_the_tokenizer_and_have_no_text() {
    for (small, first, last) in [(unigram(), "<s>", "</s>"), (word_piece(), "[CLS]", "[SEP]")] {
        let prepared = prepare(&stage(&small, 256, 48), "Tumor und Tumor");
        let window = &prepared.windows[0];
        let pieces: Vec<_> = window.ids.iter().map(|&id| small.pieces[id as usize].as_str()).collect();
        assert_eq!((pieces[0], pieces[pieces.len() - 1]), (first, last));
        assert!(window.spans[0].is_empty() && window.spans[window.spans.len() - 1].is_empty());
        assert_eq!(window.keep, 1..window.ids.len() as u32 - 1);
        assert_eq!(window.origin.document, 7);
    }
}

#[test]
fn special_tokens_written_in_the_text_are_plain_text() {
    for small in [unigram(), word_piece()] {
        let prepared = prepare(&stage(&small, 256, 48), "der </s> und [SEP] Tumor");
        let ids = &prepared.windows[0].ids;
        let last = ids[ids.len() - 1];
        assert_eq!(ids.iter().filter(|&&id| id == last).count(), 1);
    }
}

#[test]
fn places_are_exact_through_normalisation() {
    let small = unigram();
    assert_eq!(tokens(&small, "der Tumor"), [("▁der", "der"), ("▁Tumor", "Tumor")]);
    // A decomposed letter is covered with its accent.
    assert_eq!(tokens(&small, "u\u{308}x"), [("▁", ""), ("ü", "u\u{308}"), ("x", "x")]);
    assert_eq!(tokens(&small, "cafe\u{301} x")[4], ("é", "e\u{301}"));
    // Soft hyphens and controls belong to the letter before them.
    assert_eq!(tokens(&small, "pT\u{ad}2"), [("▁pT", "pT\u{ad}"), ("2", "2")]);
    // One character that becomes three is the place of all three.
    assert_eq!(tokens(&small, "½-0"), [("▁", ""), ("1", "½"), ("⁄", "½"), ("2", "½"), ("-", "-"), ("0", "0")]);
    // Wider and narrower white space.
    assert_eq!(tokens(&small, "der\u{a0}\n \tTumor"), [("▁der", "der"), ("▁Tumor", "Tumor")]);
    // Controls at the beginning shift nothing.
    assert_eq!(tokens(&small, "\u{1}\u{1}der Tumor"), [("▁der", "der"), ("▁Tumor", "Tumor")]);
    assert_eq!(tokens(&small, "\u{feff}der Tumor"), [("▁der", "der"), ("▁Tumor", "Tumor")]);
    // A ligature, a unit sign.
    assert_eq!(tokens(&small, "µ²"), [("▁", ""), ("μ", "µ"), ("2", "²")]);
}

#[test]
fn places_are_exact_behind_a_lower_casing_tokenizer() {
    let small = word_piece();
    assert_eq!(tokens(&small, "Tumor\u{0} U\u{308}x"), [("tumor", "Tumor\u{0}"), ("u", "U\u{308}"), ("##x", "x")]);
    assert_eq!(tokens(&small, "Übel")[0], ("u", "Ü"));
    assert_eq!(tokens(&small, "pT2 (m)"), [("pt", "pT"), ("##2", "2"), ("(", "("), ("m", "m"), (")", ")")]);
}

#[test]
fn truncation_and_padding_of_the_file_are_switched_off() {
    // The Unigram file truncates at 8, the WordPiece file pads to 64.
    assert_eq!(prepare(&stage(&unigram(), 256, 48), &"der ".repeat(50)).n_tokens(), 52);
    assert_eq!(prepare(&stage(&word_piece(), 256, 48), "der").n_tokens(), 3);
}

#[test]
fn a_long_sentence_is_read_in_overlapping_windows() {
    let small = unigram();
    let text = "der Tumor und ".repeat(60);
    let prepared = prepare(&stage(&small, 32, 8), &text);
    assert!(prepared.windows.len() > 6);
    assert!(prepared.windows.iter().all(|window| window.ids.len() <= 32 && window.origin.sentence == 0));
    let numbers: Vec<_> = prepared.windows.iter().map(|window| window.origin.window as usize).collect();
    assert_eq!(numbers, (0..prepared.windows.len()).collect::<Vec<_>>());
}

#[test]
fn neighbours_of_prose_share_a_window_while_they_fit() {
    let small = unigram();
    let text = "der Tumor. Der Tumor. Der Tumor.\n- der Tumor\n- der Tumor";
    let counts = |passage| {
        let stage = TextStage::new(&small.json, WindowOptions { max_tokens: 64, overlap: 4, passage }).unwrap();
        let windows = prepare(&stage, text).windows;
        let kept: usize = windows.iter().map(|window| window.keep.len()).sum();
        (kept, windows.iter().map(|window| window.origin.sentence).collect::<Vec<_>>())
    };
    let (alone, sentences) = counts(0);
    assert_eq!(sentences, [0, 1, 2, 3, 4]);
    let per_sentence = prepare(&stage(&small, 64, 4), "Der Tumor.").n_tokens() - 2;
    assert_eq!(counts(2 * per_sentence), (alone, vec![0, 2, 3, 4]));
    assert_eq!(counts(62), (alone, vec![0, 3, 4]));
}

#[test]
fn windows_of_places_are_those_of_the_whole_text_that_hold_one() {
    let small = unigram();
    let stage = TextStage::new(&small.json, WindowOptions { max_tokens: 32, overlap: 6, passage: 20 }).unwrap();
    let long = "der Tumor und ".repeat(30);
    let text = format!("der Tumor. Der Tumor. Der Tumor.\n- der Tumor\n- der Tumor\n\n{long}. Der Tumor.");
    let whole = prepare(&stage, &text);
    assert_eq!(whole.n_bytes_gated, 0);
    let document = Document::new(7, "s", "d", text.as_str());
    for begin in (0..text.len()).step_by(3) {
        let place = Span::new(begin, begin + 2);
        let some = stage.prepare(&document, Some(&[place])).unwrap();
        let holds = |spans: &[Span]| spans[0].start < place.end && place.start < spans[spans.len() - 1].end;
        let expected: Vec<_> =
            whole.windows.iter().filter(|window| holds(&window.spans)).map(|window| &window.ids).collect();
        assert_eq!(some.windows.iter().map(|window| &window.ids).collect::<Vec<_>>(), expected, "{begin}");
        assert!(some.n_bytes_gated > 0 && some.n_bytes_gated < text.len() as u64);
    }
    let none = stage.prepare(&document, Some(&[])).unwrap();
    let in_sentences: usize = none.layout.sentences.iter().map(|sentence| sentence.span.len()).sum();
    assert_eq!((none.windows.len(), none.n_bytes_gated), (0, in_sentences as u64));
}

#[test]
fn layout_alone_makes_no_windows() {
    let prepared = prepare(&TextStage::layout_only(), "Der Tumor. Die Naht.");
    assert_eq!((prepared.layout.sentences.len(), prepared.windows.len()), (2, 0));
}

#[test]
fn a_broken_tokenizer_and_impossible_windows_are_failures() {
    assert!(TextStage::new(b"{}", WindowOptions::default()).is_err());
    assert!(TextStage::new(&unigram().json, WindowOptions { max_tokens: 40, overlap: 20, passage: 0 }).is_err());
    assert!(TextStage::new(&unigram().json, WindowOptions { max_tokens: 0, overlap: 0, passage: 0 }).is_err());
}

#[test]
fn a_refused_sentence_is_a_fault_that_names_the_place_and_not_the_text() {
    let json = String::from_utf8(unigram().json).unwrap().replace("\"unk_id\":3", "\"unk_id\":null");
    let stage = TextStage::new(json.as_bytes(), WindowOptions::default()).unwrap();
    let fault = stage.prepare(&Document::new(0, "s", "d", "der Tumor.\n\n漢字"), None).unwrap_err();
    assert_eq!((fault.kind.as_str(), fault.byte_offset), ("stage", Some(12)));
    assert!(!fault.to_string().contains('漢'));
}

#[test]
fn threads_share_a_stage_and_agree() {
    let small = unigram();
    let stage = stage(&small, 64, 8);
    let text = "Der Tumor misst 3 cm. Z. n. Übelkeit unter ASS 100 mg.\n- pT2\nN0\n".repeat(40);
    let alone = prepare(&stage, &text).windows;
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| prepare(&stage, &text).windows)).collect();
        for one in all {
            assert_eq!(one.join().unwrap(), alone);
        }
    });
}

/// Panics where a law of the windows is broken.
fn obeys(small: &Small, text: &str, max_tokens: usize, overlap: usize) {
    let whole = prepare(&stage(small, 100_000, 0), text);
    let cut = prepare(&stage(small, max_tokens, overlap), text);
    for (index, sentence) in whole.layout.sentences.iter().enumerate() {
        let of = |prepared: &Prepared| {
            let mut kept: Vec<(u32, Span)> = Vec::new();
            for window in prepared.windows.iter().filter(|window| window.origin.sentence as usize == index) {
                assert_eq!(window.ids.len(), window.spans.len());
                kept.extend(window.keep.clone().map(|at| (window.ids[at as usize], window.spans[at as usize])));
            }
            kept
        };
        let kept = of(&whole);
        assert_eq!(of(&cut), kept, "the kept tokens of all windows are the tokens of the sentence");
        let mut last = Span::new(sentence.span.start as usize, sentence.span.start as usize);
        let mut covered = vec![false; sentence.span.len()];
        for (id, span) in kept {
            assert!(sentence.span.contains(span), "tokens lie in their sentence");
            assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
            assert!(span.start >= last.start && span.end >= last.end, "places are monotone");
            assert_eq!(span.of(text).trim(), span.of(text));
            covered[(span.start - sentence.span.start) as usize..(span.end - sentence.span.start) as usize].fill(true);
            let piece = small.pieces[id as usize].trim_start_matches("##").trim_start_matches('▁');
            let shown: String = span.of(text).chars().filter(char::is_ascii_alphanumeric).collect();
            if !shown.is_empty() && !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                assert!(piece.eq_ignore_ascii_case(&shown), "{piece:?} stands for {shown:?}");
            }
            last = span;
        }
        let inside = sentence.span.of(text);
        let begin = inside.len()
            - inside.trim_start_matches(|c: char| c.is_control() || matches!(c, '\u{feff}' | '\u{ad}')).len();
        for (at, c) in inside.char_indices().filter(|(at, c)| *at >= begin && c.is_ascii_alphanumeric()) {
            assert!(covered[at], "{c:?} belongs to a token");
        }
    }
    for window in &cut.windows {
        assert!(window.ids.len() <= max_tokens && !window.keep.is_empty());
    }
}

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(" "),
        Just("  "),
        Just("\n"),
        Just("\t"),
        Just("."),
        Just("-"),
        Just("1"),
        Just("½"),
        Just("…"),
        Just("²"),
        Just("ﬁ"),
        Just("µ"),
        Just("e\u{301}"),
        Just("u\u{308}"),
        Just("\u{308}"),
        Just("\u{0}"),
        Just("\u{1}"),
        Just("\u{ad}"),
        Just("\u{feff}"),
        Just("\u{a0}"),
        Just("\u{85}"),
        Just("ä"),
        Just("Ü"),
        Just("ß"),
        Just("Tumor"),
        Just("pT2"),
        Just("ASS"),
        Just("mg"),
        Just("x"),
        Just("👩‍⚕️"),
        Just("漢"),
        Just("</s>"),
        Just("[SEP]"),
        Just("▁"),
        Just("�"),
        Just("İ")
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn unigram_windows_keep_every_token_once_and_in_place(text in nasty(), max_tokens in 12usize..40, overlap in 0usize..5) {
        obeys(&unigram(), &text, max_tokens, overlap);
    }

    #[test]
    fn word_piece_windows_keep_every_token_once_and_in_place(text in nasty(), max_tokens in 12usize..40, overlap in 0usize..5) {
        obeys(&word_piece(), &text, max_tokens, overlap);
    }

    #[test]
    fn random_text_is_tokenised_in_place(text in any::<String>()) {
        obeys(&unigram(), &text, 24, 4);
        obeys(&word_piece(), &text, 24, 4);
    }
}
