//! Two small tokenizers of the kinds that models come with: SentencePiece Unigram behind a precompiled character map (XLM-R, E5) and BERT
//! WordPiece. They are built here, because a test must not need a model.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

/// A `tokenizer.json` and its pieces by id.
pub struct Small {
    pub json: Vec<u8>,
    pub pieces: Vec<String>,
}

/// Changes of the character map, after SentencePiece's `nmt_nfkc`: white space, removed controls, compatibility forms, composed letters.
const MAP: &[(&str, &str)] = &[
    ("\t", " "),
    ("\n", " "),
    ("\r", " "),
    ("\u{c}", " "),
    ("\u{a0}", " "),
    ("\u{85}", " "),
    ("\u{2028}", " "),
    ("\u{1}", ""),
    ("\u{ad}", ""),
    ("½", "1⁄2"),
    ("…", "..."),
    ("²", "2"),
    ("ﬁ", "fi"),
    ("µ", "μ"),
    ("e\u{301}", "é"),
    ("u\u{308}", "ü"),
    ("\u{feff}", " "),
];

const WORDS: &[&str] = &["Tumor", "tumor", "der", "und", "the", "pT", "mg", "ASS"];

fn letters() -> Vec<String> {
    let ascii = (b'!'..=b'~').map(|byte| char::from(byte).to_string());
    ascii.chain("äöüÄÖÜßéμ⁄".chars().map(String::from)).collect()
}

/// Unigram, metaspace, `<s> ... </s>`.
pub fn unigram() -> Small {
    let mut scored: Vec<(String, f64)> =
        ["<s>", "<pad>", "</s>", "<unk>"].map(|token| (token.to_string(), 0.0)).to_vec();
    scored.push(("▁".into(), -3.0));
    scored.extend(WORDS.iter().flat_map(|word| [(format!("▁{word}"), -6.0), ((*word).to_string(), -7.0)]));
    scored.extend(letters().into_iter().map(|letter| (letter, -9.0)));
    let vocab: Vec<String> = scored.iter().map(|(token, score)| format!("[{},{score:?}]", quoted(token))).collect();
    let special = |id: usize| {
        format!(
            r#"{{"id":{id},"content":{},"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}}"#,
            quoted(&scored[id].0)
        )
    };
    let json = format!(
        r#"{{"version":"1.0","truncation":{{"max_length":8,"strategy":"LongestFirst","stride":0,"direction":"Right"}},"padding":null,
        "added_tokens":[{}],
        "normalizer":{{"type":"Sequence","normalizers":[{{"type":"Precompiled","precompiled_charsmap":"{}"}},{{"type":"Replace","pattern":{{"Regex":" {{2,}}"}},"content":" "}}]}},
        "pre_tokenizer":{{"type":"Metaspace","replacement":"▁","add_prefix_space":true}},
        "post_processor":{{"type":"TemplateProcessing","single":[{{"SpecialToken":{{"id":"<s>","type_id":0}}}},{{"Sequence":{{"id":"A","type_id":0}}}},{{"SpecialToken":{{"id":"</s>","type_id":0}}}}],"pair":[{{"Sequence":{{"id":"A","type_id":0}}}},{{"Sequence":{{"id":"B","type_id":0}}}}],"special_tokens":{{"<s>":{{"id":"<s>","ids":[0],"tokens":["<s>"]}},"</s>":{{"id":"</s>","ids":[2],"tokens":["</s>"]}}}}}},
        "decoder":null,"model":{{"type":"Unigram","unk_id":3,"vocab":[{}]}}}}"#,
        (0..4).map(special).collect::<Vec<_>>().join(","),
        base64(&character_map()),
        vocab.join(",")
    );
    Small { json: json.into_bytes(), pieces: scored.into_iter().map(|(token, _)| token).collect() }
}

/// WordPiece, lower-cased, accents stripped, `[CLS] ... [SEP]`.
pub fn word_piece() -> Small {
    let mut pieces: Vec<String> = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].map(String::from).to_vec();
    let mut add = |token: String| {
        if !pieces.contains(&token) {
            pieces.push(token);
        }
    };
    for token in
        WORDS.iter().map(|word| word.to_lowercase()).chain(letters().into_iter().map(|letter| letter.to_lowercase()))
    {
        add(format!("##{token}"));
        add(token);
    }
    let vocab: Vec<String> = pieces.iter().enumerate().map(|(id, token)| format!("{}:{id}", quoted(token))).collect();
    let json = format!(
        r###"{{"version":"1.0","truncation":null,"padding":{{"strategy":{{"Fixed":64}},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"[PAD]"}},
        "added_tokens":[{{"id":3,"content":"[SEP]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}}],
        "normalizer":{{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}},
        "pre_tokenizer":{{"type":"BertPreTokenizer"}},
        "post_processor":{{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}},
        "decoder":null,"model":{{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{{{}}}}}}}"###,
        vocab.join(",")
    );
    Small { json: json.into_bytes(), pieces }
}

fn quoted(token: &str) -> String {
    format!("\"{}\"", token.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The map as SentencePiece writes it: size of the trie in bytes, the trie (a Darts double array), the replacements each closed by NUL.
fn character_map() -> Vec<u8> {
    let mut replacements = Vec::new();
    let mut keys = BTreeMap::new();
    for (from, to) in MAP {
        keys.insert(from.as_bytes(), replacements.len() as u32);
        replacements.extend_from_slice(to.as_bytes());
        replacements.push(0);
    }
    let mut units: Vec<Option<u32>> = vec![None; 1 << 14];
    units[0] = Some(0);
    let entries: Vec<(&[u8], u32)> = keys.into_iter().collect();
    fill(&mut units, 0, &entries);
    let trie: Vec<u8> = units.iter().flat_map(|unit| unit.unwrap_or(0).to_le_bytes()).collect();
    let mut map = (trie.len() as u32).to_le_bytes().to_vec();
    map.extend(trie);
    map.extend(replacements);
    map
}

/// Places the children of `node`: unit `base ^ label` for each label, the value at `base`.
fn fill(units: &mut [Option<u32>], node: usize, entries: &[(&[u8], u32)]) {
    let value = entries.iter().find(|(key, _)| key.is_empty()).map(|(_, value)| *value);
    let mut children: BTreeMap<u8, Vec<(&[u8], u32)>> = BTreeMap::new();
    for (key, value) in entries.iter().filter(|(key, _)| !key.is_empty()) {
        children.entry(key[0]).or_default().push((&key[1..], *value));
    }
    let fits = |base: &usize| {
        units[*base].is_none() && children.keys().all(|&label| units[base ^ usize::from(label)].is_none())
    };
    let base = (256..units.len()).find(fits).unwrap();
    let label = units[node].unwrap() & 0xff;
    units[node] = Some(label | u32::from(value.is_some()) << 8 | ((node ^ base) as u32) << 10);
    units[base] = Some(1 << 31 | value.unwrap_or(0));
    for &label in children.keys() {
        units[base ^ usize::from(label)] = Some(u32::from(label));
    }
    for (label, entries) in &children {
        fill(units, base ^ usize::from(*label), entries);
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}
