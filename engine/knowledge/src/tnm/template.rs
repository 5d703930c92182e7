//! Synoptic templates that print every category with its definition: only the ticked one is stated, the others are definitions.
//!
//! CAP protocols and German structured forms list `pTX:`, `pT0:`, `pT1:` ... on lines of their own. A single "pT1 = tumour up to 2 cm" is a
//! definition too. It does not decide between statements; it only says which mentions define.

use befund_core::{Label, Span};

/// What a form makes of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Print {
    /// Said of this tumour.
    Stated,
    /// Explained: "pT1 = tumour up to 2 cm".
    Explained,
    /// Offered by the form and not ticked.
    Offered,
}

/// For each mention whether it is stated or only printed. `mentions` are ordered by span.
pub(crate) fn prints(text: &str, mentions: &[(Label, Span)]) -> Vec<Print> {
    let lines: Vec<Option<Line>> = mentions.iter().map(|&(label, span)| line(text, label, span)).collect();
    let mut prints: Vec<Print> = mentions
        .iter()
        .zip(&lines)
        .map(|(&(_, span), line)| match line {
            _ if empty_box_before(text, span.start as usize) => Print::Offered,
            Some(line) if line.blank => Print::Offered,
            Some(line) if line.equals || line.restricts => Print::Explained,
            _ => Print::Stated,
        })
        .collect();
    let mut begin = 0;
    while begin < mentions.len() {
        let mut end = begin + 1;
        if lines[begin].as_ref().is_some_and(|line| line.leads) {
            while end < mentions.len()
                && mentions[end].0 == mentions[begin].0
                && lines[end].as_ref().is_some_and(|line| line.leads)
                && mentions[end].1.start - mentions[end - 1].1.end < 400
                && mentions[end].1.of(text) != mentions[end - 1].1.of(text)
            {
                end += 1;
            }
        }
        let list = begin..end;
        let all = |holds: fn(&Line) -> bool| lines[list.clone()].iter().flatten().all(holds);
        if list.len() >= 3 || list.len() == 2 && all(|line| line.defines) {
            let n_ticked = lines[list.clone()].iter().flatten().filter(|line| line.ticked).count();
            for i in list {
                // Where a scanner left more than one tick, none is sure.
                if n_ticked != 1 || lines[i].as_ref().is_some_and(|line| !line.ticked) {
                    prints[i] = Print::Offered;
                }
            }
        }
        begin = end;
    }
    prints
}

/// Whether the nearest box left of `at` on its line is empty: `[ ] Present (L1)`.
fn empty_box_before(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(60));
    let head = text.get(from..at).unwrap_or("");
    let line = head.rfind('\n').map_or(head, |i| &head[i + 1..]);
    let nearest = |boxes: &[&str]| boxes.iter().filter_map(|shape| line.rfind(shape)).max();
    match (nearest(&["[ ]", "[]", "( )", "☐", "□"]), nearest(&["[x]", "[X]", "(x)", "(X)", "☒", "☑", "✓", "■"]))
    {
        (Some(_), None) => true,
        (Some(empty), Some(ticked)) => empty > ticked,
        _ => false,
    }
}

struct Line {
    /// The mention leads its line and words follow.
    leads: bool,
    /// A tick stands before it.
    ticked: bool,
    /// `=` and a word follow.
    equals: bool,
    /// A colon follows.
    defines: bool,
    /// A blank to be ticked stands before it, and a colon follows: `___ pT1: `.
    blank: bool,
    /// It says for which tumours a question is: "(pT1 and pT2 tumors)".
    restricts: bool,
}

