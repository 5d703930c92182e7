"""English frames of adverse drug events, and lines in which drugs are only taken. The template language is that of ``ade_frames``;
``{A1:cap}`` and ``{D1:cap}`` begin a sentence."""

EVENTS = r"""
The patient developed {A1} after starting {D1}.
The patient developed {A1} while taking {D1}.
The patient developed {A1} and {A2} on {D1+}.
She developed {A1} after {num:2-14} days of {D1}.
He developed {A1} within hours of receiving {D1} {R1}.
She experienced {A1} and {A2} with {D1}.
He reports {A1} since {D1} was started.
She has had {A1} ever since she began {D1+}.
{A1:cap} occurred after {D1}.
{A1:cap} occurred {num:2-30} days after initiation of {D1}.
{A1:cap} {v1:was|were} noted following {D1} administration.
{A1:cap} {v1:was|were} attributed to {D1}.
{A1:cap} {v1:was|were} felt to be due to {D1}, which was discontinued.
{A1:cap} {v1:was|were} thought to be secondary to {D1}.
{A1:cap} likely secondary to {D1}.
{A1:cap}, likely due to {D1}
{A1:cap}, probably related to {D1}.
{A1:cap} in the setting of {D1} use.
{A1:cap} in a patient receiving {D1}.
{A1:cap} associated with {D1}.
{A1:cap} following {D1} therapy.
{A1:cap} after accidental overdose of {D1}.
{A1:cap} secondary to {D1} and {D2}.
{A1:cap} caused by the combination of {D1} and {D2}.
{D1:cap} was stopped because of {A1}.
{D1:cap} was discontinued due to {A1}.
{D1:cap} was held for {A1}.
{D1:cap} was held given {A1} and {A2}.
{D1:cap} had to be discontinued after {num:2-10} days owing to {A1}.
{D1:cap} was tapered off because of {A1}.
{D1:cap} was reduced to {S1} because of {A1}.
{D1:cap} caused {A1}.
{D1:cap} caused {A1} and {A2} in the past.
{D1:cap} resulted in {A1}.
{D1:cap} led to {A1}, requiring admission.
{D1:cap} was complicated by {A1}.
Treatment with {D1} was complicated by {A1}.
Therapy with {D1} was limited by {A1}.
Her course was complicated by {A1} from {D1}.
Hospital course was notable for {A1} after {D1}.
Admitted with {A1} on {D1+}.
Admitted for {A1} thought to be caused by {D1}.
Presented with {A1} {num:2-10} days after starting {D1} for {I1}.
Presented to the ED with {A1} after a dose of {D1}.
A {num:19-89}-year-old <man|woman> developed {A1} after {D1} for {I1}.
A {num:19-89}-year-old <man|woman> with {I1} was treated with {D1} and developed {A1}.
A {num:19-89}-year-old <man|woman> was started on {D1} for {I1}. {num:2-9} days later, {A1} developed.
A case of {A1} during {D1} treatment of {I1} is reported.
We describe {A1} in a patient with {I1} treated with {D1}.
We report a patient who developed {A1} during treatment with {D1}.
This report describes {A1} induced by {D1}.
{P:cap} on admission; later {A1} from {D1}.
[c11] Past history: {J}, {P}. Medications: {o1}, {o2}. She developed {A1} on {D1}.
[c11] {o1:cap} and {o2} unchanged; {D1} stopped for {A1}.
[c11] Medications: {o1+}, {o2+}. Allergies: {D1} ({A1}).
{P:cap} was chronic, but {A1} began with {D1}.
{D1:cap}-induced {A1}
{D1:cap}-induced {A1} is rare.
{D1:cap}-associated {A1} resolved after withdrawal.
{D1:cap}-related {A1}, resolved
Diagnosis: {D1}-induced {A1}.
Findings are consistent with {D1}-associated {A1}.
Biopsy showed {A1}, consistent with an effect of {D1}.
Suspected {A1} due to {D1}; the drug was stopped.
Possible {A1} from {D1}.
Probable {A1} related to {D1}; rechallenge not attempted.
{A1:cap} is suspected to be an adverse effect of {D1}.
Adverse reaction to {D1}: {A1}.
Adverse drug reaction: {A1} ({D1}).
Side effects of {D1}: {A1}, {A2}, {A3}.
Side effects from {D1} included {A1} and {A2}.
{A1:cap} resolved after {D1} was withdrawn.
{A1:cap} resolved within {num:2-9} days of stopping {D1}.
{A1:cap} improved after the dose of {D1} was reduced.
{A1:cap} improved once {D1} was stopped and recurred on rechallenge.
{A1:cap} persisted despite discontinuation of {D1}.
{A1:cap} recurred when {D1} was restarted.
On rechallenge with {D1}, {A1} recurred.
Rechallenge with {D1} again produced {A1}.
After discontinuation of {D1}, {A1} subsided.
Since stopping {D1}, her {A1} {v1:has|have} resolved.
His {A1} {v1:is|are} most likely from {D1}.
Her {A1} began after {D1} was increased to {S1}.
{A1:cap} began shortly after the infusion of {D1} was started; the infusion was stopped.
During the {D1} infusion she had {A1} and {A2}.
Minutes after {D1} {S1} {R1}, {A1} developed.
{num:5-45} minutes after the first dose of {D1} he had {A1}.
Could not tolerate {D1} because of {A1}.
Unable to tolerate {D1} ({A1}).
Did not tolerate {D1}: {A1}.
Intolerant of {D1} with {A1}.
{D1:cap} intolerance ({A1}).
Allergies: {D1} ({A1}), no others.
Allergies: {D1} - {A1}
ALLERGIES: {D1} causes {A1}.
ALLERGIES: {D1}; reaction: {A1}
Allergic to {D1}: {A1}.
Allergy to {D1} with {A1}.
She is allergic to {D1}, which causes {A1}.
{D1:cap} {pipe} {A1} {pipe} {year}
{D1:cap}\t{A1}\t<mild|moderate|severe|unknown>
{D1:cap}: {A1}
[c11 c22] {D1:cap}: {A1}; {D2}: {A2}
[c11 c22 c33] Allergies: {D1} ({A1}), {D2} ({A2}), {D3} ({A3}).
[c11 c22] Drug allergies:\n{bul}{D1} - {A1}\n{bul}{D2} - {A2}
[c11 c22] She had {A1} with {D1} and {A2} with {D2}.
[c11 d2] Allergies: {D1} ({A1}), {D2} (unknown reaction).
He had {A1} on {D1} as a child.
History of {A1} with {D1} in {year}.
History of {D1}-induced {A1} ({year}).
Past reaction to {D1} ({A1}).
Remote history of {A1} after {D1}.
His father had {A1} with {D1}.
Her sister developed {A1} on {D1}.
[c11] Switched from {D1} to {D2} because of {A1}.
[c11] {D1:cap} was switched to {D2+} for {A1}.
[c11] {D1:cap} was replaced with {D2} after {A1} developed.
[c11] Because of {A1} on {D1}, she was changed to {D2}.
[c11] {A1:cap} with {D1}; changed to {D2+}, which was well tolerated.
[c11] Stopped {D1} ({A1}). Started {D2+}.
[c11] Given {A1} with {D1}, {D2} was started instead.
[c11] {D1:cap} caused {A1}, now on {D2+}.
[c21] After changing {D1} to {D2}, he developed {A1}.
[c21] {D1:cap} was ineffective and {D2} caused {A1}.
[c11 c22] {D1:cap} was stopped for {A1} and {D2} for {A2}.
[c11] {A1:cap} after {D1} was treated with {o1} and {o2}.
[c11] {A1:cap} from {D1}, treated with {o1} {r1}.
[c11 m61] {o1:cap} was given for {B1} caused by {D1}.
[c11] {D1:cap} reaction with {A1}; {o1} and {o2} administered with improvement.
[c11] {A1:cap} due to {D1}, reversed with {o1}.
[c11] Current medications: {o1+}, {o2+}. {D1:cap} was stopped last week for {A1}.
[c11] {o1:cap} and {o2} were continued; {D1} was stopped due to {A1}.
[c11] Home medications {o1} and {o2} were continued. She developed {A1} on {D1}.
[c11] {o1:cap} was well tolerated, but {D1} caused {A1}.
[c11] Concomitant medications were {o1} and {o2}. Suspect drug: {D1}. Event: {A1}.
[c11 t11] The patient received {D1} for {I1} along with {o1}. {A1:cap} developed on day {num:2-20}.
Suspect drug: {D1}; reaction: {A1}; outcome: <recovered|recovering|unknown>.
Suspect product: {D1} {S1}; event: {A1}, {A2}; causality: <possible|probable|definite>
Event: {A1}. Suspect: {D1}. Dechallenge positive.
A pharmacist reported {A1} with {D1}.
A physician reported {A1} in a {num:19-89}-year-old patient taking {D1} for {I1}.
This spontaneous report concerns a patient who had {A1} while on {D1}.
Causality between {D1} and {A1} was assessed as <possible|probable|unlikely>.
A causal relationship between {D1} and {A1} could not be excluded.
The investigator considered {A1} <related|unrelated> to {D1}.
The temporal relationship suggests that {D1} caused {A1}.
{A1:cap} {v1:was|were} considered unrelated to {D1}.
{A1:cap} {v1:is|are} unlikely to be due to {D1}.
It is unclear whether {D1} caused {A1}.
No {A1} with {D1}.
No {A1} or {A2} on {D1}.
Denies {A1} on {D1}.
The patient denies {A1} or {A2} on {D1}.
She denies {A1} since starting {D1+}.
Tolerating {D1} without {A1}.
Tolerating {D1} well, no {A1}.
{D1:cap} was continued without {A1}.
No evidence of {A1} after {D1}.
There was no {A1} during {D1} therapy.
Patients on {D1} should be monitored for {A1}.
The patient was warned that {D1} may cause {A1} and {A2}.
Counseled on the risk of {A1} with {D1}.
Discussed side effects of {D1} including {A1} and {A2}.
Return if you develop {A1} while taking {D1}.
Call your doctor if you notice {A1} on {D1}.
{D1:cap} can cause {A1}.
{D1:cap} may cause {A1} and should be used with caution.
{D1:cap} is associated with {A1}.
{D1:cap} increases the risk of {A1}.
Common side effects of {D1} include {A1} and {A2}.
Rare cases of {A1} have been reported with {D1}.
Monitor for {A1} on {D1}.
Stop {D1} if {A1} occurs.
Avoid {D1} given prior {A1}.
{D1:cap} is contraindicated because of previous {A1}.
{A1:cap} is a known side effect of {D1}.
Cycle {num:1-6} of {D1} was delayed for {A1}.
Grade {num:2-4} {A1} after {D1} and {D2}.
{A1:cap} after {num:1-6} cycles of {D1}, dose reduced by 25%.
Immune-related {A1} on {D1}.
Took {num:10-50} tablets of {D1}; {A1} on arrival.
Overdose of {D1} with {A1} and {A2}.
{A1:cap} on {K1}.
{A1:cap} with {K1}, avoid.
{K1:cap} caused {A1}.
Allergies: {K1} ({A1}).
Avoid {K1} because of {A1}.
Plan: stop {D1} ({A1}), recheck in one week.
Plan: d/c {D1} given {A1}
A/P: {A1} - likely {D1}, will hold
Assessment: {A1} due to {D1}.
{bul}{A1:cap} due to {D1}
{num:1-9}. {A1:cap}: likely {D1}, will stop.
Nursing: c/o {A1} after {D1}, MD notified.
pt c/o {A1} after {D1}
Pt reports {A1} w/ {D1}, dose held
{D1:cap} -> {A1}
{D1:cap} stopped 2/2 {A1}
{A1:cap} 2/2 {D1}
{A1:cap} s/p {D1}
{D1:cap} gave me {A1} and {A2}.
I have had {A1} since taking {D1}.
I took {D1} for {I1} and got {A1}.
After a week on {D1} I noticed {A1}.
Does {D1} cause {A1}?
Never had {A1} on {D1}.
"""

