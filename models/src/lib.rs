//! What the model sees: devices, weights, the encoder, its heads.
//!
//! A packed batch of token windows goes in, mentions and relations come out; tensors never leave this crate, and text never enters it.
//! `Model::load` takes the built-in model, a folder, or a repository on the hub; `Model::worker` gives each thread its extractor over
//! shared weights. On a processor the arithmetic is this crate's own (`kernel`): the same bits for a window whatever it is batched with
//! and however many workers run. Whether CUDA is built in is asked in one file (`device`).

mod builtin;
mod checkpoint;
mod decode;
mod device;
mod encoder;
mod folder;
mod head;
mod hub;
mod kernel;
mod manifest;
mod marks;
mod model;
mod ops;
mod padded;
mod peak;
mod spec;
mod trained;
mod weights;

pub use device::{DeviceSpec, OpenDevice};
pub use hub::Hub;
pub use model::{LoadOptions, Model, Operations};
pub use peak::{PeakRate, peak_rate};
pub use spec::{ModelSpec, Precision};
