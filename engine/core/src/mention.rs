//! What is found in a text: mentions, relations, and how the text asserts them.

use crate::batch::Origin;
use crate::row::MedicationStatus;
use crate::span::Span;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name used in columns and files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the stable name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use names;

names! {
    /// A task: one head of the model and one set of rules.
    Task {
        /// Tumour stage.
        Tnm = "tnm",
        /// Adverse drug events.
        Ade = "ade",
        /// Medication.
        Medication = "medication",
    }
}

names! {
    /// What a mention is. `datasets/LABELS.md` says what belongs inside each span.
    Label {
        /// T category.
        T = "T",
        /// N category.
        N = "N",
        /// M category.
        M = "M",
        /// Lymphatic invasion.
        L = "L",
        /// Venous invasion.
        V = "V",
        /// Perineural invasion.
        Pn = "Pn",
        /// Residual tumour.
        R = "R",
        /// Serum markers.
        S = "S",
        /// Grade.
        G = "G",
        /// Stage group.
        Stage = "Stage",
        /// Lymph node count.
        Nodes = "Nodes",
        /// Edition of the classification.
        Edition = "Edition",
        /// Gleason score.
        Gleason = "Gleason",
        /// Drug.
        Drug = "Drug",
        /// Adverse event.
        Ade = "ADE",
        /// Condition a drug was given for, beside an adverse event.
        Indication = "Indication",
        /// Amount of substance in one unit of the form.
        Strength = "Strength",
        /// Dosage form.
        Form = "Form",
        /// Amount taken at once.
        Dose = "Dose",
        /// Schedule.
        Frequency = "Frequency",
        /// Route.
        Route = "Route",
        /// How long.
        Duration = "Duration",
        /// Condition a drug is taken for.
        Reason = "Reason",
    }
}

impl Task {
    /// The labels of the task in the order of the model's heads.
    pub fn labels(self) -> &'static [Label] {
        use Label::*;
        match self {
            Self::Tnm => &[T, N, M, L, V, Pn, R, S, G, Stage, Nodes, Edition, Gleason],
            Self::Ade => &[Drug, Ade, Indication],
            Self::Medication => &[Drug, Strength, Form, Dose, Frequency, Route, Duration, Reason],
        }
    }
}

names! {
    /// How two mentions belong together. The head is always the drug.
    RelationType {
        /// Drug -> adverse event.
        Causes = "causes",
        /// Drug -> indication.
        Treats = "treats",
        /// Drug -> strength.
        StrengthOf = "strength_of",
        /// Drug -> form.
        FormOf = "form_of",
        /// Drug -> dose.
        DoseOf = "dose_of",
        /// Drug -> frequency.
        FrequencyOf = "frequency_of",
        /// Drug -> route.
        RouteOf = "route_of",
        /// Drug -> duration.
        DurationOf = "duration_of",
        /// Drug -> reason.
        ReasonOf = "reason_of",
    }
}

impl RelationType {
    /// The one type that may join a drug to a mention with this label.
    pub fn for_tail(label: Label) -> Option<Self> {
        Some(match label {
            Label::Ade => Self::Causes,
            Label::Indication => Self::Treats,
            Label::Strength => Self::StrengthOf,
            Label::Form => Self::FormOf,
            Label::Dose => Self::DoseOf,
            Label::Frequency => Self::FrequencyOf,
            Label::Route => Self::RouteOf,
            Label::Duration => Self::DurationOf,
            Label::Reason => Self::ReasonOf,
            _ => return None,
        })
    }
}

names! {
    /// Who found a mention.
    FoundBy {
        /// The model's head.
        Model = "model",
        /// A grammar or term table.
        Rule = "rule",
        /// Both, on overlapping spans.
        Both = "both",
    }
}

names! {
    /// Whether the text says it is so (after NegEx and ConText).
    Assertion {
        /// Said to be so.
        Affirmed = "affirmed",
        /// Said not to be so.
        Negated = "negated",
        /// Suspected.
        Possible = "possible",
        /// Defined, warned of, or conditional.
        Hypothetical = "hypothetical",
    }
}

