//! From byte offsets to code points, the unit of `begin` and `end` in the tables.
//!
//! A table of counts at every kilobyte makes each look-up cheap, also near the end of a document of 50 MB; text that is all ASCII needs no
//! table. Code points, not grapheme clusters: a combining accent and each part of an emoji sequence count, as in Python.

/// Bytes between two entries of the table.
const STEP: usize = 1024;

/// Code-point offsets of one text.
pub(crate) struct CodePoints<'t> {
    bytes: &'t [u8],
    /// Code points that begin before byte `i * STEP`; `None` where bytes and code points are the same.
    before: Option<Vec<u32>>,
}

impl<'t> CodePoints<'t> {
    /// Looks once over the whole text, which must be shorter than 4 GiB.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let before = (!text.is_ascii()).then(|| {
            let mut sum = 0;
            let counts = bytes.chunks(STEP).map(|chunk| {
                let before = sum;
                sum += count(chunk);
                before
            });
            counts.collect()
        });
        Self { bytes, before }
    }

    /// The code point that begins at `byte`, a character border of the text; what lies behind the text counts as its end.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.bytes.len());
        let Some(before) = &self.before else { return byte as u32 };
        // At the end of a text whose length is a multiple of STEP the last entry counts a whole block.
        let block = (byte / STEP).min(before.len() - 1);
        before[block] + count(&self.bytes[block * STEP..byte])
    }
}

/// Characters that begin in these bytes: all but the continuation bytes 0b10xxxxxx.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from((*byte as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_border_of_a_text_has_the_offset_that_python_counts() {
        let motif = "pT2 Größe 1,5 cm – e\u{301} 👩\u{200d}⚕️\u{0}\r\n漢";
        for text in
            ["", "plain ASCII", motif, &motif.repeat(100), &"x".repeat(STEP), &"ä".repeat(STEP), &"a👍".repeat(STEP)]
        {
            let index = CodePoints::new(text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(index.at(byte as u32), n as u32, "byte {byte}");
            }
            assert_eq!(index.at(text.len() as u32) as usize, text.chars().count());
            assert_eq!(index.at(u32::MAX) as usize, text.chars().count());
        }
    }

    #[test]
    fn two_hundred_thousand_look_ups_in_fifty_megabytes_take_less_than_a_second() {
        let text = "Übelkeit unter Metformin 1-0-1, pT2 pN0. ".repeat(1_250_000);
        let begun = std::time::Instant::now();
        let index = CodePoints::new(&text);
        let step = text.len() / 200_000;
        let sum: u64 = (0..200_000).map(|n| u64::from(index.at((n * step) as u32))).sum();
        assert!(sum > 0);
        assert!(begun.elapsed().as_secs_f64() < 1.0, "{:?}", begun.elapsed());
    }
}
