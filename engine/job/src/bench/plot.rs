//! The record as one SVG picture that needs nothing else: a bar for each configuration, a line from its slowest to its fastest round.
//!
//! Apart from the plots of the review page, which count things in whole numbers and take their colours from that page.

use std::fmt::Write;

use super::record::{BenchRecord, ConfigurationRecord};

const WIDTH: f64 = 860.0;
const LEFT: f64 = 270.0;
/// Room for the numbers behind the bars.
const RIGHT: f64 = 150.0;
const TOP: f64 = 64.0;
const ROW: f64 = 30.0;

/// Whole runs are compared in documents, the encoder in tokens.
fn amount(one: &ConfigurationRecord) -> u64 {
    if one.mode == "whole" { one.documents } else { one.tokens }
}

/// The picture.
pub(super) fn svg(record: &BenchRecord) -> String {
    let unit = if record.mode == "whole" { "documents/s" } else { "tokens/s" };
    let rate = |one: &ConfigurationRecord, seconds: f64| amount(one) as f64 / seconds.max(f64::MIN_POSITIVE);
    let most = record.configurations.iter().map(|one| rate(one, one.seconds_spread.min)).fold(0.0, f64::max);
    let scale = (WIDTH - LEFT - RIGHT) / most.max(f64::MIN_POSITIVE);
    let height = TOP + ROW * record.configurations.len() as f64 + 12.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"13\" fill=\"#222\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let what = if record.mode == "whole" { "Whole runs" } else { "Encoder and heads" };
    text(&mut out, 12.0, 24.0, "font-size=\"16\"", &format!("{what}, {unit}, median of {} rounds", record.repeats));
    let machine = &record.machine;
    let place = machine.processor.iter().chain(&machine.cards).map(String::as_str).collect::<Vec<_>>().join(", ");
    let day = record.started.split('T').next().unwrap_or_default();
    text(
        &mut out,
        12.0,
        45.0,
        "fill=\"#666\"",
        &format!("{place}, {} cores; {day}; {}", machine.cores, record.git_revision),
    );
    for (index, one) in record.configurations.iter().enumerate() {
        let top = TOP + ROW * index as f64;
        let middle = top + ROW / 2.0;
        let seconds = &one.seconds_spread;
        let (median, slow, fast) = (rate(one, seconds.median), rate(one, seconds.max), rate(one, seconds.min));
        text(&mut out, LEFT - 8.0, middle + 4.0, "text-anchor=\"end\"", &one.name);
        let _ = writeln!(
            out,
            "<rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#4a7ab5\"/>",
            top + 5.0,
            median * scale,
            ROW - 10.0
        );
        let (from, to) = (LEFT + slow * scale, LEFT + fast * scale);
        let _ = writeln!(out, "<path d=\"M{from:.1} {middle:.1}H{to:.1}\" stroke=\"#222\" stroke-width=\"2\"/>");
        let number = if median < 100.0 { format!("{median:.1}") } else { format!("{median:.0}") };
        text(&mut out, to + 8.0, middle + 4.0, "", &format!("{number} ({:.2}x)", one.ratio.median));
    }
    out.push_str("</svg>\n");
    out
}

fn text(out: &mut String, x: f64, y: f64, attributes: &str, content: &str) {
    let content = content.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" {attributes}>{content}</text>");
}
