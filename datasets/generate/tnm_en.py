"""English frames that hold TNM components, stage groups, node counts, editions and Gleason scores."""

LABELLED = r"""
pTNM{col}{code}
TNM{col}{code}
TNM stage{col}{code}
<PATHOLOGIC STAGE|Pathologic stage|Pathological staging|Tumor stage|Tumour stage|Stage|pTNM stage|TNM STAGING|Pathologic TNM|AJCC stage|Final TNM>{col}{code}
PATHOLOGIC STAGE (AJCC {ed:n}){col}{code:tnm}
Pathologic Staging ({ed}): {code:tnm}
Pathologic staging ({Edition=AJCC <1997|2002|2010|2016>}): {code:tnm}
AJCC PATHOLOGIC TNM STAGE: {t} {n}
AJCC Pathologic Stage: {code:tnm}
AJCC Stage (at least): {code:tnm}
AJCC stage: {stage}
AJCC Stage Group{col}{stage}
AJCC {ed:n} stage group: {stage}
Staging information ({ed}): {code:tnm} (corresponding FIGO stage {figo}).
FIGO stage{col}{figo}
FIGO Stage ({Edition=<2008|2009|2014|2018> FIGO}): {figo}
FIGO ({ed}) Stage grouping: {figo}
FIGO: {figo}
Stage grouping{col}{stage}
Stage: {stage}
Overall stage: {stage}
Clinical stage: {stage}
Clinical stage: {code:tnm}
PTNM CLASSIFICATION: STAGE {stage}, {t} {n} {m}.
TNM classification (UICC, {ed:n}): {code:full}
Final tumor stage therefore {code:full}
Primary tumor (pT){col}{t}
Primary Tumor (pT): {t}: <Tumor invades through the muscularis propria|Tumor limited to the organ|Solitary tumor without vascular invasion|Tumor 4 cm or less in greatest dimension>
PRIMARY TUMOR (PT): {t}: Tumor {num:4-7}.0 cm or less in greatest dimension, limited to {org}.
Primary tumor: {t} ({cm:1-14} cm in maximum dimension).
Regional lymph nodes (pN){col}{n}
Regional Lymph Nodes (pN): {n} ({nodes})
Regional Lymph Nodes (pN): {n}: No regional lymph node metastasis
Regional lymph nodes: {n}. Number examined: {num:1-40}. Number involved: {num:0-9}.
REGIONAL LYMPH NODES (PN): {n}: Cannot be assessed
Distant metastasis (pM){col}{m}
Distant Metastasis (pM): {m}: Cannot be assessed
DISTANT METASTASIS: {m}
T STAGE, PATHOLOGIC{col}{t}
N STAGE, PATHOLOGIC{col}{n}
M STAGE, PATHOLOGIC{col}{m}
T STAGE, PATHOLOGIC: Glottis, {t}\nN STAGE, PATHOLOGIC: {n}\nM STAGE, PATHOLOGIC: {m}
pT category: {t}
pN category: {n}
TNM descriptors: m (multiple primary tumors)\nPrimary tumor (pT): {t}
Histologic grade{col}{gv:w}
Histologic Grade: {g}: {diff}
HISTOLOGIC GRADE: {g}, {diff}
Histologic grade: {gw} ({diff})
Tumor grade{col}{gv:w}
Grade{col}{gv:w}
WHO grade: {gv}
Nuclear grade{col}{gv}
Overall grade: {gv} of 3
Nottingham grade: {gv} (score <3+3+2=8/9|2+2+2=6|3+2+2=7>)
Fuhrman nuclear grade{col}{gv}
FIGO grade{col}{gv}
Lymph nodes{col}{nodes}
Lymph nodes: {n} ({nodes})
Number of positive nodes/total nodes{col}{nodes}
Lymph node status: {of} nodes positive
{lkg} lymph nodes: negative for malignancy ({nodes}).
Lymphatic invasion (L){col}{l}
Venous invasion (V){col}{v}
Perineural invasion{col}{pn}
Residual tumor (R){col}{r}
Margin status: {r}
Gleason score{col}{gl}
Gleason's score: {gls} ({gl})
GLEASON SCORE (PRIMARY + SECONDARY PATTERN): {gl}/10
Combined Gleason score{col}{gls}
Gleason grade {gl}, grade group <1|2|3|4|5>
Gleason Score: Primary 3 + Secondary 4; total: {gls}
Serum tumor markers (S){col}{s}
TNM edition{col}{ed}
Dukes stage: {Stage=<A|B|C|D|C1|C2>}
Ann Arbor stage: {annarbor}
Ann Arbor stage {annarbor}
Masaoka stage {stage}
"""

