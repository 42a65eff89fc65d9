-- The seals under the journal, and what the kit knows of the time.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.
-- Nothing here is personal.

-- One signed statement for each close of a day, and for work that was done after it.
CREATE TABLE audit_seal (
    number      INTEGER PRIMARY KEY CHECK (number > 0),
    day         TEXT    NOT NULL,
    -- 0 closes the day, a later one covers what was done after that.
    part        INTEGER NOT NULL CHECK (part >= 0),
    -- The last line of the journal that it covers.
    position    INTEGER NOT NULL UNIQUE CHECK (position > 0),
    statement   TEXT    NOT NULL,
    -- When central was given it.
    sent_at     INTEGER,
    -- A day is closed once.
    UNIQUE (day, part)
) STRICT;

CREATE TRIGGER audit_seal_is_not_edited BEFORE UPDATE ON audit_seal
WHEN OLD.sent_at IS NOT NULL OR NEW.number <> OLD.number OR NEW.day <> OLD.day OR NEW.part <> OLD.part
    OR NEW.position <> OLD.position OR NEW.statement <> OLD.statement
BEGIN SELECT RAISE(ABORT, 'a seal is only added'); END;

CREATE TRIGGER audit_seal_stays BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'a seal is only added'); END;

-- Another row in the place of an old one ("INSERT OR REPLACE") is an edit too, which no trigger on edits sees.
CREATE TRIGGER audit_seal_is_next BEFORE INSERT ON audit_seal
WHEN NEW.number <> (SELECT IFNULL(MAX(number), 0) + 1 FROM audit_seal)
BEGIN SELECT RAISE(ABORT, 'a seal is only added'); END;

CREATE TRIGGER journal_line_is_next BEFORE INSERT ON journal
WHEN NEW.position <> (SELECT IFNULL(MAX(position), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

-- Where the wall clock stood beside the clock that counts from the machine's start, which nobody can set:
-- one row for each start, and one for each time that the wall clock was found to have been set.
CREATE TABLE clock_reading (
    id          INTEGER PRIMARY KEY,
    boot        TEXT    NOT NULL,
    -- Milliseconds since the machine's start.
    uptime      INTEGER NOT NULL CHECK (uptime >= 0),
    -- Milliseconds since 1970.
    wall        INTEGER NOT NULL,
    -- Milliseconds by which it was set forward, or back when negative; nil when nothing tells.
    jump        INTEGER
) STRICT;

-- The latest instant that each source told, and when the kit learnt it by the clock that nobody can set: what
-- has gone by since then has surely gone by. It takes the place of the one instant that was kept before.
CREATE TABLE clock_evidence (
    source      TEXT    PRIMARY KEY,
    instant     INTEGER NOT NULL,
    boot        TEXT,
    uptime      INTEGER CHECK (uptime >= 0),
    -- The last reading that was there when it was learnt.
    reading     INTEGER NOT NULL,
    CHECK ((boot IS NULL) = (uptime IS NULL))
) STRICT;

INSERT INTO clock_evidence (source, instant, reading) SELECT 'central', last_known, 0 FROM clock_mark;
DROP TABLE clock_mark;
