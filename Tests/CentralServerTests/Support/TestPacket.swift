import Crypto
import EnrolmentCore
import PacketFormat
import StationTestSupport
import SyncProtocol

/// Random bytes with a truly signed manifest: central never opens a packet, so it need not be sealed.
struct TestPacket: Sendable {
    /// When test packets are sealed: 2026-11-21.
    static let time = Timestamp(milliseconds: 1_795_300_000_000)

    let id: PacketID
    let bytes: [UInt8]
    let signed: SignedManifest

    /// - Parameters:
    ///   - earlier: the packet that its manifest follows; the first of its kit without one.
    ///   - sequence: another number than the one that follows.
    init(
        _ bundle: KitBundle, seed: UInt64, size: Int = 5000, after earlier: TestPacket? = nil, sequence: Int? = nil,
        previous: String? = nil, kit: KitID? = nil, training: Bool? = nil, key: KitSigningKey? = nil,
        id: PacketID? = nil, caseID: String? = nil, contentType: String = "application/json"
    ) throws {
        var generator = SeededGenerator(seed: seed)
        self.id = id ?? PacketID(at: Self.time, using: &generator)
        bytes = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let manifest = Manifest(
            packetID: self.id, kit: kit ?? bundle.kit,
            sequence: sequence ?? (earlier?.signed.manifest.sequence ?? 0) + 1,
            previousManifestDigest: previous ?? earlier?.signed.digest,
            sealedAt: Self.time, timeConfidence: .plausible, isTraining: training ?? bundle.isTraining,
            contentType: contentType, contentSize: size, fileSize: size, fileDigest: Self.digest(bytes),
            recipientKeyID: "0000000000000000", caseDigest: caseID.map { Manifest.caseDigest(of: CaseID($0)) })
        let signer = ManifestSigner(key: try key ?? KitSigningKey(pem: bundle.signingKey))
        signed = try signer.sign(manifest)
    }

    var announcement: [(String, String)] { announcement(length: bytes.count) }

    func announcement(length: Int) -> [(String, String)] {
        KitClient.version + [
            (SyncHeader.uploadLength, String(length)),
            (SyncHeader.uploadMetadata, UploadMetadata(signedManifest: signed.compact).header),
        ]
    }

    static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
