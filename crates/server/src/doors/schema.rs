//! The JSON schema of a call, made once.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{OnceLock, PoisonError, RwLock},
};

use schemars::JsonSchema;
use serde_json::Value;

/// The schema of `T`. There are as many as there are calls, so they are kept for the life of the process.
pub fn schema<T: JsonSchema + 'static>() -> &'static Value {
    static KEPT: OnceLock<RwLock<HashMap<TypeId, &'static Value>>> = OnceLock::new();
    let kept = KEPT.get_or_init(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(schema) = kept.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return schema;
    }
    let made = schemars::schema_for!(T).to_value();
    kept.write().unwrap_or_else(PoisonError::into_inner).entry(id).or_insert_with(|| Box::leak(Box::new(made)))
}
