package import CardProof
import DeviceEmulation
package import EnrolmentCore
import OfflineCache
import Synchronization

/// What a station believes of cards; as new as the last synchronisation.
///
/// On a kit for training the roots of the emulated cards count, as TEST; nowhere else.
package final class StationTrust: CardProving {
    private let kit: OpenKit
    private let lists: KitLists
    private let clock: any WallClock
    private let current: Mutex<KitTrust>

    /// - Throws: `input.missingConfiguration` when the program's own list of roots, or the kit's keys, are
    ///   wrong; `FailureReport` of the store.
    package init(_ kit: OpenKit, clock: any WallClock) async throws(FailureReport) {
        let lists = try KitLists(kit)
        try await lists.adopt()
        let trust = try await KitTrust.load(kit, lists: lists, testRoots: try Self.emulatedRoots())
        self.kit = kit
        self.lists = lists
        self.clock = clock
        current = Mutex(trust)
    }

    /// Takes what a synchronisation brought; what cannot be loaded leaves what was.
    package func reload() async {
        guard let trust = try? await KitTrust.load(kit, lists: lists, testRoots: try Self.emulatedRoots()) else {
            return
        }
        current.withLock { $0 = trust }
    }

    package func proof(of reading: CardReading, at time: Timestamp) -> CardProof {
        current.withLock { $0 }.proof(of: reading, at: time)
    }

    package func holderProof(
        of signature: CardSignature, over digest: CardDigest, by key: CardHolderKey, of reading: CardReading,
        at time: Timestamp
    ) -> HolderVerdict {
        current.withLock { $0 }.holderProof(of: signature, over: digest, by: key, of: reading, at: time)
    }

    /// A question that cannot be kept now costs an answer, and never the person's visit.
    package func keepAsking(about reading: CardReading) async {
        guard let question = current.withLock({ $0 }).question(about: reading) else { return }
        try? await RevocationDesk(kit, clock: clock).ask(question)
    }

    /// What cannot be kept now is learnt from the next card.
    package func learnTime(from reading: CardReading) async {
        guard let issued = current.withLock({ $0 }).issued(on: reading) else { return }
        try? await kit.store.learn(issued)
    }

    /// Of the emulated cards.
    package static func emulatedRoots() throws(FailureReport) -> [TrustRoot] {
        do {
            return try TestCardAuthority.Algorithm.allCases.map { algorithm in
                try TrustRoot(certificate: try TestCardAuthority(algorithm).rootCertificate, kind: .test)
            }
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "test roots", kept: .nothingToKeep)
        }
    }
}
