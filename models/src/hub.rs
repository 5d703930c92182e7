//! Models from the Hugging Face hub, asked for with `hf:`. The only code in Befund that opens a connection.
//!
//! The cache (`HF_HOME`, as that library lays it out) is asked first: what is there is used without a request, so that a machine without
//! network runs what was fetched once. `HF_ENDPOINT` names another server. Nothing about documents is ever sent.

use std::path::PathBuf;

use befund_core::Failure;
use hf_hub::api::sync::{ApiBuilder, ApiError};
use hf_hub::{Cache, Repo, RepoType};

/// Files every model has.
const NEEDED: [&str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];
/// Files it may have beside them.
const OPTIONAL: [&str; 2] = ["manifest.json", "befund.json"];
/// Where models come from unless `HF_ENDPOINT` says otherwise.
const ENDPOINT: &str = "https://huggingface.co";

/// A server and a cache.
#[derive(Clone, Debug)]
pub struct Hub {
    /// Address without a slash at its end.
    pub endpoint: String,
    /// Folder of the cache.
    pub cache: PathBuf,
}

impl Hub {
    /// As `HF_ENDPOINT`, `HF_HOME` and `HOME` say.
    pub fn from_env() -> Result<Self, Failure> {
        let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let home = given("HF_HOME").map(PathBuf::from).or_else(|| {
            given("HOME").or_else(|| given("USERPROFILE")).map(|home| PathBuf::from(home).join(".cache/huggingface"))
        });
        let home = home.ok_or_else(|| Failure::new("there is no folder for the model cache", "set HF_HOME"))?;
        let endpoint = given("HF_ENDPOINT").unwrap_or_else(|| ENDPOINT.to_string());
        Ok(Self { endpoint: endpoint.trim_end_matches('/').to_string(), cache: home.join("hub") })
    }

    /// The folder with the model's files, fetched where the cache does not hold them.
    pub fn fetch(&self, repo: &str, revision: Option<&str>) -> Result<PathBuf, Failure> {
        let at = Repo::with_revision(repo.to_string(), RepoType::Model, revision.unwrap_or("main").to_string());
        if let Some(folder) = self.cached(&at) {
            return Ok(folder);
        }
        let api = ApiBuilder::from_cache(Cache::new(self.cache.clone()))
            .with_endpoint(self.endpoint.clone())
            .with_progress(false)
            .build()
            .map_err(|cause| self.refused(repo, cause))?
            .repo(at.clone());
        let listing = api.info().map_err(|cause| self.refused(repo, cause))?;
        let holds = |name: &str| listing.siblings.iter().any(|file| file.rfilename == name);
        if let Some(missing) = NEEDED.into_iter().find(|name| !holds(name)) {
            return Err(Failure::new(
                format!("hf:{repo} has no {missing}"),
                "choose a repository with config.json, tokenizer.json and one model.safetensors",
            ));
        }
        // The weights last: a folder that has them is whole.
        for name in OPTIONAL.into_iter().chain(NEEDED).filter(|name| holds(name)) {
            api.get(name).map_err(|cause| self.refused(repo, cause))?;
        }
        self.cached(&at).ok_or_else(|| {
            let place = self.cache.display();
            Failure::new(format!("hf:{repo} was fetched but is not in the cache {place}"), "check HF_HOME")
        })
    }

    fn cached(&self, at: &Repo) -> Option<PathBuf> {
        let cache = Cache::new(self.cache.clone()).repo(at.clone());
        let whole = NEEDED.iter().all(|name| cache.get(name).is_some());
        let by_name = whole.then(|| cache.get("model.safetensors")).flatten();
        // A commit that was fetched under a branch's name has no reference of its own.
        let by_commit = Some(cache.pointer_path(at.revision()).join("model.safetensors")).filter(|path| path.exists());
        by_name.or(by_commit)?.parent().map(PathBuf::from)
    }

    fn refused(&self, repo: &str, cause: ApiError) -> Failure {
        Failure::from_cause(
            format!("hf:{repo} cannot be fetched from {}", self.endpoint),
            "check the name and the network, or copy the model to a folder and name that folder",
            cause,
        )
    }
}
