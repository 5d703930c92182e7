//! Bar plots as inline SVG: no script, no external file, a title on every bar, colours from the page's style sheet.
//!
//! A second value is drawn as an outlined bar after the filled one, so that the two differ in form and not only in colour.

use super::figures::Two;
use super::html::{Html, count, short};

const WIDTH: u64 = 520;
const ROW: u64 = 22;
/// Room for the numbers behind the bars.
const FOR_NUMBERS: u64 = 76;
/// Width of a character of a label, about.
const CHARACTER: u64 = 7;

/// One row.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) values: Two,
}

/// A plot with its heading.
pub(super) struct Plot {
    pub(super) title: &'static str,
    /// What is counted, in a few words.
    pub(super) note: &'static str,
    /// Class of the filled bars.
    pub(super) class: &'static str,
    /// Names of the two values, where there are two.
    pub(super) series: Option<[&'static str; 2]>,
    pub(super) bars: Vec<Bar>,
}

impl Plot {
    pub(super) fn draw(&self, html: &mut Html) {
        html.raw("<figure class=\"plot\"><figcaption>").between("<strong>", self.title, "</strong>");
        html.between("<span>", self.note, "</span></figcaption>");
        if self.bars.is_empty() {
            html.raw("<p class=\"none\">none</p></figure>\n");
            return;
        }
        let widest = self.bars.iter().map(|bar| bar.label.chars().count() as u64).max().unwrap_or(0);
        let labels = (widest * CHARACTER + 12).clamp(60, 270);
        let most = self.bars.iter().map(|bar| bar.values.iter().sum::<u64>()).max().unwrap_or(0).max(1);
        let height = self.bars.len() as u64 * ROW + 4;
        html.raw("<svg").attribute("viewBox", &format!("0 0 {WIDTH} {height}")).raw(" role=\"img\"");
        html.attribute("aria-label", &self.in_words()).raw(">");
        for (index, bar) in self.bars.iter().enumerate() {
            self.row(html, bar, index as u64 * ROW + 2, labels, most);
        }
        html.raw("</svg>");
        if let Some(names) = self.series {
            html.raw("<p class=\"key\"><i").attribute("class", &format!("swatch {}", self.class)).raw("></i> ");
            html.text(names[0]).raw(" <i").attribute("class", &format!("swatch outlined {}", self.class));
            html.raw("></i> ").text(names[1]).raw("</p>");
        }
        html.raw("</figure>\n");
    }

    fn row(&self, html: &mut Html, bar: &Bar, top: u64, labels: u64, most: u64) {
        let middle = (top + ROW / 2).to_string();
        let room = WIDTH - labels - FOR_NUMBERS;
        html.between("<g><title>", &self.said(bar), "</title><text class=\"label\" text-anchor=\"end\"");
        html.attribute("x", &(labels - 8).to_string()).attribute("y", &middle).raw(">");
        html.text(&short(&bar.label, ((labels - 12) / CHARACTER) as usize)).raw("</text>");
        let mut left = labels;
        for (value, form) in bar.values.iter().zip(["filled", "outlined"]) {
            if *value == 0 {
                continue;
            }
            let width = (value * room / most).max(2);
            html.raw("<rect").attribute("class", &format!("{form} {}", self.class)).attribute("x", &left.to_string());
            html.attribute("y", &(top + 3).to_string()).attribute("width", &width.to_string());
            html.attribute("height", &(ROW - 6).to_string()).raw("/>");
            left += width;
        }
        let numbers = match bar.values {
            [first, second] if self.series.is_some() && second > 0 => format!("{} + {}", count(first), count(second)),
            [first, second] => count(first + second),
        };
        html.raw("<text class=\"number\"").attribute("x", &(left + 6).to_string()).attribute("y", &middle);
        html.between(">", &numbers, "</text></g>");
    }

    fn said(&self, bar: &Bar) -> String {
        match self.series {
            Some(names) => {
                format!("{}: {} {}, {} {}", bar.label, bar.values[0], names[0], bar.values[1], names[1])
            }
            None => format!("{}: {}", bar.label, bar.values[0]),
        }
    }

    fn in_words(&self) -> String {
        let bars: Vec<String> = self.bars.iter().map(|bar| self.said(bar)).collect();
        format!("{}. {}", self.title, bars.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stay_inside_the_picture_and_labels_are_escaped() {
        let bar = |label: &str, values| Bar { label: label.into(), values };
        let long = "acetylsalicylic acid → upper gastrointestinal haemorrhage with shock";
        let bars = vec![bar(long, [u64::MAX / 4096, 7]), bar("<x>", [1, 0])];
        let plot = Plot { title: "Pairs", note: "", class: "ade", series: Some(["a", "b"]), bars };
        let mut html = Html::default();
        plot.draw(&mut html);
        let svg = html.into_string();
        assert!(svg.contains("&lt;x&gt;: 1 a, 0 b") && !svg.contains("<x>"));
        let numbers = |name: &str| -> Vec<u64> {
            svg.split(&format!(" {name}=\""))
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
                .collect()
        };
        let (x, width) = (numbers("x"), numbers("width"));
        assert_eq!(width.len(), 3);
        assert!(x.iter().all(|x| *x < WIDTH) && width.iter().all(|width| *width <= WIDTH), "{svg}");
    }

    #[test]
    fn a_plot_of_nothing_says_so() {
        let mut html = Html::default();
        Plot { title: "T", note: "n", class: "tnm", series: None, bars: Vec::new() }.draw(&mut html);
        assert!(html.into_string().contains("none"));
    }
}
