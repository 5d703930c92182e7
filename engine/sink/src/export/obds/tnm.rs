//! `TNM_Typ`, `Histologie_Typ`, `R_Typ` and `Menge_Weitere_Klassifikation`: the columns of a statement in the registry's codes.

use super::super::left_out::Reason;
use super::super::statement::{Axis, Category, Statement, grade_code};
use super::super::{ReportKind, Source};
use super::element::Element;

/// A part of a statement that is not exported, and why.
pub(crate) type Lost = Vec<(&'static str, Reason)>;

/// Stage groups that the schema takes.
const STAGES: [&str; 35] = [
    "okk", "0", "0a", "0is", "I", "IA", "IA1", "IA2", "IA3", "IB", "IB1", "IB2", "IC", "II", "IIA", "IIA1", "IIA2",
    "IIB", "IIC", "III", "IIIA", "IIIA1", "IIIA2", "IIIB", "IIIC", "IIIC1", "IIIC2", "IIID", "IS", "IV", "IVA", "IVA1",
    "IVA2", "IVB", "IVC",
];

/// The element with the formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Formula {
    /// `cTNM` or `pTNM`.
    pub element: Element,
    /// Whether a category was found by a pathologist.
    pub is_pathological: bool,
}

/// The formula; `None` where the statement has none (a FIGO stage alone).
pub(crate) fn formula(
    statement: &Statement<'_>,
    source: &Source<'_>,
    lost: &mut Lost,
    flags: &mut Vec<String>,
) -> Result<Option<Formula>, Reason> {
    let mut axes: Vec<Element> = Vec::new();
    let mut prefixes = Vec::new();
    for axis in Axis::ALL {
        let Some(category) = statement.axis(axis) else { continue };
        let prefix = prefix(axis, &category, source.kind, flags)?;
        prefixes.push(prefix.to_owned());
        let (prefix_name, name) = names(axis);
        match value(axis, &category) {
            Ok(value) => axes.extend([Element::text(prefix_name, prefix), Element::text(name, &value)]),
            Err(reason) => lost.push((name, reason)),
        }
        if axis == Axis::T {
            axes.extend(multiplicity(statement, lost));
        }
    }
    let stage = stage(statement, lost);
    if prefixes.is_empty() && stage.is_some() && source.kind != Some(ReportKind::Pathology) {
        // A stage group alone: before or after the operation?
        return Err(Reason::PrefixNotStated);
    }
    if axes.is_empty() && stage.is_none() {
        return Ok(None);
    }
    let is_pathological = prefixes.iter().any(|prefix| prefix == "p") || prefixes.is_empty();
    let sign = |column, name, sign| statement.holds(column).then(|| Element::text(name, sign));
    let element = Element::new(if is_pathological { "pTNM" } else { "cTNM" })
        .with_each(source.facts.date("date").map(|date| Element::text("Datum", &date.estimated().0)))
        .with_each(edition(statement, lost))
        .with_each(sign("y", "y_Symbol", "y"))
        .with_each(sign("r_recurrence", "r_Symbol", "r"))
        .with_each(sign("a_autopsy", "a_Symbol", "a"))
        .with_each(axes)
        .with_each(letter(statement, "l", "L", &["X", "0", "1"], lost))
        .with_each(letter(statement, "v", "V", &["X", "0", "1", "2"], lost))
        .with_each(letter(statement, "pn", "Pn", &["X", "0", "1"], lost))
        .with_each(letter(statement, "s", "S", &["X", "0", "1", "2", "3"], lost))
        .with_each(stage);
    Ok(Some(Formula { element, is_pathological }))
}

fn names(axis: Axis) -> (&'static str, &'static str) {
    match axis {
        Axis::T => ("c_p_u_Praefix_T", "T"),
        Axis::N => ("c_p_u_Praefix_N", "N"),
        Axis::M => ("c_p_u_Praefix_M", "M"),
    }
}

/// The letter before a category. Without one, M0 and MX are clinical (there is no pM0 or pMX since UICC's 7th edition); the rest is what a
/// pathologist found if the report is a pathologist's, and otherwise cannot be told.
fn prefix<'a>(
    axis: Axis,
    category: &Category<'a>,
    kind: Option<ReportKind>,
    flags: &mut Vec<String>,
) -> Result<&'a str, Reason> {
    if let Some(stated) = category.prefix {
        return Ok(stated);
    }
    if axis == Axis::M && category.value.starts_with(['0', 'X']) {
        flags.push("m_is_clinical".into());
        return Ok("c");
    }
    if kind == Some(ReportKind::Pathology) {
        flags.push(format!("{}_prefix_from_report", axis.letter().to_lowercase()));
        return Ok("p");
    }
    Err(Reason::PrefixNotStated)
}

/// The category with its suffix, in the patterns of the schema.
fn value(axis: Axis, category: &Category<'_>) -> Result<String, Reason> {
    if category.is_range() {
        return Err(Reason::Range);
    }
    let value = format!("{}{}", category.value, category.suffix);
    let first = match axis {
        Axis::T => value.starts_with(['a', '0', '1', '2', '3', '4', 'X']) || value.starts_with("is"),
        Axis::N => value.starts_with(['0', '1', '2', '3', 'X']),
        Axis::M => value.starts_with(['0', '1', 'X']),
    };
    let fits = first && value.len() <= 30 && value.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(value) } else { Err(Reason::NoCode) }
}

