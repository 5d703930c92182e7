//! Schemes by time of day: `1-0-1-0`, `½-0-0`, the cells of a plan, and hours of the clock.

use super::super::lex::{Kind, Tokens};
use super::super::words::{Form, Meaning, Unit};
use super::{Rhythm, Schedule, dot};

/// `1-0-1`, `1 - 0 - 1 - 0`, `½-0-0`, `1/0/1`, `0-0-0-(1)`, `1 1/2-0-0`, and in tables `1 | 0 | 1 | 0` or the numbers alone with wide gaps.
pub(super) fn scheme(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    if goes_on_from_the_left(tokens, index) {
        return None;
    }
    let mut doses = [0.0; 4];
    let mut at = index;
    let mut used = None;
    let mut n = 0;
    let mut optional = false;
    loop {
        let bracketed = n > 0 && tokens.is_sign(at, '(') && tokens.is_sign(at + 2, ')');
        optional |= bracketed;
        let cell = used == Some('|') && is_dash(tokens, at) && tokens.is_sign(at + 1, '|');
        let last_cell = used == Some('|') && is_dash(tokens, at) && tokens.get(at + 1).is_none();
        let (value, next) =
            if cell || last_cell { (0.0, at + 1) } else { piece(tokens, at + usize::from(bracketed), n == 0)? };
        let mut next = next + usize::from(bracketed);
        // `8 IE - 6 IE - 10 IE`: a unit behind each.
        if unit_of_doses(tokens, next).is_some() && separator(tokens, next + 1) == Some('-') {
            next += 1;
        }
        *doses.get_mut(n)? = value;
        n += 1;
        at = next;
        // `1-0-1 |` ends at the bar: a scheme keeps to one separator.
        match separator(tokens, at).filter(|found| used.is_none_or(|used| used == *found)) {
            Some(' ') if n == 4 => break,
            Some(found) => {
                used = Some(found);
                at += usize::from(found != ' ');
            }
            None => break,
        }
    }
    let most = doses.into_iter().fold(0.0, f64::max);
    let doses_unit = unit_of_doses(tokens, at);
    // Three bare columns that close a line: morning, noon, evening.
    let three =
        n == 3 && used == Some(' ') && most <= 4.0 && most > 0.0 && tokens.get(at).is_none() && tokens.is_far(index);
    let enough = if used == Some('-') || used == Some('/') { n >= 3 } else { n == 4 || three };
    // In bare columns more than ten is some other number; `250-250-250` is a code unless a unit follows.
    // `Levetiracetam 500-0-1000` means milligrams, though it does not say so.
    let milligrams = n == 3 && doses[1] == 0.0 && doses.iter().all(|dose| dose % 25.0 == 0.0);
    let too_high = used == Some(' ') && most > 10.0
        || used == Some('/') && most > 4.0
        || doses_unit.is_none() && most > 100.0 && !(used == Some('-') && milligrams);
    // `1-0-1-` and `1-0-1/2` go on: the number reader has taken decimals and halves already.
    let goes_on = tokens.touches_left(at) && (is_dash(tokens, at) || tokens.is_sign(at, '/'));
    // `6-10-14-18 Uhr` are hours.
    if !enough || too_high || goes_on || tokens.is_word(at, "uhr") {
        return None;
    }
    Some((Schedule { doses: Some(doses), doses_unit, prn: optional, rhythm: Rhythm::Daily, ..Schedule::default() }, at))
}

/// Whether the number is glued to something before it: part of a date, a code, a telephone number.
fn goes_on_from_the_left(tokens: &Tokens, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    tokens.touches_left(index)
        && before.is_some_and(|token| match token.kind {
            Kind::Sign(sign) => matches!(sign, '-' | '/' | '.' | ',' | '+' | ':' | '–'),
            // `5mg1-0-1`
            Kind::Word(Meaning::Unit(_)) => false,
            _ => true,
        })
}

fn is_dash(tokens: &Tokens, at: usize) -> bool {
    tokens.is_sign(at, '-') || tokens.is_sign(at, '–') || tokens.is_sign(at, '—')
}

/// What stands between two numbers of a scheme: a dash, a bar, or a wide gap.
fn separator(tokens: &Tokens, at: usize) -> Option<char> {
    let follows = tokens.number(at + 1).is_some()
        || matches!(tokens.word(at + 1), Some("O" | "o" | "l" | "I"))
        || tokens.is_sign(at + 1, '(') && tokens.is_sign(at + 3, ')');
    if is_dash(tokens, at) && tokens.gap_before(at) <= 1 && follows {
        Some('-')
    } else if tokens.is_sign(at, '/')
        && tokens.gap_before(at) == 0
        && tokens.gap_before(at + 1) == 0
        && tokens.number(at + 1).is_some()
    {
        Some('/')
    } else if tokens.is_sign(at, '|') && (tokens.number(at + 1).is_some() || is_dash(tokens, at + 1)) {
        Some('|')
    } else if tokens.number(at).is_some() && tokens.is_far(at) {
        Some(' ')
    } else {
        None
    }
}

