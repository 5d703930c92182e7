//! A row of the table `tnm` as the formats read it. Columns are asked for by name, so that a dataset of an older version, which lacks some,
//! can be exported, too.

use serde_json::{Map, Value};

use super::left_out::Reason;

/// One of the three axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    T,
    N,
    M,
}

impl Axis {
    pub const ALL: [Self; 3] = [Self::T, Self::N, Self::M];

    /// Its letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::T => "T",
            Self::N => "N",
            Self::M => "M",
        }
    }

    /// The columns with the value, its prefix and its suffix.
    fn columns(self) -> [&'static str; 3] {
        match self {
            Self::T => ["t", "t_prefix", "t_suffix"],
            Self::N => ["n", "n_prefix", "n_suffix"],
            Self::M => ["m", "m_prefix", "m_suffix"],
        }
    }
}

/// What a statement says on one axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Category<'a> {
    /// Without letter, prefix and suffix: 2a, X, 2-3.
    pub value: &'a str,
    /// c, p or u.
    pub prefix: Option<&'a str>,
    /// (sn), (i+), (DCIS).
    pub suffix: &'a str,
}

impl Category<'_> {
    /// Two ends or an open one: 2-3, 2/3, ≥2.
    pub fn is_range(&self) -> bool {
        self.value.contains(['-', '/', '≥', '≤'])
    }
}

/// One stage statement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement<'a> {
    row: &'a Map<String, Value>,
}

impl<'a> Statement<'a> {
    pub fn new(row: &'a Map<String, Value>) -> Self {
        Self { row }
    }

    /// A column with text; null and "" are nothing.
    pub fn text(&self, column: &str) -> Option<&'a str> {
        self.row.get(column)?.as_str().filter(|text| !text.is_empty())
    }

    /// A column with a whole number.
    pub fn count(&self, column: &str) -> Option<u64> {
        self.row.get(column)?.as_u64()
    }

    /// A column with a number.
    pub fn number(&self, column: &str) -> Option<f64> {
        self.row.get(column)?.as_f64()
    }

    /// A column that is true or false.
    pub fn holds(&self, column: &str) -> bool {
        self.row.get(column).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Its number within the document.
    pub fn id(&self) -> u64 {
        self.count("statement_id").unwrap_or(0)
    }

    /// What to look at.
    pub fn flags(&self) -> Vec<&'a str> {
        let flags = self.row.get("flags").and_then(Value::as_array);
        flags.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// What it says on an axis.
    pub fn axis(&self, axis: Axis) -> Option<Category<'a>> {
        let [value, prefix, suffix] = axis.columns();
        let value = self.text(value)?;
        Some(Category { value, prefix: self.text(prefix), suffix: self.text(suffix).unwrap_or("") })
    }

    /// ICD-O-3 topography: C50, C50.4.
    pub fn topography(&self) -> Option<&'a str> {
        let is_code = |code: &&str| {
            let bytes = code.as_bytes();
            let digits = |range: &[u8]| range.iter().all(u8::is_ascii_digit);
            match bytes {
                [b'C', rest @ ..] if rest.len() == 2 => digits(rest),
                [b'C', a, b, b'.', c] => digits(&[*a, *b, *c]),
                _ => false,
            }
        };
        self.text("site_code").or_else(|| self.text("site")).filter(is_code)
    }

    /// The stage group, where it is UICC's.
    pub fn uicc_stage(&self) -> Option<&'a str> {
        self.text("stage").filter(|_| self.text("stage_system") == Some("uicc"))
    }

    /// Why no format exports it, if so.
    pub fn objection(&self) -> Option<Reason> {
        let flags = self.flags();
        if flags.contains(&"family") {
            Some(Reason::Family)
        } else if self.text("assertion") != Some("affirmed") {
            Some(Reason::NotAffirmed)
        } else if self.text("temporality") != Some("current") {
            Some(Reason::NotCurrent)
        } else if flags.contains(&"inferred") {
            Some(Reason::Inferred)
        } else if ["t", "n", "m", "stage"].iter().all(|column| self.text(column).is_none()) {
            Some(Reason::NoCategory)
        } else {
            None
        }
    }
}

/// The code of a grade that oBDS and the MII module share; ranges have one of their own (low, intermediate, high grade).
pub(crate) fn grade_code(grade: &str) -> Option<&'static str> {
    Some(match grade {
        "0" => "0",
        "1" => "1",
        "2" => "2",
        "3" => "3",
        "4" => "4",
        "X" => "X",
        "low" | "1-2" => "L",
        "2-3" => "M",
        "high" | "3-4" => "H",
        "borderline" => "B",
        _ => return None,
    })
}
