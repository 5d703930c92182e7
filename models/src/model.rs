//! A loaded model and its workers: what the line needs to know, behind which the kinds of models differ.

use std::borrow::Cow;
use std::sync::Arc;

use befund_core::{Extract, Failure, Label, Task};

use crate::builtin::Builtin;
use crate::checkpoint::{self, Checkpoint};
use crate::decode::Scheme;
use crate::device::{DeviceSpec, OpenDevice};
use crate::encoder::EncoderShape;
use crate::folder::Folder;
use crate::hub::Hub;
use crate::ops::Place;
use crate::spec::{ModelSpec, Precision};
use crate::trained::{self, Files, Trained};

/// How a model is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// Number format of the encoder; `None`: int8 where the model can be computed in it, else f32.
    pub precision: Option<Precision>,
}

/// Multiplications and additions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Operations {
    /// Of layers with weights, in the model's precision.
    pub linear: f64,
    /// Of attention; on a processor in f32 at any precision.
    pub attention: f64,
}

/// A model on a device. Cheap to share; each thread takes a worker of its own.
pub struct Model {
    id: String,
    sha256: String,
    tokenizer_json: Cow<'static, [u8]>,
    device: OpenDevice,
    precision: Precision,
    place: Place,
    kind: Kind,
}

enum Kind {
    Trained(Arc<Trained>),
    Checkpoint(Arc<Checkpoint>),
}

impl Model {
    /// Loads and verifies a model. Only `ModelSpec::Hub` may use the network.
    ///
    /// Fails where the device is missing, a file is missing, damaged or does not fit its description, and where a checkpoint has labels
    /// that are not mapped.
    pub fn load(spec: &ModelSpec, device: &DeviceSpec, options: LoadOptions) -> Result<Self, Failure> {
        let device = device.open()?;
        match spec {
            ModelSpec::Builtin => Self::trained(&Builtin, device, options),
            ModelSpec::Folder(path) => {
                let folder = Folder::open(path)?;
                let id = folder.name();
                Self::from_folder(&folder, id, device, options)
            }
            ModelSpec::Hub { repo, revision } => {
                let folder = Folder::open(&Hub::from_env()?.fetch(repo, revision.as_deref())?)?;
                Self::from_folder(&folder, spec.to_string(), device, options)
            }
        }
    }

    fn from_folder(folder: &Folder, id: String, device: OpenDevice, options: LoadOptions) -> Result<Self, Failure> {
        if folder.has("manifest.json") {
            return Self::trained(folder, device, options);
        }
        let precision = options.precision.unwrap_or(Precision::F32);
        if precision == Precision::Int8 {
            return Err(Failure::new(
                format!("{id} is a checkpoint of another program, and those are not computed in int8"),
                "ask for f32",
            ));
        }
        let place = precision.place_on(&device)?;
        let checkpoint::Loaded { model, sha256, tokenizer_json } = Checkpoint::load(folder, &place)?;
        let kind = Kind::Checkpoint(Arc::new(model));
        let tokenizer_json = Cow::Owned(tokenizer_json);
        Ok(Self { id, sha256, tokenizer_json, device, precision, place, kind })
    }

    fn trained(files: &dyn Files, device: OpenDevice, options: LoadOptions) -> Result<Self, Failure> {
        let fastest = if device.is_cpu() { Precision::Int8 } else { Precision::F32 };
        let precision = options.precision.unwrap_or(fastest);
        let place = precision.place_on(&device)?;
        let trained::Loaded { model, sha256, tokenizer_json } = Trained::load(files, &place)?;
        let id = model.manifest.id.clone();
        let kind = Kind::Trained(Arc::new(model));
        Ok(Self { id, sha256, tokenizer_json, device, precision, place, kind })
    }

    /// Name: the manifest's, the folder's, or `hf:ORG/NAME[@REV]`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// SHA-256 of the weights file, hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The tokenizer that windows must be made with.
    pub fn tokenizer_json(&self) -> &[u8] {
        &self.tokenizer_json
    }

    /// Most tokens of one window, special tokens included.
    pub fn max_window_tokens(&self) -> usize {
        match &self.kind {
            Kind::Trained(model) => model.manifest.encoder.max_positions,
            Kind::Checkpoint(model) => model.max_window_tokens,
        }
    }

    /// What the model can find, by task.
    pub fn labels(&self) -> Vec<(Task, Label)> {
        let mut labels = match &self.kind {
            Kind::Trained(model) => model.heads.schemes.iter().flat_map(|scheme| scheme.labels.clone()).collect(),
            Kind::Checkpoint(model) => model.scheme.labels.clone(),
        };
        labels.sort();
        labels
    }

    /// Tasks it has a head for, in the order of `Task::ALL`.
    pub fn tasks(&self) -> Vec<Task> {
        let mut tasks: Vec<Task> = self.labels().into_iter().map(|(task, _)| task).collect();
        tasks.dedup();
        tasks
    }

    /// Whether it finds relations.
    pub fn has_relations(&self) -> bool {
        matches!(&self.kind, Kind::Trained(model) if model.relations.is_some())
    }

    /// The device it runs on: `cpu` or `cuda:N`.
    pub fn device(&self) -> &OpenDevice {
        &self.device
    }

    /// The number format it computes in.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// What encoder and token heads compute for windows of these many tokens; `None` for another program's checkpoint. Embeddings, norms
    /// and pairs are left out: they are few.
    pub fn operations(&self, window_tokens: impl IntoIterator<Item = usize>) -> Option<Operations> {
        let Kind::Trained(model) = &self.kind else { return None };
        let EncoderShape { hidden, layers, intermediate, .. } = model.manifest.encoder;
        let classes: usize = model.heads.schemes.iter().map(Scheme::n_classes).sum();
        // Query, key, value and output are [hidden, hidden] each; a product is a multiplication and an addition.
        let per_token = 2 * (layers * hidden * (4 * hidden + 2 * intermediate) + hidden * classes);
        let mut operations = Operations::default();
        for n in window_tokens {
            operations.linear += (n * per_token) as f64;
            operations.attention += (4 * layers * hidden * n * n) as f64;
        }
        Some(operations)
    }

    /// An extractor for one thread. On a processor any number of workers may run at once; each computes on its own thread alone and the
    /// weights are shared.
    pub fn worker(&self, max_batch_tokens: usize) -> Result<Box<dyn Extract>, Failure> {
        Ok(match &self.kind {
            Kind::Trained(model) => Box::new(trained::Worker::new(model.clone(), max_batch_tokens)),
            Kind::Checkpoint(model) => {
                Box::new(checkpoint::Worker::new(model.clone(), self.place.clone(), max_batch_tokens)?)
            }
        })
    }
}
