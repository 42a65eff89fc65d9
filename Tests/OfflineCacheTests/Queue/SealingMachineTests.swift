import EnrolmentCore
import Foundation
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Sealing as a machine")
struct SealingMachineTests {
    /// Every pair of state and event; a dash for an event that changes nothing there.
    static let golden = """
        drafted     begin         drafted     openSlot
        drafted     slotOpened    prepared    sealFile
        drafted     fileSealed    -
        drafted     fileVerified  -
        drafted     enqueued      -
        drafted     slotClosed    -
        drafted     failed        stopped
        drafted     overtaken     stopped
        prepared    begin         -
        prepared    slotOpened    -
        prepared    fileSealed    sealed      verifyFile
        prepared    fileVerified  -
        prepared    enqueued      -
        prepared    slotClosed    -
        prepared    failed        abandoning  closeSlot
        prepared    overtaken     abandoning  closeSlot
        sealed      begin         -
        sealed      slotOpened    -
        sealed      fileSealed    -
        sealed      fileVerified  verified    enqueue
        sealed      enqueued      -
        sealed      slotClosed    -
        sealed      failed        abandoning  closeSlot
        sealed      overtaken     abandoning  closeSlot
        verified    begin         -
        verified    slotOpened    -
        verified    fileSealed    -
        verified    fileVerified  -
        verified    enqueued      queued
        verified    slotClosed    -
        verified    failed        abandoning  closeSlot
        verified    overtaken     abandoning+ closeSlot
        queued      begin         -
        queued      slotOpened    -
        queued      fileSealed    -
        queued      fileVerified  -
        queued      enqueued      -
        queued      slotClosed    -
        queued      failed        -
        queued      overtaken     -
        abandoning  begin         -
        abandoning  slotOpened    -
        abandoning  fileSealed    -
        abandoning  fileVerified  -
        abandoning  enqueued      -
        abandoning  slotClosed    stopped
        abandoning  failed        stopped
        abandoning  overtaken     stopped
        abandoning+ begin         -
        abandoning+ slotOpened    -
        abandoning+ fileSealed    -
        abandoning+ fileVerified  -
        abandoning+ enqueued      -
        abandoning+ slotClosed    drafted     openSlot
        abandoning+ failed        drafted     openSlot
        abandoning+ overtaken     drafted     openSlot
        stopped     begin         -
        stopped     slotOpened    -
        stopped     fileSealed    -
        stopped     fileVerified  -
        stopped     enqueued      -
        stopped     slotClosed    -
        stopped     failed        -
        stopped     overtaken     -
        """

    @Test("every state takes every event as the table says")
    func table() throws {
        let fixture = try Fixture()
        var lines: [String] = []
        for (state, way) in fixture.ways {
            for (event, value) in fixture.events {
                var machine = SealingMachine()
                for step in way { _ = machine.handle(step) }
                #expect(name(of: machine.state) == state)
                let before = machine
                let effects = machine.handle(value).map(name(of:))
                let after = machine == before && effects.isEmpty ? ["-"] : [name(of: machine.state)] + effects
                let columns = [state.padded(11), event.padded(13), after[0].padded(11)] + after.dropFirst()
                lines.append(columns.joined(separator: " ").trimmed)
            }
        }
        #expect(lines.joined(separator: "\n") == Self.golden)
    }

    @Test("a packet that is overtaken again and again stops in the end, and says that it was overtaken")
    func overtaken() throws {
        let fixture = try Fixture()
        var machine = SealingMachine(tries: 2)
        var rounds = 0
        var effects = machine.handle(.begin)
        while let effect = effects.first {
            switch effect {
            case .openSlot:
                rounds += 1
                effects = machine.handle(.slotOpened(fixture.slot))
            case .sealFile: effects = machine.handle(.fileSealed(fixture.sealed))
            case .verifyFile: effects = machine.handle(.fileVerified(fixture.verified))
            case .enqueue: effects = machine.handle(.failed(.store(.outOfTurn(expected: 2))))
            case .closeSlot: effects = machine.handle(.slotClosed)
            }
        }
        #expect(rounds == 3)
        #expect(machine.state == .stopped(.store(.outOfTurn(expected: 2))))
    }

