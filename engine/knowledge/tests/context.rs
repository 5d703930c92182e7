//! Assertion, time and subject in both languages: one sentence a case, the mention in square brackets.

use befund_core::{Label, Layout, Section, SectionKind, Sentence, Span, Task};
use befund_knowledge::contexts;

/// Context of the bracketed mentions: "assertion temporality subject".
fn read(marked: &str, task: Task, section: SectionKind) -> Vec<String> {
    let mut text = String::new();
    let mut places = Vec::new();
    let mut open = 0;
    for c in marked.chars() {
        match c {
            '[' => open = text.len(),
            ']' => {
                places.push((task, if task == Task::Tnm { Label::T } else { Label::Ade }, Span::new(open, text.len())))
            }
            c => text.push(c),
        }
    }
    let all = Span::new(0, text.len());
    let layout = Layout {
        sections: vec![Section { span: all, kind: section }],
        sentences: vec![Sentence { span: all, section: 0 }],
        ..Layout::default()
    };
    let told = contexts(&text, &layout, &places);
    told.iter().map(|one| format!("{} {} {}", one.assertion, one.temporality, one.subject)).collect()
}

fn check(task: Task, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(marked, expected)| {
            let told = read(marked, task, SectionKind::Body).join("; ");
            let expected = expected.split("; ").map(full).collect::<Vec<_>>().join("; ");
            (told != expected).then(|| format!("{marked}\n  expected {expected}\n  told     {told}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// "neg" and the like to the whole triple.
fn full(short: &str) -> String {
    let mut triple = ["affirmed", "current", "patient"];
    for word in short.split(' ') {
        match word {
            "neg" => triple[0] = "negated",
            "pos" => triple[0] = "possible",
            "hyp" => triple[0] = "hypothetical",
            "hist" => triple[1] = "history",
            "plan" => triple[1] = "planned",
            "fam" => triple[2] = "family",
            "oth" => triple[2] = "other",
            _ => {}
        }
    }
    triple.join(" ")
}

#[test]
fn german_sentences_are_understood() {
    check(
        Task::Ade,
        &[
            ("Es trat ein [Exanthem] auf.", "aff"),
            ("Kein [Exanthem] unter Amoxicillin.", "neg"),
            ("KEIN [EXANTHEM] UNTER AMOXICILLIN.", "neg"),
            ("Kein Anhalt für eine [Agranulozytose].", "neg"),
            ("Keine [Übelkeit], kein [Erbrechen].", "neg; neg"),
            ("Ohne Hinweis auf [Hepatotoxizität].", "neg"),
            ("Eine [Lungenembolie] wurde ausgeschlossen.", "neg"),
            ("Eine [Blutung] konnte ausgeschlossen werden.", "neg"),
            ("Eine [Blutung] ist nicht auszuschließen.", "pos"),
            ("Eine [Thrombose] kann nicht ausgeschlossen werden.", "pos"),
            ("Der Patient verneint [Schwindel].", "neg"),
            ("[Schwindel] wird verneint.", "neg"),
            ("[Hautausschlag] traten nicht auf.", "neg"),
            ("Weder [Fieber] noch [Husten].", "neg; neg"),
            ("V. a. [Arzneimittelexanthem].", "pos"),
            ("Verdacht auf [Leberschädigung] durch Paracetamol.", "pos"),
            ("Am ehesten [Digitalisintoxikation].", "pos"),
            ("a.e. [Lithiumintoxikation]", "pos"),
            ("Mögliche [Arzneireaktion] auf Ramipril.", "pos"),
            ("Möglicherweise [Husten] durch Ramipril.", "pos"),
            ("Wahrscheinlich [Angioödem].", "pos"),
            ("DD [Pneumonitis].", "pos"),
            ("Die [Hyponatriämie] ist möglich.", "pos"),
            ("Falls [Luftnot] auftritt, bitte sofort vorstellen.", "hyp"),
            ("Bei Auftreten von [Blutungen] absetzen.", "hyp"),
            ("Metformin kann zu [Laktatazidose] führen.", "hyp"),
            ("Sollte [Fieber] auftreten, Kontrolle.", "hyp"),
            ("Aufklärung über das Risiko einer [Agranulozytose].", "hyp"),
            ("Häufige Nebenwirkungen sind [Übelkeit] und [Kopfschmerz].", "hyp; hyp"),
            ("[Blutungen] können auftreten.", "hyp"),
            ("Zur Prophylaxe von [Erbrechen] Ondansetron.", "hyp"),
            ("Z. n. [Agranulozytose] unter Metamizol.", "hist"),
            ("Z.n. [Stevens-Johnson-Syndrom] 2011.", "hist"),
            ("Zustand nach [Lungenembolie], jetzt [Exanthem].", "hist; aff"),
            ("Anamnestisch [Penicillinallergie].", "hist"),
            ("Früher [Husten] unter Enalapril, aktuell [Angioödem].", "hist; aff"),
            ("Zeichen einer [Digitalisintoxikation] fanden sich bei einem Spiegel von 0,8 ng/ml nicht.", "neg"),
            ("[Eosinophilie] oder [Exanthem] fehlten.", "neg; neg"),
            ("[Übelkeit] trat auf, die Dosis wurde nicht geändert.", "aff"),
            ("Bekannte [Penicillinallergie].", "hist"),
            ("Über [Agranulozytose] wurde aufgeklärt.", "hyp"),
            ("[Husten], a. e. durch Ramipril.", "pos"),
            ("Mutter: [Mammakarzinom].", "fam hist"),
            ("Bruder mit [Hämophilie].", "fam hist"),
            ("Familienanamnese: [Thrombose] beim Vater.", "fam hist"),
            ("Die Mutter hatte [Diabetes], die Patientin hat jetzt [Fieber].", "fam hist; aff"),
            ("Muttermal mit [Blutung].", "aff"),
            ("Schwester informiert, [Sturz] im Zimmer.", "aff"),
            ("Der Patient hatte nicht nur [Übelkeit].", "aff"),
            ("Kein Fieber, aber [Exanthem].", "aff"),
            ("Kein Fieber; [Exanthem] am Stamm.", "aff"),
            ("Kein Zweifel an der [Vergiftung].", "aff"),
            ("Notiz: [Exanthem], nordisch.", "aff"),
            ("Keine Dosisänderung, [Übelkeit] rückläufig.", "aff"),
            ("V. a. Pneumonie, kein [Exanthem].", "neg"),
            ("Kein Fieber, V. a. [Exanthem].", "pos"),
        ],
    );
}

#[test]
fn english_sentences_are_understood() {
    check(
        Task::Ade,
        &[
            ("She developed a [rash].", "aff"),
            ("No [rash] was seen with amoxicillin.", "neg"),
            ("No evidence of [hepatotoxicity].", "neg"),
            ("There was no [nausea], [vomiting] or [rash].", "neg; neg; neg"),
            ("He denies [chest pain].", "neg"),
            ("Tolerated without [fever].", "neg"),
            ("[Pulmonary embolism] was ruled out.", "neg"),
            ("[Bleeding] was not observed.", "neg"),
            ("[Agranulocytosis] could not be ruled out.", "pos"),
            ("Cannot exclude [drug reaction].", "pos"),
            ("Suspected [serotonin syndrome].", "pos"),
            ("Possible [lithium toxicity].", "pos"),
            ("Findings suggestive of [pneumonitis].", "pos"),
            ("[Drug-induced liver injury] is suspected.", "pos"),
            ("Probably [angioedema] from lisinopril.", "pos"),
            ("If [bleeding] occurs, stop the drug.", "hyp"),
            ("Metformin may cause [lactic acidosis].", "hyp"),
            ("Warned about the risk of [tendon rupture].", "hyp"),
            ("Patients are at risk of [bleeding].", "hyp"),
            ("Side effects include [headache] and [nausea].", "hyp; hyp"),
            ("Watch for [rash].", "hyp"),
            ("Ondansetron to prevent [vomiting].", "hyp"),
            ("History of [anaphylaxis] to penicillin.", "hist"),
            ("Previously [rash] on amoxicillin, now [fever].", "hist; aff"),
            ("s/p [myocardial infarction]", "hist"),
            ("No history of [seizures].", "neg"),
            ("Mother had [breast cancer].", "fam hist"),
            ("Family history of [thrombosis].", "fam hist"),
            ("Gram negative [sepsis] developed.", "aff"),
            ("No increase in [creatinine] but [rash] appeared.", "aff; aff"),
            ("No fever, but [rash].", "aff"),
            ("Not only [nausea] was reported.", "aff"),
            ("Patient notes [itching].", "aff"),
            ("Denied fever; [rash] on trunk.", "aff"),
            ("She will start chemotherapy for [lymphoma].", "plan"),
        ],
    );
}

#[test]
fn stages_are_governed_more_narrowly_than_words() {
    check(
        Task::Tnm,
        &[
            ("Kein Anhalt für [pT4].", "neg"),
            ("Keine Lymphknotenmetastasen, [pT2].", "aff"),
            ("Kein Nachweis von Fernmetastasen (cM0), [pT2].", "aff"),
            ("V. a. [pT3]", "pos"),
            ("V. a. Infiltration der Blase ([cT4]).", "pos"),
            ("Mindestens [pT2], am ehesten [pT3].", "aff; pos"),
            ("Z. n. Mammakarzinom links [pT2] [pN0] 2011, jetzt [rpT3].", "hist; hist; aff"),
            ("Previously [T1], now [T3].", "hist; aff"),
            ("No evidence of [T4] disease.", "neg"),
            ("No lymphovascular invasion, [pT2].", "aff"),
            ("Clinically suspected [cT3].", "pos"),
            ("At presentation in May [cT3].", "hist"),
            ("The tumor would be [pT4] if bone were involved.", "hyp"),
            ("Die Kategorie [T4a] bestätigt sich nicht.", "neg"),
            ("[pT2] [NO] [MX]", "aff; aff; aff"),
            ("Mutter: Mammakarzinom [pT1].", "fam"),
        ],
    );
}

#[test]
fn sections_speak_for_their_sentences() {
    assert_eq!(read("[Mammakarzinom] mit 45", Task::Ade, SectionKind::FamilyHistory), [full("fam hist")]);
    assert_eq!(read("[Agranulozytose]", Task::Ade, SectionKind::PastHistory), [full("hist")]);
    assert_eq!(read("Penicillin ([Exanthem])", Task::Ade, SectionKind::Allergies), [full("hist")]);
    assert_eq!(read("[Metoprolol] weiter", Task::Medication, SectionKind::Plan), [full("")]);
    assert_eq!(read("[pT2]", Task::Tnm, SectionKind::Plan), [full("")]);
}

#[test]
fn a_sentence_that_the_layout_does_not_know_is_read_as_a_line() {
    let text = "Kein Fieber.\nExanthem am Stamm";
    let at = text.find("Exanthem").unwrap();
    let told = contexts(text, &Layout::default(), &[(Task::Ade, Label::Ade, Span::new(at, at + 8))]);
    assert_eq!(told[0].assertion.as_str(), "affirmed");
}

#[test]
fn german_warnings_instructions_and_denials_are_no_affirmed_events() {
    let table = include_str!("cases/event_context.tsv").lines().filter(|line| !line.starts_with('#'));
    let cases: Vec<(&str, &str)> = table.filter_map(|line| line.split_once('\t')).collect();
    assert!(cases.len() > 80);
    check(Task::Ade, &cases);
}
