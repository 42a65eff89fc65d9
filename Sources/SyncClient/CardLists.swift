package import OfflineCache
package import PacketFormat
package import SyncProtocol

/// Where the kit keeps the lists that central signs: the roster of its officers and the roots of cards.
///
/// A sync asks it what the kit holds, fetches what is newer, verifies that (signature, kit, no lower
/// version) and hands it over. What fails here is told in the report and never stops the packets.
package protocol SyncListStore: Sendable {
    /// The version that the kit holds; nil when it holds none that it can read, so that any version is newer.
    func version(of kind: SignedListKind) async throws(StoreError) -> Int?

    /// Keeps a list in the place of the one held: all of it is on disk, sealed, when this returns.
    ///
    /// It is only called with a list of a higher version than `version(of:)` gave.
    func replace(by list: SignedList) async throws(StoreError)
}

/// The questions about revocations that piled up since the last sync, and where their answers go.
///
/// A sync asks them through central, one after the other, once the packets are on their way. An answer
/// is nothing but bytes from a server of the authorities: whoever takes it verifies it.
package protocol RevocationQuestions: Sendable {
    /// Those to ask now, oldest first.
    func pending() async throws(StoreError) -> [PendingRevocation]

    /// Takes the DER of an OCSP response or of a revocation list.
    func answer(_ id: String, with der: [UInt8]) async throws(StoreError)

    /// Nobody answered, or something that is no answer; it may be asked again at the next sync.
    ///
    /// - Parameter code: why, as central named it; nil when central itself did not answer.
    func leaveUnanswered(_ id: String, because code: RefusalCode?) async throws(StoreError)
}

/// One question that waits to be asked.
package struct PendingRevocation: Hashable, Sendable {
    /// The keeper's own name for it; it never leaves the kit.
    package let id: String
    package let question: RevocationQuestion

    package init(id: String, question: RevocationQuestion) {
        self.id = id
        self.question = question
    }
}

/// What a sync did about one list.
package enum ListOutcome: Hashable, Sendable {
    /// The kit holds the newest.
    case unchanged
    /// Replaced by this version.
    case replaced(Int)
    /// Central has none for this kit.
    case none
    /// What central gave is not believed; the kit keeps what it has.
    case refused(StatementError)
    /// Central did not answer, or not as central does; the kit keeps what it has.
    case notFetched
    /// The kit could not keep it, and keeps what it has.
    case notKept
}
