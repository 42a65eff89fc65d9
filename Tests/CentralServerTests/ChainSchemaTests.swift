import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("What the database keeps of the chains")
struct ChainSchemaTests {
    @Test("It lets no finding, number, acceptance or refusal be taken back, and no fork in, whoever writes")
    func rules() async throws {
        try await Bench.run { bench in
            let first = try TestPacket(bench.bundle, seed: 230, caseID: "c1")
            let second = try TestPacket(bench.bundle, seed: 231, after: first, caseID: "c2")
            for packet in [first, second] { _ = try await bench.kit.upload(packet) }
            _ = try await bench.kit.announce(try TestPacket(bench.bundle, seed: 232))
            _ = try await CentralService.accept(
                1, of: bench.bundle.kit, because: .copyRetired, in: bench.configuration)
            let digest = String(repeating: "0", count: 64)
            let forbidden = [
                "UPDATE chainFinding SET foundAt = 0", "DELETE FROM chainFinding", "UPDATE chainLink SET sequence = 9",
                "DELETE FROM chainLink", "UPDATE chainAcceptance SET reason = 'x'", "DELETE FROM chainAcceptance",
                "DELETE FROM refusal",
                // A second case under the same name, a packet without a number, a link that contradicts, a first
                // link with something before it.
                "UPDATE packet SET caseDigest = (SELECT caseDigest FROM packet WHERE id = '\(first.id)')",
                """
                INSERT INTO packet (id, kit, fileDigest, fileSize, signedManifest, announcedAt)
                VALUES ('x', 'kit-1', '\(digest)', 1, 'm', 0)
                """,
                """
                INSERT INTO chainLink (kit, signer, sequence, packet, digest, previousDigest, signedManifest, announcedAt)
                SELECT kit, signer, 3, 'x', '\(digest)', '\(digest)', 'm', 0 FROM chainLink WHERE sequence = 2
                """,
                """
                INSERT INTO chainLink (kit, signer, sequence, packet, digest, previousDigest, signedManifest, announcedAt)
                VALUES ('kit-1', 'other', 1, 'x', '\(digest)', '\(digest)', 'm', 0)
                """,
            ]
            let database = bench.central.database
            for statement in forbidden {
                await #expect(throws: DatabaseError.self, "\(statement)") {
                    try await database.writer.write { try $0.execute(sql: statement) }
                }
            }
        }
    }

    @Test("A database of the second schema keeps every packet and receipt; two under one number become a finding")
    func upgrade() async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder)
            configuration.logger.logLevel = .critical
            let keys = try CentralKeys.make(in: configuration.keyDirectory, training: false)
            let provisioned = try keys.provision(
                KitID("kit-1"), url: "https://localhost:1", recipients: [.hybrid], at: TestPacket.time)
            let bundle = provisioned.bundle
            let packets = [
                try TestPacket(bundle, seed: 240), try TestPacket(bundle, seed: 241), try TestPacket(bundle, seed: 242),
            ]
            try EarlierCentral.make(.two, at: configuration.database, provisioned, packets).close()
            try await Bench.run(configuration, bundle: bundle) { bench in
                let report = try #require(try await CentralService.chains(in: configuration).first)
                #expect(report.received == 1 && report.findings.map(\.packet) == [packets[1].id, packets[2].id])
                #expect(try await bench.kit.receipt(packets[0].id).text == "receipt-0")
                #expect(try await bench.kit.receipt(packets[1].id).text == "receipt-1")
                // Half of it had come: it is sent again from the first byte.
                #expect(try await bench.kit.head(packets[2].id).offset == 0)
                #expect(try await bench.kit.append(packets[2].bytes, at: 0, of: packets[2].id).offset == 5000)
                let next = try TestPacket(bundle, seed: 243, after: packets[0])
                #expect(try await bench.kit.upload(next).status == 204)
            }
        }
    }

    @Test("An upload that nobody went on with is forgotten after its time, and can be announced again")
    func expiry() async throws {
        try await TemporaryFolder.run { folder in
            let clock = SteppedClock(TestPacket.time)
            var limits = CentralLimits()
            limits.uploadLifetime = .seconds(3600)
            var configuration = CentralConfiguration(directory: folder, limits: limits, clock: clock)
            configuration.logger.logLevel = .critical
            try await Bench.run(configuration) { bench in
                let whole = try TestPacket(bench.bundle, seed: 250)
                let half = try TestPacket(bench.bundle, seed: 251, after: whole)
                _ = try await bench.kit.upload(whole)
                _ = try await bench.kit.announce(half)
                clock.advance(by: .seconds(3000))
                _ = try await bench.kit.append(half.bytes.prefix(2000), at: 0, of: half.id)
                clock.advance(by: .seconds(3000))
                _ = try await bench.kit.announce(whole)
                #expect(try await bench.kit.head(half.id).offset == 2000)
                clock.advance(by: .seconds(601))
                _ = try await bench.kit.announce(whole)
                #expect(try await bench.kit.head(half.id).status == 404)
                #expect(!PrivateFile.exists(bench.unfinishedPath(of: half)))
                // Its number is still its own.
                let other = try TestPacket(bench.bundle, seed: 252, after: whole)
                #expect(try await bench.kit.announce(other).code == .chainForked)
                #expect(try await bench.kit.upload(half).offset == 5000)
                #expect(try await bench.central.packets().count == 2)
            }
        }
    }

    @Test("The third schema is the one that was released")
    func pinned() {
        let digest = TestPacket.digest(Array((CentralDatabase.schema3 + CentralDatabase.schema3Rules).utf8))
        #expect(digest == "c44010c8d90f18bac4791c56e5799b57b6740fbd058f1ace3ee6f90b1f249ee8")
    }

    @Test("The fourth schema is the one that was released")
    func pinnedSeals() {
        let digest = TestPacket.digest(Array(CentralDatabase.schema4.utf8))
        #expect(digest == "236ff57b499696e674f8a302564d472320abc830d0dec6a83912ea27d8ec270c")
    }
}
