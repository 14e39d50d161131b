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
