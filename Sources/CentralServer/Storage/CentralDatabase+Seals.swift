import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import SyncProtocol

/// A seal as central keeps it.
struct HeldSeal: Sendable {
    let link: SealLink
    let contradiction: SealContradiction?
    let compact: String
    let receivedAt: Timestamp
}

extension CentralDatabase {
    /// What became of a seal that a kit handed in.
    enum SealOutcome: Hashable, Sendable {
        case kept
        /// It was handed in before.
        case known
        /// It is kept, and contradicts what central holds.
        case forked(SealContradiction)
        case tooMany
    }

    /// Every key that a kit has signed with, its present one first.
    func keys(of kit: KitID) async throws -> [VerifyingKey] {
        try await writer.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT kitKey.signingKey FROM kitKey JOIN kit ON kit.id = kitKey.kit WHERE kit.id = ?
                    ORDER BY kitKey.signingKey <> kit.signingKey, kitKey.registeredAt DESC
                    """, arguments: [kit.text]
            ).map { try VerifyingKey(pem: $0) }
        }
    }

    /// Keeps a verified seal in its place; the same one again changes nothing.
    ///
    /// - Parameter limit: how many are kept of one kit.
    func keep(
        _ signed: SignedAuditSeal, atMost limit: Int, at now: Timestamp
    ) async throws -> SealOutcome {
        let seal = signed.seal
        let link = SealLink(
            number: seal.number, position: seal.position, digest: signed.digest,
            previousDigest: seal.previousSealDigest, signer: signed.keyID)
        return try await writer.write { database in
            if let known = try Row.fetchOne(
                database, sql: "SELECT contradiction FROM daySeal WHERE digest = ?", arguments: [link.digest])
            {
                return (known["contradiction"] as String?).flatMap { SealContradiction(rawValue: $0) }
                    .map { .forked($0) } ?? .known
            }
            // Without the statements: a kit of years has thousands.
            let held = try Row.fetchAll(
                database,
                sql: "SELECT number, position, digest, previousDigest, signer, branch FROM daySeal WHERE kit = ?",
                arguments: [seal.kit.text]
            ).map { SealLink($0) }
            guard held.count < limit else { return .tooMany }
            let place = SealPlace(of: link, among: held)
            try database.execute(
                sql: """
                    INSERT INTO daySeal (
                        kit, signer, branch, number, position, digest, previousDigest, contradiction, compact, receivedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    seal.kit.text, signed.keyID, place.branch, link.number, link.position, link.digest,
                    link.previousDigest,
                    place.contradiction?.rawValue, signed.compact, now.milliseconds,
                ])
            return place.contradiction.map { .forked($0) } ?? .kept
        }
    }

    /// By number, and then by when they came.
    func seals(of kit: KitID) async throws -> [HeldSeal] {
        try await writer.read { try Self.seals(of: kit, in: $0) }
    }

    static func seals(of kit: KitID, in database: Database) throws -> [HeldSeal] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM daySeal WHERE kit = ? ORDER BY number, id", arguments: [kit.text]
        ).map { row in
            let contradiction = (row["contradiction"] as String?).map { SealContradiction(rawValue: $0) }
            guard contradiction != .some(nil) else { throw unreadable("a seal") }
            return HeldSeal(
                link: SealLink(row), contradiction: contradiction ?? nil, compact: row["compact"],
                receivedAt: Timestamp(milliseconds: row["receivedAt"]))
        }
    }

    /// Up to which number a seal of each is held.
    static func unbrokenSeals(of kit: KitID, in database: Database) throws -> Int {
        let numbers = try Set(
            Int.fetchAll(database, sql: "SELECT number FROM daySeal WHERE kit = ?", arguments: [kit.text]))
        var last = 0
        while numbers.contains(last + 1) { last += 1 }
        return last
    }

    /// Counts an attempt that was refused.
    func noteSealRefusal(_ code: RefusalCode, of kit: KitID, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sealRefusal (kit, code, firstAt, lastAt) VALUES (?, ?, ?, ?)
                    ON CONFLICT (kit, code) DO UPDATE SET lastAt = excluded.lastAt, count = count + 1
                    """, arguments: [kit.text, code.rawValue, now.milliseconds, now.milliseconds])
        }
    }
}

extension SealLink {
    fileprivate init(_ row: Row) {
        self.init(
            number: row["number"], position: row["position"], digest: row["digest"],
            previousDigest: row["previousDigest"], signer: row["signer"], branch: row["branch"])
    }
}
