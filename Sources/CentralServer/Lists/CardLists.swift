package import EnrolmentCore
import PacketFormat

/// The lists that central signs for its kits: each kit's officers, and the roots of cards.
///
/// A roster is good for some weeks only, so that a stolen kit that never syncs lets nobody in for long. A
/// kit that does sync gets it renewed in time, without anybody's doing.
package struct CardLists: Sendable {
    /// How long a roster is good for when nobody said otherwise.
    package static let standardDays = 30
    /// A kit that is away for a longer time than this is to be visited.
    package static let dayRange = 1...366
    /// Officers of one kit.
    package static let largestRoster = 2000

    let database: CentralDatabase
    let issuer: RosterIssuer
    let clock: any WallClock

    init(database: CentralDatabase, key: ReceiptSigningKey, clock: any WallClock) {
        self.database = database
        self.clock = clock
        issuer = RosterIssuer(key: key)
    }

    /// The lists of the central of `configuration`, also while that runs.
    ///
    /// - Throws: `CentralError` when keys or database cannot be used.
    package init(_ configuration: CentralConfiguration) throws {
        let keys = try CentralKeys.load(from: configuration.keyDirectory)
        self.init(
            database: try CentralDatabase(path: configuration.database), key: keys.receiptKey,
            clock: configuration.clock)
    }

    /// Lets an officer use a kit, or changes how, and publishes the kit's roster anew.
    ///
    /// The kit need not be registered yet: its bundle then carries the roster.
    ///
    /// - Returns: The roster as it now is.
    /// - Throws: `CentralError`: `invalidKit`, `invalidOfficer`, `listTooLarge`.
    @discardableResult
    package func add(_ officer: RosterOfficer, to kit: KitID) async throws -> OfficerRoster {
        try Self.check(kit)
        guard CentralKeys.isValid(KitID(officer.id.text)) else {
            throw CentralError(
                .invalidOfficer, "this cannot be the name of an officer",
                hint: "Use a staff number of 1 to 64 letters, digits, hyphens and underscores.")
        }
        guard officer.nationalNumber.warnings(birth: nil).contains(.malformed) == false else {
            throw CentralError(
                .invalidOfficer, "what was given is no national number", hint: "It has eleven digits; it was not kept.")
        }
        return try await database.add(officer, to: kit, by: issuer, at: clock.now())
    }

    /// Ends an officer's use of a kit, from its next sync on, and publishes the kit's roster anew.
    ///
    /// - Throws: `CentralError.invalidOfficer` when the officer is not on it.
    @discardableResult
    package func remove(_ officer: OfficerID, from kit: KitID) async throws -> OfficerRoster {
        try await database.remove(officer, from: kit, by: issuer, at: clock.now())
    }

    /// Publishes a kit's roster anew, good from now on.
    ///
    /// - Parameter days: how long, now and at every later renewal; nil for as long as before.
    /// - Throws: `CentralError`: `noRoster` when the kit has none, `invalidValidity`.
    @discardableResult
    package func publishRoster(of kit: KitID, days: Int? = nil) async throws -> OfficerRoster {
        if let days, !Self.dayRange.contains(days) {
            throw CentralError(
                .invalidValidity, "a roster cannot be good for \(days) days",
                hint: "Choose \(Self.dayRange.lowerBound) to \(Self.dayRange.upperBound).")
        }
        return try await database.publishRoster(of: kit, days: days, by: issuer, at: clock.now())
    }

    /// The roster that was published last; nil when the kit has none, so that anybody may use it.
    package func roster(of kit: KitID) async throws -> OfficerRoster? {
        try await database.roster(of: kit, by: issuer)?.roster
    }

    /// Whether central knows the kit already.
    package func isRegistered(_ kit: KitID) async throws -> Bool { try await database.kit(kit) != nil }

    private static func check(_ kit: KitID) throws {
        guard CentralKeys.isValid(kit) else {
            throw CentralError(
                .invalidKit, "this cannot be the name of a kit",
                hint: "Use 1 to 64 letters, digits, hyphens and underscores.")
        }
    }
}

// The roots of cards
extension CardLists {
    /// Signs a list of roots and gives it to every kit at its next sync.
    ///
    /// - Parameter list: a JSON object with a `version` above that of the list before it. Central does not
    ///   look further: whether the kit can use it is for the kit to say.
    /// - Returns: Its version.
    /// - Throws: `CentralError`: `invalidList`, `listTooLarge`, `olderList`.
    @discardableResult
    package func publish(cardRoots list: [UInt8]) async throws -> Int {
        let signed: SignedList
        do throws(StatementError) {
            signed = try issuer.signer.sign(cardRoots: list)
        } catch {
            throw CentralError(error)
        }
        try await database.publish(cardRoots: signed, at: clock.now())
        return signed.version
    }

    /// The list that kits get at their next sync, as it was published; nil when there is none.
    package func cardRoots() async throws -> PublishedRoots? { try await database.cardRoots() }

    /// What a kit is given now; a roster is renewed first when less than half of its time is left.
    func newest(_ kind: SignedListKind, for kit: KitID) async throws -> (version: Int, compact: String)? {
        switch kind {
        case .roster:
            try await database.renewedRoster(of: kit, by: issuer, at: clock.now()).map {
                ($0.roster.version, $0.compact)
            }
        case .cardRoots: try await cardRoots().map { ($0.version, $0.compact) }
        }
    }
}

/// A list of roots as central gives it to kits.
package struct PublishedRoots: Hashable, Sendable {
    package let version: Int
    package let publishedAt: Timestamp
    /// Signed (JWS in compact form).
    package let compact: String
}

extension CentralError {
    /// A list that cannot be signed.
    init(_ error: StatementError) {
        switch error {
        case .tooLarge:
            self.init(
                .listTooLarge, "the list is larger than a kit takes",
                hint: "Signed, it may have \(SignedList.largestByteCount >> 10) KiB.")
        case .unreadable:
            self.init(
                .invalidList, "the list is no JSON object with a version from 1",
                hint: #"Give it a member like "version": 7, one more than the list before it."#)
        default:
            self.init(.keysDamaged, "the list could not be signed", hint: "Restore the keys from their backup.")
        }
    }
}
