-- Officers who log in, and what the kit knows of cards.
-- A released migration is never edited: Tests/OfflineCacheSchemaTests pins the hash of this file.
-- Columns whose name begins with "sealed" hold what is under the store key; no other column holds personal data.

-- Lists that central signed, one of each kind: the statement as it came, verified again at every use.
CREATE TABLE signed_list (
    name        TEXT    PRIMARY KEY CHECK (name IN ('roster', 'card-roots')),
    version     INTEGER NOT NULL CHECK (version > 0),
    stored_at   INTEGER NOT NULL,
    sealed      BLOB    NOT NULL
) STRICT;

CREATE TRIGGER signed_list_only_goes_forward BEFORE UPDATE ON signed_list WHEN NEW.version <= OLD.version
BEGIN SELECT RAISE(ABORT, 'a list gives way to a later one only'); END;

CREATE TRIGGER signed_list_stays BEFORE DELETE ON signed_list
BEGIN SELECT RAISE(ABORT, 'a list gives way to a later one only'); END;

-- What the next synchronisation is to ask about revocations. The number of a certificate leads to a person.
CREATE TABLE revocation_question (
    id          INTEGER PRIMARY KEY,
    asked_at    INTEGER NOT NULL,
    sealed      BLOB    NOT NULL
) STRICT;

-- Revocation lists and answers of authorities, as they were fetched (DER), and what each is an answer to.
CREATE TABLE revocation_evidence (
    id              INTEGER PRIMARY KEY,
    kind            TEXT    NOT NULL CHECK (kind IN ('crl', 'ocsp')),
    fetched_at      INTEGER NOT NULL,
    sealed_subject  BLOB    NOT NULL,
    sealed          BLOB    NOT NULL
) STRICT;

-- What an officer's passphrase is compared with: Argon2id, with its salt and cost.
CREATE TABLE officer_passphrase (
    officer     TEXT    PRIMARY KEY,
    revision    INTEGER NOT NULL CHECK (revision > 0),
    set_at      INTEGER NOT NULL,
    sealed      BLOB    NOT NULL
) STRICT;

-- Wrong passphrases since the last right one. The time of the last is told by the clock that counts from
-- the machine's start, which nobody can set: the boot that it belongs to, and milliseconds since then.
CREATE TABLE passphrase_try (
    officer     TEXT    PRIMARY KEY,
    failures    INTEGER NOT NULL CHECK (failures > 0),
    boot        TEXT    NOT NULL,
    uptime      INTEGER NOT NULL CHECK (uptime >= 0)
) STRICT;
