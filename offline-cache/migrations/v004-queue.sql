-- Drafts that are destroyed by their key, and what was written to sticks.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.

-- The own key of each draft, under the store key. A draft exists for as long as its row is here: deleting this
-- small row, which SQLite overwrites, destroys the draft; what lies in "draft" is swept afterwards.
CREATE TABLE draft_key (
    case_id     TEXT    PRIMARY KEY,
    -- Of the first save: how long a person's data has been waiting.
    made_at     INTEGER NOT NULL,
    -- Null for a draft of an earlier program, whose row in "draft" lies under the store key itself.
    sealed      BLOB
) STRICT, WITHOUT ROWID;

INSERT INTO draft_key (case_id, made_at, sealed) SELECT case_id, saved_at, NULL FROM draft;

-- The same as before in one page instead of three, without a reference: what lies in "draft" may be gone.
CREATE TABLE sealing_slot (
    case_id     TEXT    PRIMARY KEY,
    packet_id   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO sealing_slot (case_id, packet_id) SELECT case_id, packet_id FROM sealing;

DROP TABLE sealing;

-- Ten thousand packets are searched in milliseconds without it, and each new packet had to pay for it.
DROP INDEX packet_by_case;

-- When a packet was last written to a stick, by the stick's name. It says nothing about its arrival.
CREATE TABLE packet_export (
    packet_id   TEXT    NOT NULL REFERENCES packet (id),
    stick       TEXT    NOT NULL,
    written_at  INTEGER NOT NULL,
    PRIMARY KEY (packet_id, stick)
) STRICT, WITHOUT ROWID;
