import EnrolmentCore
import GRDB

/// What central knows: its kits, their packets and the receipts. The bytes lie beside it in files.
///
/// SQLite in WAL mode with synchronous=FULL: what a transaction has stored survives a power failure,
/// and other processes (the command line) may read and write meanwhile.
struct CentralDatabase: Sendable {
    let writer: any DatabaseWriter

    /// Opens or makes the database and brings it to the newest schema.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        do {
            writer = try DatabasePool(path: path, configuration: configuration)
            let migrator = Self.migrator
            guard try writer.read({ try !migrator.hasBeenSuperseded($0) }) else {
                throw CentralError(
                    .newerDatabase, "\(path) was written by a newer version",
                    hint: "Run that version; this one must not touch it.")
            }
            try migrator.migrate(writer)
        } catch let error as DatabaseError {
            throw CentralError(
                .databaseFailure, "\(path): SQLite error \(error.extendedResultCode.rawValue)",
                hint: "Check the path, the disk and the permissions.")
        }
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("central-1") { try $0.execute(sql: schema1) }
        migrator.registerMigration("central-2") { try $0.execute(sql: schema2) }
        migrator.registerMigration("central-3") { database in
            try database.execute(sql: schema3)
            try linkEarlierPackets(database)
            try database.execute(sql: schema3Rules)
        }
        migrator.registerMigration("central-4") { try $0.execute(sql: schema4) }
        return migrator
    }

    /// Released: never edited, only followed by another.
    ///
    /// Tables keep their row ids: SQLite tells of no change in a table without, so it could not be observed.
    static let schema1 = """
        CREATE TABLE kit (
            id TEXT PRIMARY KEY NOT NULL,
            certificateDigest BLOB NOT NULL CHECK (length(certificateDigest) = 32),
            signingKey TEXT NOT NULL,
            registeredAt INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE packet (
            id TEXT PRIMARY KEY NOT NULL,
            kit TEXT NOT NULL REFERENCES kit (id),
            fileDigest TEXT NOT NULL CHECK (length(fileDigest) = 64),
            fileSize INTEGER NOT NULL CHECK (fileSize >= 0),
            durableOffset INTEGER NOT NULL DEFAULT 0 CHECK (durableOffset BETWEEN 0 AND fileSize),
            signedManifest TEXT NOT NULL,
            announcedAt INTEGER NOT NULL,
            receivedAt INTEGER CHECK (receivedAt IS NULL OR durableOffset = fileSize)
        ) STRICT;

        CREATE INDEX packetOfKit ON packet (kit, receivedAt);

        CREATE TABLE receipt (
            packet TEXT PRIMARY KEY NOT NULL REFERENCES packet (id),
            kit TEXT NOT NULL REFERENCES kit (id),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            compact TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            UNIQUE (kit, sequence)
        ) STRICT;

        CREATE TRIGGER receiptNeverChanges BEFORE UPDATE ON receipt
        BEGIN SELECT RAISE(ABORT, 'a receipt never changes'); END;

        CREATE TRIGGER receiptNeverGoes BEFORE DELETE ON receipt
        BEGIN SELECT RAISE(ABORT, 'a receipt is kept'); END;
        """

    /// Officers and lists. Released: never edited, only followed by another.
    ///
    /// A kit may have officers before it is registered, so that its bundle can carry their roster. Whatever
    /// holds a national number is sealed (`RosterSeal`).
    static let schema2 = """
        CREATE TABLE officer (
            kit TEXT NOT NULL,
            id TEXT NOT NULL,
            sealedNumber BLOB NOT NULL,
            mayUsePassphrase INTEGER NOT NULL CHECK (mayUsePassphrase IN (0, 1)),
            addedAt INTEGER NOT NULL,
            PRIMARY KEY (kit, id)
        ) STRICT;

        CREATE TABLE roster (
            kit TEXT PRIMARY KEY NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            days INTEGER NOT NULL CHECK (days > 0),
            validUntil INTEGER NOT NULL,
            sealedList BLOB NOT NULL
        ) STRICT;

        CREATE TRIGGER rosterNeverGoesBack BEFORE UPDATE ON roster WHEN NEW.version <= OLD.version
        BEGIN SELECT RAISE(ABORT, 'a roster only gets a higher version'); END;

        CREATE TRIGGER rosterNeverGoes BEFORE DELETE ON roster
        BEGIN SELECT RAISE(ABORT, 'a roster is only replaced'); END;

        CREATE TABLE cardRoots (
            version INTEGER PRIMARY KEY NOT NULL CHECK (version > 0),
            compact TEXT NOT NULL,
            publishedAt INTEGER NOT NULL
        ) STRICT;
        """
}
