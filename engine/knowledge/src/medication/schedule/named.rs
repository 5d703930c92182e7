//! Schedules by name: when needed, times of day in words, days of the week, days of a cycle.

use super::super::lex::{Kind, Tokens};
use super::super::words::{Meaning, Unit};
use super::{Rhythm, Schedule, dot};

/// `bei Bedarf`, `b. B.`, `as needed`, `when required`, `PRN`.
pub(super) fn needed(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let prn = Schedule { prn: true, ..Schedule::default() };
    if let Some((short, next)) = tokens.pointed(index) {
        match short {
            "bb" | "prn" => return Some((prn, next)),
            // `Z. n.` with a capital is `Zustand nach`.
            "zn" if tokens.word(index) == Some("Z") => {}
            "zn" | "qhs" => return Some((slot(8), next)),
            "qd" | "od" | "om" => return Some((Schedule::daily(1.0), next)),
            "bid" | "bd" => return Some((Schedule::daily(2.0), next)),
            "tid" | "tds" => return Some((Schedule::daily(3.0), next)),
            "qid" | "qds" => return Some((Schedule::daily(4.0), next)),
            _ => {}
        }
    }
    if tokens.is_word(index, "bei") || tokens.is_word(index, "b") {
        let at = dot(tokens, index + 1);
        if tokens.is_any(at, &["bedarf", "bed"]) {
            return Some((prn, dot(tokens, at + 1)));
        }
    }
    if tokens.is_any(index, &["bedarfsweise", "bb"]) && tokens.word(index).is_some_and(|word| word != "BB") {
        return Some((prn, index + 1));
    }
    let two =
        tokens.is_any(index, &["as", "if", "when"]) && tokens.is_any(index + 1, &["needed", "required", "necessary"]);
    two.then_some((prn, index + 2))
}

/// `an Schultagen`, `an Dialysetagen`, `on dialysis days`.
pub(super) fn some_days(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    const DAYS: [&str; 8] = [
        "schultagen",
        "werktagen",
        "wochentagen",
        "dialysetagen",
        "dialysefreien",
        "ungeraden",
        "geraden",
        "therapiefreien",
    ];
    let end = if tokens.is_word(index, "an") && tokens.is_any(index + 1, &DAYS) {
        index + 2 + usize::from(tokens.is_word(index + 2, "tagen"))
    } else if tokens.is_word(index, "on")
        && tokens.is_any(index + 1, &["dialysis", "school", "alternate", "even", "odd"])
        && tokens.is_word(index + 2, "days")
    {
        index + 3
    } else {
        return None;
    };
    Some((Schedule::not_daily(), end))
}

pub(super) fn slot(bits: u8) -> Schedule {
    let times = f64::from(bits.count_ones());
    Schedule { times: Some(times), rhythm: Rhythm::Daily, ..Schedule::default() }
}

/// `morgens 1, abends ½`: at least two, no form or unit behind the numbers; `morgens 12, mittags 8, abends 10 IE` counts units.
pub(super) fn slots_with_counts(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let mut doses = [0.0; 4];
    let (mut at, mut end, mut n) = (index, index, 0);
    let mut doses_unit = None;
    while let Some((bits, next)) = one_slot(tokens, at).filter(|(bits, _)| bits.count_ones() == 1) {
        let Some(count) = tokens.number(next).filter(|count| *count <= 100.0) else { break };
        if tokens.meaning(next + 1) == Meaning::Unit(Unit::Iu) && n > 0 {
            doses[bits.trailing_zeros() as usize] += count;
            (doses_unit, n, end) = (Some(Unit::Iu), n + 1, next + 2);
            break;
        }
        if matches!(
            tokens.meaning(next + 1),
            Meaning::Unit(_) | Meaning::Form(_) | Meaning::By | Meaning::Hour | Meaning::Million
        ) {
            break;
        }
        doses[bits.trailing_zeros() as usize] += count;
        n += 1;
        end = next + 1;
        at = past_joint(tokens, end);
    }
    let too_high = doses_unit.is_none() && doses.iter().any(|dose| *dose > 10.0);
    let schedule = Schedule { doses: Some(doses), doses_unit, rhythm: Rhythm::Daily, ..Schedule::default() };
    (n >= 2 && !too_high).then_some((schedule, end))
}

/// Behind a comma, a stroke or an "und" that stands between two parts of one list.
fn past_joint(tokens: &Tokens, at: usize) -> usize {
    let sign = [',', ';', '/'].iter().any(|sign| tokens.is_sign(at, *sign));
    at + usize::from(sign || tokens.is_any(at, &["und", "and", "u"]))
}

