//! Sections and the laws of the layout: nothing lost, nothing twice, whatever the text.

use befund_core::{Language, Layout, SectionKind};
use befund_text::layout;
use proptest::prelude::*;

/// Panics where a law of the layout is broken.
fn obeys(text: &str, layout: &Layout) {
    let mut at = 0;
    for sentence in &layout.sentences {
        let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
        assert!(at <= start && start < end && end <= text.len(), "sentences are in order and apart");
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "sentences stand on character borders");
        assert_eq!(text[start..end].trim(), &text[start..end], "sentences are trimmed");
        assert!(text[at..start].trim().is_empty(), "only white space lies between sentences");
        let section = layout.sections[sentence.section as usize];
        assert!(section.span.contains(sentence.span), "a sentence lies in its section");
        at = end;
    }
    assert!(text[at..].trim().is_empty(), "nothing is left at the end");
    let mut border = 0;
    for section in &layout.sections {
        assert_eq!(section.span.start, border, "sections cover the text without gaps");
        border = section.span.end;
    }
    assert_eq!(border as usize, text.len());
    assert_eq!(text.is_empty(), layout.sections.is_empty());
}

fn kinds(text: &str) -> Vec<(SectionKind, String)> {
    let layout = layout(text);
    obeys(text, &layout);
    layout.sections.iter().map(|section| (section.kind, section.span.of(text).trim().replace('\n', " "))).collect()
}

#[test]
fn a_german_letter_falls_into_its_sections() {
    let text = "Sehr geehrter Herr Kollege,\n\nDiagnosen:\nMammakarzinom pT2 pN1 M0\n\nAllergien: Penicillin (Exanthem)\n\nFamilienanamnese: Mutter \
                Mammakarzinom\n\nDie Patientin kam zur Kontrolle.\n\nMedikation bei Entlassung:\nASS 100 mg 1-0-0\n\nProcedere:\nKontrolle in 3 Monaten\n";
    let found: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
    use SectionKind::*;
    assert_eq!(found, [Body, Diagnosis, Allergies, FamilyHistory, Body, DischargeMedication, Plan]);
}

#[test]
fn an_english_report_falls_into_its_sections() {
    let text = "SURGICAL PATHOLOGY REPORT\nCLINICAL HISTORY:\nBreast mass.\nGROSS DESCRIPTION\nReceived in formalin.\nMICROSCOPIC DESCRIPTION: Tumor.\nFINAL \
                DIAGNOSIS:\nInvasive carcinoma.\nCOMMENT: See above.\n";
    let found: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
    use SectionKind::*;
    assert_eq!(found, [Body, History, Macroscopy, Microscopy, Diagnosis, Assessment]);
}

#[test]
fn headings_inside_flattened_text_open_sections() {
    let text = "Surgical report. FINAL DIAGNOSIS. Ductal carcinoma of the left breast. PAST MEDICAL HISTORY: Hypertension was noted. Medications: Aspirin.";
    let found: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
    use SectionKind::*;
    assert_eq!(found, [Body, Diagnosis, PastHistory, Medication]);
}

#[test]
fn a_wrapped_word_is_not_a_heading() {
    let text =
        "The findings were discussed with the family and they confirmed the\nDiagnosis\nof the outside hospital.";
    assert_eq!(kinds(text).len(), 1);
}

#[test]
fn empty_and_blank_texts_have_no_sentences() {
    assert_eq!(layout(""), Layout::default());
    for text in [" ", "\n\n\r\n", "\u{a0}\u{2028}\t", "\u{c}"] {
        let layout = layout(text);
        obeys(text, &layout);
        assert!(layout.sentences.is_empty() && layout.sections.len() == 1, "{text:?}");
    }
}

#[test]
fn every_line_end_and_odd_character_is_taken() {
    for text in [
        "a\r\nb\rc\nd",
        "\u{feff}Diagnose:\r\n\u{0}Tumor\u{0}\r\n",
        "Seite 1\u{c}Seite 2",
        "U\u{308}belkeit. A\u{308}ußere Wunde. 👩‍⚕️ kam. 🙂",
        "Sachse\u{ad}Spaltung",
        ".",
        "...",
        "?!",
        "1.",
        "-",
        ":",
        "ü.",
        "kein Ende",
    ] {
        obeys(text, &layout(text));
    }
    assert_eq!(layout("Sehr geehrter Herr Kollege,\r\nwir berichten über den Patienten.").language, Language::De);
}

#[test]
fn text_without_an_end_is_cut_into_bounded_sentences() {
    for unit in [
        "wort ",
        "wort",
        "ä",
        ". ",
        "1. ",
        "(",
        "\u{a0}",
        "a\t",
        "A. ",
        "\r",
        "\n",
        "x\n",
        "Diagnose: ",
        "| ",
        "ASS 100 mg ",
    ] {
        let text = unit.repeat(2_000_000 / unit.len());
        let layout = layout(&text);
        obeys(&text, &layout);
        assert!(layout.sentences.iter().all(|sentence| sentence.span.len() <= 8192), "{unit:?}");
    }
}

#[test]
fn the_sample_documents_lose_nothing() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/samples");
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let layout = layout(&text);
            obeys(&text, &layout);
            let want = if path.to_string_lossy().contains("_en_") { Language::En } else { Language::De };
            assert_eq!(layout.language, want, "{}", path.display());
            n += 1;
        }
    }
    assert!(n >= 40, "{n} samples in {folder}");
}

/// Pieces that a scanner may stumble over.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(" "),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\n\n"),
        Just("\t"),
        Just("."),
        Just("!"),
        Just("?"),
        Just(":"),
        Just(","),
        Just(";"),
        Just("-"),
        Just("("),
        Just(")"),
        Just("\""),
        Just("„"),
        Just("“"),
        Just("|"),
        Just("   "),
        Just("1"),
        Just("12"),
        Just("1."),
        Just("2,5"),
        Just("½"),
        Just("1-0-1"),
        Just("mg"),
        Just("ASS"),
        Just("Z. n."),
        Just("V. a."),
        Just("b. B."),
        Just("ca."),
        Just("Dr."),
        Just("pT2"),
        Just("N0"),
        Just("MX"),
        Just("Diagnose"),
        Just("DIAGNOSEN:"),
        Just("Allergien: "),
        Just("Labor"),
        Just("und"),
        Just("The"),
        Just("Der"),
        Just("tumor"),
        Just("Übelkeit"),
        Just("ä"),
        Just("ß"),
        Just("u\u{308}"),
        Just("\u{301}"),
        Just("👩‍⚕️"),
        Just("\u{0}"),
        Just("\u{1}"),
        Just("\u{ad}"),
        Just("\u{feff}"),
        Just("\u{a0}"),
        Just("\u{2028}"),
        Just("\u{85}"),
        Just("\u{c}"),
        Just("•"),
        Just("–"),
        Just("II."),
        Just("A."),
        Just("i.v."),
        Just("3. Mai"),
        Just("ﬁ"),
        Just("…"),
        Just("�")
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_byte_is_lost_or_read_twice(text in nasty()) {
        obeys(&text, &layout(&text));
    }

    #[test]
    fn no_byte_of_random_text_is_lost(text in any::<String>()) {
        obeys(&text, &layout(&text));
    }
}
