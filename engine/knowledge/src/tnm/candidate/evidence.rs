//! What speaks for and against a candidate: its prefix, its chain, the words beside it.

mod key;

use befund_core::{Label, Refusal};

use crate::border::border_before;
use crate::tnm::component::{self, Component, OCR_ONE, OCR_ZERO};
use crate::tnm::lexicon::{Side, has_cue, left_of, right_of};

pub(super) fn is_tnm(label: Label) -> bool {
    matches!(label, Label::T | Label::N | Label::M)
}

/// A component that proves itself: `pT2`, `ypN0`, `cM1`, `Pn1`, `N+`.
fn proves_itself(component: &Component) -> bool {
    let scanned = component.flags & (OCR_ONE | OCR_ZERO) != 0;
    let prefix = component.prefix;
    match component.label {
        Label::Pn => !component.spaced && !scanned,
        Label::N if component.value == "+" => true,
        // `pTl`, `pTIb`: no word begins like that.
        Label::T if prefix.plain && prefix.basis == Some('p') && !component.spaced => component.flags & OCR_ZERO == 0,
        Label::T | Label::N | Label::M => !scanned && prefix.plain && prefix.basis.is_some(),
        Label::G => component.spaced && !scanned && component.value.len() == 1 && component.end - component.start > 3,
        _ => false,
    }
}

/// Judges the members of a chain; `verdicts` run in step with it.
pub(super) fn judge(text: &str, chain: &[Component], verdicts: &mut [Result<(), Refusal>]) {
    let is_stage = chain_is_stage(text, chain);
    for (i, verdict) in verdicts.iter_mut().enumerate() {
        let in_chain = if is_stage { fits_chain(text, chain, i) } else { Err(Refusal::NoCue) };
        // What the chain says against it is nearer than what it lacks by itself.
        *verdict = in_chain.or_else(|reason| {
            alone(text, &chain[i]).map_err(|own| if reason == Refusal::NoCue { own } else { reason })
        });
    }
}

fn chain_is_stage(text: &str, chain: &[Component]) -> bool {
    let has = |label: Label, scanned_too: bool| {
        chain.iter().any(|one| {
            one.label == label
                && (scanned_too || one.flags & (OCR_ONE | OCR_ZERO) == 0)
                && !(scanned_too && one.flags & OCR_ZERO != 0 && reads_as_word(text, one, chain))
        })
    };
    let n_tnm = |scanned| [Label::T, Label::N, Label::M].into_iter().filter(|&label| has(label, scanned)).count();
    let extras = [Label::V, Label::Pn, Label::R, Label::G].into_iter().filter(|&label| has(label, false)).count();
    let vessels = has(Label::L, false) && has(Label::V, false);
    chain.iter().any(|one| is_tnm(one.label) && proves_itself(one))
        || n_tnm(false) >= 2 && (has(Label::T, false) || in_order(chain))
        || has(Label::T, false) && n_tnm(true) >= 2
        || n_tnm(true) == 3
        || n_tnm(true) == 2 && chain[0].label == Label::T && alone(text, &chain[0]).is_ok()
        || (has(Label::T, false) || has(Label::N, false))
            && (extras >= 2 || has(Label::G, false) || has(Label::R, false))
        || vessels
        || has(Label::Pn, false) && extras >= 2
        || extras >= 3
        || extras >= 2 && has(Label::G, false) && has_cue(&left_of(text, chain[0].start, 60), Side::Left, Label::G)
}

/// N before M; "M1/N2" are the initials of a typist.
fn in_order(chain: &[Component]) -> bool {
    chain.iter().position(|one| one.label == Label::N) < chain.iter().position(|one| one.label == Label::M)
}

/// Whether a member of an accepted chain may count. Scanned writing must touch a neighbour and not be a word ("T2 NO TUMOR").
fn fits_chain(text: &str, chain: &[Component], i: usize) -> Result<(), Refusal> {
    let one = &chain[i];
    let near = |a: usize, b: usize| chain[b].start - chain[a].end <= 4;
    let beside = i > 0 && near(i - 1, i) || i + 1 < chain.len() && near(i, i + 1);
    if one.flags & (OCR_ONE | OCR_ZERO) != 0 && !one.prefix.any() {
        // A line "No" that ends before `pT1b` answers another question.
        let answer = one.label == Label::N && chain.get(i + 1).is_some_and(|next| next.label == Label::T);
        // "T4a N3 MO left tonsil": behind an N, MO is no word.
        let after_n = i > 0 && near(i - 1, i) && chain[i - 1].label == Label::N && text[one.start..].starts_with("MO");
        if answer || !after_n && reads_as_word(text, one, chain) {
            return Err(Refusal::Word);
        }
        return if beside { Ok(()) } else { Err(Refusal::ScannedAlone) };
    }
    let staged = || chain.iter().any(|other| is_tnm(other.label));
    let fits = match one.label {
        Label::S => beside && staged(),
        Label::L | Label::V | Label::R | Label::G => beside || staged(),
        _ => true,
    };
    if fits { Ok(()) } else { Err(Refusal::NotBesideAComponent) }
}

