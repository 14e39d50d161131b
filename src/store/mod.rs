//! One SQLite file: the log, its projections, migrations, backup.
