-- The levels of QA that the reviews of a round pass, and who does each beside the leads.
CREATE TABLE qa_level (
    round  TEXT NOT NULL,
    level  TEXT NOT NULL,
    people TEXT NOT NULL,
    PRIMARY KEY (round, level)
) STRICT, WITHOUT ROWID;

-- What QA did with readings: the levels that approved each as it is sealed now, the notes
-- not settled, whether it is back with its reader, and changes after it was final.
CREATE TABLE quality (
    reading   INTEGER PRIMARY KEY,
    approved  TEXT NOT NULL,
    notes     INTEGER NOT NULL,
    sent_back INTEGER NOT NULL,
    late      INTEGER NOT NULL
) STRICT;

-- Alerts, and whether they are closed. What they say stands with the events.
CREATE TABLE alert (
    event   BLOB PRIMARY KEY,
    reading INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    closed  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_reading ON alert (reading);

-- Ratings set against the computed ones, as far as they hold, and what had decided those.
CREATE TABLE overridden (
    reading  INTEGER NOT NULL,
    item     TEXT NOT NULL,
    computed TEXT NOT NULL,
    rating   TEXT NOT NULL,
    rule     TEXT NOT NULL,
    PRIMARY KEY (reading, item)
) STRICT, WITHOUT ROWID;