/// `NO`, `TO`, `MI` before a further word are words, not scanned categories.
fn reads_as_word(text: &str, one: &Component, chain: &[Component]) -> bool {
    let rest = text[one.end..].trim_start_matches([' ', '\t']);
    let next = text.len() - rest.len();
    // Behind `pT3` without a blank, `NO` is no word.
    if one.prefix.any() || chain.iter().any(|other| other.start == next || other.end == one.start) {
        return false;
    }
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(4).collect();
    word.chars().count() >= 3
}

/// A candidate without a chain: prefix, or a cue on one side and none against it.
fn alone(text: &str, one: &Component) -> Result<(), Refusal> {
    let scanned = one.flags & (OCR_ONE | OCR_ZERO) != 0;
    let proven = proves_itself(one);
    if proven && one.label != Label::G && one.value != "+" {
        return Ok(());
    }
    let reach = if matches!(one.label, Label::L | Label::V | Label::R) { 100 } else { 48 };
    let far_left = squeezed_left(text, one.start, reach);
    if scanned && (!one.prefix.any() || is_scanned_p_n0(text, one)) {
        let known = names_category(&far_left, one.label) || scanned_beside_its_cue(text, one, &far_left);
        return if known && !reads_as_word(text, one, &[]) { Ok(()) } else { Err(Refusal::ScannedAlone) };
    }
    if one.label == Label::G && matches!(one.value.as_str(), "L" | "H" | "B") {
        return Err(Refusal::NotBesideAComponent);
    }
    let right = right_of(text, one.end, 26);
    let near_left = &far_left[far_left.floor_char_boundary(far_left.len().saturating_sub(24))..];
    if has_cue(near_left, Side::Against, one.label) || has_cue(&right, Side::Against, one.label) {
        return Err(Refusal::CueAgainst);
    }
    if !one.prefix.any() && one.label == Label::N && (names_station(&right) || lists_stations(text, one)) {
        return Err(Refusal::NodeStation);
    }
    if !one.prefix.any() && is_tnm(one.label) && key::explains_a_block(text, one) {
        return Err(Refusal::BlockOrLot);
    }
    // "(T3c/IIIC)" gives the FIGO stage beside its T.
    let figo = right.strip_prefix('/').is_some_and(|rest| rest.starts_with(['i', 'l', 'v']));
    if figo && one.label == Label::T && one.value.len() >= 2 {
        return Ok(());
    }
    // "R1 = right lateral" and "Grading (G1-G3):" explain.
    let explains = right.starts_with(" = ")
        && !["resid", "mikro", "makro", "micro", "macro", "tumo"].iter().any(|word| right.contains(word));
    if explains && !one.prefix.any() || one.label == Label::G && right.starts_with("):") {
        return Err(Refusal::Explained);
    }
    if one.label == Label::R && one.value == "0" && !one.spaced {
        return Ok(());
    }
    // Thyroid hormones come in pairs.
    let paired = [" und t", " and t", "/t", ", t"].iter().any(|joint| right.starts_with(joint))
        || ["t3 und ", "t3 and ", "t3/", "t3, ", "t4 und ", "t4 and "].iter().any(|joint| near_left.ends_with(joint));
    if one.label == Label::T && !one.prefix.any() && paired && matches!(one.value.as_str(), "3" | "4") {
        return Err(Refusal::ThyroidHormones);
    }
    if proven || range_on_a_line_of_its_own(text, one) || has_cue_beside(text, one, &far_left, &right) {
        return Ok(());
    }
    let block = one.label == Label::T && one.value == "1-4" && one.prefix == component::Prefix::default();
    Err(if block { Refusal::BlockOrLot } else { Refusal::NoCue })
}

/// "N2 lymph nodes examined", "N1: ipsilateral hilar" name a station of nodes.
fn names_station(right: &str) -> bool {
    const AFTER: [&str; 7] = ["lymph", "node", "station", "#", "excision", "biops", "examined"];
    const PLACES: [&str; 6] = ["ipsilat", "contralat", "hilar", "mediast", "peribronch", "interlob"];
    let rest = right.trim_start_matches([' ', '-', ',']);
    let place = rest.trim_start_matches([':', '(', ' ']);
    rest.len() < right.len() && AFTER.iter().any(|word| rest.starts_with(word))
        || place.len() < right.len() && PLACES.iter().any(|word| place.starts_with(word))
}

