-- A MAC on every row that a flipped byte could change unseen: see SealedTable.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.
-- No new column holds personal data. Rows of an earlier program get their MAC when the store is first opened with its
-- key, which its mark then says.

ALTER TABLE chain_head ADD COLUMN mac BLOB;
ALTER TABLE attempt ADD COLUMN mac BLOB;
ALTER TABLE packet_export ADD COLUMN mac BLOB;
ALTER TABLE signed_list ADD COLUMN mac BLOB;
ALTER TABLE revocation_question ADD COLUMN mac BLOB;
ALTER TABLE revocation_evidence ADD COLUMN mac BLOB;
ALTER TABLE officer_passphrase ADD COLUMN mac BLOB;
ALTER TABLE passphrase_try ADD COLUMN mac BLOB;
ALTER TABLE audit_seal ADD COLUMN mac BLOB;
ALTER TABLE clock_reading ADD COLUMN mac BLOB;
ALTER TABLE clock_evidence ADD COLUMN mac BLOB;
ALTER TABLE rollback_mark ADD COLUMN mac BLOB;
ALTER TABLE lost_manifest ADD COLUMN mac BLOB;
ALTER TABLE lost_receipt ADD COLUMN mac BLOB;
ALTER TABLE machine_counter ADD COLUMN mac BLOB;

-- The MAC stands before what was captured: what comes behind a long value is read through all its pages. It covers
-- the row of the draft's key too.
CREATE TABLE draft_of_v008 (
    case_id     TEXT    PRIMARY KEY,
    visit_id    TEXT    NOT NULL,
    revision    INTEGER NOT NULL CHECK (revision > 0),
    saved_at    INTEGER NOT NULL,
    mac         BLOB,
    sealed      BLOB    NOT NULL
) STRICT;

INSERT INTO draft_of_v008 (case_id, visit_id, revision, saved_at, sealed)
SELECT case_id, visit_id, revision, saved_at, sealed FROM draft;

DROP TABLE draft;
ALTER TABLE draft_of_v008 RENAME TO draft;

-- The rules against edits as they were, but for the new column: it says nothing, and a row is believed only if it fits.
DROP TRIGGER signed_list_only_goes_forward;

CREATE TRIGGER signed_list_only_goes_forward BEFORE UPDATE OF name, version, stored_at, sealed ON signed_list
WHEN NEW.version < OLD.version
    OR (NEW.version = OLD.version AND NOT EXISTS (SELECT 1 FROM key_work WHERE kind = 'rotation'))
BEGIN SELECT RAISE(ABORT, 'a list gives way to a later one only'); END;

DROP TRIGGER audit_seal_is_not_edited;

CREATE TRIGGER audit_seal_is_not_edited
BEFORE UPDATE OF number, day, part, position, statement, sent_at ON audit_seal
WHEN OLD.sent_at IS NOT NULL OR NEW.number <> OLD.number OR NEW.day <> OLD.day OR NEW.part <> OLD.part
    OR NEW.position <> OLD.position OR NEW.statement <> OLD.statement
BEGIN SELECT RAISE(ABORT, 'a seal is only added'); END;

DROP TRIGGER rollback_mark_is_accepted_once;

CREATE TRIGGER rollback_mark_is_accepted_once
BEFORE UPDATE OF id, found_at, found_by, own_sequence, central_sequence, central_digest, accepted_at, accepted_by,
    continued_after ON rollback_mark
WHEN OLD.accepted_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was accepted is kept'); END;

DROP TRIGGER lost_receipt_is_not_edited;

CREATE TRIGGER lost_receipt_is_not_edited BEFORE UPDATE OF sequence, packet_id, receipt ON lost_receipt
BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;
