-- What became of drawn cases.
CREATE TABLE elimination (
    number   INTEGER PRIMARY KEY,
    reason   TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    approved INTEGER NOT NULL
) STRICT;

CREATE TABLE brought_in (
    spare      INTEGER PRIMARY KEY,
    instead_of INTEGER NOT NULL
) STRICT;
