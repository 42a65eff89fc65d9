package import EnrolmentCore
package import SyncProtocol

/// What taking in a stick brought about, packet by packet.
package struct StickReport: Hashable, Sendable, Encodable {
    package enum Outcome: String, CaseIterable, Sendable, Codable {
        /// It was new, and has its receipt.
        case received
        /// Central had it; its receipt is the one of then.
        case known
        /// Central will not have it, by `code`.
        case refused
        /// The file is not what its manifest says.
        case damaged
        /// There is a manifest and no file.
        case fileMissing
        /// There is a file and no manifest.
        case manifestMissing
        /// No kit of that name is registered here, or the manifest is none.
        case unreadable
        /// Central could not store it; it may succeed when tried again.
        case failed
    }

    package struct Item: Hashable, Sendable, Encodable {
        /// The folder on the stick, which names the kit.
        package let folder: String
        /// Nil where the folder as a whole is meant.
        package let packet: PacketID?
        package let outcome: Outcome
        package let code: RefusalCode?
        package let bytes: Int
        /// The receipt lies on the stick, read back.
        package let hasReceipt: Bool

        init(
            _ outcome: Outcome, folder: String, packet: PacketID? = nil, code: RefusalCode? = nil, bytes: Int = 0,
            hasReceipt: Bool = false
        ) {
            self.folder = folder
            self.packet = packet
            self.outcome = outcome
            self.code = code
            self.bytes = bytes
            self.hasReceipt = hasReceipt
        }
    }

    /// The seal of a closed day.
    package struct Seal: Hashable, Sendable, Encodable {
        package let folder: String
        package let file: String
        /// Central did not have it before.
        package let isNew: Bool
        /// Why it was not taken, or what is the matter with it; nil when nothing is.
        package let code: RefusalCode?
    }

    package var items: [Item] = []
    package var seals: [Seal] = []
    /// Receipts that were written for other packets, so that the kit's chain of receipts has no hole.
    package var otherReceipts = 0

    package func count(of outcome: Outcome) -> Int { items.filter { $0.outcome == outcome }.count }

    /// Whether the stick can go back: each packet was taken and has its receipt.
    package var isComplete: Bool {
        items.allSatisfy { ($0.outcome == .received || $0.outcome == .known) && $0.hasReceipt }
    }
}