TREATS = r"""
{D1:cap} for {I1}.
{D1+} for {I1}
{D1:cap} was given for {I1}.
{D1:cap} was started for {I1}.
Started on {D1+} for {I1}.
She takes {D1} for {I1}.
He was treated with {D1} for {I1}.
Her {I1} is managed with {D1}.
{D1:cap} ({I1}) was continued.
Indication for {D1}: {I1}.
The patient received {D1} and {D2} for {I1}.
{I1cap} was treated with {D1}.
{I1cap} well controlled on {D1}.
His {I1} improved on {D1}.
{I1cap} is in remission on {D1}.
{x:He|She} was admitted with {I1} and treated with {D1} {R1}.
A {num:20-85}-year-old {x:man|woman} with {I1} receiving {D1}.
Reason for use of {D1}: {I1}.
{D1:cap} is taken for {I1}, no reaction reported.
{D1:cap} was prescribed for {I1} and was well tolerated.
Because of {I1}, {D1} was begun.
[t11] On {D1} for {I1}; also takes {o1} and {o2}.
[t11] {o1:cap}, {o2}, and {D1} for {I1}.
"""

NONE = r"""
Medications: {o1+}, {o2+}.
Medications: {o1+}; {o2+}; {o3+}.
Current medications: {o1}, {o2}, {o3}.
Medications on admission: {o1+}, {o2+}, {o3+}.
Discharge medications: {o1+} and {o2+}.
{o1:cap} was well tolerated.
{o1:cap} was started without complications.
{o1:cap} was continued.
{o1:cap} was increased to {s1}.
{o1:cap} was discontinued as no longer needed.
{o1:cap} was held before surgery.
Continue {o1+}.
Resume {o1} and {o2} at discharge.
Stable on {o1+}.
Doing well on {o1}.
Symptoms improved on {o1}.
Blood pressure well controlled on {o1} and {o2}.
She remains on {o1} and {o2}.
He completed {num:3-6} cycles of {o1} and {o2}.
She was switched from {o1} to {o2} for convenience.
No side effects from {o1}.
{u1} level was therapeutic.
{u1} level {num:5-20} mcg/mL, recheck tomorrow.
No known drug allergies. Medications: {o1}, {o2}.
Past medical history: {P}, {P}. Medications: {o1+}, {o2+}.
{name} takes {o1} and {o2}.
{o1:cap} and {o2} were given in the emergency department.
Presents with {P} and {P} for {num:2-9} days.
Admitted with {P}. Takes {o1} and {o2} at home.
She complains of {P}.
He has a history of {P} and {P}.
Denies {P} or {P}.
{P:cap} after a fall.
{P:cap} due to infection.
Review of systems: positive for {P}, negative for {P}.
Postoperative course was complicated by {P}.
Imaging showed no cause for her {P}.
{P:cap} resolved spontaneously.
Family history of {P}.
Admission diagnosis: {P}
Problem list: {P}, {P}, {P}
Allergies: none known.
Allergic to latex and peanuts.
No adverse events were reported.
The treatment was well tolerated.
The patient was treated with {o1} and {o2} in randomized order.
Serum concentrations of {u1} were measured by mass spectrometry.
Patients were randomized to {o1} or placebo.
She developed {P} after surgery.
He developed {P} during the hospital stay.
{P:cap} and {P} on admission.
{P:cap}, {P}, {P}
{bul}{P:cap}\n{bul}{P:cap}
{num:1-9}. {P:cap}
Assessment: {P}, likely viral.
Workup for {P} was negative.
No {P}, no {P}.
Negative for {P}.
Evaluated for {P}.
Referred for {P}.
Surgery for {J} in {year}.
History of {J}.
Known {J} and {J}.
{P:cap} after eating peanuts.
{P:cap} after a bee sting.
{P:cap} on exertion.
{P:cap} of unknown cause.
{P:cap} in the setting of infection.
Admitted for {P}. Home medications: {o1+}, {o2+}.
{P:cap} on admission, treated in the ICU. Medications: {o1}, {o2}.
{o1:cap} and {o2} were continued. {P:cap} was due to infection.
Past medical history: {J}, {P}. Takes {o1}, {o2} and {o3}.
{P:cap} before starting {o1}.
Died of {P}.
Her mother had {P}.
I have had {P} for {num:2-9} days.
Labs showed {P}.
Exam notable for {P}.
Chronic {P}, stable.
{P:cap} related to the underlying disease.
"""

