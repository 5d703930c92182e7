//! What a mention means: grammars, terms, assertion, normalisation.
