//! The text stage of the line: document in, layout and windows out.

use befund_core::{Document, Failure, Fault, FaultKind, Origin, Prepare, Prepared, Sentence, Span, Window};

use crate::layout::layout;
use crate::passage::goes_on;
use crate::token::{Encoder, Tokens};
use crate::window::{WindowOptions, slices};

/// Splits documents and, where there is a tokenizer, makes windows. Shared between threads; the answer depends on the text alone.
pub struct TextStage {
    windows: Option<Windows>,
}

struct Windows {
    encoder: Encoder,
    capacity: usize,
    overlap: usize,
    passage: usize,
}

impl TextStage {
    /// A stage for a model. `tokenizer_json` is the content of its `tokenizer.json`; the special tokens are those of its post-processor.
    ///
    /// # Errors
    /// The tokenizer cannot be read, or `options` leave no room for text.
    pub fn new(tokenizer_json: &[u8], options: WindowOptions) -> Result<Self, Failure> {
        let encoder = Encoder::new(tokenizer_json)?;
        let capacity = options.capacity(encoder.prefix.len() + encoder.suffix.len())?;
        Ok(Self {
            windows: Some(Windows {
                encoder,
                capacity,
                overlap: options.overlap,
                passage: options.passage.min(capacity),
            }),
        })
    }

    /// A stage for runs without a model: sentences and sections, no tokens.
    pub fn layout_only() -> Self {
        Self { windows: None }
    }
}

impl Prepare for TextStage {
    fn prepare(&self, document: &Document, places: Option<&[Span]>) -> Result<Prepared, Fault> {
        let text = document.text();
        if u32::try_from(text.len()).is_err() {
            let what = "the text is larger than 4 GiB, which spans cannot address";
            return Err(fault(document, FaultKind::TooLarge, None, what, "split the document before it is packed"));
        }
        let mut prepared = Prepared { layout: layout(text), ..Prepared::default() };
        if let Some(windows) = &self.windows {
            windows.of(document, places, &mut prepared)?;
        }
        Ok(prepared)
    }
}

impl Windows {
    /// Windows in text order; neighbours of running prose share one while they fit. Prose that holds none of the places is not tokenised.
    fn of(&self, document: &Document, places: Option<&[Span]>, prepared: &mut Prepared) -> Result<(), Fault> {
        let Prepared { layout, windows, n_bytes_gated } = prepared;
        let mut cutter = Cutter { windows, n_bytes_gated, places };
        let mut begin = 0;
        while begin < layout.sentences.len() {
            let goes_on = |index| goes_on(document.text(), layout, index);
            let end = (begin + 1..layout.sentences.len()).find(|&index| !goes_on(index));
            let prose = &layout.sentences[begin..end.unwrap_or(layout.sentences.len())];
            if prose.iter().any(|sentence| cutter.wants(sentence.span)) {
                self.of_prose(document, prose, begin as u32, &mut cutter)?;
            } else {
                *cutter.n_bytes_gated += prose.iter().map(|sentence| sentence.span.len() as u64).sum::<u64>();
            }
            begin += prose.len();
        }
        Ok(())
    }

    /// Windows of sentences that go on from one to the next; `first` is the index of the first of them.
    fn of_prose(
        &self,
        document: &Document,
        prose: &[Sentence],
        first: u32,
        cutter: &mut Cutter<'_>,
    ) -> Result<(), Fault> {
        let mut passage = Tokens::default();
        let mut span = Span::default();
        let mut origin = Origin { document: document.sequence, sentence: first, window: 0 };
        for (index, sentence) in (first..).zip(prose) {
            // The tokenizer's own message may quote the text, so it is not passed on.
            let tokens = self.encoder.encode(document.text(), sentence.span).map_err(|_| {
                let what = "the tokenizer refused a sentence";
                fault(
                    document,
                    FaultKind::Stage,
                    Some(sentence.span.start),
                    what,
                    "check that tokenizer.json has an unknown token",
                )
            })?;
            if index > first && passage.ids.len() + tokens.ids.len() <= self.passage {
                passage.append(tokens);
                span.end = sentence.span.end;
                continue;
            }
            cutter.cut(self, &passage, span, origin);
            (passage, span, origin.sentence) = (tokens, sentence.span, index);
        }
        cutter.cut(self, &passage, span, origin);
        Ok(())
    }
}

/// What becomes of the passages of a document.
struct Cutter<'a> {
    windows: &'a mut Vec<Window>,
    n_bytes_gated: &'a mut u64,
    places: Option<&'a [Span]>,
}

impl Cutter<'_> {
    /// Whether any of the places, which stand in order and apart, shares a byte with `span`.
    fn wants(&self, span: Span) -> bool {
        self.places.is_none_or(|places| span.overlaps_any(places))
    }

    /// The windows of a passage that are wanted.
    fn cut(&mut self, shape: &Windows, tokens: &Tokens, passage: Span, origin: Origin) {
        let (prefix, suffix) = (&shape.encoder.prefix, &shape.encoder.suffix);
        let n_before = self.windows.len();
        for slice in slices(tokens.ids.len(), shape.capacity, shape.overlap) {
            let inside = &tokens.spans[slice.reads.clone()];
            let first = inside.first().map_or(passage.start, |span| span.start);
            let last = inside.last().map_or(passage.end, |span| span.end);
            if !self.wants(Span { start: first, end: last }) {
                continue;
            }
            let length = prefix.len() + slice.reads.len() + suffix.len();
            let (mut ids, mut spans) = (Vec::with_capacity(length), Vec::with_capacity(length));
            ids.extend_from_slice(prefix);
            spans.resize(prefix.len(), Span { start: first, end: first });
            ids.extend_from_slice(&tokens.ids[slice.reads.clone()]);
            spans.extend_from_slice(inside);
            ids.extend_from_slice(suffix);
            spans.resize(length, Span { start: last, end: last });
            // Counted from the window's first token.
            let shift = |at: usize| (prefix.len() + at - slice.reads.start) as u32;
            let keep = shift(slice.keeps.start)..shift(slice.keeps.end);
            self.windows.push(Window {
                origin: Origin { window: self.windows.len() as u32, ..origin },
                ids,
                spans,
                keep,
            });
        }
        if self.windows.len() == n_before {
            *self.n_bytes_gated += passage.len() as u64;
        }
    }
}

fn fault(document: &Document, kind: FaultKind, byte: Option<u32>, what: &str, remedy: &str) -> Fault {
    Fault {
        sequence: document.sequence,
        shard: document.shard.clone(),
        doc_id: document.doc_id.clone(),
        kind,
        byte_offset: byte.map(u64::from),
        n_bytes: Some(document.text().len() as u64),
        what: what.to_string(),
        remedy: remedy.to_string(),
    }
}
