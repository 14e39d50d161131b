//! A diagnostic as data (code, severity, spans, help) and its renderers: excerpt, one line, JSON.
