//! Aggregation as plain data, then renderers.
