//! The text stage of the line: document in, layout and windows out.

use befund_core::{Document, Failure, Fault, FaultKind, Layout, Origin, Prepare, Prepared, Span, Window};

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
    fn prepare(&self, document: &Document) -> Result<Prepared, Fault> {
        let text = document.text();
        if u32::try_from(text.len()).is_err() {
            let what = "the text is larger than 4 GiB, which spans cannot address";
            return Err(fault(document, FaultKind::TooLarge, None, what, "split the document before it is packed"));
        }
        let layout = layout(text);
        let windows = match &self.windows {
            Some(windows) => windows.of(document, &layout)?,
            None => Vec::new(),
        };
        Ok(Prepared { layout, windows })
    }
}

impl Windows {
    /// Windows of all sentences, in text order; neighbours of running prose share one while they fit.
    fn of(&self, document: &Document, layout: &Layout) -> Result<Vec<Window>, Fault> {
        let text = document.text();
        let mut windows = Vec::with_capacity(layout.sentences.len());
        let mut passage = Tokens::default();
        let (mut span, mut first) = (Span::default(), 0);
        for (index, sentence) in layout.sentences.iter().enumerate() {
            // The tokenizer's own message may quote the text, so it is not passed on.
            let tokens = self.encoder.encode(text, sentence.span).map_err(|_| {
                let what = "the tokenizer refused a sentence";
                fault(
                    document,
                    FaultKind::Stage,
                    Some(sentence.span.start),
                    what,
                    "check that tokenizer.json has an unknown token",
                )
            })?;
            if passage.ids.len() + tokens.ids.len() <= self.passage && goes_on(text, layout, index) {
                passage.append(tokens);
                span.end = sentence.span.end;
                continue;
            }
            self.cut(&passage, span, document.sequence, first, &mut windows);
            (passage, span, first) = (tokens, sentence.span, index as u32);
        }
        self.cut(&passage, span, document.sequence, first, &mut windows);
        Ok(windows)
    }

    fn cut(&self, tokens: &Tokens, sentence: Span, document: u64, index: u32, windows: &mut Vec<Window>) {
        let (prefix, suffix) = (&self.encoder.prefix, &self.encoder.suffix);
        for slice in slices(tokens.ids.len(), self.capacity, self.overlap) {
            let length = prefix.len() + slice.reads.len() + suffix.len();
            let (mut ids, mut spans) = (Vec::with_capacity(length), Vec::with_capacity(length));
            let inside = &tokens.spans[slice.reads.clone()];
            let first = inside.first().map_or(sentence.start, |span| span.start);
            let last = inside.last().map_or(sentence.end, |span| span.end);
            ids.extend_from_slice(prefix);
            spans.resize(prefix.len(), Span { start: first, end: first });
            ids.extend_from_slice(&tokens.ids[slice.reads.clone()]);
            spans.extend_from_slice(inside);
            ids.extend_from_slice(suffix);
            spans.resize(length, Span { start: last, end: last });
            // Counted from the window's first token.
            let shift = |at: usize| (prefix.len() + at - slice.reads.start) as u32;
            let keep = shift(slice.keeps.start)..shift(slice.keeps.end);
            let origin = Origin { document, sentence: index, window: windows.len() as u32 };
            windows.push(Window { origin, ids, spans, keep });
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
