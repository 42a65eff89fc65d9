import EnrolmentCore
import Foundation
import GRDB

extension CentralDatabase {
    func kit(_ id: KitID) async throws -> RegisteredKit? {
        try await writer.read { database in
            try RegisteredKit.fetchOne(database, sql: "SELECT * FROM kit WHERE id = ?", arguments: [id.text])
        }
    }

    func kits() async throws -> [RegisteredKit] {
        try await writer.read { try RegisteredKit.fetchAll($0, sql: "SELECT * FROM kit ORDER BY id") }
    }

    /// - Parameter replacing: whether a kit of that name may lose its certificate and signing key.
    func register(_ kit: RegisteredKit, replacing: Bool, at now: Timestamp) async throws {
        try await writer.write { database in
            let exists = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM kit WHERE id = ?)", arguments: [kit.id.text])
            guard replacing || exists != true else {
                throw CentralError(
                    .kitExists, "kit \(kit.id) is registered already",
                    hint: "With --replace its old certificate and signing key end; let it send its packets first.")
            }
            try database.execute(
                sql: """
                    INSERT INTO kit (id, certificateDigest, signingKey, registeredAt) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET certificateDigest = excluded.certificateDigest,
                        signingKey = excluded.signingKey, registeredAt = excluded.registeredAt
                    """,
                arguments: [kit.id.text, Data(kit.certificateDigest), kit.signingKey, now.milliseconds])
        }
    }
}