BLOCKS = r"""
PATHOLOGIC STAGING (pTNM)\nPrimary Tumor (pT)\n{t}\nRegional Lymph Nodes (pN)\n{n}\nNumber examined: {num:1-40}\nNumber involved: {num:0-8}\nDistant Metastasis (pM)\n{m}
Primary tumor (pT): {t}\nRegional lymph nodes (pN): {n}\nNumber examined: {num:1-40}\nNumber involved: {num:0-9}
PATHOLOGIC STAGE (pTNM): {t}\n{n}\nNumber of regional lymph nodes examined: {num:0-30}\n{m}
{bul}TNM descriptors: not applicable\n{bul}Primary tumor (pT): {t}\n{bul}Regional lymph nodes (pN): {n}\n{bul}Distant metastasis (pM): {m}
LYMPH NODES EXAMINED: {num:1-40}\nLYMPH NODES POSITIVE: {num:0-9}\nT STAGE, PATHOLOGIC: {t}\nN STAGE, PATHOLOGIC: {n}\nM STAGE, PATHOLOGIC: {m}\nHISTOLOGIC GRADE: {g}
Primary Tumor (pT)\n{T=pTX}: Cannot be assessed\n[{tick}] {t}: Tumor invades submucosa\nRegional Lymph Nodes (pN)\n[{tick}] {n}
{box} {T=pTX}: Cannot be assessed\n{box} {T=pT0}: No evidence of primary tumor\n[{tick}] {T=<pT1|pT2|pT3>}: Tumor invades <submucosa|muscularis propria|subserosa>
{N=pNX}: Cannot be assessed\n{N=pN0}: No regional lymph node metastasis\n{N=<pN1|pN2>}: Metastasis in regional lymph nodes\nSpecify: Number examined: {num:1-30}
Tumor type: {histo}\nTumor size: {cm:0-12} cm\nGrade: {gv:w}\nMargins: negative\nStage: {code}
TUMOR SITE: {org}\nHISTOLOGIC TYPE: {histo}\nHISTOLOGIC GRADE: {gv:w}\nPATHOLOGIC STAGE: {code}
Final TNM {code:tnm}\nStage: {stage}
T\t{t}\nN\t{n}\nM\t{m}\nStage\t{stage}
Stage {pipe} {t} {pipe} {n} {pipe} {m} {pipe} {stage}
{num:5-9}. Lymph nodes: Negative for tumor ({nodes}).\n{num:5-9}. pTNM: {code:tnm}
- {op}:\n  - {histo}, {cm:1-9} cm\n  - {gw}\n  - {code}
A. {org}, {op}:\n- {histo}, {diff}, {cm:1-9} cm\n- Margins negative\n- {nodes} lymph nodes positive\n- {code}
DIAGNOSIS:\n1. {histo}, {g}, {code}.\n2. Lymph nodes ({nodes}).
{t} {n} {m}\n{stage}\nNot applicable
PRIMARY TUMOR (pT)\n{T=pTX}: Primary tumor cannot be assessed\n{T=pT0}: No evidence of primary tumor\n{T=pTis}: Carcinoma in situ\n{T=pT1}: Tumor invades submucosa\nx {T=pT2}: Tumor invades muscularis propria
{box} {T=pT1a}: Tumor {num:2-4} cm or less\n[{tick}] {T=pT1b}: Tumor more than {num:4-5} cm but not more than 7 cm\n{box} {T=pT2a}: Tumor more than 7 cm
Regional Lymph Nodes (pN)\n{box} {N=pNX}: Cannot be assessed\n[{tick}] {N=pN0}: No regional lymph node metastasis\n{box} {N=pN1}: Metastasis in a single node
Distant Metastasis (pM)\n{M=pMX}: Cannot be assessed\n{M=pM1}: Distant metastasis\nSpecify site(s), if known:
Primary tumor (pT): {t}\nRegional lymph nodes (pN): {n}\nDistant metastasis (pM): Not applicable\nStage group: {stage}
PATHOLOGIC STAGE SUMMARY\nTumor: {t}\nNodes: {n}\nMetastasis: {m}\nStage grouping: {stage}\nTNM {ed:n}
"""

