//! Dates that people know to the day, the month or the year.

/// A date as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` from 1900 to 2029, which is what oBDS 3.0.4 takes.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())?
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4).filter(|year| (1900..=2029).contains(year))?;
        let month = match parts.next() {
            Some(part) => Some(number(part, 2).filter(|month| (1..=12).contains(month))? as u8),
            None => None,
        };
        let day = match (parts.next(), month) {
            (Some(part), Some(month)) => {
                Some(number(part, 2).filter(|day| (1..=days(year, month)).contains(day))? as u8)
            }
            _ => None,
        };
        parts.next().is_none().then_some(Self { year, month, day })
    }

    /// Whether the day is known.
    pub fn is_exact(self) -> bool {
        self.day.is_some()
    }

    /// The date with a day, and how exact that is: E exact, T day estimated, M month estimated. Estimates are the customary ones (15th of
    /// the month, 1st of July), which the oBDS schema names.
    pub fn estimated(self) -> (String, &'static str) {
        let (month, day, accuracy) = match (self.month, self.day) {
            (Some(month), Some(day)) => (month, day, "E"),
            (Some(month), None) => (month, 15, "T"),
            _ => (7, 1, "M"),
        };
        (format!("{:04}-{month:02}-{day:02}", self.year), accuracy)
    }
}

fn days(year: u16, month: u8) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_says_how_exact_it_is() {
        let read = |text| PartialDate::parse(text).map(PartialDate::estimated);
        assert_eq!(read("2024-02-29"), Some(("2024-02-29".into(), "E")));
        assert_eq!(read("2024-02"), Some(("2024-02-15".into(), "T")));
        assert_eq!(read("1956"), Some(("1956-07-01".into(), "M")));
        for wrong in
            ["", "56", "1899", "2030-01-01", "2023-02-29", "2023-13", "2023-1-1", "01.02.2023", "2023-01-01-01"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