INDICATIONS = ["hypertension", "atrial fibrillation", "heart failure", "type 2 diabetes", "epilepsy", "depression", "schizophrenia", "bipolar disorder", "rheumatoid arthritis", "psoriasis", "Crohn's disease", "ulcerative colitis", "multiple sclerosis", "asthma", "COPD",
               "urinary tract infection", "pneumonia", "cellulitis", "sinusitis", "sepsis", "tuberculosis", "malaria", "migraine", "back pain", "osteoarthritis", "gout", "osteoporosis", "breast cancer", "lung cancer", "melanoma", "colorectal cancer", "acute leukemia",
               "deep vein thrombosis", "pulmonary embolism", "hyperlipidemia", "hypothyroidism", "insomnia", "anxiety", "Parkinson's disease", "dementia", "kidney transplant", "lupus nephritis", "acne", "eczema", "HIV infection", "hepatitis C", "endocarditis", "GERD", "ADHD", "cough"]

SYMPTOMS = ["chest pain", "cough", "fever", "shortness of breath", "abdominal pain", "back pain", "headache", "dizziness", "nausea", "syncope", "a fall", "pneumonia", "anemia", "hypertension", "leg swelling", "weight loss", "heart failure", "renal failure", "neuropathy", "osteoarthritis",
            "depression", "dementia", "pulmonary embolism", "atrial fibrillation", "hematuria", "constipation", "diarrhea", "fatigue", "tachycardia", "fracture", "sepsis", "wound infection", "rash", "pruritus", "jaundice", "ascites", "seizure", "confusion", "stroke", "hypokalemia", "pleural effusion"]
