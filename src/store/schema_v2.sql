-- What became of drawn cases.
CREATE TABLE elimination (
    number   INTEGER PRIMARY KEY,
    reason   TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    approved INTEGER NOT NULL
) STRICT;

-- A workspace of version 1 may have been made before this index was.
CREATE INDEX IF NOT EXISTS reading_reviewer ON reading (reviewer, number);

CREATE TABLE brought_in (
    spare      INTEGER PRIMARY KEY,
    instead_of INTEGER NOT NULL
) STRICT;
