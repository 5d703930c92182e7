//! The words that tell whether a drug is taken, which way they look, and their automaton.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use befund_core::MedicationStatus;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The drug stands before the cue.
    Left,
    /// The drug stands after the cue.
    Right,
    /// After it when it stands directly there, else before it.
    Either,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Is(MedicationStatus),
    /// `umgestellt`, `ersetzt`: what stands after `auf` or `durch` is taken, the rest is stopped.
    Switch,
    /// Ends the reach of other cues and says nothing itself.
    Border,
}

/// Which way a cue looks, and what it says.
pub(super) struct Cue {
    pub side: Side,
    pub says: Says,
}

pub(super) const STOPPED: Says = Says::Is(MedicationStatus::Stopped);
pub(super) const PLANNED: Says = Says::Is(MedicationStatus::Planned);
pub(super) const ALLERGY: Says = Says::Is(MedicationStatus::Allergy);
pub(super) const ACTIVE: Says = Says::Is(MedicationStatus::Active);

/// Cue words, separated by bars. They begin at a word's beginning.
const CUES: &[(Side, Says, &str)] = &[
    (
        Side::Left,
        STOPPED,
        "abgesetzt|abzusetzen|pausiert|zu pausieren|pausieren|wurde beendet|wurden beendet|beendet|gestoppt|ausgeschlichen|auszuschleichen|ausschleichen|nicht mehr \
         eingenommen|nicht mehr|nicht wieder|nicht weitergegeben|nicht weiter gegeben|nicht weiter verordnet|nicht gegeben|nicht vertragen|abgebrochen|unterbrochen|weggelassen|entfällt|aussetzen|stoppen|sistiert|(ex)|verzichtet|gestrichen|nicht weiter eingenommen|nicht weiter einnehmen|nicht weitergeführt|\
         nicht fortgeführt|nicht fortgesetzt|abgeschlossen|was completed|were completed|letzte Einnahme|not continued|zu vermeiden|vermieden werden|no longer|was \
         held|were held|tapered off|was stopped|were stopped|been stopped|was discontinued|were discontinued|been discontinued|was withdrawn|were withdrawn|been \
         withdrawn|be stopped|be discontinued|is discontinued|was suspended|suspended|kontraindiziert|contraindicated|ausgesetzt|absetzen|war zuvor|wurde zuvor|was cancelled|cancelled|war früher|\
         on hold|being held|d/c'd|dc'd|Pause|PAUSE|has been stopped|has been discontinued|weglassen|hatte keinen Nutzen|ohne Nutzen|ohne Wirkung|ohne Effekt|\
         ohne Erfolg|ohne ausreichendes Ansprechen|ohne ausreichenden Effekt|ohne ausreichende Wirkung|wirkungslos|unwirksam|blieb ohne|bis zum Progress|bis Progress|bis zur Progression|\
         bis zur Extubation|nicht weiter nehmen|nicht mehr nehmen|nicht mehr benötigt|nicht mehr erforderlich|ausgelaufen|herausgenommen|herauszunehmen|aus dem Plan nehmen|aus dem Plan genommen|zu Ende genommen|zu Ende eingenommen|nicht weiterverordnet|auszusetzen|weggestellt|kaum noch wirkte|nicht mehr wirkte|kaum wirkte|wirkte nicht|\
         primäres Versagen|sekundärer Wirkverlust|Wirkverlust|crossed off|abandoned|past user|was pulled|course over|no benefit|rausgenommen|raus|ruht|ruhten|ruhend|nicht mehr verabreicht|nicht mehr gegeben|nicht mehr verordnet|war frustran|frustran|frustran verlaufen|gelaufen|\
         entzogen|half nicht|halfen nicht|hatte zu|hatten zu|war es zu|nicht verkraftete|nicht verkraftet|nicht lieferbar|endete|endeten|wegzulassen|letztmals eingenommen|letztmalig eingenommen|zuletzt eingenommen|\
         letztmals gegeben|ex seit|ex wegen|hatte er|hatte sie|switched away from|remains out|stays off|has gone|ceased|binned|dropped|scrapped|was weaned|came off|come off|did not help|didn't help|had caused|\
         had led to|had given|weiter pausiert|weiterhin pausiert|bleibt pausiert|wegließ|wegliess|entfernt|scheiterte|scheiterten|versagte|weaned off|washed out|finished|removed|must not be given again|\
         must not be prescribed again|letzteres ebenfalls ausgeschlichen|omitted|lost effect|lost response|stopped working|\
         was ineffective|were ineffective|without benefit|without effect|no longer needed|quit it|quit taking it|ended|was tried first|were tried first|until extubation|until progression|not tolerated|was not tolerated",
    ),
    (
        Side::Right,
        STOPPED,
        "Absetzen von|Absetzen des|Absetzen der|Absetzen|Pausieren von|Pausierung von|Pausierung der|Pausierung des|Pause von|Beendigung von|Beendigung \
         der|Beendigung des|Kontraindiziert:|früher eingenommene|früher eingenommenen|frühere Einnahme \
         von|ehemals|frühere|früheren|in der Vorgeschichte|discontinuation of|withdrawal of|cessation of|stopping|discontinuing|stop taking|do not take|Beendet:|Abgesetzt:|Pausiert:|Stopped:|\
         Discontinued:|Held:|discontinue|hold|previously on|previously took|formerly on|Verzicht auf|verzichteten auf|verzichtete auf|verzichten auf|statt|anstatt|anstelle von|instead of",
    ),
    (
        Side::Right,
        STOPPED,
        "used to take|used to be on|Absetzversuch|Absetzversuch von|Auslassversuch|Auslassversuch von|taken off|off|avoid|\
         do not restart|do not resume|previously taking|previously treated with|previously received|completed|prior treatment with|prior therapy with|\
         Vorbehandlung mit|Vortherapie mit|nach Chemotherapie mit|nach Radiochemotherapie mit|nach adjuvanter Chemotherapie mit|nach neoadjuvanter Chemotherapie \
         mit|frustranem Therapieversuch mit|frustraner Therapie mit|status post|vorbehandelt mit|In der Vergangenheit|letzter Gabe|no longer taking|no longer takes|no longer on|not currently taking|is not taking|holding|nimmt nicht mehr|nahm früher|ehemalige|Z. n. Einnahme von|off of|nach Antibiose mit|nach antibiotischer Therapie mit|nach antibiotischer Behandlung mit|nach Behandlung mit|\
         after treatment with|after a course of|courses of|bridged with|Failed:|failed on|has failed|had failed|previously failed|tried and failed|Tried:|Previously tried:|previously tried|\
         konnte nicht toleriert werden:|did not tolerate|could not tolerate|Erfolglos:|bisherige Therapieversuche:|Nach Ausbleiben einer Response auf|Nach Versagen von|Nach Versagen einer Therapie mit|Nach Nichtansprechen auf|Nichtansprechen auf|fehlendem Ansprechen auf|\
         ran out of|Entfallen:|progression through|failed|has been through|Abgesetzte Präparate:|Abgesetzte Medikamente:|vorherige|vorheriger|vorherigen|Vortherapien:|Vorbehandlungen:|kein weiteres|Progress unter|progredient unter|Progredienz unter|progressed on|progression on|progressing on|Previous agents:|Previous treatments:|Prior therapies:",
    ),
    (
        Side::Either,
        STOPPED,
        "stop|stopped|discontinued|withdrew|held|withdrawn|früher|nicht mehr einnehmen|nicht mehr eingenommen werden",
    ),
    (
        Side::Either,
        PLANNED,
        "erwägen|zu erwägen|erwaegen|zu erwaegen|will begin|ergänzt werden|hinzugenommen werden|versucht werden",
    ),
    (
        Side::Left,
        PLANNED,
        "geplant|ist vorgesehen|vorgesehen|zu beginnen|begonnen werden|eingeleitet werden|soll begonnen|anzusetzen|einzuleiten|empfohlen|is planned|planned|to be \
         started|will be started|be initiated|to be initiated|to be resumed|in Aussicht genommen|angesetzt werden|\
         gestartet werden|soll angesetzt|should be started|will be given|geplanter Beginn|Beginn geplant|Start geplant|erwogen|\
         erwogen werden|vereinbart|terminiert|next week|next month|at next visit|to restart|to resume|may be tried|may be added|may be considered|could be considered|can be considered|could be added|can be added|could be tried|nächste Woche|nächsten Monat|in Planung|noch nicht begonnen|\
         wurde besprochen|wurde diskutiert|angestrebt|once the|once he|once she|once they|once his|once her|behalten wir uns vor|in Erwägung gezogen|in Betracht gezogen|steht zur Diskussion|nachgeholt werden|als Reserve|angedacht|zu denken|wünscht er sich|wünscht sie sich|vorgehalten werden|aufgebaut werden|be reintroduced|is an option|worth considering|to be given at|to be given on|erst nach|erst ab|erst bei|erst wenn|als nächste Stufe|next in line|next option|has been booked|to be charted|in Aussicht gestellt|wieder angesetzt werden|wieder aufgenommen werden|wieder begonnen werden",
    ),
    (
        Side::Right,
        PLANNED,
        "planen|geplante Therapie mit|geplant ist der Beginn einer Therapie mit|geplant ist der Beginn|geplant ist die Einleitung|geplant ist|Geplant:|plan to start|plan to begin|will start|to start|planned to|consider starting|consider|will add|would add|to begin|should start|should begin|would benefit from|is to start|will need|will receive|add|adding|\
         Einleitung von|Einleitung der|Einleitung einer|Einleitung eines|entscheidet sich für|entschied sich für|entscheidet sich zu|Aufklärung über|aufgeklärt über|\
         Alternativ|alternatively|zur ambulanten Gabe von|zur stationären Gabe von|zur nächsten Gabe von|zur weiteren Gabe von|opted for|opts for|soll erhalten|Termin für|recommend|\
         suggest|Evtl.|eventuell|schlagen|Empfehlung:|Empfehlung zum|Empfehlung zur|Wiederansetzen von|Wiederbeginn mit|\
         Wiederbeginn von|bei fehlender Besserung|bei ausbleibender Besserung|bei Persistenz|bei Verschlechterung|bei fehlendem Ansprechen|if no response|\
         if no improvement|Nächste Gabe|nächste Gabe|next dose of|ab morgen|ab übermorgen|starting tomorrow|bitten um Verordnung von|bitten um Rezeptierung von|bitten um Verschreibung von|Rückkehr zu|bietet sich|bieten sich|käme|kämen|Im Rezidivfall|bei erneutem|bei erneuter|bei Steroidrefraktärität|Votum für|Kostenzusage für|Kostenübernahme für|zur zweiten Gabe|zur dritten Gabe|will trial|is to have|are to have|asked to commence|to commence|geeignet wäre|geeignet wären|denkbar wäre|denkbar wären|sinnvoll wäre|sinnvoll wären|zu rezeptieren wäre|neu zu rezeptieren|neu zu verordnen|raten zum|raten zur|raten zu|Einschleichen von|stünde|stünden|\
         agreed to try|will try|may opt for|awaiting funding for|awaiting approval for|pending approval for|booked for|Tumorboard-Beschluss|Tumorboardbeschluss|\
         Beschluss:|Vorschlag:|beantragt wird|beantragen|Antrag auf|asked for|requested|we would use|would use|apply for|applying for|application for|anticoagulate with|next step would be|next step:|reserve:|Ansetzen von|empfehlen den Beginn|empfehlen die Einleitung|recommend starting|recommend initiation of|start on|ggf.|ggfs.|\
         gegebenenfalls",
    ),
    (
        Side::Right,
        ALLERGY,
        "Allergie gegen|Allergie auf|allergisch gegen|allergisch auf|Allergien gegen|Allergien:|Allergien/Unverträglichkeiten:|Allergie:|Unverträglichkeit von|\
         Unverträglichkeit gegen|Unverträglichkeit gegenüber|Unverträglichkeiten:|Unverträglichkeit:|Überempfindlichkeit gegen|Überempfindlichkeit \
         gegenüber|Überempfindlichkeit auf|allergic to|allergy to|allergies to|allergies:|Allergies include|allergy:|hypersensitivity to|intolerance \
         to|intolerant to|intolerant of|Allergie neu:|Allergische Reaktion auf|allergische Reaktion auf|allergic reaction to|Anaphylaxie auf|anaphylaxis to|\
         reagiert allergisch auf|Unverträglichkeit auf|verträgt kein|verträgt keine|Drug allergies:|Unverträglich:|\
         Allergieausweis:|Allergiepass:|Allergisch:|Medikamentenallergie:|Medikamentenallergien:|anaphylactic reaction to|allergischer Reaktion auf|allergischen Reaktion auf|Anaphylaxie nach|\
         Anaphylaxie unter|anaphylaktischer Schock nach|anaphylaktische Reaktion auf|Arzneimittelexanthem auf|Allergie/Unverträglichkeit:|Allergiestatus:|Sensibilisierung gegen|Sensibilisierung auf|\
         Exanthem auf|Ausschlag auf|anaphylaktische Reaktion nach|anaphylaktischer Reaktion nach|anaphylaktischer Reaktion auf|CAVE|reagiert auf|reagierte auf|reacts to|\
         reacted to|Drug intolerances:|Intolerances:|Adverse reactions:|Urtikaria auf|Unverträglichkeiten laut Angehörigen:|Statinunverträglichkeit|Statin-Unverträglichkeit|hives from|rash from|rash with|anaphylaxis with|Auslöser:",
    ),
    (
        Side::Left,
        ALLERGY,
        "bei bekannter Unverträglichkeit verzichtet|wegen bekannter Unverträglichkeit verzichtet|wegen Unverträglichkeit verzichtet|bei bekannter Allergie verzichtet|wegen bekannter Allergie verzichtet|\
         wegen Allergie verzichtet|-Allergie|-Unverträglichkeit|-Überempfindlichkeit|-Intoleranz|gives her a rash|gives him a rash|gave her a rash|gave him a rash|allergy|allergies|Allergie|Unverträglichkeit|unverträglich|intolerance|hypersensitivity",
    ),
    (
        Side::Left,
        ACTIVE,
        "commenced|belassen|läuft weiter|laufen weiter|weitergeführt|fortgeführt|fortgesetzt|wieder angesetzt|wieder aufgenommen|beibehalten|was continued|were continued|was resumed|and resumed|then resumed|resumed at discharge|was restarted|was started|were restarted|restarted|nicht absetzen|nicht abrupt absetzen|nicht plötzlich absetzen|\
         nicht eigenmächtig absetzen|nicht abgesetzt|\
         were started|begonnen|eingeleitet|angesetzt|gegeben|verabreicht|weiter|unverändert|fortzuführen|weiterzuführen|weiter einnehmen|werde vertragen|wird vertragen|wird gut vertragen|wie bisher|wie gehabt|as before|vorgesehen bis|geplant bis|geplant für",
    ),
    (
        Side::Right,
        ACTIVE,
        "Fortführung von|Fortführung der|Weiterführung von|Weiterführung der|weiter mit|weiterhin|An Medikamenten nimmt er|An Medikamenten nimmt sie|currently on|currently taking|now on|continuing|continued on|resume|was started on|started on|started|wir begannen mit|begannen|Start mit|restart|do not stop|do not discontinue|Beginn mit|Beginn einer|Gabe von|behandelt mit|begin|Vertragen werden|Gut vertragen werden|Vertragen:|Gut vertragen:|vertragen und bei Bedarf genommen werden|bis dahin|until then|in the meantime|überbrückend|tolerates|Tolerated:",
    ),
    (Side::Either, ACTIVE, "continue"),
    (
        Side::Left,
        Says::Switch,
        "umgestellt|umstellten|umstellte|umzustellen|umgesetzt|gewechselt|ersetzt|ersetzen|getauscht|ausgetauscht|exchanged|stellten|stellen|stellte|Oralisierung|oralisiert|Ersatz|Deeskalation|deeskaliert|Eskalation|Rotation|abgelöst|->|→|=>|Umstellung|rotated|transitioned|deeskalierten|eskalierten|wechselten|narrowed|converted|swapped|substituted|modernisiert|übergegangen|eingewechselt|de-escalated|switched|changed|replaced|rotiert|Wechsel|Switch",
    ),
    (Side::Left, Says::Border, "keine Allergie|keine bekannten|no known"),
];

/// The cues with their automaton.
pub(super) struct Cues {
    pub automaton: AhoCorasick,
    pub cues: Vec<Cue>,
}

/// Built at the first call.
pub(super) fn cues() -> &'static Cues {
    static CUES_BUILT: OnceLock<Cues> = OnceLock::new();
    CUES_BUILT.get_or_init(|| {
        let rows = CUES
            .iter()
            .flat_map(|(side, says, words)| words.split('|').map(|word| (word, Cue { side: *side, says: *says })));
        let (words, cues): (Vec<&str>, Vec<Cue>) = rows.unzip();
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(words)
            .unwrap_or_else(|_| unreachable!("the cue words fit an automaton"));
        Cues { automaton, cues }
    })
}
