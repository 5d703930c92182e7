//! Short forms of drugs that a document explains itself: `streptozotocin (STZ)`, and from then on, and before, `STZ`.
//!
//! A short form stands in brackets right behind a drug and its letters are letters of the drug's name in their order, the first at the
//! start of a word (Schwartz and Hearst 2003, doi:10.1142/9789812776303_0042). Tables know the usual ones; this is for the others, so it
//! holds within one document only.

use befund_core::{Language, Span};

use super::{link, piece};
use crate::border::{border_after, border_before};

/// A short form and the drug whose name it abbreviates, as indices of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShortForm {
    /// Where it is written; never within one of the drugs.
    pub(crate) span: Span,
    /// The drug behind which it is explained.
    pub(crate) drug: usize,
}

/// Every place of every short form that the document explains, in order. `drugs` are the drugs found so far, in order.
pub(crate) fn short_forms(text: &str, language: Language, drugs: &[Span]) -> Vec<ShortForm> {
    let mut known: Vec<(&str, usize)> = Vec::new();
    for (drug, span) in drugs.iter().enumerate() {
        if let Some(short) = explained(text, language, *span)
            && known.iter().all(|(one, _)| *one != short)
        {
            known.push((short, drug));
        }
    }
    let mut places: Vec<ShortForm> = Vec::new();
    for (short, drug) in known {
        let all = text.match_indices(short).map(|(start, _)| Span::new(start, start + short.len()));
        let free = all.filter(|span| {
            let after = drugs.partition_point(|drug| drug.end <= span.start);
            border_before(text, span.start as usize)
                && border_after(text, span.end as usize)
                && !link::is_tested(text, *span)
                && drugs.get(after).is_none_or(|drug| !drug.overlaps(*span))
        });
        places.extend(free.map(|span| ShortForm { span, drug }));
    }
    places.sort_unstable_by_key(|place| place.span.start);
    places
}

/// The short form in the brackets behind a drug.
fn explained(text: &str, language: Language, drug: Span) -> Option<&str> {
    let after = text.get(drug.end as usize..)?;
    let inside = after.trim_start_matches(' ').strip_prefix(['(', '['])?;
    let end = inside.find([')', ']', ',', ';', ' ', '\n'])?;
    let (short, rest) = inside.split_at(end);
    let alone = !rest.starts_with('\n')
        && rest.strip_prefix(' ').is_none_or(|next| next.starts_with(|sign: char| sign.is_ascii_digit()));
    let start = text.len() - inside.len();
    let span = Span::new(start, start + short.len());
    (alone
        && is_short(short, language)
        && abbreviates(short, drug.of(text))
        && piece::pieces(text, span, language).is_empty())
    .then_some(short)
}

/// Two to eight letters and digits, two of them capitals or a capital and a digit. In German letters two letters mean too much.
fn is_short(short: &str, language: Language) -> bool {
    let least = if language == Language::En { 2 } else { 3 };
    let capitals = short.chars().filter(|sign| sign.is_uppercase()).count();
    let digits = short.chars().filter(char::is_ascii_digit).count();
    (least..=8).contains(&short.chars().count())
        && short.chars().all(|sign| sign.is_alphanumeric() || sign == '-')
        && short.starts_with(char::is_alphanumeric)
        && capitals >= 1
        && capitals + digits >= 2
}

/// Whether the letters and digits of `short` stand in `long` in their order, the first at the start of a word.
fn abbreviates(short: &str, long: &str) -> bool {
    let long: Vec<char> = long.chars().flat_map(char::to_lowercase).collect();
    let mut at = long.len();
    let signs: Vec<char> = short.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    for (index, sign) in signs.iter().enumerate().rev() {
        let opens = |place: usize| place == 0 || !long[place - 1].is_alphabetic();
        let fits = |place: &usize| long[*place] == *sign && (index > 0 || opens(*place));
        match (0..at).rev().find(fits) {
            Some(place) => at = place,
            None => return false,
        }
    }
    long.len() > signs.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, language: Language, drugs: &[&str]) -> Vec<&'t str> {
        let mut spans: Vec<Span> = drugs
            .iter()
            .flat_map(|drug| text.match_indices(drug))
            .map(|(start, drug)| Span::new(start, start + drug.len()))
            .collect();
        spans.sort_unstable_by_key(|span| span.start);
        short_forms(text, language, &spans).into_iter().map(|short| short.span.of(text)).collect()
    }

    #[test]
    fn a_short_form_in_brackets_holds_for_the_whole_document() {
        let text = "STZ diabetes. Rats got streptozotocin (STZ, 60 mg/kg); after STZ-induced diabetes, preSTZ values and STZs were left out.";
        assert_eq!(found(text, Language::En, &["streptozotocin"]), ["STZ", "STZ", "STZ"]);
        let text = "Gabe von Levosimendan (LEVO) und 3,4-Methylendioxymethamphetamin (MDMA). LEVO gut vertragen.";
        assert_eq!(
            found(text, Language::De, &["Levosimendan", "3,4-Methylendioxymethamphetamin"]),
            ["LEVO", "MDMA", "LEVO"]
        );
    }

    #[test]
    fn what_is_no_short_form_of_the_name_is_left_alone() {
        for (text, drug) in [
            ("Prednisolone (PO) daily, then PO", "Prednisolone"),
            ("Metoprolol (Beta-Blocker)", "Metoprolol"),
            ("Heparin (HIT Typ II) und HIT", "Heparin"),
            ("Ibuprofen (bei Bedarf)", "Ibuprofen"),
            ("aspirin (ASA)\n", "aspirin (ASA)"),
            ("midazolam (MILAN trial) and MILAN", "midazolam"),
            ("Calcium (CA) und CA 19-9", "Calcium"),
        ] {
            assert_eq!(found(text, Language::De, &[drug]), [""; 0], "{text}");
        }
    }
}
