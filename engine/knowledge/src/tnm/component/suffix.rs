//! What follows a category in brackets: `(sn)`, `(i+)`, `(DCIS)`, `(m2)`, `(HEP)`.
//!
//! Unknown brackets are left to whoever reads on (a node count, a remark).

use befund_core::Label;

use super::Component;
use crate::border::border_after;

/// Bracketed (and bare `sn`, `m`) suffixes, each with at most one blank before it.
pub(super) fn suffixes(text: &str, component: &mut Component) {
    let bytes = text.as_bytes();
    loop {
        let end = component.end;
        let blank = usize::from(bytes.get(end) == Some(&b' '));
        if bytes.get(end + blank) == Some(&b'(') {
            let open = end + blank + 1;
            let Some(length) = bytes[open..].iter().take(12).position(|byte| *byte == b')') else { return };
            let Some(inside) = text.get(open..open + length) else { return };
            if !take_suffix(component, inside, blank == 1) {
                return;
            }
            component.end = open + length + 1;
        } else if component.label == Label::N && bytes[end..].starts_with(b"sn") && border_after(text, end + 2) {
            component.suffix.push_str("(sn)");
            component.end = end + 2;
        } else if component.label == Label::T && bytes.get(end) == Some(&b'm') && border_after(text, end + 1) {
            component.multiplicity = Some("m".to_owned());
            component.end = end + 1;
        } else {
            return;
        }
    }
}

const METASTASIS_SITES: [&str; 12] =
    ["PUL", "OSS", "HEP", "BRA", "LYM", "MAR", "PLE", "PER", "ADR", "SKI", "OTH", "GEN"];

fn take_suffix(component: &mut Component, inside: &str, after_blank: bool) -> bool {
    let lower = inside.trim().to_ascii_lowercase().replace(['–', '−'], "-");
    let known = match component.label {
        Label::T => match lower.as_str() {
            "m" | "m2" | "m3" | "m4" | "m5" | "m6" | "2" | "3" | "4" | "5" => {
                if after_blank && !lower.starts_with('m') {
                    return false;
                }
                component.multiplicity = Some(lower);
                return true;
            }
            "m, is" | "m,is" => {
                component.multiplicity = Some("m".to_owned());
                component.suffix.push_str("(is)");
                return true;
            }
            "is" | "dcis" | "lcis" | "paget" | "lamn" | "pu" | "pd" | "s" | "sn" => true,
            _ => false,
        },
        Label::N => matches!(lower.as_str(), "sn" | "i+" | "i-" | "mol+" | "mol-" | "f" | "sn, i+" | "sn, i-"),
        Label::M => {
            matches!(lower.as_str(), "i+" | "i-" | "mol+" | "mol-" | "cy+")
                || METASTASIS_SITES.iter().any(|site| site.eq_ignore_ascii_case(&lower))
                || component.value.len() > 1 && matches!(lower.as_str(), "0" | "1")
        }
        Label::R => matches!(lower.as_str(), "is" | "cy+" | "cy-"),
        _ => false,
    };
    if known {
        let shown = match lower.as_str() {
            "dcis" | "lcis" | "lamn" => lower.to_ascii_uppercase(),
            "paget" => "Paget".to_owned(),
            _ if component.label == Label::M && lower.len() == 3 && lower.is_ascii() && !lower.ends_with('+') => {
                lower.to_ascii_uppercase()
            }
            _ => lower,
        };
        component.suffix.push_str(&format!("({shown})"));
    }
    known
}
