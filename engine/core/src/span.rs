//! Half-open byte spans in the original document: the one coordinate that travels through the engine.
//!
//! `u32` bounds a document at 4 GiB, far above what the readers accept, and halves the memory of token tables.

/// A half-open byte range `[start, end)` in the UTF-8 text of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Builds a span; `start` must not exceed `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span, or "" where the span is not on character borders of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether the two spans share at least one byte. Spans that only touch do not overlap.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether it shares a byte with any of `places`, which stand in order and apart.
    pub fn overlaps_any(self, places: &[Self]) -> bool {
        let next = places.partition_point(|place| place.end <= self.start);
        places.get(next).is_some_and(|place| place.start < self.end)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span moved right by `by` bytes.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by as u32, end: self.end + by as u32 }
    }

    /// The span without white space at either end of the text under it.
    pub fn trim(self, text: &str) -> Span {
        let inside = self.of(text);
        let left = inside.len() - inside.trim_start().len();
        let kept = inside.trim().len();
        Span::new(self.start as usize + left, self.start as usize + left + kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert!(!Span::new(2, 2).overlaps(Span::new(0, 2)));
    }

    #[test]
    fn trimming_keeps_byte_borders_of_umlauts() {
        let text = "x  Übelkeit \n";
        let span = Span::new(1, text.len()).trim(text);
        assert_eq!(span.of(text), "Übelkeit");
    }

    #[test]
    fn a_span_inside_a_character_gives_nothing_rather_than_a_panic() {
        assert_eq!(Span::new(1, 2).of("ü"), "");
    }
}
