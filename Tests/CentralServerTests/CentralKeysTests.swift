import EnrolmentCore
import Foundation
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Central's keys")
struct CentralKeysTests {
    @Test("Keys that were made are read back the same, and only their owner may read the secret ones")
    func roundTrip() async throws {
        try await TemporaryFolder.run { folder in
            let directory = folder + "/new/keys"
            let made = try CentralKeys.make(in: directory, training: true, names: ["central.example"])
            let loaded = try CentralKeys.load(from: directory)
            #expect(loaded.facts == made.facts)
            #expect(loaded.facts.isTraining)
            #expect(loaded.facts.serverName == "central.example")
            #expect(loaded.receiptPublicKey == made.receiptPublicKey)
            #expect(loaded.recipients == made.recipients)
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
        }
    }

    @Test("Renewed packet keys come first, earlier ones go on opening, and kits get the new ones")
    func rotation() async throws {
        try await TemporaryFolder.run { folder in
            let made = try CentralKeys.make(in: folder, training: false)
            let once = try made.rotatingPacketKeys()
            let twice = try once.rotatingPacketKeys()
            #expect(twice.identities.count == 6 && twice.recipients.map(\.kind) == [.hybrid, .x25519])
            #expect(Set(twice.earlierRecipients) == Set(made.recipients + once.recipients))
            #expect(Set(twice.recipients).isDisjoint(with: twice.earlierRecipients))
            for kind in AgeRecipient.Kind.allCases {
                let order = twice.identities.map(\.recipient).filter { $0.kind == kind }
                #expect(order == [twice, once, made].compactMap { keys in keys.recipients.first { $0.kind == kind } })
            }
            // What says who central is, and signs its receipts, stays.
            #expect(twice.receiptKeyID == made.receiptKeyID && twice.facts == made.facts)
            let bundle = try twice.provision(
                KitID("kit-1"), url: "https://localhost:1", recipients: [.hybrid], at: TestPacket.time
            ).bundle
            #expect(bundle.recipients == [twice.recipients[0].text])
        }
    }

    private func code(_ body: () throws -> Void) -> CentralError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? CentralError)?.code
        }
    }

    @Test("Keys are never replaced, and a folder without keys is named as such")
    func existing() async throws {
        try await TemporaryFolder.run { folder in
            #expect(code { _ = try CentralKeys.load(from: folder) } == .keysMissing)
            _ = try CentralKeys.make(in: folder, training: false)
            #expect(code { _ = try CentralKeys.make(in: folder, training: false) } == .keysExist)
        }
    }

    @Test("A secret that others may read stops central, and so does a damaged one")
    func exposedOrDamaged() async throws {
        try await TemporaryFolder.run { folder in
            _ = try CentralKeys.make(in: folder, training: false)
            let file = "\(folder)/receipt.key.pem"
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            #expect(code { _ = try CentralKeys.load(from: folder) } == .keysExposed)
            try PrivateFile.write(Array("no key".utf8), to: file)
            #expect(code { _ = try CentralKeys.load(from: folder) } == .keysDamaged)
        }
    }

    @Test("Printing keys shows none", arguments: [true, false])
    func printing(dumped: Bool) async throws {
        try await TemporaryFolder.run { folder in
            let keys = try CentralKeys.make(in: folder, training: false)
            let text = dumped ? String(reflecting: keys) : "\(keys)"
            #expect(!text.contains("PRIVATE KEY") && !text.contains("AGE-SECRET-KEY"))
        }
    }

    @Test(
        "A kit's name is letters, digits, hyphens and underscores", arguments: ["", "a b", "../x", "kit/1", "é", "a.b"])
    func names(name: String) async throws {
        try await TemporaryFolder.run { folder in
            let keys = try CentralKeys.make(in: folder, training: false)
            #expect(
                code { _ = try keys.provision(KitID(name), url: "", recipients: [], at: TestPacket.time) }
                    == .invalidKit)
        }
    }

    @Test("A server name that is neither DNS name nor address is refused", arguments: ["", "a b", "x/y", "ë.example"])
    func serverNames(name: String) async throws {
        try await TemporaryFolder.run { folder in
            #expect(code { _ = try CentralKeys.make(in: folder, training: false, names: [name]) } == .invalidName)
        }
    }

    @Test("A bundle holds the key kinds that were asked for, in that order, and the receipt key of this central")
    func bundle() async throws {
        try await TemporaryFolder.run { folder in
            let keys = try CentralKeys.make(in: folder, training: true)
            let bundle = try keys.provision(
                KitID("kit-1"), url: "https://c:1", recipients: [.x25519, .hybrid], at: TestPacket.time
            ).bundle
            #expect(bundle.recipients.map { $0.hasPrefix("age1pq1") } == [false, true])
            #expect(bundle.isTraining)
            #expect(bundle.receiptKeyID == keys.receiptKey.keyID)
        }
    }
}
