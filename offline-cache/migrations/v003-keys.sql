-- Sealing every record anew under a new store key, and destroying them all.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.

-- A row stands here only inside of the transaction that does the one or the other.
CREATE TABLE key_work (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    kind        TEXT    NOT NULL CHECK (kind IN ('rotation', 'erasure'))
) STRICT;

DROP TRIGGER signed_list_only_goes_forward;

CREATE TRIGGER signed_list_only_goes_forward BEFORE UPDATE ON signed_list
WHEN NEW.version < OLD.version
    OR (NEW.version = OLD.version AND NOT EXISTS (SELECT 1 FROM key_work WHERE kind = 'rotation'))
BEGIN SELECT RAISE(ABORT, 'a list gives way to a later one only'); END;

DROP TRIGGER signed_list_stays;

CREATE TRIGGER signed_list_stays BEFORE DELETE ON signed_list
WHEN NOT EXISTS (SELECT 1 FROM key_work WHERE kind = 'erasure')
BEGIN SELECT RAISE(ABORT, 'a list gives way to a later one only'); END;
