-- Packets that enter the queue by one row, and a MAC on each row of the queue.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.
-- No column holds personal data.

-- HMAC-SHA256 of what the row says, under a key that lies in "store_mark" under the store key.
ALTER TABLE packet ADD COLUMN mac BLOB;

-- The packet that entered the queue last, until it stands in "packet", its draft is destroyed, and the journal
-- tells of it. One page and one synchronisation: the officer waits for no more.
CREATE TABLE packet_entry (
    number          INTEGER PRIMARY KEY CHECK (number = 1),
    id              TEXT    NOT NULL,
    sequence        INTEGER NOT NULL CHECK (sequence > 0),
    case_id         TEXT    NOT NULL,
    visit_id        TEXT    NOT NULL,
    is_urgent       INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
    sealed_at       INTEGER NOT NULL,
    manifest        TEXT    NOT NULL,
    file_size       INTEGER NOT NULL CHECK (file_size >= 0),
    file_digest     TEXT    NOT NULL,
    -- Of the row that it becomes in "packet".
    mac             BLOB    NOT NULL,
    entered_at      INTEGER NOT NULL
) STRICT;
