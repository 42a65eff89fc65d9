import EnrolmentCore
import StationTestSupport

@testable import PacketFormat

/// A manifest and a receipt that belong together, and ways to change them.
enum StatementFixtures {
    static let kit = KitID("kit-07")
    static let server = "central.example"
    static let digest = String(repeating: "ab", count: 32)

    static func packetID(_ seed: UInt64 = 1) -> PacketID {
        var generator = SeededGenerator(seed: seed)
        return PacketID(at: Timestamp(milliseconds: 1_795_293_600_000), using: &generator)
    }

    static func manifest(
        kit: KitID = kit, sequence: Int = 1, previous: String? = nil, caseDigest: String? = nil
    ) -> Manifest {
        Manifest(
            packetID: packetID(), kit: kit, sequence: sequence, previousManifestDigest: previous,
            sealedAt: Timestamp(milliseconds: 1_795_293_600_000), timeConfidence: .plausible, isTraining: false,
            contentType: EnrolmentContent.contentType, contentSize: 1_000, fileSize: 2_659, fileDigest: digest,
            recipientKeyID: "0123456789abcdef", caseDigest: caseDigest)
    }

    static func receipt(
        packet: PacketID = packetID(), kit: KitID = kit, digest: String = digest, size: Int = 2_659,
        server: String = server, isTraining: Bool = false, sequence: Int = 1, previous: String? = nil
    ) -> Receipt {
        Receipt(
            packetID: packet, kit: kit, fileDigest: digest, fileSize: size,
            receivedAt: Timestamp(milliseconds: 1_795_300_000_000), server: server, isTraining: isTraining,
            sequence: sequence, previousReceiptDigest: previous)
    }
}
