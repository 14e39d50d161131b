-- Final readings as reports take them: a row each, with the facts it is grouped by, its
-- ratings and its answers packed (report::packed). A reading of an eliminated case has none.
CREATE TABLE counted (
    number  INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    facts   BLOB NOT NULL,
    ratings BLOB NOT NULL,
    answers BLOB NOT NULL,
    PRIMARY KEY (number, reading)
) STRICT, WITHOUT ROWID;

-- What is handed in and not settled, which every report mentions.
CREATE INDEX reading_waiting ON reading (number) WHERE status IN ('submitted', 'in-qa');
-- Cases drawn for a second review, and not dropped since.
CREATE TABLE second_drawn (
    number INTEGER PRIMARY KEY
) STRICT;

-- The second name on a review.
CREATE TABLE partner (
    reading INTEGER PRIMARY KEY,
    person  TEXT NOT NULL
) STRICT;

-- Events of other people's chains that did not come: their hashes hold the chains together.
CREATE TABLE withheld (
    chain INTEGER NOT NULL REFERENCES chain (key),
    seq   INTEGER NOT NULL,
    hash  BLOB NOT NULL,
    PRIMARY KEY (chain, seq)
) STRICT, WITHOUT ROWID;

-- What came of readings and may not be opened yet, encrypted as it came.
CREATE TABLE parcel (
    reading INTEGER NOT NULL,
    digest  BLOB NOT NULL,
    sender  TEXT NOT NULL,
    sealed  INTEGER NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (reading, digest)
) STRICT;

-- Two different events in one place of an author's chain: the second was not taken in.
CREATE TABLE fork (
    author    TEXT NOT NULL,
    workspace TEXT NOT NULL,
    seq       INTEGER NOT NULL,
    held      BLOB NOT NULL,
    refused   BLOB NOT NULL,
    PRIMARY KEY (author, workspace, seq, refused)
) STRICT, WITHOUT ROWID;

-- Readings that a work order brought: whether they are final is not known here.
CREATE TABLE taken (
    reading INTEGER PRIMARY KEY
) STRICT;

-- How cases that are read twice are read.
CREATE TABLE pair (
    number       INTEGER PRIMARY KEY,
    mode         TEXT NOT NULL,
    under_review TEXT
) STRICT;
