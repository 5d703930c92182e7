//! One Observation in the making.

use serde_json::{Map, Value, json};

use super::super::Source;
use super::super::statement::Statement;
use super::codes::{CATEGORY, DEFINITIONS, LOINC, SNOMED, TNM_VERSION};
use super::{reference, uuid};

/// What all Observations of a statement share.
pub(super) struct Frame<'a> {
    doc_id: &'a str,
    statement_id: u64,
    patient: &'a str,
    date: Option<&'a str>,
    edition: Option<&'a str>,
}

impl<'a> Frame<'a> {
    pub fn new(statement: &Statement<'a>, source: &Source<'a>, patient: &'a str) -> Self {
        Self {
            doc_id: &source.document.doc_id,
            statement_id: statement.id(),
            patient,
            date: source.facts.get("date"),
            edition: statement
                .text("edition")
                .filter(|edition| ["1", "2", "3", "4", "5", "6", "7", "8", "9"].contains(edition)),
        }
    }

    /// An Observation of a part of the statement; `part` is "" for the group.
    pub fn observation(&self, part: &str, code: Value) -> Observation {
        let id = uuid(&["statement", self.doc_id, &self.statement_id.to_string(), part]);
        let dot = if part.is_empty() { "" } else { "/" };
        let mut fields = Map::new();
        fields.insert("resourceType".into(), "Observation".into());
        fields.insert("id".into(), id.clone().into());
        fields.insert("meta".into(), Value::Null);
        let identifier = json!({
            "system": concat!(env!("CARGO_PKG_REPOSITORY"), "/statement"),
            "value": format!("{}#{}{dot}{part}", self.doc_id, self.statement_id)
        });
        fields.insert("identifier".into(), json!([identifier]));
        fields.insert("status".into(), "preliminary".into());
        fields.insert("category".into(), Value::Null);
        fields.insert("code".into(), code);
        fields.insert("subject".into(), json!({ "reference": self.patient }));
        // The date is that of the report, which the text does not give by itself.
        let unknown = json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] });
        match self.date {
            Some(date) => fields.insert("effectiveDateTime".into(), date.into()),
            None => fields.insert("_effectiveDateTime".into(), unknown),
        };
        Observation { id, fields }
    }

    /// The edition of the classification.
    pub fn method(&self) -> Option<Value> {
        Some(json!({ "coding": [{ "system": TNM_VERSION, "code": self.edition? }] }))
    }
}

/// An Observation.
pub(super) struct Observation {
    pub id: String,
    fields: Map<String, Value>,
}

impl Observation {
    /// Claims a profile of the module.
    pub fn profile(mut self, name: &str) -> Self {
        self.fields.insert("meta".into(), json!({ "profile": [format!("{DEFINITIONS}{name}")] }));
        self
    }

    /// Is a laboratory's.
    pub fn laboratory(mut self) -> Self {
        let category = json!([{ "coding": [{ "system": CATEGORY, "code": "laboratory" }] }]);
        self.fields.insert("category".into(), category);
        self
    }

    /// With a field, if there is something to say.
    pub fn with(mut self, name: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.fields.insert(name.to_owned(), value);
        }
        self
    }

    /// Names its members.
    pub fn members<'m>(self, members: impl Iterator<Item = &'m Observation>) -> Self {
        let members: Vec<Value> = members.map(|member| json!({ "reference": reference(&member.id) })).collect();
        let members = (!members.is_empty()).then_some(Value::Array(members));
        self.with("hasMember", members)
    }

    /// As JSON; what was left open is not there.
    pub fn json(mut self) -> Value {
        self.fields.retain(|_, value| !value.is_null());
        Value::Object(self.fields)
    }
}

/// A concept with codes.
pub(super) fn concept(codings: &[(&str, &str)], text: &str) -> Value {
    let codings: Vec<Value> = codings.iter().map(|(system, code)| json!({ "system": system, "code": code })).collect();
    if codings.is_empty() { json!({ "text": text }) } else { json!({ "coding": codings, "text": text }) }
}

/// A SNOMED CT code.
pub(super) fn snomed(code: &str, text: &str) -> Value {
    concept(&[(SNOMED, code)], text)
}

/// A LOINC code.
pub(super) fn loinc(code: &str, text: &str) -> Value {
    concept(&[(LOINC, code)], text)
}
