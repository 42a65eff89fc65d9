import EnrolmentCore
import Foundation
import GRDB
import PacketFormat

/// A roster and its signed form.
struct IssuedRoster: Sendable {
    let roster: OfficerRoster
    /// JWS in compact form.
    let compact: String

    init(_ list: SignedList) throws {
        guard let roster = list.roster else { throw StatementError.unreadable }
        self.roster = roster
        compact = list.compact
    }
}

/// Makes and signs rosters from the rows of one kit, within the transaction that changes them.
struct RosterIssuer: Sendable {
    let signer: ListSigner
    private let seal: RosterSeal
    private let verifyingKey: VerifyingKey

    init(key: ReceiptSigningKey) {
        signer = ListSigner(key: key)
        seal = RosterSeal(key)
        verifyingKey = key.verifyingKey
    }

    /// Signs the next version of a kit's roster, with its officers as they stand, and stores it.
    ///
    /// - Parameter days: nil for as many as before.
    func issue(_ kit: KitID, days: Int?, at now: Timestamp, in database: Database) throws -> IssuedRoster {
        let last = try Row.fetchOne(
            database, sql: "SELECT version, days FROM roster WHERE kit = ?", arguments: [kit.text])
        let days = days ?? last?["days"] ?? CardLists.standardDays
        let roster = OfficerRoster(
            version: ((last?["version"] as Int?) ?? 0) + 1, kit: kit, issuedAt: now,
            validUntil: now.advanced(by: .seconds(days * 86_400)), officers: try officers(of: kit, in: database))
        let issued: IssuedRoster
        do {
            issued = try IssuedRoster(signer.sign(roster))
        } catch let error as StatementError {
            throw CentralError(error)
        }
        try database.execute(
            sql: """
                INSERT INTO roster (kit, version, days, validUntil, sealedList) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (kit) DO UPDATE SET version = excluded.version, days = excluded.days,
                    validUntil = excluded.validUntil, sealedList = excluded.sealedList
                """,
            arguments: [
                kit.text, roster.version, days, roster.validUntil.milliseconds,
                try seal.seal(Array(issued.compact.utf8), at: Self.place(of: kit)),
            ])
        return issued
    }

    func store(_ officer: RosterOfficer, of kit: KitID, at now: Timestamp, in database: Database) throws {
        let sealed = try seal.seal(
            Array(officer.nationalNumber.digits.utf8), at: Self.place(of: officer.id, kit))
        try database.execute(
            sql: """
                INSERT INTO officer (kit, id, sealedNumber, mayUsePassphrase, addedAt) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (kit, id) DO UPDATE SET sealedNumber = excluded.sealedNumber,
                    mayUsePassphrase = excluded.mayUsePassphrase
                """,
            arguments: [kit.text, officer.id.text, sealed, officer.mayUsePassphrase, now.milliseconds])
    }

    /// A stored roster, as it was issued.
    func reopen(_ sealedList: Data, of kit: KitID) throws -> IssuedRoster {
        let compact = String(decoding: try seal.open(sealedList, at: Self.place(of: kit)), as: UTF8.self)
        do {
            return try IssuedRoster(ListVerifier(kit: kit, keys: [verifyingKey]).verify(compact, as: .roster))
        } catch let error as StatementError {
            throw CentralError(error)
        }
    }

    private func officers(of kit: KitID, in database: Database) throws -> [RosterOfficer] {
        try Row.fetchAll(
            database, sql: "SELECT id, sealedNumber, mayUsePassphrase FROM officer WHERE kit = ? ORDER BY id",
            arguments: [kit.text]
        ).map { row in
            let id = OfficerID(row["id"])
            let digits = try seal.open(row["sealedNumber"], at: Self.place(of: id, kit))
            return RosterOfficer(
                id: id, nationalNumber: NationalNumber(String(decoding: digits, as: UTF8.self)),
                mayUsePassphrase: row["mayUsePassphrase"])
        }
    }

    private static func place(of kit: KitID) -> String { "roster/\(kit)" }
    private static func place(of officer: OfficerID, _ kit: KitID) -> String { "officer/\(kit)/\(officer)" }
}