    private func name(of state: SealingMachine.State) -> String {
        switch state {
        case .drafted: "drafted"
        case .prepared: "prepared"
        case .sealed: "sealed"
        case .verified: "verified"
        case .queued: "queued"
        case .abandoning(_, _, let again): again ? "abandoning+" : "abandoning"
        case .stopped: "stopped"
        }
    }

    private func name(of effect: SealingMachine.Effect) -> String {
        switch effect {
        case .openSlot: "openSlot"
        case .sealFile: "sealFile"
        case .verifyFile: "verifyFile"
        case .enqueue: "enqueue"
        case .closeSlot: "closeSlot"
        }
    }

    /// A real packet, so that only a sealer has made what only a sealer makes.
    private struct Fixture {
        let slot: SealingSlot
        let sealed: SealedPacket
        let verified: VerifiedPacket
        let queued: QueuedPacket

        init() throws {
            let folder = try DataFolder()
            var generator = SystemRandomNumberGenerator()
            slot = SealingSlot(
                packetID: PacketID(at: .noon, using: &generator), caseID: CaseID("c"), visitID: VisitID("v"),
                revision: 1,
                sequence: 1, previousManifestDigest: nil, folder: folder.path)
            sealed = try SealedExample(in: folder.path).seal(slot)
            verified = VerifiedPacket(manifest: sealed.manifest, slot: slot)
            queued = QueuedPacket(
                id: slot.packetID, sequence: 1, caseID: slot.caseID, visitID: VisitID("v"), state: .sealed,
                isUrgent: false, sealedAt: .noon, manifest: "", fileSize: 0, fileDigest: "", uploadURL: nil,
                uploadOffset: 0, receipt: nil, receivedAt: nil, purgedAt: nil, problem: nil)
        }

        var events: [(String, SealingMachine.Event)] {
            [
                ("begin", .begin), ("slotOpened", .slotOpened(slot)), ("fileSealed", .fileSealed(sealed)),
                ("fileVerified", .fileVerified(verified)), ("enqueued", .enqueued(queued)),
                ("slotClosed", .slotClosed), ("failed", .failed(.store(.diskFull))),
                ("overtaken", .failed(.store(.outOfTurn(expected: 2)))),
            ]
        }

        var ways: [(String, [SealingMachine.Event])] {
            let sealing: [SealingMachine.Event] = [.begin, .slotOpened(slot), .fileSealed(sealed)]
            let verifying = sealing + [.fileVerified(verified)]
            return [
                ("drafted", [.begin]), ("prepared", Array(sealing.prefix(2))), ("sealed", sealing),
                ("verified", verifying), ("queued", verifying + [.enqueued(queued)]),
                ("abandoning", sealing + [.failed(.store(.diskFull))]),
                ("abandoning+", verifying + [.failed(.store(.outOfTurn(expected: 2)))]),
                ("stopped", sealing + [.failed(.store(.diskFull)), .slotClosed]),
            ]
        }
    }
}

/// Seals bytes as the station's sealer does.
struct SealedExample {
    let sealer: PacketSealer
    let kit: Kit

    private struct Content: PacketContent {
        let contentType = "application/json"
        func write(to sink: ByteSink) throws { try sink(Array("{}".utf8)) }
    }

    init(
        in folder: String, kit: Kit = .real, key: KitSigningKey = KitSigningKey(), files: DurableFiles = DurableFiles()
    ) throws {
        self.kit = kit
        sealer = try PacketSealer(
            directory: URL(filePath: folder), recipient: try AgeIdentity.generate().recipient, key: key, files: files)
    }

    func seal(_ slot: SealingSlot) throws -> SealedPacket {
        let place = PacketPlace(
            id: slot.packetID, sequence: slot.sequence, previousManifestDigest: slot.previousManifestDigest,
            sealedAt: .noon, timeConfidence: .plausible)
        return try sealer.seal(Content(), of: kit, at: place)
    }
}

extension String {
    fileprivate func padded(_ count: Int) -> String { self + String(repeating: " ", count: max(0, count - self.count)) }
    fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
