//! ICD-10 from ICD-O-3 topography, as far as it follows.
//!
//! ICD-O-3 took its topography from the chapter of malignant tumours of ICD-10 (ICD-O-3, introduction), so for an invasive carcinoma the
//! code is the same. It is not for skin (C44: C43 if a melanoma), blood and marrow (C42), lymph nodes (C77: secondary in ICD-10), pleura
//! and peritoneum (C45 if a mesothelioma), and not for what is in situ (D00 to D09). There the user has to say it.

/// Sites whose ICD-10 code depends on the histology.
const UNCLEAR: [&str; 6] = ["C42", "C44", "C77", "C38", "C48", "C80"];

/// Codes of three characters in ICD-10, whose ICD-O-3 topography ends in .9.
const UNDIVIDED: [&str; 17] = [
    "C01", "C07", "C12", "C19", "C20", "C23", "C33", "C37", "C52", "C55", "C56", "C58", "C61", "C64", "C65", "C66",
    "C73",
];

/// The ICD-10 code of an invasive tumour at a site; `None` where it does not follow. `t` is the T category.
pub(crate) fn of_topography(topography: &str, t: Option<&str>) -> Option<String> {
    let main = topography.get(..3)?;
    let invasive = !t.is_some_and(|t| t.starts_with("is") || t == "a");
    if !invasive || UNCLEAR.contains(&main) {
        return None;
    }
    Some(if UNDIVIDED.contains(&main) { main.to_owned() } else { topography.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_follows_from_the_site_only_where_icd_o_and_icd_10_agree() {
        let code = |site, t| of_topography(site, t);
        assert_eq!(code("C50.4", Some("2")).as_deref(), Some("C50.4"));
        assert_eq!(code("C61.9", Some("3a")).as_deref(), Some("C61"));
        assert_eq!(code("C18", None).as_deref(), Some("C18"));
        for (site, t) in
            [("C50.4", "is"), ("C67", "a"), ("C67.1", "is(pu)"), ("C44.5", "2"), ("C77.3", "1"), ("C42.1", "1")]
        {
            assert_eq!(code(site, Some(t)), None, "{site} T{t}");
        }
    }
}
