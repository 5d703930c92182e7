//! `befund rules`: the plausibility rules for people.

use std::io::Write;

use anyhow::{Result, bail};
use befund_job::rules::{COLUMNS, KINDS, Rule, RuleSet, inn, meaning, rule_set};

use crate::Ending;
use crate::args::{RulesArgs, RulesCommand};
use crate::paint::Paint;

pub(crate) fn main(args: &RulesArgs) -> Result<Ending> {
    match &args.command {
        RulesCommand::List { drug, kind, rules } => {
            let set = rule_set(rules)?;
            list(&set, drug.as_deref(), kind.as_deref())?;
        }
        RulesCommand::Show { id, rules } => {
            let set = rule_set(rules)?;
            show(&set, id)?;
        }
        RulesCommand::Columns => columns()?,
    }
    Ok(Ending::Clean)
}

fn list(rules: &RuleSet, drug: Option<&str>, kind: Option<&str>) -> Result<()> {
    if let Some(kind) = kind
        && !KINDS.iter().any(|(_, name, _)| *name == kind)
    {
        bail!("there is no kind {kind}; the kinds are {}", KINDS.map(|(_, name, _)| name).join(", "));
    }
    let substance = match drug {
        Some(drug) => match inn(drug) {
            None => bail!("{drug} is no drug that Befund knows; give a brand or the INN"),
            known => known,
        },
        None => None,
    };
    let asked = |rule: &&Rule| {
        let drug = substance.as_deref().is_none_or(|inn| inn.split('/').any(|part| rule.names(part)));
        drug && kind.is_none_or(|kind| field(rule, "kind") == kind)
    };
    let mut out = std::io::stdout().lock();
    let mut n = 0;
    for rule in rules.iter().filter(asked) {
        n += 1;
        let mut drugs = field(rule, "drugs").to_owned();
        for name in ["with", "unless"] {
            let more = field(rule, name);
            if !more.is_empty() {
                drugs = format!("{drugs} {name} {more}");
            }
        }
        let severity = field(rule, "severity");
        writeln!(
            out,
            "{:<32} {severity:<16} {:<16} {}: {}",
            rule.id,
            field(rule, "kind"),
            short(&drugs),
            rule.message
        )?;
    }
    writeln!(out, "{n} rules; befund rules show ID prints one with its citation")?;
    Ok(())
}

/// The first 60 letters.
fn short(words: &str) -> String {
    if words.chars().count() <= 60 { words.to_owned() } else { words.chars().take(59).chain(['…']).collect() }
}

fn field<'r>(rule: &'r Rule, column: &str) -> &'r str {
    rule.fields.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| value)
}

fn show(rules: &RuleSet, id: &str) -> Result<()> {
    let Some(rule) = rules.get(id) else { bail!("there is no rule {id}; befund rules list prints all of them") };
    let paint = Paint::stdout();
    let mut out = std::io::stdout().lock();
    for (name, value) in &rule.fields {
        writeln!(out, "{}{}{value}", paint.bold(name), " ".repeat(12 - name.len()))?;
        if matches!(*name, "drugs" | "with" | "unless") {
            for name in value.split(',').map(str::trim) {
                if let Some(meaning) = meaning(name) {
                    writeln!(out, "            {name} = {meaning}")?;
                }
            }
        }
    }
    Ok(())
}

fn columns() -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Columns of a rule file, separated by tabs, named in its first line (* must be there):")?;
    for (name, needed, meaning) in COLUMNS {
        writeln!(out, "  {name:<11}{} {meaning}", if needed { "*" } else { " " })?;
    }
    writeln!(out, "\nKinds:")?;
    for (_, name, asks) in KINDS {
        writeln!(out, "  {name:<17}{asks}")?;
    }
    writeln!(
        out,
        "\nLines that begin with # and empty lines are passed over. befund rules show ID prints a rule of the house as an example."
    )?;
    Ok(())
}
