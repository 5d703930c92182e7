//! A model in a folder, Befund's own or a Hugging Face checkpoint.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use befund_core::Failure;

use crate::trained::Files;

/// The files of one folder.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Fails where there is no such folder.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Ok(Self { path: path.to_path_buf() });
        }
        let remedy = "give a folder with a model, hf:ORG/NAME, or builtin";
        Err(Failure::new(format!("there is no model folder {}", path.display()), remedy))
    }

    /// Whether it holds this file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.path.join(name).is_file()
    }

    /// The folder's own name.
    pub(crate) fn name(&self) -> String {
        let absolute = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        absolute.file_name().unwrap_or(absolute.as_os_str()).to_string_lossy().into_owned()
    }
}

impl Files for Folder {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, Failure> {
        let path = self.path.join(name);
        std::fs::read(&path).map(Cow::Owned).map_err(|cause| {
            let remedy = match name {
                "model.safetensors" => {
                    "convert the weights to one model.safetensors (save_pretrained with safe_serialization)"
                }
                _ => "copy the whole model, with its configuration and tokenizer.json",
            };
            Failure::from_cause(format!("{} cannot be read", path.display()), remedy, cause)
        })
    }
}
