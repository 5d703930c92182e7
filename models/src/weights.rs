//! Weights out of a safetensors file, checked for presence, type and shape before anything is computed.
//!
//! Matrices stored as int8 come with `<name>.scale`, one factor a row: `w[i][j] = q[i][j] * scale[i]`. They are handed out as f32 or as the
//! bytes they are; what the encoder makes of it is not known here.

use befund_core::Failure;
use candle_core::{DType, Device, Tensor};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use crate::kernel::ByteRows;

/// The tensors of one file.
pub(crate) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    file: String,
}

impl<'a> Weights<'a> {
    /// Reads the header of `bytes`; `file` is the name used in messages.
    pub(crate) fn parse(bytes: &'a [u8], file: impl Into<String>) -> Result<Self, Failure> {
        let file = file.into();
        match SafeTensors::deserialize(bytes) {
            Ok(tensors) => Ok(Self { tensors, file }),
            Err(cause) => Err(Failure::from_cause(
                format!("{file} is no whole safetensors file ({} bytes)", bytes.len()),
                "copy or download it again",
                cause,
            )),
        }
    }

    /// A matrix [rows, columns], row-major.
    pub(crate) fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<f32>, Failure> {
        let table = self.table(name, rows, columns)?;
        if let Table::Floats(values) = table {
            return Ok(values);
        }
        let mut values = vec![0.0; rows * columns];
        values.chunks_exact_mut(columns).enumerate().for_each(|(index, row)| table.copy_row(index, row));
        Ok(values)
    }

    /// A matrix [rows, columns] as bytes: as it is stored, else the nearest.
    pub(crate) fn bytes(&self, name: &str, rows: usize, columns: usize) -> Result<ByteRows, Failure> {
        Ok(match self.table(name, rows, columns)? {
            Table::Floats(values) => ByteRows::nearest(&values, columns),
            Table::Bytes(rows) => rows,
        })
    }

    /// A matrix [rows, columns] as it is stored, for who reads few of its rows.
    pub(crate) fn table(&self, name: &str, rows: usize, columns: usize) -> Result<Table, Failure> {
        let view = self.view(name, &[rows, columns])?;
        if view.dtype() != Dtype::I8 {
            return self.floats(name, &view).map(Table::Floats);
        }
        let scale = self.vector(&format!("{name}.scale"), rows)?;
        Ok(Table::Bytes(ByteRows { values: view.data().iter().map(|&byte| byte as i8).collect(), scale }))
    }

    /// A vector [length].
    pub(crate) fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, Failure> {
        let view = self.view(name, &[length])?;
        self.floats(name, &view)
    }

    fn view(&self, name: &str, shape: &[usize]) -> Result<TensorView<'_>, Failure> {
        let view = self.tensors.tensor(name).map_err(|_| {
            Failure::new(
                format!("{}: tensor {name} {shape:?} is missing", self.file),
                "use the weights that belong to this configuration",
            )
        })?;
        if view.shape() != shape {
            return Err(Failure::new(
                format!("{}: tensor {name} has shape {:?}, expected {shape:?}", self.file, view.shape()),
                "use the weights that belong to this configuration",
            ));
        }
        Ok(view)
    }

    fn floats(&self, name: &str, view: &TensorView<'_>) -> Result<Vec<f32>, Failure> {
        let dtype = match view.dtype() {
            Dtype::F32 => {
                let bytes = view.data().as_chunks::<4>().0;
                return Ok(bytes.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect());
            }
            Dtype::F16 => DType::F16,
            Dtype::BF16 => DType::BF16,
            other => {
                return Err(Failure::new(
                    format!("{}: tensor {name} is stored as {other:?}", self.file),
                    "store it as F32, F16 or BF16, or a matrix as I8 with its scale",
                ));
            }
        };
        Tensor::from_raw_buffer(view.data(), dtype, view.shape(), &Device::Cpu)
            .and_then(|tensor| tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1())
            .map_err(|cause| {
                Failure::from_cause(format!("{}: tensor {name} cannot be read", self.file), "copy it again", cause)
            })
    }
}

/// A matrix in one of the two forms it is stored in.
pub(crate) enum Table {
    /// Row-major.
    Floats(Vec<f32>),
    /// With a factor for each row.
    Bytes(ByteRows),
}

impl Table {
    /// Copies row `index`; `out` has as many values as the table has columns.
    pub(crate) fn copy_row(&self, index: usize, out: &mut [f32]) {
        let range = index * out.len()..(index + 1) * out.len();
        match self {
            Self::Floats(values) => out.copy_from_slice(&values[range]),
            Self::Bytes(ByteRows { values, scale }) => {
                out.iter_mut().zip(&values[range]).for_each(|(out, &byte)| *out = f32::from(byte) * scale[index]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn file() -> Vec<u8> {
        let scale: Vec<u8> = [0.5f32, 2.0].iter().flat_map(|value| value.to_le_bytes()).collect();
        let quantised = [1i8, -2, 3, 4, 5, -6].map(|value| value as u8);
        let views = HashMap::from([
            ("w", TensorView::new(Dtype::I8, vec![2, 3], &quantised).unwrap()),
            ("w.scale", TensorView::new(Dtype::F32, vec![2], &scale).unwrap()),
        ]);
        safetensors::serialize(views, None).unwrap()
    }

    #[test]
    fn int8_rows_are_scaled() {
        let bytes = file();
        let weights = Weights::parse(&bytes, "m").unwrap();
        assert_eq!(weights.matrix("w", 2, 3).unwrap(), [0.5, -1.0, 1.5, 8.0, 10.0, -12.0]);
        assert_eq!(
            weights.bytes("w", 2, 3).unwrap(),
            ByteRows { values: vec![1, -2, 3, 4, 5, -6], scale: vec![0.5, 2.0] }
        );
    }

    #[test]
    fn a_wrong_shape_is_refused_with_both_shapes() {
        let bytes = file();
        let weights = Weights::parse(&bytes, "m").unwrap();
        let message = weights.matrix("w", 3, 2).unwrap_err().to_string();
        assert!(message.contains("[2, 3]") && message.contains("[3, 2]") && message.contains('w'), "{message}");
        let message = weights.vector("v", 4).unwrap_err().to_string();
        assert!(message.contains("tensor v [4] is missing"), "{message}");
    }

    #[test]
    fn a_truncated_file_is_refused() {
        let bytes = file();
        for length in [0, 7, 20, bytes.len() - 1] {
            assert!(Weights::parse(&bytes[..length], "m").is_err(), "{length} bytes");
        }
    }
}