/// `Mo 1, Di 1/2, Mi 1`: days of the week with how many, at least two.
pub(super) fn weekdays_with_counts(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let day = |at: usize| matches!(tokens.meaning(at), Meaning::WeekdayShort | Meaning::Weekday);
    let (mut at, mut end, mut n) = (index, index, 0);
    while day(at) {
        let mut next = dot(tokens, at + 1);
        // `Mo/Mi/Fr 1`, `Mo-Fr 1`, `Sa + So ½`.
        while (tokens.is_sign(next, '/')
            || tokens.is_sign(next, '-')
            || tokens.is_sign(next, '–')
            || tokens.is_sign(next, '+')
            || tokens.is_sign(next, ','))
            && day(next + 1)
        {
            next = dot(tokens, next + 2);
        }
        next += usize::from(tokens.is_sign(next, ':'));
        if tokens.number(next).is_none() || matches!(tokens.meaning(next + 1), Meaning::Unit(_)) {
            break;
        }
        n += 1;
        end = next + 1;
        at = past_joint(tokens, end);
    }
    (n >= 2).then_some((Schedule::not_daily(), end))
}

/// `morgens`, `morgens und abends`, `zur Nacht`, `zum Schlafen`, `at bedtime`, `in the morning`, `every evening`.
pub(super) fn slots(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let (mut bits, mut end) = one_slot(tokens, index)?;
    loop {
        let sign = tokens.is_sign(end, ',')
            || tokens.is_sign(end, '/')
            || tokens.is_sign(end, '+')
            || tokens.is_any(end, &["und", "and", "u"]);
        let from = end + usize::from(sign);
        let Some((more, next)) = one_slot(tokens, from).filter(|_| sign) else { break };
        bits |= more;
        end = next;
    }
    Some((slot(bits), end))
}

fn one_slot(tokens: &Tokens, index: usize) -> Option<(u8, usize)> {
    if let Meaning::Slot(bits) = tokens.meaning(index) {
        return Some((bits, dot(tokens, index + 1)));
    }
    let named = |at: usize| {
        if tokens.is_any(at, &["nacht", "schlafen", "bedtime", "night", "sleep", "schlafengehen"]) {
            Some(8)
        } else if tokens.is_any(at, &["morning", "morgen", "breakfast", "frühstück"]) {
            Some(1)
        } else if tokens.is_any(at, &["noon", "mittag", "lunch", "mittagessen", "afternoon", "nachmittag"]) {
            Some(2)
        } else if tokens.is_any(at, &["evening", "abend", "dinner", "supper", "abendessen"]) {
            Some(4)
        } else {
            None
        }
    };
    // `14 units in AM`
    if tokens.is_any(index, &["in", "every"]) && tokens.is_any(index + 1, &["am", "pm"]) {
        return Some((if tokens.is_word(index + 1, "am") { 1 } else { 4 }, index + 2));
    }
    let lead =
        tokens.is_any(index, &["zur", "zum", "at", "every", "in", "am", "vor", "before", "each", "with", "jeden"]);
    if !lead {
        return None;
    }
    let at = index + 1 + usize::from(tokens.is_any(index + 1, &["the", "dem", "der"]));
    named(at).map(|bits| (bits, at + 1))
}

/// `montags`, `Montag und Donnerstag`, `on Mondays`.
pub(super) fn weekdays(tokens: &Tokens, index: usize) -> (Schedule, usize) {
    let mut end = index + 1;
    loop {
        let comma = usize::from(tokens.is_sign(end, ',') && tokens.is_word(end + 1, "and"));
        let sign = tokens.is_sign(end, ',') || tokens.is_sign(end, '/') || tokens.is_any(end, &["und", "and", "u"]);
        if !sign || tokens.meaning(end + 1 + comma) != Meaning::Weekday {
            break;
        }
        end += 2 + comma;
    }
    (Schedule::not_daily(), end)
}

/// `Mo-Fr`, `Mo, Mi, Fr`, `Mo/Do`: at least two, for `Do` and `So` are words.
pub(super) fn short_weekdays(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let mut end = index + 1;
    let mut n = 1;
    loop {
        let at = dot(tokens, end);
        let dash = tokens.is_sign(at, '-') || tokens.is_sign(at, '–') || tokens.is_word(at, "bis");
        let sign = dash
            || tokens.is_sign(at, ',')
            || tokens.is_sign(at, '/')
            || tokens.is_sign(at, '+')
            || tokens.is_any(at, &["und", "u"]);
        if !sign || tokens.meaning(at + 1) != Meaning::WeekdayShort {
            break;
        }
        n += 1;
        end = at + 2;
    }
    // `1-0-0 Mi`: one alone only behind a scheme, at the end of what is read.
    let behind_a_scheme = || index >= 3 && tokens.number(index - 1).is_some() && tokens.is_sign(index - 2, '-');
    let alone = || tokens.get(end).is_none_or(|next| !matches!(next.kind, Kind::Word(_) | Kind::Number { .. }));
    (n >= 2 || tokens.tokens.len() == 1 || behind_a_scheme() && alone()).then(|| (Schedule::not_daily(), end))
}

