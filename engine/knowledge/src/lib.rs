//! What a mention means: grammars, terms, assertion, normalisation.
//!
//! Pure functions over text, layout and mentions: a grammar for tumour stages, one for regimens, cues of adverse events, term tables,
//! NegEx/ConText triggers and plausibility rules, joined in `Rules`, the `Normalize` of the line. It knows nothing of files, tensors or Arrow.

mod adverse;
mod border;
mod context;
mod drug;
pub mod medication;
mod merge;
mod normalize;
pub mod plausibility;
mod tnm;

pub use context::{Context, contexts};
pub use normalize::{FoundByMode, Rules, RulesOptions, tables};
pub use tnm::{Doubts, judge as judge_tnm, scan as scan_tnm};
