//! `Patienten_Stammdaten`: who the patient is. All of it comes from the metadata; where oBDS has a code for "not known", that is written.

use super::super::left_out::Reason;
use super::super::metadata::Facts;
use super::element::Element;

/// "No information on who pays".
const PAYER_UNKNOWN: &str = "970000099";

/// The particulars, or what is missing.
pub(crate) fn of(facts: &Facts<'_>) -> Result<Element, Vec<Reason>> {
    let needed = ["last_name", "first_names", "birth_date"];
    let missing: Vec<Reason> =
        needed.into_iter().filter(|field| facts.get(field).is_none()).map(Reason::Missing).collect();
    let (Some(last), Some(first), Some(born)) =
        (facts.get("last_name"), facts.get("first_names"), facts.date("birth_date"))
    else {
        return Err(missing);
    };
    let (born, accuracy) = born.estimated();
    Ok(Element::new("Patienten_Stammdaten")
        .with(insurance(facts))
        .with(Element::text("Nachname", last))
        .with(Element::text("Vornamen", first))
        .with(Element::text("Geschlecht", facts.get("sex").unwrap_or("U")))
        .with(Element::text("Geburtsdatum", &born).attribute("Datumsgenauigkeit", accuracy))
        .with(Element::new("Adresse")))
}

fn insurance(facts: &Facts<'_>) -> Element {
    let number = facts.get("insurance_number");
    let is_statutory_number = |number: &str| {
        number.len() == 10
            && number.starts_with(|c: char| c.is_ascii_uppercase())
            && number[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    let payer = |payer: &str| Element::text("IKNR", payer);
    match facts.get("insurer_ik") {
        Some(ik) if ik.starts_with("10") && number.is_some_and(is_statutory_number) => {
            Element::new("Versichertendaten_GKV")
                .with(payer(ik))
                .with_each(number.map(|number| Element::text("GKV_Versichertennummer", number)))
        }
        Some(ik) if ik.starts_with("16") || ik.starts_with("950") => Element::new("Versichertendaten_PKV")
            .with(payer(ik))
            .with_each(number.map(|number| Element::text("PKV_Versichertennummer", number))),
        known => Element::new("Versichertendaten_Sonstige")
            .with(known.map_or_else(|| Element::text("Ersatzkode", PAYER_UNKNOWN), payer))
            .with_each(number.map(|number| Element::text("Versichertennummer", number))),
    }
}
