-- Data folders that turn out to be older copies of themselves.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.
-- No column holds personal data.

-- Each time that it was found; the one that nobody has accepted yet keeps the kit from sealing.
CREATE TABLE rollback_mark (
    id                  INTEGER PRIMARY KEY,
    found_at            INTEGER NOT NULL,
    found_by            TEXT    NOT NULL CHECK (found_by IN ('central', 'machine')),
    -- Where the kit's own manifests ended when it was found.
    own_sequence        INTEGER NOT NULL CHECK (own_sequence >= 0),
    -- The highest number that central holds of the kit, and the digest of that manifest; unknown until central is met.
    central_sequence    INTEGER CHECK (central_sequence >= 0),
    central_digest      TEXT,
    accepted_at         INTEGER,
    accepted_by         TEXT,
    -- The number from which on the kit's manifests follow each other again.
    continued_after     INTEGER,
    CHECK ((central_digest IS NULL) = (IFNULL(central_sequence, 0) = 0)),
    CHECK (accepted_at IS NULL OR central_sequence IS NOT NULL),
    CHECK ((accepted_at IS NULL) = (continued_after IS NULL)),
    CHECK (accepted_at IS NOT NULL OR accepted_by IS NULL)
) STRICT;

-- At most one waits to be accepted.
CREATE UNIQUE INDEX rollback_mark_open ON rollback_mark (accepted_at IS NULL) WHERE accepted_at IS NULL;

CREATE TRIGGER rollback_mark_stays BEFORE DELETE ON rollback_mark
BEGIN SELECT RAISE(ABORT, 'what was found is kept'); END;

CREATE TRIGGER rollback_mark_is_accepted_once BEFORE UPDATE ON rollback_mark WHEN OLD.accepted_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was accepted is kept'); END;

-- Manifests that this kit signed and no longer has, as central gave them back; verified by the kit's own key.
CREATE TABLE lost_manifest (
    packet_id       TEXT    PRIMARY KEY,
    sequence        INTEGER NOT NULL CHECK (sequence > 0),
    case_digest     TEXT    CHECK (length(case_digest) = 64),
    manifest        TEXT    NOT NULL
) STRICT;

CREATE INDEX lost_manifest_by_case ON lost_manifest (case_digest);

-- Receipts of this kit's chain for packets that are not in this store.
CREATE TABLE lost_receipt (
    sequence        INTEGER PRIMARY KEY CHECK (sequence > 0),
    packet_id       TEXT    NOT NULL UNIQUE,
    receipt         TEXT    NOT NULL
) STRICT;

CREATE TRIGGER lost_receipt_is_not_edited BEFORE UPDATE ON lost_receipt
BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;

CREATE TRIGGER lost_receipt_stays BEFORE DELETE ON lost_receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is kept'); END;

-- The machine's counter that no copy of this folder takes back, and what it shall stand at.
CREATE TABLE machine_counter (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    place           INTEGER NOT NULL CHECK (place BETWEEN 0 AND 4294967295),
    value           INTEGER NOT NULL CHECK (value >= 0)
) STRICT;

-- As PacketQueue.beginSealing checks: nothing is sealed in an older copy until a technician has accepted it.
CREATE TRIGGER packet_only_in_the_newest_copy BEFORE INSERT ON packet
WHEN EXISTS (SELECT 1 FROM rollback_mark WHERE accepted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the data folder is an older copy'); END;
