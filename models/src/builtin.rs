//! The model inside the program: `models/deen`, so that the first command needs no download.

use std::borrow::Cow;

use befund_core::Failure;

use crate::trained::Files;

/// The files of the built-in model.
pub(crate) struct Builtin;

impl Files for Builtin {
    fn place(&self) -> String {
        "builtin".to_string()
    }

    fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, Failure> {
        let bytes: &'static [u8] = match name {
            "manifest.json" => include_bytes!("../deen/manifest.json"),
            "tokenizer.json" => include_bytes!("../deen/tokenizer.json"),
            "model.safetensors" => include_bytes!("../deen/model.safetensors"),
            _ => return Err(Failure::new(format!("the built-in model has no {name}"), "")),
        };
        Ok(Cow::Borrowed(bytes))
    }
}