/// `Tag 1`, `Tag 1, 8, 15`, `d1-3`, `Tag 1 bis 2`, `Woche 2-3`, `day 1`, `Wiederholung Tag 29`, `Pause Tag 15-21`: of a cycle.
pub(super) fn cycle_day(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let led = tokens.is_any(index, &["wiederholung", "wdh", "wdhg", "pause", "repeat"]);
    let at = index + usize::from(led) + usize::from(led && tokens.is_sign(index + 1, '.'));
    let at = at + usize::from(led && tokens.is_any(at, &["an", "am", "on"]));
    let cycle = Schedule { cycle: true, ..Schedule::not_daily() };
    // `dl = 2 mg` of a scan.
    if tokens.word(at) == Some("dl") && tokens.is_sign(at + 1, '=') {
        return Some((cycle, at + 1));
    }
    // The `D` of `Vitamin D 1000 IE` is no day.
    let short = tokens.word(at) == Some("d");
    if !short && !tokens.is_any(at, &["tag", "day", "tage", "days", "woche", "week", "wochen", "weeks"]) {
        return None;
    }
    let day = |at: usize| {
        // `1,8` is two days to a reader, `27.1` is a date.
        let written = tokens.get(at).map_or("", |token| &tokens.text[token.start..token.end]);
        tokens.number(at).is_some_and(|day| day <= 42.0)
            && !written.contains('.')
            && !matches!(tokens.meaning(at + 1), Meaning::Unit(_) | Meaning::By)
    };
    let week = tokens.meaning(at) == Meaning::Week;
    let counted = day(at + 1) || !week && !short && tokens.number(at + 1).is_some();
    if !counted {
        return None;
    }
    let mut end = at + 2;
    while tokens.is_sign(end, ',')
        || tokens.is_sign(end, '-')
        || tokens.is_sign(end, '–')
        || tokens.is_sign(end, '+')
        || tokens.is_any(end, &["und", "and", "bis", "to"])
    {
        // `d1, d8`
        let again = usize::from(tokens.is_any(end + 1, &["d", "tag", "day"]));
        // `Tag 28, 27.1.2021` goes on with a date.
        let date = tokens.is_sign(end + 2 + again, '.')
            && tokens.touches_left(end + 2 + again)
            && tokens.number(end + 3 + again).is_some();
        if !day(end + 1 + again) || date {
            break;
        }
        end += 2 + again;
    }
    // `Tag 3 von 7` counts the days that have passed.
    let counted = tokens.is_any(end, &["von", "of"]) && tokens.number(end + 1).is_some();
    // `(Woche 2)`, `Woche 2-3`: a week by itself may be that of anything.
    let alone = week && end == at + 2 && !tokens.is_sign(at.wrapping_sub(1), '(');
    (!counted && !alone).then_some((cycle, end))
}

/// `einmalig`, `einmalige Gabe`: `einmaliges Erbrechen` is something else.
pub(super) fn once(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let given = tokens.is_any(index, &["einmalige", "einmaliger", "einmaligen"])
        && tokens
            .is_any(index + 1, &["gabe", "applikation", "verabreichung", "injektion", "infusion", "dosis", "einnahme"]);
    (given || tokens.is_word(index, "einmalig")).then(|| (Schedule::not_daily(), index + 1))
}

/// `um 20 Uhr`, `22:00 Uhr`, `1 um 20:00`: once a day.
pub(super) fn at_the_clock(tokens: &Tokens, index: usize) -> Option<(Schedule, usize)> {
    let each = tokens.number(index).filter(|each| *each <= 10.0 && tokens.is_word(index + 1, "um"));
    let at = index + usize::from(each.is_some());
    let led = tokens.is_any(at, &["um", "gegen"]);
    let hour = at + usize::from(led);
    tokens.number(hour).filter(|hour| *hour < 25.0 && hour.fract() == 0.0)?;
    let minutes = tokens.is_sign(hour + 1, ':') && tokens.number(hour + 2).is_some_and(|minutes| minutes < 60.0);
    let end = hour + if minutes { 3 } else { 1 };
    let named = tokens.is_word(end, "uhr");
    // Without `um` a time of day may be that of anything.
    if !(named && (led || minutes) || led && minutes) {
        return None;
    }
    let schedule = Schedule { each, ..Schedule::daily(1.0) };
    Some((schedule, end + usize::from(named)))
}
