"""Generator of labelled training lines for the three tasks, in the format of ``datasets/LABELS.md``.

    python3 -m datasets.generate --seed 17 --out FILE.jsonl [--knowledge DIR] [--n-tnm N] [--n-med N] [--n-ade N]
    python3 -m datasets.generate --check            # counts and random samples with bracketed spans

Run it from the repository root. The same seed, counts and knowledge folder give the same bytes. Standard library only.

How a line comes about: a *frame* (``tnm_de``, ``tnm_en``, ``tnm_more``, ``tnm_negative``, ``medication_frames``, ``medication_more``, ``negatives``,
``ade_frames``, ``ade_frames_de``, ``ade_frames_en``) is a sentence or a short block with slots; ``builder`` fills it and keeps the label of every piece; ``noise`` rewrites single characters (line breaks, capitals, umlaut
spellings, slips, OCR); offsets are counted at the very end, so they hold whatever the noise did. ``group`` names the frame: a split that
keeps groups together tests on unseen frames.

What is decided here where the guide leaves room:

* tnm: ``Grade 2``, ``Grad III`` and ``high grade`` are one G span; behind a colon or inside a compound (``Grading: 2``, ``Fuhrman-Grad: 2``) only the value is.
  Stage groups of FIGO, Ann Arbor, Masaoka, Dukes, Rai and Lugano are Stage; Clark levels, ISUP groups and Breslow depths stay unmarked.
  ``7 (3+4)`` is two Gleason spans. Options of a synoptic template are marked, chosen or not.
* medication: a lone amount beside the drug is the Strength, also in units of insulin; amounts by surface, weight, AUC, rate or volume and those of a chemotherapy
  are the Dose. ``max. 4x/d`` behind ``b. B.`` belongs to the same Frequency span; ``nüchtern``, ``nach INR`` and ``zu den Mahlzeiten`` stay outside. A schedule in
  amounts (``500-0-500 mg``) is a Frequency. ``retard`` and ``Respimat`` are outside the name; ``Novalgin-Tropfen`` is a Drug and a Form.
* ade: drugs are marked where the line states an event or an indication for them, also when it is negated or hypothetical; a drug that is only listed, that the
  suspect is replaced by or that treats the event is not. Such drugs are marked for ``medication`` all the same. Degrees (``schwere``) and articles are outside the
  ADE span, and so is a site with its preposition.

Lines teach every task that is fully marked in them (``supervise``): plans with a Reason do not teach ``ade``, lines with a drug class
or a hyphened drug-event noun do not teach ``medication``, and TNM look-alikes that name drugs teach ``tnm`` only.
"""
