//! `befund schema`.

use std::io::Write;

use anyhow::{Result, bail};
use befund_job::tables;

use crate::Ending;
use crate::args::SchemaArgs;
use crate::paint::Paint;

pub(crate) fn main(args: &SchemaArgs) -> Result<Ending> {
    let all = tables();
    if let Some(name) = &args.table
        && !all.iter().any(|table| table.table.as_str() == name)
    {
        bail!(
            "there is no table {name}; the tables are {}",
            all.iter().map(|table| table.table.as_str()).collect::<Vec<_>>().join(", ")
        );
    }
    let paint = Paint::stdout();
    let mut out = std::io::stdout().lock();
    for table in all.iter().filter(|table| args.table.as_deref().is_none_or(|name| name == table.table.as_str())) {
        writeln!(out, "{}  {}", paint.bold(table.table.as_str()), table.meaning)?;
        for column in table.columns {
            let nullable = if column.nullable { "null" } else { "" };
            writeln!(out, "  {:<20}{:<22}{:<6}{}", column.name, column.kind.as_str(), nullable, column.meaning)?;
        }
        writeln!(out)?;
    }
    Ok(Ending::Clean)
}