fn line(text: &str, label: Label, span: Span) -> Option<Line> {
    if !matches!(label, Label::T | Label::N | Label::M) {
        return None;
    }
    let (start, end) = (span.start as usize, span.end as usize);
    let from = text.floor_char_boundary(start.saturating_sub(16));
    let head = text.get(from..start)?;
    let at_start = head.rfind('\n').map(|i| &head[i + 1..]).or_else(|| (from == 0).then_some(head));
    let to = text.floor_char_boundary(end + 40);
    let tail = text.get(end..to)?;
    let tail = tail.find('\n').map_or(tail, |i| &tail[..i]);
    let rest = tail.trim_start_matches([' ', ':', '=', '-', '–', '\t', ')']);
    let words = rest.chars().filter(|c| c.is_alphabetic()).count() >= 6;
    let defines = tail.trim_start().starts_with([':', ';']);
    let marked = at_start.and_then(mark);
    Some(Line {
        leads: marked.is_some() && words,
        ticked: marked == Some(true),
        equals: tail.trim_start().starts_with('=') && rest.starts_with(char::is_alphabetic),
        defines,
        blank: defines && head.trim_end().ends_with("__") && !head.trim_end_matches(['_', ' ']).ends_with(['x', 'X']),
        restricts: restricts(head, tail),
    })
}

/// Whether the head of a line holds nothing but marks, and whether one of them is a tick; a scanner makes V, Z and / of ticks.
fn mark(head: &str) -> Option<bool> {
    let letters: Vec<char> = head.chars().filter(|c| c.is_alphanumeric()).collect();
    let plain = letters.is_empty();
    let tick = letters.len() == 1 && matches!(letters[0], 'x' | 'X' | 'V' | 'v' | 'Z') && !head.contains(['.', ')']);
    let boxed = letters.len() == 1 && matches!(letters[0], 'x' | 'X') && head.contains(['(', '[']);
    (plain || tick || boxed).then(|| !plain || head.contains(['☑', '☒', '✓', '✔', '√', '/']))
}

/// "(pT1 and pT2 tumors)", "for pT1 tumours only".
fn restricts(head: &str, tail: &str) -> bool {
    let (head, tail) = (&*head.to_lowercase(), &*tail.to_lowercase());
    let asked = ["(", "for ", "bei ", "für ", " and ", " und "].iter().any(|before| head.ends_with(before));
    let many = |rest: &str| {
        ["tumors", "tumours", "tumoren", "carcinomas", "cancers", "karzinome"].iter().any(|word| rest.starts_with(word))
    };
    let rest = tail.trim_start();
    let joined = ["and ", "und ", "or ", "oder ", "/", ", "].iter().find_map(|joint| rest.strip_prefix(joint));
    let next =
        joined.map(|rest| rest.trim_start_matches(['p', 'c', 't', '0', '1', '2', '3', '4', 'a', 'b'])).unwrap_or(rest);
    asked && many(next.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Vec<Print> {
        let mentions: Vec<_> =
            super::super::scan(text).into_iter().map(|mention| (mention.label, mention.span)).collect();
        prints(text, &mentions)
    }

    #[test]
    fn in_a_printed_template_only_the_ticked_category_is_stated() {
        let text = "Primary tumor\n[ ] pT1: Tumor invades submucosa\n[x] pT2: Tumor invades muscularis\n[ ] pT3: Tumor invades subserosa\n";
        assert_eq!(printed(text), [Print::Offered, Print::Stated, Print::Offered]);
        let text = "LYMPHATIC INVASION  [ ] Not identified (L0)  [X] Present (L1)";
        assert_eq!(printed(text), [Print::Offered, Print::Stated]);
    }

    #[test]
    fn a_printed_list_without_ticks_states_nothing() {
        let text = "pT1: Tumor invades submucosa\npT2: Tumor invades muscularis\npT3: Tumor invades subserosa\n";
        assert_eq!(printed(text), [Print::Offered; 3]);
    }

    #[test]
    fn a_category_with_its_meaning_on_one_line_is_stated() {
        let text = "Primary Tumor (pT):\npT2a: Tumor more than 3 cm\nRegional Lymph Nodes (pN):\npN0: No metastasis";
        assert_eq!(printed(text), [Print::Stated; 2]);
        assert_eq!(printed("pT1 = Tumor bis 2 cm"), [Print::Explained]);
    }
}
