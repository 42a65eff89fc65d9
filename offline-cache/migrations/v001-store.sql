-- The first schema of the station's store.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.
-- Columns named "sealed" hold personal data under the store key; no other column holds any.

-- What this store is, so that it is never opened as something else.
CREATE TABLE store_mark (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    mode        TEXT    NOT NULL CHECK (mode IN ('production', 'training')),
    kit         TEXT    NOT NULL,
    -- A known text under the store key: shows at start-up that the key is the right one.
    key_check   BLOB    NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

-- The latest instants that are known to have happened, in milliseconds since 1970.
CREATE TABLE clock_mark (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    last_known  INTEGER NOT NULL
) STRICT;

CREATE TABLE visit (
    id          TEXT    PRIMARY KEY,
    planned_for TEXT    NOT NULL,
    revision    INTEGER NOT NULL CHECK (revision > 0),
    sealed      BLOB    NOT NULL
) STRICT;

-- What has been captured for a case that is not a packet yet.
CREATE TABLE draft (
    case_id     TEXT    PRIMARY KEY,
    visit_id    TEXT    NOT NULL,
    revision    INTEGER NOT NULL CHECK (revision > 0),
    saved_at    INTEGER NOT NULL,
    sealed      BLOB    NOT NULL
) STRICT;

-- Where a chain continues: the manifests that this kit signed, the receipts that it stored.
-- A row of its own, so that no purge can make a number be given twice.
CREATE TABLE chain_head (
    chain       TEXT    PRIMARY KEY CHECK (chain IN ('manifest', 'receipt')),
    sequence    INTEGER NOT NULL CHECK (sequence >= 0),
    digest      TEXT    CHECK ((digest IS NULL) = (sequence = 0))
) STRICT;

INSERT INTO chain_head (chain, sequence, digest) VALUES ('manifest', 0, NULL), ('receipt', 0, NULL);

-- Packet files that are being written: a file named here without a packet row may be deleted at
-- start-up, because its draft is still there; a file that nothing names may not.
CREATE TABLE sealing (
    packet_id   TEXT    PRIMARY KEY,
    case_id     TEXT    NOT NULL UNIQUE REFERENCES draft (case_id)
) STRICT;

CREATE TABLE packet (
    id              TEXT    PRIMARY KEY,
    sequence        INTEGER NOT NULL UNIQUE CHECK (sequence > 0),
    case_id         TEXT    NOT NULL,
    visit_id        TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (
        state IN ('sealed', 'announced', 'uploading', 'received', 'purged', 'conflict', 'refused')),
    is_urgent       INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
    sealed_at       INTEGER NOT NULL,
    manifest        TEXT    NOT NULL,
    file_size       INTEGER NOT NULL CHECK (file_size >= 0),
    file_digest     TEXT    NOT NULL,
    upload_url      TEXT,
    upload_offset   INTEGER NOT NULL DEFAULT 0 CHECK (upload_offset BETWEEN 0 AND file_size),
    receipt         TEXT,
    received_at     INTEGER,
    purged_at       INTEGER,
    problem         TEXT,
    -- The rules that no code path may get round.
    CHECK ((state IN ('received', 'purged')) = (receipt IS NOT NULL)),
    CHECK ((receipt IS NULL) = (received_at IS NULL)),
    CHECK ((state = 'purged') = (purged_at IS NOT NULL)),
    CHECK ((state IN ('conflict', 'refused')) = (problem IS NOT NULL)),
    CHECK (state <> 'sealed' OR upload_url IS NULL),
    CHECK (state NOT IN ('announced', 'uploading') OR upload_url IS NOT NULL)
) STRICT;

CREATE INDEX packet_by_state ON packet (state, is_urgent DESC, sequence);
CREATE INDEX packet_by_case ON packet (case_id);

-- One line for each time that the station tried to bring a packet to central.
CREATE TABLE attempt (
    id          INTEGER PRIMARY KEY,
    packet_id   TEXT    NOT NULL REFERENCES packet (id),
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    outcome     TEXT,
    bytes_sent  INTEGER NOT NULL DEFAULT 0,
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;

CREATE INDEX attempt_by_packet ON attempt (packet_id, id);
-- At most one attempt is under way for a packet.
CREATE UNIQUE INDEX attempt_under_way ON attempt (packet_id) WHERE outcome IS NULL;

-- What happened to cases and packets, without personal data; each line carries the digest of the
-- one before, so that a line that was changed or taken out shows.
CREATE TABLE journal (
    position        INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    event           TEXT    NOT NULL,
    case_id         TEXT,
    packet_id       TEXT,
    officer         TEXT,
    reason          TEXT,
    digest          TEXT    NOT NULL
) STRICT;

CREATE TRIGGER journal_is_not_edited BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