/// "N1 -#  N2 -#", "N1, two possible lymph nodes; N2, one", "(N3, N4 - bisected node)": another station stands beside it. `one` has no prefix.
fn lists_stations(text: &str, one: &Component) -> bool {
    const REACH: usize = 64;
    let (from, to) =
        (text.ceil_char_boundary(one.start.saturating_sub(REACH)), text.floor_char_boundary(one.end + REACH));
    let left = &text[from..one.start];
    let right = &text[one.end..to];
    let is_other = |label: &str| !label.starts_with(&one.value[..one.value.len().min(1)]);
    // A text's stations with what parts them from `one`.
    let after = right
        .match_indices('N')
        .map(|(i, _)| (&right[i + 1..], &right[..i], i == 0 || !right.as_bytes()[i - 1].is_ascii_alphanumeric()));
    let before = left.match_indices('N').map(|(i, _)| {
        let gap = left.get(i + 2..).unwrap_or("");
        (&left[i + 1..], gap, border_before(left, i))
    });
    after.chain(before).any(|(label, gap, border)| {
        let figure = label.starts_with(|c: char| matches!(c, '1'..='9' | 'l' | 'I'));
        let closed = label.len() < 2 || !label.as_bytes()[1].is_ascii_alphanumeric();
        let parted = gap.contains(['#', '\n']) && !gap.contains(':') || gap.to_lowercase().contains("node");
        let beyond = label.starts_with(|c: char| matches!(c, '4'..='9')) && gap.len() <= 5;
        border && figure && closed && is_other(label) && (parted || beyond)
    })
}

/// `pNO`: no word begins like that. Taken where nothing reads it on.
fn is_scanned_p_n0(text: &str, one: &Component) -> bool {
    one.label == Label::N && one.prefix.plain && text[one.start..].starts_with("pNO")
}

/// Scanned writing that its cue and its form prove: `pTNM: Tl`, `absent (LO)`, `pNO`.
fn scanned_beside_its_cue(text: &str, one: &Component, left: &str) -> bool {
    match one.label {
        Label::N => is_scanned_p_n0(text, one),
        Label::T => {
            let ones = matches!(text.as_bytes().get(one.start + 1), Some(b'l' | b'I'));
            let near = &left[left.floor_char_boundary(left.len().saturating_sub(48))..];
            // "Stage: TI" may be the scanned II.
            ones && has_cue(near, Side::Left, Label::T) && (one.value.len() > 1 || near.contains("tnm"))
        }
        Label::L | Label::V | Label::R => {
            let bracketed = left.ends_with('(') && text[one.end..].starts_with(')');
            let clause = left.rsplit(['\n', ';']).next().unwrap_or("");
            bracketed && has_cue(clause, Side::Left, one.label)
        }
        Label::G => one.value != "1" && one.flags & OCR_ONE != 0,
        _ => false,
    }
}

/// Whether the name of the category stands right before: "Pathological N", "(pT):".
fn names_category(left: &str, label: Label) -> bool {
    let name = left.trim_end_matches([' ', ':', '\t']);
    let letter = label.as_str().to_lowercase();
    ["pathological ", "pathologic ", "clinical ", "(p", "(c", "("].iter().any(|before| {
        let close = if before.starts_with('(') { ")" } else { "" };
        name.ends_with(&format!("{before}{letter}{close}"))
    })
}

/// `left_of` in a form whose columns are parted by many blanks.
fn squeezed_left(text: &str, at: usize, n: usize) -> String {
    let near = left_of(text, at, n);
    if !near.contains("      ") {
        return near;
    }
    let far = left_of(text, at, 6 * n);
    let words: Vec<&str> = far.split(' ').filter(|word| !word.is_empty()).collect();
    let squeezed = words.join(" ");
    squeezed[squeezed.floor_char_boundary(squeezed.len().saturating_sub(n))..].to_owned() + " "
}

/// Whether a word beside it says that a component is one. `far_left` and `right` are its surroundings in small letters.
fn has_cue_beside(text: &str, one: &Component, far_left: &str, right: &str) -> bool {
    // A cue counts within the sentence, or across one line break after a label.
    let ended = far_left.trim_end().strip_suffix(';').unwrap_or(far_left);
    let clause = ended.rsplit([';', '\u{2022}']).next().unwrap_or("");
    let clause = clause.rfind(". ").filter(|_| !clause.contains("aufl")).map_or(clause, |i| &clause[i + 2..]);
    if one.spaced && !one.prefix.any() && is_tnm(one.label) && !clause.contains("tnm") {
        return false;
    }
    let block = one.label == Label::T && one.value == "1-4" && one.prefix == component::Prefix::default();
    if block && !clause.contains("tnm") {
        return false;
    }
    let metastatic = one.label == Label::M
        && one.value.len() == 2
        && !one.spaced
        && text.as_bytes()[one.end - 1].is_ascii_lowercase();
    if metastatic || has_cue(clause, Side::Left, one.label) || has_cue(far_left, Side::Adjacent, one.label) {
        return true;
    }
    let words = right.split(['.', ',', ';', '\n']).next().unwrap_or("");
    let joined = matches!(words.as_bytes().first(), Some(b' ' | b'-'));
    joined && !one.spaced && has_cue(words, Side::Right, one.label)
}

/// `T3/4` where nothing else stands on the line.
fn range_on_a_line_of_its_own(text: &str, one: &Component) -> bool {
    let written = &text[one.start..one.end];
    let before = text[..one.start].trim_end_matches([' ', '\t']);
    let after = text[one.end..].trim_start_matches([' ', '\t', '.']);
    one.label == Label::T
        && written.contains('/')
        && !written[1..].contains('T')
        && (before.is_empty() || before.ends_with('\n'))
        && (after.is_empty() || after.starts_with(['\n', '\r']))
}
