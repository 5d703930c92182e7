//! Numbers without a unit that are a strength: `Ramipril 5 1-0-0`, `Inegy 10/40 0-0-1`, `Keppra 2 x 1000`, `ASS 100, Ramipril 5`.

use befund_core::Span;

use super::link::between;
use super::piece::{Piece, Value};
use super::schedule::Rhythm;

/// Words between a name and its number, or behind it, that tell the preparation.
const PREPARATIONS: [&str; 27] = [
    "akut",
    "chrono",
    "cr",
    "depot",
    "er",
    "exp",
    "expidet",
    "forte",
    "long",
    "mite",
    "mups",
    "opt",
    "optoral",
    "prol",
    "prolong",
    "prolongatum",
    "ret",
    "retard",
    "sr",
    "succ",
    "tart",
    "uno",
    "velo",
    "xl",
    "xr",
    "zk",
    "zok",
];

/// Substances that are measured in blood too: in `Folsäure 8, Ferritin 12` the numbers are results.
const MEASURED: [&str; 22] = [
    "albumin",
    "calcium",
    "ciclosporin",
    "cortisol",
    "cyclosporin",
    "digitoxin",
    "digoxin",
    "eisen",
    "fol",
    "glucose",
    "iron",
    "kalium",
    "lithium",
    "magnesium",
    "natrium",
    "phosph",
    "potassium",
    "sodium",
    "tacrolimus",
    "testosteron",
    "vit",
    "zin",
];

/// Strengths so common that a number behind a name needs no other sign.
const COMMON: [f64; 16] =
    [50.0, 75.0, 80.0, 81.0, 100.0, 150.0, 160.0, 200.0, 250.0, 300.0, 400.0, 500.0, 600.0, 800.0, 850.0, 1000.0];

/// Whether the number at `index` is the strength of `drugs[drug]`.
pub(super) fn is_bare_strength(text: &str, drugs: &[Span], drug: usize, pieces: &[Piece], index: usize) -> bool {
    let piece = &pieces[index];
    let name = drugs[drug];
    let Value::Bare(value) = piece.value else { return false };
    // `Keppra 2 x 1000`; thirty are drops.
    let times = index.checked_sub(1).map(|before| &pieces[before]).filter(|before| {
        matches!(before.value, Value::Schedule(schedule) if schedule.times.is_some() && schedule.doses.is_none())
            && before.span.of(text).ends_with(['x', '×', 'X'])
            && between(text, before.span.end, piece.span.start).is_some_and(|gap| gap.trim().is_empty())
    });
    if let Some(times) = times {
        return value.is_some_and(|value| value >= 50.0) && stands_behind(text, name.end, times.span.start);
    }
    if !stands_behind(text, name.end, piece.span.start) {
        return false;
    }
    // `Metamizol [Novaminsulfon 500]`
    let opened = text.get(..name.start as usize).is_some_and(|before| before.ends_with(['(', '[']));
    let closed = text.get(piece.span.end as usize..).is_some_and(|after| after.starts_with([')', ']']));
    if opened && closed && value.is_some_and(|value| value >= 5.0) {
        return true;
    }
    if let Some(next) = pieces.get(index + 1) {
        let followed = match next.value {
            Value::Schedule(schedule) => {
                schedule.doses.is_some() || schedule.times.is_some() || schedule.rhythm == Rhythm::NotDaily
            }
            Value::Form | Value::Route(_) => true,
            _ => false,
        };
        if followed && next.span.start > piece.span.end && stands_behind(text, piece.span.end, next.span.start) {
            return true;
        }
    }
    is_listed(text, drugs, drug, pieces, piece)
}

/// Whether nothing but blanks and words for the preparation stand between.
fn stands_behind(text: &str, from: u32, to: u32) -> bool {
    between(text, from, to).is_some_and(|gap| gap.split_whitespace().all(is_preparation))
}

fn is_preparation(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    PREPARATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// `ASS 100, Ramipril 5, Simvastatin 40.`: a number that closes an item, where the strength is a common one or the neighbour has one too.
fn is_listed(text: &str, drugs: &[Span], drug: usize, pieces: &[Piece], piece: &Piece) -> bool {
    let Value::Bare(value) = piece.value else { return false };
    let is_year = value.is_some_and(|value| (1900.0..2100.0).contains(&value) && value.fract() == 0.0);
    if is_year || is_measured(drugs[drug].of(text)) || !closes(text, piece.span.end) {
        return false;
    }
    let common = value.is_some_and(|value| COMMON.contains(&value));
    let after = drugs.get(drug + 1).filter(|next| is_enumerated(text, piece.span.end, next.start));
    let before = drug.checked_sub(1).map(|before| drugs[before]).filter(|before| {
        number_of(text, *before, pieces).is_some_and(|end| is_enumerated(text, end, drugs[drug].start))
    });
    common || before.is_some() || after.is_some_and(|next| number_of(text, *next, pieces).is_some())
}

/// Where the number ends that stands directly behind a name, if it may be a strength.
fn number_of(text: &str, name: Span, pieces: &[Piece]) -> Option<u32> {
    let piece = &pieces[pieces.partition_point(|piece| piece.span.start < name.end)..].first()?;
    let number = matches!(piece.value, Value::Bare(_) | Value::Amount(_));
    (number && !is_measured(name.of(text)) && stands_behind(text, name.end, piece.span.start)).then_some(piece.span.end)
}

/// Whether nothing but a preparation, a comma or `und` stands between an item and the next.
fn is_enumerated(text: &str, from: u32, to: u32) -> bool {
    between(text, from, to).is_some_and(|gap| {
        gap.split([',', ';', '+', '/', '\n', ' ', '•', '-'])
            .all(|word| word.is_empty() || matches!(word, "und" | "u." | "sowie" | "and") || is_preparation(word))
    })
}

fn is_measured(name: &str) -> bool {
    let name = name.to_lowercase();
    MEASURED.iter().any(|measured| name.starts_with(measured))
}

/// Whether an item ends at `at`: at the end, a comma, a semicolon, a full stop, a line end, a bracket or `und`.
fn closes(text: &str, at: u32) -> bool {
    let mut sign = text.get(at as usize..).unwrap_or("").trim_start_matches(' ');
    loop {
        let word = &sign[..sign.find([' ', ',', ';', '\n']).unwrap_or(sign.len())];
        if word.is_empty() || !is_preparation(word) || word == "." {
            break;
        }
        sign = sign[word.len()..].trim_start_matches(' ');
    }
    let number_follows = sign.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
    sign.is_empty()
        || sign.starts_with([';', '\n', ')', '\r'])
        || sign.starts_with([',', '.']) && !number_follows
        || ["und ", "u. ", "sowie ", "and ", "+ "].iter().any(|word| sign.starts_with(word))
}
