package import EnrolmentCore
import OfflineCache
package import PacketFormat
import SyncProtocol

/// Whether a kit has a list of officers, and whether it still holds.
package enum RosterStanding: Hashable, Sendable {
    /// Central never gave one: officers say who they are, as before there were lists.
    case none
    case valid(OfficerRoster)
    /// Nobody logs in by it any more; a synchronisation may bring a newer one.
    case expired(version: Int)
    /// There was one, and what lies there is not it.
    case unusable(String)
}

/// The lists that central signed for a kit, verified by the kit's pinned key each time that they are read.
package struct KitLists: Sendable {
    private let kit: OpenKit
    private let verifier: ListVerifier

    /// - Throws: `input.missingConfiguration` when the bundle's key for receipts cannot be used.
    package init(_ kit: OpenKit) throws(FailureReport) {
        self.kit = kit
        do throws(SigningKeyError) {
            verifier = ListVerifier(kit: kit.kit.id, keys: [try VerifyingKey(pem: kit.bundle.receiptKey)])
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "kit bundle", kept: .draft)
        }
    }

    /// Keeps the lists that came with the bundle, where the kit holds none that is as new. To be called
    /// whenever a kit is opened; it costs nothing when there is nothing to do.
    ///
    /// - Throws: `FailureReport` of the store; `input.missingConfiguration` when a list of the bundle does not
    ///   verify, since then the bundle is not what central made.
    package func adopt() async throws(FailureReport) {
        for (kind, compact) in [(SignedListKind.roster, kit.bundle.roster), (.cardRoots, kit.bundle.cardRoots)] {
            guard let compact else { continue }
            let list: SignedList
            do throws(StatementError) {
                list = try verifier.verify(compact, as: kind)
            } catch {
                throw FailureReport(
                    .input(.missingConfiguration), detail: "kit bundle: \(kind.rawValue): \(error)", kept: .draft)
            }
            try await kit.store.reporting { [store = kit.store] () throws(StoreError) in
                _ = try await store.lists.keep(list)
            }
        }
    }

    /// The list of officers, judged at `now` or at the latest time that is known to have been: setting the
    /// clock back makes no list valid again.
    ///
    /// - Throws: `FailureReport` of the store.
    package func roster(at now: Timestamp) async throws(FailureReport) -> RosterStanding {
        do {
            guard let list = try await verified(.roster) else { return .none }
            guard let roster = list.roster else { return .unusable("no roster in it") }
            let latest = try await kit.store.clockMark.latest(now)
            return latest > roster.validUntil ? .expired(version: roster.version) : .valid(roster)
        } catch let error as StoreError {
            return try Self.standing(after: error)
        } catch {
            return .unusable("\(error)")
        }
    }

    /// The latest time that can be told.
    ///
    /// - Throws: `FailureReport` of the store.
    package func latest(_ now: Timestamp) async throws(FailureReport) -> Timestamp {
        try await kit.store.reporting { [store = kit.store] () throws(StoreError) in
            try await store.clockMark.latest(now)
        }
    }

    /// The list of roots that central sent; nil when it sent none, or when what lies there cannot be
    /// believed: the program's own list then holds.
    package func cardRoots() async -> SignedList? {
        try? await verified(.cardRoots)
    }

    private func verified(_ kind: SignedListKind) async throws -> SignedList? {
        guard let held = try await kit.store.lists.list(kind) else { return nil }
        let list = try verifier.verify(held.compact, as: kind)
        guard list.version == held.version else { throw StoreError.listGoneBack(kind.rawValue, known: held.version) }
        return list
    }

    /// A list that was tampered with lets nobody in; a disk that cannot be read is another matter.
    private static func standing(after error: StoreError) throws(FailureReport) -> RosterStanding {
        switch error {
        case .listGoneBack, .recordDamaged, .rowChanged: return .unusable(error.description)
        default: throw error.report(kept: .draft)
        }
    }
}
