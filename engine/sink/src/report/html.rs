//! Writing HTML so that nothing a document holds can become markup.
//!
//! Markup can only be a literal of this program (`&'static str`); whatever was read at run time goes through `text` or `attribute`, which
//! escape it. Control characters become their visible pictures, because a browser would drop or refuse them.

/// HTML under construction.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Markup, written by this program.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text between tags.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.0);
        self
    }

    /// ` name="value"` inside a tag that `raw` has begun.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// `before text after`.
    pub(super) fn between(&mut self, before: &'static str, text: &str, after: &'static str) -> &mut Self {
        self.raw(before).text(text).raw(after)
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

fn escape(text: &str, out: &mut String) {
    out.reserve(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(character),
            '\u{0}'..='\u{1f}' => out.extend(char::from_u32(0x2400 + character as u32)),
            '\u{7f}' => out.push('\u{2421}'),
            '\u{80}'..='\u{9f}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(character),
        }
    }
}

/// A count with its thousands apart: 12,345.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `plural(1, "document", "documents")` is "1 document".
pub(super) fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// At most `n_chars` characters, the last an ellipsis where something was cut; white space in one line.
pub(super) fn short(text: &str, n_chars: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= n_chars {
        return line;
    }
    line.chars().take(n_chars.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_read_can_become_markup() {
        let mut html = Html::default();
        html.raw("<p").attribute("title", "\"><script>'").raw(">").text("<b>&\u{0}\u{1b}\u{7f}\u{85}ä\r\n").raw("</p>");
        assert_eq!(
            html.into_string(),
            "<p title=\"&quot;&gt;&lt;script&gt;&#39;\">&lt;b&gt;&amp;\u{2400}\u{241b}\u{2421}\u{fffd}ä\r\n</p>"
        );
    }

    #[test]
    fn counts_and_cuts_read_well() {
        assert_eq!([0, 999, 1000, 12_345_678].map(count), ["0", "999", "1,000", "12,345,678"]);
        assert_eq!(plural(1, "row", "rows") + ", " + &plural(2000, "row", "rows"), "1 row, 2,000 rows");
        assert_eq!(short(" Übel\r\nkeit ", 9), "Übel keit");
        assert_eq!(short("Übelkeit", 4), "Übe…");
    }
}
