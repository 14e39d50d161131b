-- The truth: chains of events, the texts that stand apart from them, instrument editions.
CREATE TABLE workspace (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    id     TEXT NOT NULL,
    -- Keys the hashes by which imports are known again. It stands in no event, so that
    -- nobody can try guesses against them once it is gone.
    secret BLOB NOT NULL
) STRICT;

CREATE TABLE chain (
    key       INTEGER PRIMARY KEY,
    author    TEXT NOT NULL,
    workspace TEXT NOT NULL,
    length    INTEGER NOT NULL,
    head      BLOB NOT NULL,
    UNIQUE (author, workspace)
) STRICT;

CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    chain    INTEGER NOT NULL REFERENCES chain (key),
    seq      INTEGER NOT NULL,
    hash     BLOB NOT NULL UNIQUE,
    about    TEXT NOT NULL,
    body     BLOB NOT NULL,
    UNIQUE (chain, seq)
) STRICT;
CREATE INDEX event_about ON event (about, position);

CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
-- INSERT OR REPLACE deletes without the trigger above unless recursive_triggers is on,
-- and another program may not have turned that on.
CREATE TRIGGER event_is_new BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE position = NEW.position)
  OR EXISTS (SELECT 1 FROM event WHERE hash = NEW.hash)
  OR EXISTS (SELECT 1 FROM event WHERE chain = NEW.chain AND seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- A removed text keeps its row: hash, no salt, no text, and the event that removed it.
CREATE TABLE words (
    hash    BLOB PRIMARY KEY,
    salt    BLOB,
    text    TEXT,
    removed BLOB,
    CHECK ((salt IS NULL) = (text IS NULL) AND (text IS NULL) = (removed IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE instrument (
    hash TEXT PRIMARY KEY,
    id   TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- What an editor holds and no event has yet; overwritten in place.
CREATE TABLE draft (
    reading  INTEGER NOT NULL,
    question TEXT NOT NULL,
    slot     TEXT NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (reading, question, slot)
) STRICT, WITHOUT ROWID;

-- Projections: everything below is made from the log and can be made again.
CREATE TABLE head (
    about TEXT NOT NULL,
    chain INTEGER NOT NULL,
    hash  BLOB NOT NULL,
    PRIMARY KEY (about, chain)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    code TEXT PRIMARY KEY,
    role TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    instrument   TEXT NOT NULL,
    review_kind  TEXT NOT NULL,
    period       TEXT NOT NULL,
    under_review TEXT,
    opened_at    INTEGER NOT NULL,
    closed       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drawing (
    event  BLOB PRIMARY KEY,
    round  TEXT NOT NULL,
    number INTEGER NOT NULL,
    seed   TEXT NOT NULL,
    sample INTEGER NOT NULL,
    spares INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    number       INTEGER PRIMARY KEY,
    round        TEXT NOT NULL,
    round_id     TEXT,
    drawing      BLOB,
    frame_id     TEXT,
    frame        TEXT,
    case_type    TEXT NOT NULL,
    region       TEXT NOT NULL,
    county       TEXT NOT NULL,
    period       TEXT NOT NULL,
    under_review TEXT,
    sample_id    TEXT NOT NULL,
    review_kind  TEXT NOT NULL,
    stratum      TEXT,
    place        INTEGER,
    spare        INTEGER,
    ticket       TEXT
) STRICT;
CREATE INDEX cases_frame_id ON cases (frame_id);

CREATE TABLE reading (
    id           INTEGER PRIMARY KEY,
    number       INTEGER NOT NULL,
    which        TEXT NOT NULL,
    reviewer     TEXT NOT NULL,
    status       TEXT NOT NULL,
    instrument   TEXT NOT NULL,
    answered     INTEGER NOT NULL,
    needed       INTEGER NOT NULL,
    touched      INTEGER NOT NULL,
    submitted_at INTEGER,
    ratings      BLOB NOT NULL,
    earlier      INTEGER
) STRICT;
CREATE INDEX reading_number ON reading (number);
CREATE INDEX reading_reviewer ON reading (reviewer, number);

CREATE TABLE answer (
    reading   INTEGER NOT NULL,
    question  TEXT NOT NULL,
    value     TEXT,
    narrative TEXT,
    PRIMARY KEY (reading, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE imported (
    content BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
