import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

extension MemoryCampaign {
    /// What a packet goes through, the first that waits each time.
    static func deliveries(of kit: KitStore, to central: ModelCentral.Keys, behind count: Int) -> [Operation] {
        let queue = kit.store.packets
        var (number, revision) = (count, 0)
        var (receipt, received, exported): (VerifiedReceipt?, [PacketID], [PacketID]) = (nil, [], [])
        return [
            Operation(
                name: "seal and queue a packet", isOfSteps: true,
                before: {
                    number += 1
                    revision = try await kit.save(kit.invented(number), after: 0)
                }, run: { _ = try await kit.seal(kit.invented(number), at: revision) }),
            Operation(
                name: "note that all packets were exported", before: { exported = try await queue.packets().map(\.id) },
                run: { try await queue.noteExport(exported, to: "TEST-stick") }),
            Operation(
                name: "record a receipt",
                before: {
                    guard
                        let packet = try await queue.packets(in: [.sealed]).first(where: { !received.contains($0.id) })
                    else { throw CampaignFailure("no packet waits") }
                    receipt = try await kit.receipt(for: packet, of: central)
                    received.append(packet.id)
                }, run: { if let receipt { try await queue.record(receipt) } }),
            Operation(name: "purge a packet") { if let id = received.popLast() { try await queue.purge(id) } },
        ]
    }

    /// What reads or writes all that there is, with a large draft among it.
    static func wholes(of kit: KitStore, in path: String, draft: Int) -> [Operation] {
        let store = kit.store
        var (key, closings) = (kit.key, 0)
        let keys = AuditKeys(
            kit: kit.kit.kit.id, kitKeys: [kit.kit.signingKey.verifyingKey], server: ModelCentral.server,
            receiptKeys: [kit.kit.receiptKey])
        let hasDraft = {
            let large = CaseID("large")
            if try await store.drafts.draft(of: large) != nil { return }
            let content = [UInt8](repeating: 0x5A, count: draft)
            _ = try await store.drafts.save(content, for: large, in: InventedCase.visit, after: 0)
        }
        return [
            Operation(name: "close the day") {
                closings += 1
                let begins = Timestamp(milliseconds: 86_400_000 * Int64(20_000 + closings))
                let day = ClosingDay(date: begins.dayInUTC, begins: begins, ends: begins.advanced(by: .seconds(86_400)))
                _ = try await store.seals.close(
                    day, by: OfficerID("o-test"), because: nil, with: kit.kit.signingKey)
            },
            Operation(name: "audit") {
                let report = try await store.journal.audit(by: keys)
                guard report.isWhole else { throw CampaignFailure("the audit finds \(report.findings.count) points") }
            },
            Operation(name: "check", before: hasDraft, run: { try await store.check() }),
            Operation(
                name: "rotate the key", before: hasDraft,
                run: {
                    key = try await StoreKeys(in: path, clock: SystemWallClock()).rotate(
                        key, of: store, under: KitStore.passphrase())
                }),
        ]
    }
}

extension KitStore {
    /// What central gives for a packet behind the receipt that came last; it does not look into it.
    fileprivate func receipt(for packet: QueuedPacket, of central: ModelCentral.Keys) async throws -> VerifiedReceipt {
        let head = try await store.packets.receiptChainHead()
        let receipt = Receipt(
            packetID: packet.id, kit: kit.kit.id, fileDigest: packet.fileDigest, fileSize: packet.fileSize,
            receivedAt: packet.sealedAt, server: ModelCentral.server, isTraining: false,
            sequence: (head?.sequence ?? 0) + 1, previousReceiptDigest: head?.digest)
        let manifest = try ManifestVerifier(keys: [kit.kit.id: [kit.signingKey.verifyingKey]]).verify(packet.manifest)
        return try ReceiptVerifier(server: ModelCentral.server, keys: [kit.receiptKey]).verify(
            ReceiptSigner(key: central.receipts).sign(receipt), for: manifest.manifest, after: head)
    }
}
