//! Colour, where the output is a terminal that wants it (NO_COLOR is heeded).

use std::io::IsTerminal;

/// Paints or does not.
#[derive(Clone, Copy)]
pub(crate) struct Paint(bool);

impl Paint {
    /// For standard output.
    pub(crate) fn stdout() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self(wanted && std::io::stdout().is_terminal())
    }

    /// Whether colours are on.
    pub(crate) fn on(self) -> bool {
        self.0
    }

    /// `text` in an SGR style such as "1;32".
    pub(crate) fn style(self, sgr: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{sgr}m{text}\x1b[0m") } else { text.to_string() }
    }

    /// Bold.
    pub(crate) fn bold(self, text: &str) -> String {
        self.style("1", text)
    }
}

/// Escapes control characters, so that a document cannot steer the terminal it is shown on. Line ends and tabs stay.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect()
}
