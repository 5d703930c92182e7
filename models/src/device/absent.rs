//! The kernels for a card in a build without CUDA: there are none, so nothing outside `device` need ask how it was built.

use befund_core::Failure;
use candle_core::{Result, Tensor};

use crate::encoder::EncoderShape;
use crate::ops::{AddNorm, Linear, Place};

pub(crate) enum FusedKernels {}

impl FusedKernels {
    pub(crate) fn compile(_: &EncoderShape, _: &Place) -> std::result::Result<Option<Self>, Failure> {
        Ok(None)
    }

    pub(crate) fn tiles(&self, _: &[u32], _: &Place) -> Result<Tensor> {
        match *self {}
    }

    pub(crate) fn attend(&self, _: &Linear, _: &Tensor, _: &Tensor) -> Result<Tensor> {
        match *self {}
    }

    pub(crate) fn gelu(&self, _: &Linear, _: &Tensor) -> Result<Tensor> {
        match *self {}
    }

    pub(crate) fn add_norm(&self, _: &Linear, _: &AddNorm, _: &Tensor, _: &Tensor) -> Result<Tensor> {
        match *self {}
    }
}
