package import EnrolmentCore
import OfflineCache

/// What a kit knows about who may use it, for `loket login --status`; names nobody.
package struct LoginStatus: Hashable, Sendable, Encodable {
    package enum Roster: String, Hashable, Sendable, Encodable {
        case none, valid, expired, unusable
    }

    package let kit: String
    package let roster: Roster
    package let rosterVersion: Int?
    /// RFC 3339.
    package let rosterValidUntil: String?
    package let officers: Int?
    /// Why a list is not what central made.
    package let problem: String?
    /// Of the list of roots in use, the program's own or central's.
    package let cardRootsVersion: Int
    /// Certificates of which the next synchronisation asks whether they were revoked.
    package let questionsWaiting: Int

    /// - Throws: `FailureReport` of the store; `input.missingConfiguration`.
    package static func of(_ kit: OpenKit, clock: any WallClock) async throws(FailureReport) -> LoginStatus {
        let lists = try KitLists(kit)
        try await lists.adopt()
        let standing = try await lists.roster(at: clock.now())
        let trust = try await KitTrust.load(kit, lists: lists)
        let waiting = try await kit.store.reporting { [store = kit.store] () throws(StoreError) in
            try await store.revocations.waiting().count
        }
        return LoginStatus(kit, standing, rootsVersion: trust.listVersion, waiting: waiting)
    }

    private init(_ kit: OpenKit, _ standing: RosterStanding, rootsVersion: Int, waiting: Int) {
        self.kit = kit.kit.id.text
        cardRootsVersion = rootsVersion
        questionsWaiting = waiting
        switch standing {
        case .none: (roster, rosterVersion, rosterValidUntil, officers, problem) = (.none, nil, nil, nil, nil)
        case .valid(let list):
            (roster, rosterVersion) = (.valid, list.version)
            (rosterValidUntil, officers, problem) = (list.validUntil.rfc3339, list.officers.count, nil)
        case .expired(let version):
            (roster, rosterVersion, rosterValidUntil, officers, problem) = (.expired, version, nil, nil, nil)
        case .unusable(let why):
            (roster, rosterVersion, rosterValidUntil, officers, problem) = (.unusable, nil, nil, nil, why)
        }
    }
}
