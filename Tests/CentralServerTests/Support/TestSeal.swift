import EnrolmentCore
import PacketFormat
import SyncProtocol

@testable import CentralServer

/// The seals of days, truly signed, of a kit whose journal nobody has.
enum TestSeal {
    /// - Parameters:
    ///   - day: how many days after that of the test packets.
    ///   - earlier: the seal that it names; the first of its kit without one.
    static func make(
        _ bundle: KitBundle, day: Int = 0, after earlier: SignedAuditSeal? = nil, number: Int? = nil,
        position: Int? = nil, head: Character = "a", packets: TestPacket? = nil,
        receipts: AuditSeal.Head = AuditSeal.Head(sequence: 0, digest: nil), kit: KitID? = nil,
        training: Bool? = nil, key: KitSigningKey? = nil
    ) throws -> SignedAuditSeal {
        let begins = TestPacket.time.advanced(by: .seconds(86_400 * day - 43_200))
        let seal = AuditSeal(
            kit: Kit(id: kit ?? bundle.kit, isTraining: training ?? bundle.isTraining),
            number: number ?? (earlier?.seal.number ?? 0) + 1,
            day: begins.advanced(by: .seconds(43_200)).dayInUTC.iso8601, part: 0, dayBegins: begins,
            dayEnds: begins.advanced(by: .seconds(86_400)), position: position ?? (earlier?.seal.position ?? 0) + 10,
            headDigest: String(repeating: head, count: 64), previousSealDigest: earlier?.digest,
            counts: AuditSeal.Counts(events: ["day-closed": 1], waiting: 0, setAside: 0, openDrafts: 0),
            manifests: AuditSeal.Head(
                sequence: packets?.signed.manifest.sequence ?? 0, digest: packets?.signed.digest),
            receipts: receipts, sealedAt: begins.advanced(by: .seconds(80_000)), timeConfidence: .plausible,
            timeEvidenceAge: nil)
        return try AuditSealSigner(key: key ?? KitSigningKey(pem: bundle.signingKey)).sign(seal)
    }
}

extension KitClient {
    func hand(in seal: SignedAuditSeal) async throws -> Answer { try await hand(in: seal.compact) }

    func hand(in compact: String, type: String = SyncMediaType.seal) async throws -> Answer {
        try await send(
            "POST", SyncRoute.seals.path, headers: Self.version + [(SyncHeader.contentType, type)],
            body: Array(compact.utf8))
    }
}

extension Bench {
    func days() async throws -> SealReport {
        guard let report = try await CentralService.seals(of: bundle.kit, in: configuration).first else {
            throw CentralError(.invalidKit, "no report", hint: "")
        }
        return report
    }
}