/// The unit behind a scheme: the doses are amounts, not pieces.
pub(in crate::medication) fn unit_of_doses(tokens: &Tokens, at: usize) -> Option<Unit> {
    match tokens.meaning(at) {
        Meaning::Unit(unit @ (Unit::Iu | Unit::Mg | Unit::G | Unit::Ug)) => Some(unit),
        _ => tokens.pointed(at).filter(|(short, _)| *short == "ie").map(|_| Unit::Iu),
    }
}

/// One number of a scheme. Scans have the letter O for nought and l for one (`1-O-0`).
fn piece(tokens: &Tokens, at: usize, first: bool) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    match tokens.word(at) {
        Some("O" | "o") => return Some((0.0, at + 1)),
        Some("l" | "I") => return Some((1.0, at + 1)),
        _ => {}
    }
    let Kind::Number { value, plain: true } = token.kind else { return None };
    if value > 1000.0 || token.end - token.start > 5 {
        return None;
    }
    // `1 1/2`, but not the strength of `Metoprolol 50 1/2-0-1/2` or `Concor 5 1/2-0-0`.
    let most = if first { 4.0 } else { 10.0 };
    if let Some(part) = tokens.number(at + 1)
        && value < most
        && tokens.gap_before(at + 1) == 1
        && part < 1.0
        && part > 0.0
        && tokens.get(at + 1).is_some_and(|half| !tokens.text[half.start..half.end].starts_with('0'))
    {
        return Some((value + part, at + 2));
    }
    Some((value, at + 1))
}

/// `7:00 Uhr 1½, 10:30 Uhr 1, 17:30 Uhr 1`, `6:00 1, 10:00 1 Tbl.`: at least two.
pub(super) fn clock(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let mut at = index;
    let mut end = index;
    let mut times = 0.0;
    let mut total = 0.0;
    while tokens.number(at).is_some_and(|hour| hour < 25.0) {
        let minutes = tokens.is_sign(at + 1, ':') && tokens.number(at + 2).is_some_and(|minutes| minutes < 60.0);
        let mut next = at + if minutes { 3 } else { 1 };
        let named = tokens.is_any(next, &["uhr", "h"]);
        next += usize::from(named);
        next += usize::from((named || minutes) && tokens.is_sign(next, ':'));
        // Without `Uhr` a number may be a reading or the next hour.
        let hour = tokens.is_sign(next + 1, ':') && tokens.touches_left(next + 1);
        let Some(amount) = tokens.number(next).filter(|amount| named || minutes && *amount <= 10.0 && !hour) else {
            break;
        };
        times += 1.0;
        total += amount;
        end = next + 1;
        if matches!(tokens.meaning(end), Meaning::Form(Form::Piece)) {
            end = dot(tokens, end + 1);
        }
        at = end + usize::from(tokens.is_sign(end, ',') || tokens.is_sign(end, ';'));
    }
    (times >= 2.0).then(|| {
        (Schedule { times: Some(times), each: Some(total / times), rhythm: Rhythm::Daily, ..Schedule::default() }, end)
    })
}

/// `6:00, 10:00, 14:00 und 18:00 Uhr`, `8 Uhr und 20 Uhr`, `7, 11 und 15 Uhr`, `6-10-14-18 Uhr`: so often a day; at least two, the last with `Uhr`.
pub(super) fn hours(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let (mut at, mut n, mut end) = (index, 0, None);
    while tokens.number(at).is_some_and(|hour| hour < 25.0) && n < 12 {
        let mut next = at + 1;
        let minutes = tokens.is_sign(next, ':') && tokens.number(next + 1).is_some();
        next += if minutes { 2 } else { 0 };
        let named = tokens.is_word(next, "uhr");
        n += 1;
        if named {
            end = Some(next + 1);
            next += 1;
        }
        let sign =
            [',', '/', '-', '–'].iter().any(|sign| tokens.is_sign(next, *sign)) || tokens.is_any(next, &["und", "u"]);
        at = next + usize::from(sign);
        if !sign {
            break;
        }
    }
    Some((
        Schedule { times: Some(f64::from(n)), rhythm: Rhythm::Daily, ..Schedule::default() },
        end.filter(|_| n >= 2)?,
    ))
}
