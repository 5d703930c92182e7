//! The encoders of candle-transformers behind one call.

use befund_core::Failure;
use candle_core::{DType, Device, Result, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::{bert, debertav2, distilbert, xlm_roberta};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// One of the known encoders.
pub(super) enum Backbone {
    Bert(bert::BertModel),
    DistilBert(distilbert::DistilBertModel),
    XlmRoberta(xlm_roberta::XLMRobertaModel),
    DebertaV2(Box<debertav2::DebertaV2Model>),
}

impl Backbone {
    /// The encoder `config` describes, its columns, and the longest window in tokens.
    pub(super) fn load(
        config: &Value,
        weights: &VarBuilder,
        place: &str,
    ) -> std::result::Result<(Self, usize, usize), Failure> {
        let kind = config["model_type"].as_str().unwrap_or("nothing");
        let size = |name: &str| {
            config[name].as_u64().map(|value| value as usize).ok_or_else(|| {
                Failure::new(format!("{place}/config.json has no {name}"), "use the config.json of the checkpoint")
            })
        };
        let max_positions = size("max_position_embeddings");
        let loaded = |result: Result<Self>| {
            result.map_err(|cause| {
                let remedy = "use a token-classification checkpoint whose weights belong to its config.json";
                Failure::from_cause(format!("{place}: the {kind} encoder cannot be loaded"), remedy, cause)
            })
        };
        match kind {
            "bert" => {
                let shape = parse(config, place)?;
                let model = loaded(bert::BertModel::load(weights.clone(), &shape).map(Self::Bert))?;
                Ok((model, shape.hidden_size, max_positions?))
            }
            "distilbert" => {
                let shape = parse(config, place)?;
                let model = loaded(distilbert::DistilBertModel::load(weights.clone(), &shape).map(Self::DistilBert))?;
                Ok((model, shape.dim, max_positions?))
            }
            "xlm-roberta" => {
                let shape: xlm_roberta::Config = parse(config, place)?;
                let model = xlm_roberta::XLMRobertaModel::new(&shape, weights.pp("roberta")).map(Self::XlmRoberta);
                // Positions begin after the padding id.
                let longest = shape.max_position_embeddings.saturating_sub(shape.pad_token_id as usize + 1);
                Ok((loaded(model)?, shape.hidden_size, longest))
            }
            "deberta-v2" => {
                let shape = parse(config, place)?;
                let model = debertav2::DebertaV2Model::load(weights.pp("deberta"), &shape);
                Ok((loaded(model.map(|model| Self::DebertaV2(Box::new(model))))?, shape.hidden_size, max_positions?))
            }
            _ => Err(Failure::new(
                format!("{place}/config.json has model_type {kind}"),
                "use a bert, distilbert, xlm-roberta or deberta-v2 checkpoint",
            )),
        }
    }

    /// One window, `ids` [n] -> hidden states [n, hidden].
    pub(super) fn forward(&self, ids: &[u32], device: &Device) -> Result<Tensor> {
        let n = ids.len();
        let ids = Tensor::from_slice(ids, (1, n), device)?;
        let segments = ids.zeros_like()?;
        let hidden = match self {
            Self::Bert(model) => model.forward(&ids, &segments, None)?,
            // This one marks what must not be seen.
            Self::DistilBert(model) => model.forward(&ids, &Tensor::zeros((n, n), DType::U8, device)?)?,
            Self::XlmRoberta(model) => model.forward(&ids, &ids.ones_like()?, &segments, None, None, None)?,
            Self::DebertaV2(model) => model.forward(&ids, Some(segments), None)?,
        };
        hidden.squeeze(0)
    }
}

/// The sizes in `config.json`, with what older versions of transformers left out.
fn parse<C: DeserializeOwned>(config: &Value, place: &str) -> std::result::Result<C, Failure> {
    let mut config = config.clone();
    let n_segments = if config["model_type"] == "deberta-v2" { 0 } else { 2 };
    if let Some(entries) = config.as_object_mut() {
        entries.entry("type_vocab_size").or_insert(json!(n_segments));
        for (name, usual) in [
            ("position_embedding_type", json!("absolute")),
            ("hidden_dropout_prob", json!(0.1)),
            ("attention_probs_dropout_prob", json!(0.1)),
            ("initializer_range", json!(0.02)),
            ("layer_norm_eps", json!(1e-12)),
            ("pad_token_id", json!(0)),
        ] {
            entries.entry(name).or_insert(usual);
        }
    }
    serde_json::from_value(config).map_err(|cause| {
        let remedy = "use the config.json of the checkpoint";
        Failure::from_cause(format!("{place}/config.json lacks what the encoder needs"), remedy, cause)
    })
}
