extension CentralDatabase {
    /// The seals of the kits' days, and every key that a kit has signed with. Released: never edited, only followed
    /// by another.
    ///
    /// Whatever a kit signed is kept, also what contradicts: `branch` tells which seals belong to one journal, and a
    /// seal that contradicts one of them begins another. So both copies of a kit can be followed, and the one that
    /// stays in use is not refused for ever.
    static let schema4 = """
        CREATE TABLE kitKey (
            kit TEXT NOT NULL REFERENCES kit (id),
            signingKey TEXT NOT NULL,
            registeredAt INTEGER NOT NULL,
            PRIMARY KEY (kit, signingKey)
        ) STRICT;

        INSERT INTO kitKey (kit, signingKey, registeredAt) SELECT id, signingKey, registeredAt FROM kit;

        CREATE TRIGGER kitKeyOfNewKit AFTER INSERT ON kit
        BEGIN INSERT OR IGNORE INTO kitKey VALUES (NEW.id, NEW.signingKey, NEW.registeredAt); END;

        CREATE TRIGGER kitKeyOfReplacedKit AFTER UPDATE OF signingKey ON kit
        BEGIN INSERT OR IGNORE INTO kitKey VALUES (NEW.id, NEW.signingKey, NEW.registeredAt); END;

        CREATE TRIGGER kitKeyNeverChanges BEFORE UPDATE ON kitKey
        BEGIN SELECT RAISE(ABORT, 'a key that signed is kept'); END;

        CREATE TRIGGER kitKeyNeverGoes BEFORE DELETE ON kitKey
        BEGIN SELECT RAISE(ABORT, 'a key that signed is kept'); END;

        CREATE TABLE daySeal (
            id INTEGER PRIMARY KEY,
            kit TEXT NOT NULL REFERENCES kit (id),
            signer TEXT NOT NULL,
            branch INTEGER NOT NULL CHECK (branch >= 0),
            number INTEGER NOT NULL CHECK (number > 0),
            position INTEGER NOT NULL CHECK (position > 0),
            digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
            previousDigest TEXT CHECK (length(previousDigest) = 64),
            contradiction TEXT CHECK (contradiction IN ('number', 'previous', 'next', 'position')),
            compact TEXT NOT NULL,
            receivedAt INTEGER NOT NULL,
            UNIQUE (kit, branch, number),
            CHECK ((previousDigest IS NULL) = (number = 1))
        ) STRICT;

        CREATE TRIGGER daySealFitsItsNeighbours BEFORE INSERT ON daySeal WHEN EXISTS (
            SELECT 1 FROM daySeal AS held WHERE held.kit = NEW.kit AND held.branch = NEW.branch AND (
                held.number = NEW.number - 1 AND held.digest IS NOT NEW.previousDigest
                OR held.number = NEW.number + 1 AND held.previousDigest IS NOT NEW.digest))
        BEGIN SELECT RAISE(ABORT, 'the seal contradicts its neighbour'); END;

        CREATE TRIGGER daySealNeverChanges BEFORE UPDATE ON daySeal
        BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;

        CREATE TRIGGER daySealNeverGoes BEFORE DELETE ON daySeal
        BEGIN SELECT RAISE(ABORT, 'a seal is kept'); END;

        -- Which attempts to hand in a seal were refused, so that the office hears of them.
        CREATE TABLE sealRefusal (
            kit TEXT NOT NULL,
            code TEXT NOT NULL,
            firstAt INTEGER NOT NULL,
            lastAt INTEGER NOT NULL,
            count INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (kit, code)
        ) STRICT;

        CREATE TRIGGER sealRefusalNeverGoes BEFORE DELETE ON sealRefusal
        BEGIN SELECT RAISE(ABORT, 'what was refused is kept'); END;
        """
}