fn multiplicity(statement: &Statement<'_>, lost: &mut Lost) -> Option<Element> {
    let written = statement.text("multiplicity")?;
    let number = written.strip_prefix('m').unwrap_or(written);
    let is_number = number.parse::<u16>().is_ok_and(|n| (2..=999).contains(&n)) && !number.starts_with('0');
    let code = match (written, number) {
        ("m" | "is", _) => Some(written),
        (_, number) if is_number => Some(number),
        _ => None,
    };
    if code.is_none() {
        lost.push(("m", Reason::NoCode));
    }
    code.map(|code| Element::text("m_Symbol", code))
}

fn edition(statement: &Statement<'_>, lost: &mut Lost) -> Option<Element> {
    let edition = statement.text("edition")?;
    if ["6", "7", "8", "9"].contains(&edition) {
        return Some(Element::text("Version", edition));
    }
    lost.push(("edition", Reason::NoCode));
    None
}

fn letter(
    statement: &Statement<'_>,
    column: &'static str,
    name: &'static str,
    values: &[&str],
    lost: &mut Lost,
) -> Option<Element> {
    let value = statement.text(column)?;
    if values.contains(&value) {
        return Some(Element::text(name, &format!("{name}{value}")));
    }
    lost.push((name, Reason::NoCode));
    None
}

fn stage(statement: &Statement<'_>, lost: &mut Lost) -> Option<Element> {
    let Some(stage) = statement.uicc_stage() else {
        if statement.text("stage").is_some() && statement.text("stage_system").is_none() {
            lost.push(("stage", Reason::SystemNotStated));
        }
        return None;
    };
    if STAGES.contains(&stage) {
        return Some(Element::text("UICC_Stadium", stage));
    }
    lost.push(("stage", Reason::NoCode));
    None
}

/// Grade and node counts.
pub(crate) fn histology(statement: &Statement<'_>, source: &Source<'_>, lost: &mut Lost) -> Option<Element> {
    let grade = statement.text("grade").and_then(|grade| {
        let code = grade_code(grade);
        if code.is_none() {
            lost.push(("G", Reason::NoCode));
        }
        code
    });
    let counts: Vec<Element> = [
        ("LK_untersucht", "nodes_examined"),
        ("LK_befallen", "nodes_positive"),
        ("Sentinel_LK_untersucht", "sentinel_examined"),
        ("Sentinel_LK_befallen", "sentinel_positive"),
    ]
    .into_iter()
    .filter_map(|(name, column)| Some(Element::text(name, &statement.count(column)?.to_string())))
    .collect();
    let morphology = morphology(source);
    if grade.is_none() && counts.is_empty() && morphology.is_none() {
        return None;
    }
    Some(
        Element::new("Histologie")
            .with_each(morphology)
            .with(Element::text("Grading", grade.unwrap_or("U")))
            .with_each(counts),
    )
}

/// `Morphologie_ICD_O`, from the metadata.
pub(crate) fn morphology(source: &Source<'_>) -> Option<Element> {
    let (code, version) = (source.facts.get("morphology")?, source.facts.get("morphology_version")?);
    Some(Element::new("Morphologie_ICD_O").with(Element::text("Code", code)).with(Element::text("Version", version)))
}

/// The residual tumour as `R_Typ`.
pub(crate) fn residual(statement: &Statement<'_>, lost: &mut Lost) -> Option<String> {
    let value = statement.text("r")?;
    if ["0", "1", "2", "X", "1(is)", "1(cy+)"].contains(&value) {
        return Some(format!("R{value}"));
    }
    lost.push(("R", Reason::NoCode));
    None
}

/// Stage groups and scores that have no element of their own.
pub(crate) fn others(statement: &Statement<'_>) -> Vec<Element> {
    let mut found: Vec<(&str, String)> = Vec::new();
    if let (Some(stage), Some(system)) =
        (statement.text("stage"), statement.text("stage_system").filter(|name| *name != "uicc"))
    {
        let name = match system {
            "figo" => "FIGO",
            "ann_arbor" => "Ann Arbor",
            "dukes" => "Dukes",
            "masaoka" => "Masaoka",
            other => other,
        };
        found.push((name, stage.to_owned()));
    }
    found.extend(statement.count("isup").map(|group| ("ISUP", group.to_string())));
    found.extend(statement.text("clark").map(|level| ("Clark", level.to_owned())));
    let fits = |stage: &str| stage.len() <= 30 && stage.bytes().all(|byte| byte.is_ascii_graphic());
    let element = |(name, stage): (&str, String)| {
        Element::new("Weitere_Klassifikation").with(Element::text("Name", name)).with(Element::text("Stadium", &stage))
    };
    found.into_iter().filter(|(_, stage)| fits(stage)).map(element).collect()
}
