import EnrolmentCore
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Receipts, once and in a chain")
struct CentralReceiptTests {
    @Test("However often a packet is announced and sent, there is one packet and one receipt, the same bytes each time")
    func duplicates() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 30)
            for attempt in 0..<3 {
                let created = try await bench.kit.announce(packet)
                #expect(created.status == 201)
                #expect(created.headers["location"] == SyncRoute.packet(packet.id).path)
                #expect(created.offset == (attempt == 0 ? 0 : 5000))
                if attempt == 0 { _ = try await bench.kit.append(packet.bytes, at: 0, of: packet.id) }
                #expect(try await bench.kit.append([], at: 5000, of: packet.id).status == 204)
            }
            let first = try await bench.kit.receipt(packet.id).text
            let second = try await bench.kit.receipt(packet.id).text
            #expect(first == second)
            #expect(first.split(separator: ".").count == 3)
            #expect(try await bench.central.packets().count == 1)
        }
    }

    @Test("Two announcements of one packet at the same moment make one upload")
    func race() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 31)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await bench.kit.announce(packet).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == 201 })
            #expect(try await bench.central.packets().count == 1)
        }
    }

    @Test("The same id with other bytes is a conflict, before and after the first is whole")
    func conflict() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 32)
            let other = try TestPacket(bench.bundle, seed: 33, id: packet.id)
            _ = try await bench.kit.announce(packet)
            #expect(try await bench.kit.announce(other).code == .conflict)
            _ = try await bench.kit.append(packet.bytes, at: 0, of: packet.id)
            let answer = try await bench.kit.announce(other)
            #expect(answer.status == 409)
            #expect(answer.code == .conflict)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("Receipts of a kit form a chain of their own that its verifier accepts link by link")
    func chain() async throws {
        try await Bench.run { bench in
            let otherBundle = try await bench.central.registerKit(KitID("kit-2"))
            let other = try KitClient(otherBundle, port: bench.central.port)
            let verifier = ReceiptVerifier(
                server: bench.bundle.serverName, keys: [try VerifyingKey(pem: bench.bundle.receiptKey)])
            var heads: [KitID: ReceiptChainHead] = [:]
            var last: [KitID: TestPacket] = [:]
            for number in 1...3 {
                for (client, bundle) in [(bench.kit, bench.bundle), (other, otherBundle)] {
                    let seed = UInt64(40 + number) + (bundle.kit == bench.bundle.kit ? 0 : 100)
                    let packet = try TestPacket(bundle, seed: seed, after: last[bundle.kit])
                    last[bundle.kit] = packet
                    _ = try await client.upload(packet)
                    let text = try await client.receipt(packet.id).text
                    let receipt = try verifier.verify(text, for: packet.signed.manifest, after: heads[bundle.kit])
                    #expect(receipt.receipt.sequence == number)
                    heads[bundle.kit] = receipt.chainHead
                    let inChain = try await client.send("GET", SyncRoute.receiptInChain(number).path, headers: [])
                    #expect(inChain.text == text)
                }
            }
            #expect(try await other.send("GET", SyncRoute.receiptInChain(4).path, headers: []).code == .incomplete)
            await other.close()
        }
    }

    @Test("While bytes are missing there is no receipt, and central says where to go on")
    func incomplete() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 50)
            _ = try await bench.kit.announce(packet)
            _ = try await bench.kit.append(packet.bytes.dropLast(), at: 0, of: packet.id)
            let answer = try await bench.kit.receipt(packet.id)
            #expect(answer.code == .incomplete)
            #expect(answer.offset == 4999)
        }
    }

    @Test(
        "One flipped byte anywhere: no receipt, nothing kept, and the packet may be sent anew",
        arguments: [0, 2500, 4999])
    func flippedByte(position: Int) async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 51)
            var damaged = packet.bytes
            damaged[position] ^= 1
            _ = try await bench.kit.announce(packet)
            let answer = try await bench.kit.append(damaged, at: 0, of: packet.id)
            #expect(answer.status == 422)
            #expect(answer.code == .digestMismatch)
            #expect(try await bench.kit.receipt(packet.id).code == .unknownPacket)
            #expect(try await bench.kit.head(packet.id).status == 404)
            #expect(!PrivateFile.exists(bench.unfinishedPath(of: packet)))
            #expect(try await bench.kit.upload(packet).offset == 5000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("A crash between the last byte and the receipt is made good when the kit asks for the receipt")
    func crashBeforeReceipt() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 52)
            _ = try await bench.kit.announce(packet)
            // What the disk holds when the power fails after the last fsync.
            let file = try AppendableFile(path: bench.unfinishedPath(of: packet), continuingAt: 0)
            try file.append(packet.bytes)
            try await bench.central.database.setDurableOffset(5000, of: packet.id, at: TestPacket.time)
            #expect(try await bench.kit.head(packet.id).offset == 5000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("The database itself lets no receipt be changed or removed, and none be given for half a packet")
    func tamperProof() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 53)
            _ = try await bench.kit.upload(packet)
            let database = bench.central.database
            for statement in ["UPDATE receipt SET compact = 'x'", "DELETE FROM receipt"] {
                await #expect(throws: (any Error).self) {
                    try await database.writer.write { try $0.execute(sql: statement) }
                }
            }
            let half = try TestPacket(bench.bundle, seed: 54, after: packet)
            _ = try await bench.kit.announce(half)
            let signer = ReceiptSigner(key: bench.central.keys.receiptKey)
            await #expect(throws: CentralError.self) {
                try await database.receive(
                    half.signed.manifest, isWhole: false, server: "x", signer: signer, at: TestPacket.time)
            }
            #expect(try await database.receipt(of: half.id) == nil)
        }
    }
}
