import EnrolmentCore
import OfflineCache
import PacketFormat
import SyncProtocol
import Testing

@testable import SyncClient

@Suite("One packet's way to central")
struct UploadProtocolTests {
    private static let size = 1000
    private static let path = "/v1/packets/x"

    private let packet: QueuedPacket
    private let underWay: QueuedPacket

    init() async throws {
        let bench = try StoreBench()
        let store = try await bench.open()
        packet = try await bench.seal("c1", patternedBytes(Self.size, seed: 1), in: store)
        try await store.packets.announce(packet.id, at: Self.path)
        underWay = try await store.packets.packet(packet.id)
        store.close()
    }

    @Test("a new packet is announced with its size and its signed manifest, sent in chunks, and its receipt fetched")
    func wholeWay() throws {
        var machine = machine(packet)
        let announcement = try #require(request(machine.handle(.start)))
        #expect(announcement.method == .post)
        #expect(announcement.path == "/v1/packets")
        #expect(announcement.headers["Upload-Length"] == "1000")
        #expect(announcement.headers["Tus-Resumable"] == "1.0.0")
        let metadata = try #require(announcement.headers["Upload-Metadata"].flatMap { UploadMetadata(header: $0) })
        #expect(metadata.signedManifest == packet.manifest)
        #expect(
            machine.handle(.answered(answer(201, ["Location": Self.path])))
                == [.noteAnnouncement(path: Self.path), .append(path: Self.path, from: 0, count: 400)])
        #expect(
            machine.handle(.answered(answer(204, ["Upload-Offset": "400"])))
                == [.noteOffset(400), .append(path: Self.path, from: 400, count: 400)])
        #expect(
            machine.handle(.answered(answer(204, ["Upload-Offset": "800"])))
                == [.noteOffset(800), .append(path: Self.path, from: 800, count: 200)])
        let last = machine.handle(.answered(answer(204, ["Upload-Offset": "1000"])))
        #expect(last.first == .noteOffset(1000))
        #expect(request(last)?.path == "/v1/packets/\(packet.id)/receipt")
        #expect(
            machine.handle(.answered(answer(200, body: Array("a.b.c".utf8)))) == [.takeReceipt("a.b.c")])
        #expect(machine.handle(.receiptStored) == [.end(.received)])
    }

    @Test("a packet under way asks for the offset first, and central's word counts")
    func resuming() {
        var machine = machine(underWay)
        #expect(request(machine.handle(.start))?.method == .head)
        #expect(
            machine.handle(.answered(answer(200, ["Upload-Offset": "600", "Upload-Length": "1000"])))
                == [.noteOffset(600), .append(path: Self.path, from: 600, count: 400)])
    }

    @Test("after a cut it waits, then asks for the offset; after too many in a row it gives up")
    func cuts() {
        var machine = appending()
        for failures in 1...UploadProtocol.patience {
            #expect(machine.handle(.failed(.interrupted)) == [.wait(failures: failures)])
            #expect(request(machine.handle(.waited))?.method == .head)
        }
        #expect(machine.handle(.failed(.interrupted)) == [.end(.failed(.central(.unreachable)))])
    }

    @Test("progress makes it patient again")
    func progressResets() {
        var machine = appending()
        #expect(machine.handle(.failed(.interrupted)) == [.wait(failures: 1)])
        _ = machine.handle(.waited)
        _ = machine.handle(.answered(answer(200, ["Upload-Offset": "0"])))
        _ = machine.handle(.answered(answer(204, ["Upload-Offset": "400"])))
        #expect(machine.handle(.failed(.interrupted)) == [.wait(failures: 1)])
    }

    @Test("a wrong offset or a bad checksum is answered by asking, not by failing", arguments: [409, 460])
    func doubt(status: Int) {
        var machine = appending()
        #expect(request(machine.handle(.answered(answer(status))))?.method == .head)
    }

    @Test("an upload that central forgot begins anew", arguments: [404, 410])
    func forgotten(status: Int) {
        var machine = machine(underWay)
        _ = machine.handle(.start)
        let effects = machine.handle(.answered(answer(status)))
        #expect(effects.first == .forgetUpload)
        #expect(request(effects)?.method == .post)
    }

    @Test("beginning anew has an end")
    func endlessForgetting() {
        var machine = appending()
        for _ in 0..<UploadProtocol.newBeginnings {
            #expect(request(machine.handle(.answered(answer(404))))?.method == .post)
            _ = machine.handle(.answered(answer(201, ["Location": Self.path])))
        }
        #expect(machine.handle(.answered(answer(404))) == [.end(.failed(.central(.unexpectedAnswer)))])
    }

    @Test("when central says that the bytes are not the packet, the file is read back before it is sent again")
    func digestMismatch() {
        var machine = appending()
        #expect(machine.handle(.answered(refusal(.digestMismatch))) == [.verifyFile])
        var good = machine
        #expect(good.handle(.fileVerified).first == .forgetUpload)
        #expect(
            machine.handle(.fileDamaged(.fileDigestWrong))
                == [.end(.conflict(.fileDigestWrong, .store(.packetDamaged)))])
    }

    @Test("an answer without the protocol's own header is nobody's success", arguments: [200, 201, 204, 302, 404])
    func captivePortal(status: Int) {
        let headers = ["Location": Self.path, "Upload-Offset": "400"]
        let portal = SyncAnswer(status: status, headers: headers, body: Array("<html>".utf8))
        var announcing = machine(packet)
        _ = announcing.handle(.start)
        var appending = appending()
        var asking = machine(underWay)
        _ = asking.handle(.start)
        for effects in [
            announcing.handle(.answered(portal)), appending.handle(.answered(portal)), asking.handle(.answered(portal)),
        ] {
            #expect(effects == [.end(.stop(.central(.unexpectedAnswer)))])
        }
    }

    @Test(
        "a location on another host, or that is no path, is not followed",
        arguments: [
            "https://evil.example/v1/packets/x", "//evil.example/x", "http://central.example/x", "", "x",
            "/a b", "/a\r\nX: y", "https://central.example.evil/x",
        ])
    func foreignLocation(location: String) {
        var machine = machine(packet)
        _ = machine.handle(.start)
        #expect(
            machine.handle(.answered(answer(201, ["Location": location])))
                == [.end(.stop(.central(.unexpectedAnswer)))])
    }

    @Test(
        "what would fail for every packet stops the sync; what is wrong with one packet puts that one aside",
        arguments: [
            (RefusalCode.unknownKit, UploadEnd.stop(.central(.kitRefused))),
            (.trainingRefused, .stop(.central(.trainingRefused))), (.trainingOnly, .stop(.central(.trainingRefused))),
            (.unsupportedVersion, .stop(.central(.unexpectedAnswer))),
            (.conflict, .conflict(.differsAtCentral, .central(.conflict))),
            (.wrongKit, .refused(.refusedByCentral, .central(.refused))),
            (.invalidSignature, .refused(.refusedByCentral, .central(.refused))),
            (.tooLarge, .refused(.refusedByCentral, .central(.refused))),
            (.lengthMismatch, .refused(.refusedByCentral, .central(.refused))),
        ])
    func refusals(code: RefusalCode, end: UploadEnd) {
        var machine = machine(packet)
        _ = machine.handle(.start)
        #expect(machine.handle(.answered(refusal(code))) == [.end(end)])
    }

    @Test("every refusal that central knows leads somewhere, in every state that waits for an answer")
    func everyRefusal() {
        for code in RefusalCode.allCases {
            for var machine in waitingMachines() {
                let effects = machine.handle(.answered(refusal(code)))
                #expect(!effects.isEmpty, "\(code) in \(machine.state)")
                #expect(!effects.contains(.end(.received)))
            }
        }
    }

    @Test("an offset outside the file, or a length that is not the packet's, is a conflict")
    func wrongOffset() {
        for headers in [
            ["Upload-Offset": "1001"], ["Upload-Offset": "0", "Upload-Length": "999"],
            ["Upload-Offset": "9223372036854775807"],
        ] {
            var machine = machine(underWay)
            _ = machine.handle(.start)
            #expect(
                machine.handle(.answered(answer(200, headers)))
                    == [.end(.conflict(.differsAtCentral, .central(.conflict)))])
        }
    }

    @Test("an offset after a chunk that central cannot have is doubted", arguments: ["0", "401", "-1", "x", ""])
    func impossibleOffset(text: String) {
        var machine = appending()
        #expect(request(machine.handle(.answered(answer(204, ["Upload-Offset": text]))))?.method == .head)
    }

    @Test("a receipt that does not hold ends nothing but this attempt")
    func forgedReceipt() {
        var machine = machine(underWay)
        _ = machine.handle(.start)
        _ = machine.handle(.answered(answer(200, ["Upload-Offset": "1000"])))
        _ = machine.handle(.answered(answer(200, body: [0xFF, 0x00])))
        #expect(machine.handle(.receiptRejected) == [.end(.failed(.central(.receiptForged)))])
    }

    @Test("each failure of the way has its own end", arguments: ExchangeFailure.allCases)
    func failures(failure: ExchangeFailure) {
        let ends: [ExchangeFailure: UploadEnd] = [
            .unreachable: .stop(.central(.unreachable)), .interrupted: .failed(.central(.unreachable)),
            .wrongCertificate: .stop(.central(.wrongCertificate)), .notHTTP: .stop(.central(.unexpectedAnswer)),
            .cancelled: .cancelled,
        ]
        for var machine in waitingMachines() {
            var effects = machine.handle(.failed(failure))
            while case .wait = effects.first {
                _ = machine.handle(.waited)
                effects = machine.handle(.failed(failure))
            }
            #expect(effects == ends[failure].map { [.end($0)] })
            #expect(machine.handle(.start).isEmpty)
            #expect(machine.handle(.failed(failure)).isEmpty)
        }
    }

    @Test("events that no state waits for change nothing")
    func strayEvents() {
        for machine in waitingMachines() {
            for event: UploadProtocol.Event in [.start, .waited, .fileVerified, .receiptStored, .receiptRejected] {
                var copy = machine
                #expect(copy.handle(event).isEmpty)
                #expect(copy.state == machine.state)
            }
        }
    }

    private func machine(_ packet: QueuedPacket) -> UploadProtocol {
        UploadProtocol(packet, origin: "https://central.example", chunkSize: 400)
    }

    private func appending() -> UploadProtocol {
        var machine = machine(packet)
        _ = machine.handle(.start)
        _ = machine.handle(.answered(answer(201, ["Location": Self.path])))
        return machine
    }

    private func waitingMachines() -> [UploadProtocol] {
        var announcing = machine(packet)
        _ = announcing.handle(.start)
        var asking = machine(underWay)
        _ = asking.handle(.start)
        var fetching = asking
        _ = fetching.handle(.answered(answer(200, ["Upload-Offset": "1000"])))
        return [announcing, asking, appending(), fetching]
    }

    private func answer(_ status: Int, _ headers: [String: String] = [:], body: [UInt8] = []) -> SyncAnswer {
        SyncAnswer(status: status, headers: headers.merging(["Tus-Resumable": "1.0.0"]) { $1 }, body: body)
    }

    private func refusal(_ code: RefusalCode) -> SyncAnswer {
        answer(code.status, body: (try? Problem(code).encoded()) ?? [])
    }

    private func request(_ effects: [UploadProtocol.Effect]) -> SyncRequest? {
        for case .send(let request) in effects { return request }
        return nil
    }
}
