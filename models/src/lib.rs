//! What the model sees: devices, weights, the encoder, its heads.