names! {
    /// When it holds.
    Temporality {
        /// Now.
        Current = "current",
        /// Earlier.
        History = "history",
        /// Intended.
        Planned = "planned",
    }
}

names! {
    /// Whom it concerns.
    Subject {
        /// The patient.
        Patient = "patient",
        /// A relative.
        Family = "family",
        /// Somebody else.
        Other = "other",
    }
}

names! {
    /// Why a candidate for a stage is no mention, or a mention no statement.
    Refusal {
        /// Runs into a word: `T2Nase`.
        RunsIntoAWord = "runs_into_a_word",
        /// The label of a block, slide or lot: `T1-T6`, `N1-12`.
        BlockOrLot = "block_or_lot",
        /// Letters for figures (`NO`, `Tl`) without a proven component beside them.
        ScannedAlone = "scanned_alone",
        /// Letters for figures that are a word of the sentence: `NO TUMOR`.
        Word = "word",
        /// L, V, R, G or S away from T, N and M.
        NotBesideAComponent = "not_beside_a_component",
        /// A word beside it says that it is something else: a vertebra, a sequence, a nerve, a lead.
        CueAgainst = "cue_against",
        /// A station of lymph nodes.
        NodeStation = "node_station",
        /// Explained: `R1 = right lateral`, `pT1 = tumour up to 2 cm`.
        Explained = "explained",
        /// Thyroid hormones come in pairs.
        ThyroidHormones = "thyroid_hormones",
        /// The stage or grade of something that is no tumour: heart failure, dysplasia, a side effect.
        OtherDisease = "other_disease",
        /// Nothing beside it says that it is a stage.
        NoCue = "no_cue",
        /// A longer or surer mention covers it.
        Overlapped = "overlapped",
        /// The model alone saw it and was not sure enough.
        ScoreTooLow = "score_too_low",
        /// Only the model saw it, where the rules leave nothing open.
        NothingLeftOpen = "nothing_left_open",
        /// The grammar finds no value in it.
        NotReadable = "not_readable",
        /// A category of a form that is not ticked.
        NotTicked = "not_ticked",
    }
}

/// What becomes of a drug, as the model sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fate {
    /// `None`: it is named and not taken (refused, measured, a relative's).
    pub status: Option<MedicationStatus>,
    /// Probability, 0 to 1.
    pub score: f32,
}

/// A labelled span as the model or a rule found it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Task.
    pub task: Task,
    /// Label.
    pub label: Label,
    /// Bytes in the document.
    pub span: Span,
    /// Probability from the model, 0 to 1; `None` from a rule alone.
    pub score: Option<f32>,
    /// Who found it.
    pub found_by: FoundBy,
    /// What becomes of a drug of the medication task, by the model.
    pub fate: Option<Fate>,
}

impl Mention {
    /// As a rule found it.
    pub fn by_rule(task: Task, label: Label, span: Span) -> Self {
        Self { task, label, span, score: None, found_by: FoundBy::Rule, fate: None }
    }

    /// As the model found it, with its probability.
    pub fn by_model(task: Task, label: Label, span: Span, score: f32) -> Self {
        Self { task, label, span, score: Some(score), found_by: FoundBy::Model, fate: None }
    }
}

/// A directed relation between two mentions of the same `Found`.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Type.
    pub kind: RelationType,
    /// Index of the head (the drug) in `Found::mentions`.
    pub head: u32,
    /// Index of the tail.
    pub tail: u32,
    /// Probability, 0 to 1; `None` from a rule.
    pub score: Option<f32>,
}

/// What the model found in one window, or, after gathering, in one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The window; after gathering only `document` counts.
    pub origin: Origin,
    /// Mentions, ordered by span.
    pub mentions: Vec<Mention>,
    /// Relations between them.
    pub relations: Vec<Relation>,
}
