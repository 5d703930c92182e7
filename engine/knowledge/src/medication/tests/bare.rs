//! Numbers without a unit: which are a strength and which are not.

use super::*;

/// Drug and strength as written, of each row.
fn strengths(text: &str) -> Vec<String> {
    let layout = layout(text, Language::De, SectionKind::Medication);
    let (mentions, relations) = rows_of(&scan(text, &layout), SectionKind::Medication);
    let strength_of = |drug: u32| {
        let of = relations.iter().find(|relation| relation.kind == RelationType::StrengthOf && relation.head == drug);
        of.map(|relation| mentions[relation.tail as usize].span.of(text)).unwrap_or("-")
    };
    entries(text, &layout, &mentions, &relations)
        .iter()
        .map(|row| format!("{} {}", row.drug, strength_of(row.mention_id)))
        .collect()
}

#[test]
fn a_number_that_closes_an_item_is_its_strength() {
    for (text, wanted) in [
        ("ASS 100, Ramipril 5, Bisoprolol 2,5, Simvastatin 40.", "ASS 100; Ramipril 5; Bisoprolol 2,5; Simvastatin 40"),
        ("Er nimmt Ramipril 5 und Torasemid 10.", "Ramipril 5; Torasemid 10"),
        ("Plavix 75", "Plavix 75"),
        ("ASS100 1-0-0", "ASS 100"),
        ("Vitamin B12 1x tgl.", "Vitamin B12 -"),
        ("Keppra 2 x 1000", "Keppra 1000"),
        ("Inegy 10/40 0-0-1", "Inegy 10/40"),
        ("Valoron N ret. 100/8 1-0-1", "Valoron N 100/8"),
        ("Molsidomin 8 ret. 1-0-1", "Molsidomin 8"),
        ("Concor 5 1/2-0-0", "Concor 5"),
    ] {
        assert_eq!(strengths(text).join("; "), wanted, "{text}");
    }
}

#[test]
fn years_results_and_counts_are_no_strength() {
    for text in [
        "Tamoxifen 2012, Letrozol 2015.",
        "Vitamin D 25, Folsäure 8, Lithium 0,7",
        "Simvastatin 20 abgesetzt",
        "Cefuroxim 3 x",
        "Cefuroxim 5/2019 beendet",
    ] {
        assert!(strengths(text).iter().all(|row| row.ends_with(" -")), "{text}: {:?}", strengths(text));
    }
}

#[test]
fn carriers_are_no_drugs_and_treatments_carry_their_schedule() {
    let names = |text: &str| read(text).iter().map(|row| row.drug.clone()).collect::<Vec<_>>().join("; ");
    assert_eq!(names("Meronem 1 g in 100 ml NaCl 0,9 %"), "Meronem");
    assert_eq!(names("NaCl 0,9 % 1000 ml i.v."), "NaCl");
    assert_eq!(names("Melanom, ACC-Stadium IB"), "");
    let schedules = read("3x tgl. Fußbad mit Kamillosan und 2x tgl. Fucidine Salbe");
    assert_eq!(schedules[0].schedule.as_deref(), Some("3x tgl."));
    assert_eq!(schedules[1].schedule.as_deref(), Some("2x tgl."));
}

#[test]
fn a_schedule_of_all_is_shared() {
    let daily = |text: &str| read(text).iter().map(|row| row.daily_value).collect::<Vec<_>>();
    let wanted = [Some(80.0), Some(5.0), Some(20.0)];
    assert_eq!(daily("Valsartan 80 mg, Amlodipin 5 mg und Simvastatin 20 mg jeweils 1-0-0"), wanted);
    assert_eq!(daily("Valsartan 80 mg 0-0-1, Amlodipin 5 mg, Simvastatin 20 mg, alle 1-0-0"), wanted);
    assert_eq!(daily("Valsartan 80 mg, Amlodipin 5 mg 1-0-0"), [None, Some(5.0)]);
}
