import EnrolmentCore
import GRDB
import PacketFormat

extension CentralDatabase {
    /// The chains of the kits' manifests. Released: never edited, only followed by another.
    ///
    /// A chain belongs to a kit and the key that signed it (`signer`): a kit that gets a new key begins anew. A link
    /// stays when its upload is forgotten, so that a number is given once. What must not be is refused here too,
    /// whatever program writes.
    static let schema3 = """
        CREATE TABLE chainLink (
            kit TEXT NOT NULL REFERENCES kit (id),
            signer TEXT NOT NULL,
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            packet TEXT NOT NULL UNIQUE,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            previousDigest TEXT CHECK (length(previousDigest) = 64),
            signedManifest TEXT NOT NULL,
            announcedAt INTEGER NOT NULL,
            PRIMARY KEY (kit, signer, sequence),
            CHECK ((previousDigest IS NULL) = (sequence = 1))
        ) STRICT;

        CREATE TRIGGER chainLinkFitsItsNeighbours BEFORE INSERT ON chainLink WHEN EXISTS (
            SELECT 1 FROM chainLink AS held WHERE held.kit = NEW.kit AND held.signer = NEW.signer AND (
                held.sequence = NEW.sequence - 1 AND held.digest IS NOT NEW.previousDigest
                OR held.sequence = NEW.sequence + 1 AND held.previousDigest IS NOT NEW.digest))
        BEGIN SELECT RAISE(ABORT, 'the manifest contradicts its neighbour'); END;

        CREATE TRIGGER chainLinkNeverChanges BEFORE UPDATE ON chainLink
        BEGIN SELECT RAISE(ABORT, 'a number is given once'); END;

        CREATE TRIGGER chainLinkNeverGoes BEFORE DELETE ON chainLink
        BEGIN SELECT RAISE(ABORT, 'a number is given once'); END;

        CREATE TABLE chainFinding (
            id INTEGER PRIMARY KEY,
            kit TEXT NOT NULL,
            signer TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('number', 'previous', 'next', 'packet')),
            packet TEXT NOT NULL,
            digest TEXT NOT NULL,
            heldPacket TEXT NOT NULL,
            heldDigest TEXT NOT NULL,
            signedManifest TEXT NOT NULL,
            foundAt INTEGER NOT NULL,
            UNIQUE (kit, signer, sequence, digest, kind, heldDigest)
        ) STRICT;

        CREATE TRIGGER chainFindingNeverChanges BEFORE UPDATE ON chainFinding
        BEGIN SELECT RAISE(ABORT, 'what was found is kept'); END;

        CREATE TRIGGER chainFindingNeverGoes BEFORE DELETE ON chainFinding
        BEGIN SELECT RAISE(ABORT, 'what was found is kept'); END;

        CREATE TABLE chainAcceptance (
            id INTEGER PRIMARY KEY,
            kit TEXT NOT NULL REFERENCES kit (id),
            signer TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            packet TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            -- What it was refused for: a word about a number is none about a case.
            code TEXT NOT NULL CHECK (code IN ('chainForked', 'caseKnown')),
            reason TEXT NOT NULL,
            acceptedAt INTEGER NOT NULL,
            UNIQUE (packet, code)
        ) STRICT;

        CREATE TRIGGER chainAcceptanceNeverChanges BEFORE UPDATE ON chainAcceptance
        BEGIN SELECT RAISE(ABORT, 'what was accepted is kept'); END;

        CREATE TRIGGER chainAcceptanceNeverGoes BEFORE DELETE ON chainAcceptance
        BEGIN SELECT RAISE(ABORT, 'what was accepted is kept'); END;

        CREATE TABLE refusal (
            kit TEXT NOT NULL,
            packet TEXT NOT NULL,
            code TEXT NOT NULL,
            signer TEXT,
            sequence INTEGER,
            digest TEXT,
            firstAt INTEGER NOT NULL,
            lastAt INTEGER NOT NULL,
            count INTEGER NOT NULL DEFAULT 1,
            PRIMARY KEY (kit, packet, code)
        ) STRICT;

        CREATE TRIGGER refusalNeverGoes BEFORE DELETE ON refusal
        BEGIN SELECT RAISE(ABORT, 'what was refused is kept'); END;

        ALTER TABLE packet ADD COLUMN caseDigest TEXT CHECK (length(caseDigest) = 64);
        ALTER TABLE packet ADD COLUMN contentType TEXT;
        ALTER TABLE packet ADD COLUMN changedAt INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE packet ADD COLUMN acceptance INTEGER REFERENCES chainAcceptance (id);

        -- Unfinished uploads have a file name of their own from now on: their kits send them again.
        UPDATE packet SET durableOffset = 0 WHERE receivedAt IS NULL;
        UPDATE packet SET changedAt = announcedAt;
        """

    /// What of the third schema can only hold once the rows of before have been put in it.
    static let schema3Rules = """
        CREATE UNIQUE INDEX packetOfCase ON packet (kit, caseDigest, contentType)
        WHERE receivedAt IS NOT NULL AND caseDigest IS NOT NULL AND acceptance IS NULL;

        CREATE INDEX packetUnfinished ON packet (changedAt) WHERE receivedAt IS NULL;

        CREATE TRIGGER packetHasItsNumber BEFORE INSERT ON packet WHEN NOT EXISTS (
            SELECT 1 FROM chainLink WHERE packet = NEW.id AND kit = NEW.kit AND signedManifest = NEW.signedManifest)
            AND NOT EXISTS (
            SELECT 1 FROM chainAcceptance WHERE packet = NEW.id AND kit = NEW.kit AND code = 'chainForked')
        BEGIN SELECT RAISE(ABORT, 'a packet needs a number in the chain of its kit'); END;
        """

    /// Puts the packets that were there before in their chains, received ones first. Two under one number are
    /// what the chains are for: the second is told as a finding.
    static func linkEarlierPackets(_ database: Database) throws {
        let packets = try StoredPacket.fetchAll(
            database, sql: "SELECT * FROM packet ORDER BY receivedAt IS NULL, receivedAt, announcedAt, id")
        for packet in packets {
            guard let (manifest, signer) = Manifest.claimed(by: packet.signedManifest) else { continue }
            let statement = ChainStatement(
                manifest: manifest, digest: SignedManifest.digest(of: packet.signedManifest),
                compact: packet.signedManifest, signer: signer)
            if try contradiction(of: statement, in: database) == nil {
                try link(statement, at: packet.announcedAt, in: database)
            } else {
                try noteFinding(about: statement, at: packet.announcedAt, in: database)
            }
        }
    }
}
