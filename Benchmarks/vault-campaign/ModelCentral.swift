import EnrolmentCore
import OfflineCache
import PacketFormat
import Synchronization

/// A central as far as a store can tell, without a network: it receives each packet once, opens it with its own
/// key, and gives chained receipts that outlive the kit's crashes.
final class ModelCentral: Sendable {
    static let server = "central.example"

    struct Keys: Sendable {
        let receipts: ReceiptSigningKey
        let identity: AgeIdentity
    }

    /// A packet that it received.
    struct Held: Sendable {
        let packet: PacketID
        /// Of the case that it is of.
        let number: Int
        let receipt: String

        /// As one word each, for a trace.
        var text: String { "\(packet) \(number) \(receipt)" }

        init(packet: PacketID, number: Int, receipt: String) {
            self.packet = packet
            self.number = number
            self.receipt = receipt
        }

        init?(_ text: Substring) {
            let words = text.split(separator: " ")
            guard words.count == 3, let packet = PacketID(String(words[0])), let number = Int(words[1]) else {
                return nil
            }
            self.init(packet: packet, number: number, receipt: String(words[2]))
        }
    }

    /// The content is not what was captured.
    struct OtherContent: Error {
        let number: Int
    }

    private let keys: Keys
    private let kit: Kit
    private let held: Mutex<[Held]>

    init(_ keys: Keys, kit: Kit, holding: [Held] = []) {
        self.keys = keys
        self.kit = kit
        held = Mutex(holding)
    }

    var packets: [Held] { held.withLock { $0 } }

    /// Takes a packet's file, opens it and gives its receipt; for one that it has it gives the same again.
    ///
    /// - Parameter time: By central's own clock; when that is no matter, the time at which the packet was sealed.
    func receive(
        _ packet: QueuedPacket, _ file: [UInt8], seed: UInt64, unit: Int, at time: Timestamp? = nil
    ) throws -> Held {
        if let known = packets.first(where: { $0.packet == packet.id }) { return known }
        var content: [UInt8] = []
        var rest: [UInt8]? = file
        let source = { () -> [UInt8]? in
            defer { rest = nil }
            return rest
        }
        try AgeDecryptor.decrypt(source, identities: [keys.identity]) { content += $0 }
        let number = InventedCase.number(in: content) ?? 0
        let captured = InventedCase(seed: seed, number: number, unit: unit).content(InventedCase.lastRevision)
        guard content == captured else { throw OtherContent(number: number) }
        return try held.withLock { held in
            let receipt = Receipt(
                packetID: packet.id, kit: kit.id, fileDigest: packet.fileDigest, fileSize: packet.fileSize,
                receivedAt: time ?? packet.sealedAt, server: Self.server, isTraining: kit.isTraining,
                sequence: held.count + 1, previousReceiptDigest: held.last.map { ReceiptSigner.digest(of: $0.receipt) })
            let compact = try ReceiptSigner(key: keys.receipts).sign(receipt)
            held.append(Held(packet: packet.id, number: number, receipt: compact))
            return Held(packet: packet.id, number: number, receipt: compact)
        }
    }
}
