import EnrolmentCore
import Foundation
import GRDB
import PacketFormat

extension CentralDatabase {
    func add(
        _ officer: RosterOfficer, to kit: KitID, by issuer: RosterIssuer, at now: Timestamp
    ) async throws -> OfficerRoster {
        try await writer.write { database in
            try issuer.store(officer, of: kit, at: now, in: database)
            let count = try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM officer WHERE kit = ?", arguments: [kit.text])
            guard (count ?? 0) <= CardLists.largestRoster else {
                throw CentralError(
                    .listTooLarge, "kit \(kit) has \(CardLists.largestRoster) officers already",
                    hint: "Remove those who no longer use it.")
            }
            return try issuer.issue(kit, days: nil, at: now, in: database).roster
        }
    }

    func remove(
        _ officer: OfficerID, from kit: KitID, by issuer: RosterIssuer, at now: Timestamp
    ) async throws -> OfficerRoster {
        try await writer.write { database in
            try database.execute(
                sql: "DELETE FROM officer WHERE kit = ? AND id = ?", arguments: [kit.text, officer.text])
            guard database.changesCount == 1 else {
                throw CentralError(
                    .invalidOfficer, "kit \(kit) has no officer of that name",
                    hint: "See who it has with: loket-central officers list --kit \(kit).")
            }
            return try issuer.issue(kit, days: nil, at: now, in: database).roster
        }
    }

    func publishRoster(
        of kit: KitID, days: Int?, by issuer: RosterIssuer, at now: Timestamp
    ) async throws -> OfficerRoster {
        try await writer.write { database in
            let exists = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM roster WHERE kit = ?)", arguments: [kit.text])
            guard exists == true else {
                throw CentralError(
                    .noRoster, "kit \(kit) has no roster",
                    hint: "Add its first officer with: loket-central officers add --kit \(kit).")
            }
            return try issuer.issue(kit, days: days, at: now, in: database).roster
        }
    }

    func roster(of kit: KitID, by issuer: RosterIssuer) async throws -> IssuedRoster? {
        try await writer.read { database in
            try Self.storedRoster(of: kit, in: database).map { try issuer.reopen($0.sealedList, of: kit) }
        }
    }

    /// The kit's roster, the same bytes each time until less than half of its time is left.
    func renewedRoster(of kit: KitID, by issuer: RosterIssuer, at now: Timestamp) async throws -> IssuedRoster? {
        let stored = try await writer.read { try Self.storedRoster(of: kit, in: $0) }
        guard let stored else { return nil }
        guard stored.needsRenewal(at: now) else { return try issuer.reopen(stored.sealedList, of: kit) }
        return try await writer.write { database in
            // Another request of the kit may have renewed it meanwhile.
            if let stored = try Self.storedRoster(of: kit, in: database), !stored.needsRenewal(at: now) {
                return try issuer.reopen(stored.sealedList, of: kit)
            }
            return try issuer.issue(kit, days: nil, at: now, in: database)
        }
    }

    func publish(cardRoots list: SignedList, at now: Timestamp) async throws {
        try await writer.write { database in
            let newest = try Int.fetchOne(database, sql: "SELECT MAX(version) FROM cardRoots")
            guard list.version > newest ?? 0 else {
                throw CentralError(
                    .olderList, "version \(newest ?? 0) was published already, and this is \(list.version)",
                    hint: "No kit would take it: give it a higher version.")
            }
            try database.execute(
                sql: "INSERT INTO cardRoots (version, compact, publishedAt) VALUES (?, ?, ?)",
                arguments: [list.version, list.compact, now.milliseconds])
        }
    }

    func cardRoots() async throws -> PublishedRoots? {
        try await writer.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM cardRoots ORDER BY version DESC LIMIT 1").map { row in
                PublishedRoots(
                    version: row["version"], publishedAt: Timestamp(milliseconds: row["publishedAt"]),
                    compact: row["compact"])
            }
        }
    }
}

extension CentralDatabase {
    /// A roster as it lies in the database.
    private struct StoredRoster {
        let days: Int
        let validUntil: Timestamp
        let sealedList: Data

        func needsRenewal(at now: Timestamp) -> Bool { validUntil.since(now) < .seconds(days * 43_200) }
    }

    private static func storedRoster(of kit: KitID, in database: Database) throws -> StoredRoster? {
        try Row.fetchOne(
            database, sql: "SELECT days, validUntil, sealedList FROM roster WHERE kit = ?", arguments: [kit.text]
        ).map { row in
            StoredRoster(
                days: row["days"], validUntil: Timestamp(milliseconds: row["validUntil"]),
                sealedList: row["sealedList"])
        }
    }
}
