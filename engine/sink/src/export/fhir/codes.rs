//! Code systems, profiles and value sets of the MII oncology module. Codes are facts; displays are not carried.

pub(super) const SNOMED: &str = "http://snomed.info/sct";
pub(super) const LOINC: &str = "http://loinc.org";
pub(super) const UCUM: &str = "http://unitsofmeasure.org";
pub(super) const UICC: &str = "https://www.uicc.org/resources/tnm";
pub(super) const ICD_O_3: &str = "http://terminology.hl7.org/CodeSystem/icd-o-3";
pub(super) const TNM_VERSION: &str =
    "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/CodeSystem/mii-cs-onko-tnm-version";
pub(super) const GRADING: &str =
    "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/CodeSystem/mii-cs-onko-grading";
pub(super) const RESIDUAL: &str =
    "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/CodeSystem/mii-cs-onko-residualstatus";
pub(super) const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// Where the module's profiles and extensions lie.
pub(super) const DEFINITIONS: &str =
    "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/StructureDefinition/";

/// Values of T in the code system, without the letter.
const T: [&str; 42] = [
    "X",
    "0",
    "a",
    "is",
    "is(LAMN)",
    "is(DCIS)",
    "is(LCIS)",
    "is(Paget)",
    "is(pu)",
    "is(pd)",
    "1",
    "1mi",
    "1a",
    "1a1",
    "1a2",
    "1b",
    "1b1",
    "1b2",
    "1c",
    "1c1",
    "1c2",
    "1c3",
    "1d",
    "2",
    "2a",
    "2a1",
    "2a2",
    "2b",
    "2c",
    "2d",
    "3",
    "3a",
    "3b",
    "3c",
    "3d",
    "3e",
    "4",
    "4a",
    "4b",
    "4c",
    "4d",
    "4e",
];
const N: [&str; 15] = ["X", "0", "1", "1mi", "1a", "1b", "1c", "2", "2a", "2b", "2c", "3", "3a", "3b", "3c"];
const M: [&str; 7] = ["0", "1", "1a", "1b", "1c", "1d", "X"];
const STAGE: [&str; 31] = [
    "okk", "0", "0a", "0is", "I", "IA1", "IA2", "IA3", "IB", "IB1", "IB2", "IC", "IS", "II", "IIA", "IIA1", "IIA2",
    "IIB", "IIC", "III", "IIIA", "IIIA1", "IIIA2", "IIIB", "IIIC", "IIIC1", "IIIC2", "IV", "IVA", "IVB", "IVC",
];

/// Whether the code system `UICC` has the letter with this value.
pub(super) fn is_uicc(letter: &str, value: &str) -> bool {
    match letter {
        "T" => T.contains(&value),
        "N" => N.contains(&value),
        "M" => M.contains(&value),
        "L" | "Pn" => ["X", "0", "1"].contains(&value),
        "V" => ["X", "0", "1", "2"].contains(&value),
        "S" => ["X", "0", "1", "2", "3"].contains(&value),
        _ => false,
    }
}

/// Whether the code system has the stage group.
pub(super) fn is_stage(stage: &str) -> bool {
    STAGE.contains(&stage)
}

/// SNOMED CT codes of an axis: any basis, clinical, pathological.
pub(super) fn axis(letter: &str) -> [&'static str; 3] {
    match letter {
        "T" => ["78873005", "399504009", "384625004"],
        "N" => ["277206009", "399534004", "371494008"],
        _ => ["277208005", "399387003", "371497001"],
    }
}

/// SNOMED CT codes of the group: any basis, clinical, pathological.
pub(super) const GROUP: [&str; 3] = ["399390009", "399537006", "399588009"];