PROSE = r"""
Tumor extends through the muscularis propria into <pericolic fat|perirectal adipose tissue> ({code}).
Tumor invades into the subserosa ({t}).
The tumor is confined to the {org} ({t}).
{histo} of the {org}, {diff}, {cm:1-11} cm, {code}.
{org}, {op}: {histo}, {gw}, {code}.
{histo}, {gw}, measuring {cm:1-9} cm in greatest dimension, {code}
{histo}, {diff}, {g}, {code}.
Metastatic adenocarcinoma in {of} lymph nodes ({n}).
{of} {lkg} lymph nodes positive for metastatic carcinoma.
Metastatic carcinoma involves {of} lymph nodes, the largest deposit measuring {cm:0-3} cm.
{of} lymph nodes are positive for metastasis ({nodes}).
Cancer metastases to {nodes} {lkg} lymph nodes.
Metastases to {nodes} lesser curvature lymph nodes, {nodes} greater curvature lymph nodes - total: {nodes} lymph nodes involved.
No evidence of malignancy in {of} lymph nodes.
{of} lymph nodes negative for tumor.
One sentinel lymph node, negative for carcinoma ({nodes}).
Lymph nodes, {lkg}, dissection: Negative for carcinoma ({nodes}).
Lymph nodes: metastatic carcinoma in {of} nodes with extracapsular extension.
Peripancreatic lymph node positive for metastatic carcinoma ({nodes}). {code:tn}.
{histo} ({g}, {t}, {n}).
{g}, {t}, {n}.
({g}, {t}, {n}). Typus intestinalis sec. Lauren.
Cancer metastases in the lymph nodes (No {nodes}). {g}, {t}, {n}.
Based on the above findings the tumor is staged as {code}.
The pathologic stage is at least {t} {n}.
This corresponds to {t} {n} {m}, stage {stage}, according to the AJCC staging manual, {ed:n}.
Pathological staging is based on the AJCC Cancer Staging Manual, {ed:n}.
This case was staged according to the AJCC {ed:n} criteria.
The TNM staging follows the {ed:n} of the UICC classification.
Effective this checklist utilizes the {ed:n} TNM staging system for Bladder of the American Joint Committee on Cancer (AJCC).
Clinical history: {name}, {num:35-88} yo with {dx}, clinical stage {t:c} {n:c} {m:c}.
History of {dx}, {t} {n} {m}, status post {op} in {year}.
{name} was diagnosed with stage {stage} {dx} in {my}.
{name} is a {num:35-88}-year-old with stage {stage} {histo} of the {org}.
Patient with history of {dx} (stage {stage}), s/p {op}.
PREOPERATIVE DIAGNOSIS: {dx}, stage {stage}
Stage {stage} {dx}
{dx}, stage {stage}, now with progression.
{dx}, {t} {n} {m}, diagnosed {my}
S/p {neo}, now {t:yp} {n:yp} ({nodes}).
Residual {histo} after {neo}, {t:yp} {n:yp}.
No residual tumor after {neo} ({t:yp} {n:yp}).
Previously {t:p}, now recurrent {t:rp} {n:rp}.
Originally staged as {t} {n}, upstaged to {t} after review.
Imaging suggests {t:c} {n:c} disease.
CT staging: {t:c} {n:c} {m:c}
Endoscopic ultrasound: {t:u} {n:u}.
Clinically {m:c}.
No evidence of {t:p} disease.
There is no invasion of the serosa, therefore not {t:p}.
Suspicious for {t:p}, but definite invasion is not seen.
Cannot exclude {t}.
At least {t}.
Extrathyroidal extension is not identified; {t} by size.
If the margin is considered involved, the stage would be {t}.
{t:p}: Extraprostatic extension or microscopic invasion of bladder neck
{t:p}: Tumor more than {num:2-7} cm in greatest dimension
{n:p}: Metastasis in {num:4-7} or more regional lymph nodes
{m:-} means no distant metastasis.
Definition: {t:-} indicates invasion of the visceral peritoneum.
Father had {dx}, stage {stage}.
Family history: mother with stage {stage} {dx} at age {num:40-80}.
Her sister was treated for {t} {dx}.
Prostatic adenocarcinoma, Gleason score {gl}, involving {num:1-6} of 12 cores.
Prostate, {side}, needle biopsy: adenocarcinoma, Gleason score {gl}, involving 40% of one core.
Prostatic adenocarcinoma, Gleason's score {gls} ({gl}), {t}, {n}
Adenocarcinoma, Gleason {gl}, with extraprostatic extension, {t}, margins {r}.
Prostate cancer, Gleason {gls}, PSA {cm:2-30}, {t:c}
Radical prostatectomy in {year}: Gleason {gl}, {t} {n}, negative margins.
The overall Gleason score is {gl} with tertiary pattern 5.
AJCC Classification ({ed:n}), {t} {n} {m}.
TNM: {t} {n} ({nodes}) {m}, AJCC {ed:n}
[AJCC {t}]
AJCC ({t}), ({t}).
Pathologic stage (AJCC): {code:tnm}. See comment.
Note: pathologic stage {code} is based on the information available at the time of this report.
Bladder: {code:tnm}; prostate: {code:tnm}.
{histo}, {code}, FIGO {figo}.
Ovary: serous carcinoma, {gw}, FIGO stage {figo}, {code}
Endometrioid adenocarcinoma, FIGO {gw}, stage {figo}, {t}
Uterus: {histo}, FIGO stage {figo}, invading {num:3-12} mm of {num:13-25} mm myometrium.
Invasive urothelial carcinoma, {gw}, {t}, muscularis propria present.
Clear cell renal cell carcinoma, Fuhrman {gw}, {t}, {n}
Renal cell carcinoma, clear cell type, nuclear {gw}, {code}
Papillary thyroid carcinoma, {cm:0-4} cm, {t:+} {n}
Melanoma, Breslow {cm:0-5} mm, Clark level IV, {t}, stage {stage}
Sentinel node positive ({nodes}); {n}; stage {stage}
Seminoma, {t} {n} {m} {s}, stage {stage}
Hepatocellular carcinoma, {code}; chronic hepatitis (activity 1, fibrosis score 4 of 4).
Adjacent liver with chronic hepatitis and cirrhosis. pTNM: {code:tn}
Hodgkin lymphoma, nodular sclerosis, stage {annarbor}
Diffuse large B-cell lymphoma, Ann Arbor stage {annarbor}, diagnosed {my}
Non-small cell lung cancer, stage {stage} ({t} {n} {m}), PD-L1 {num:1-95}%
NSCLC stage {stage}
{histo}, {g}, {t}, {n} ({nodes}), {m}, {l}, {v}, {r}
Invasive ductal carcinoma, {gw}, {t} {n} ({nodes}), ER positive, PR positive, HER2 negative (1+).
DCIS, nuclear {gw}, {t}
Surgical resection margins free of tumor; {code}
Lymphovascular invasion present ({l}), perineural invasion absent ({pn}).
Resection margins are free ({r}).
Margin involved by tumor ({r}).
{code}
{code:tnm}
{code:full}
({code})
{code}. SEE COMMENT.
{code:tnm}, STAGE {stage}
{t}
{n} ({nodes})
{t} ({t})
Block A1-A4, representative sections: {histo}, {t}
Specimen B (blocks B1-B7): {histo}, {code}.
The patient was assigned stage {stage} disease and referred to oncology.
She has metastatic {dx} ({m}) to bone, T8 and L4.
MRI of the pelvis: T2 hyperintense mass, {t:c} {n:c}.
Final tumor stage therefore {code}, locally {r}
{g}; {l}, {v}, locally {r}.
Tumor stage: {t} {n} ({nodes}) {l} {v}; {g}
Resection margins {r}; {l}, {v}, {pn}.
Perineural invasion ({pn}) and venous invasion ({v}) are present.
Testis: {histo}, {t}, serum markers {s}, stage {stage}
Germ cell tumor, {t} {n} {m} {s}
Post-orchiectomy markers: {s}; {t} {n} {m}
Stage {stage} ({t} {n} {m}) {dx}, status post {op} and {neo}.
Status post {op} for {t} {n} {dx} in {year}, now presenting with cough.
TNM: {t}, {n}, {m}; Stage: {stage}; Grade: {gv:w}
Pathologic T: {t}; pathologic N: {n}; clinical M: {m}
The tumor was upgraded from {g} to {g} on review.
Staging per {ed}: {code}
Rendered using the AJCC/UICC TNM, {ed:n}
(AJCC {ed:n}) {code}
{code} (AJCC {ed:n})
{histo} ({stage}, {t} {n} {m}), {gw}
Adenocarcinoma of the prostate, Gleason {gls}, PSA {cm:3-40} ng/mL, clinical stage {t:c}.
Biopsy: Gleason {gl} in {num:1-6} of 12 cores.
Astler-Coller B2, Dukes {Stage=<A|B|C>}, {t}, {n}.
Tumor board: {dx} {code:tnm}, recommend adjuvant therapy.
"""


def frames() -> list[str]:
    """All English frames with TNM content."""
    lines = [line for block in (LABELLED, BLOCKS, PROSE) for line in block.strip("\n").split("\n")]
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line]
