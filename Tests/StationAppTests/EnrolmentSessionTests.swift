import EnrolmentCore
import EnrolmentFlow
import Foundation
import OfflineCache
import PacketFormat
import StationTestSupport
import Synchronization
import Testing

@testable import StationApp

@Suite("An enrolment")
struct EnrolmentSessionTests {
    @Test("goes from the card to a packet that central opens, with every part in it")
    func whole() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try bench.devices()
            let packet = try await bench.enrol(on: kit, with: devices)
            let content = try await bench.contents(of: packet, on: kit)
            let document = try JSONDecoder().decode(OSIAEnrollment.self, from: Data(content))
            let citizen = bench.planned.citizen
            #expect(document.biographicData.lastName == citizen.surname)
            #expect(document.biographicData.nationalNumber == citizen.nationalNumber.digits)
            #expect(document.contextualData.packetID == packet)
            #expect(document.contextualData.isTraining)
            // A portrait, two fingers and a signature.
            #expect(document.biometricData.count == 4)
            #expect(document.documentData.first?.parts.isEmpty == false)
            #expect(devices.leftovers == [])
            #expect(try await kit.plannedVisits().first?.outcomes[BenchDay.first] == .stored(packet))
            kit.store.close()
        }
    }

    @Test("whose power goes at any durable step goes on to the same content, and takes nothing twice that was kept")
    func powerCuts() async throws {
        try await withStationBench { bench in
            let cuts = PowerCuts(of: bench)
            let kit = try await bench.open(probe: cuts.probe)
            let packet = try await bench.enrol(on: kit)
            let whole = try Self.comparable(try await bench.contents(of: packet, on: kit))
            kit.store.close()
            let taken = cuts.taken
            // Card, person, photo twice, two fingers twice, signature twice, choices; then the sealing.
            #expect(taken.count { $0.step.operation == .saveDraft } == 11)
            #expect(taken.count { $0.step.operation != .saveDraft } >= 6)
            for cut in taken {
                let found = try await goOn(from: cut, bench)
                #expect(found == whole, "after \(cut.name)")
            }
        }
    }

    /// Opens what a cut left, finishes the enrolment on fresh devices, and gives the packet's content.
    private func goOn(from cut: PowerCuts.Cut, _ bench: StationBench) async throws -> Data {
        let kit = try await bench.open(at: cut.folder)
        defer { kit.store.close() }
        if let stored = try await kit.packets().first {
            #expect([.enqueue, .enterBooks].contains(cut.step.operation), "\(cut.name)")
            return try Self.comparable(try await bench.contents(of: stored.id, on: kit))
        }
        #expect(![.enqueue, .enterBooks].contains(cut.step.operation), "\(cut.name)")
        let draft = try #require(try await bench.draft(on: kit))
        let kept = draft.record
        let devices = try bench.devices()
        let packet = try await bench.enrol(on: kit, with: devices)
        #expect(devices.reader.commands.isEmpty == (kept.card != nil), "\(cut.name)")
        #expect((devices.camera.frameCount == 0) == (kept.portrait != nil), "\(cut.name)")
        #expect(devices.scanner.traces.openings == 2 - draft.fingerSamples.count, "\(cut.name)")
        #expect((devices.pad.traces.reports == 0) == (kept.signature != nil), "\(cut.name)")
        #expect(try await kit.packets().map(\.id) == [packet])
        return try Self.comparable(try await bench.contents(of: packet, on: kit))
    }

    /// A packet's content with the one member that names the packet itself taken out.
    private static func comparable(_ content: [UInt8]) throws -> Data {
        var document = try JSONDecoder().decode(OSIAEnrollment.self, from: Data(content))
        var generator = SeededGenerator(seed: 0)
        document.contextualData.packetID = PacketID(at: Timestamp(milliseconds: 0), using: &generator)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(document)
    }

    @Test(
        "that is interrupted while a device waits is at rest again, with the device released", arguments: Wait.allCases)
    func cancelled(wait: Wait) async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let faults = BenchDevices.Faults(card: wait == .card ? .none : .own, pad: [.silentFromReport(0)])
            let devices = try bench.devices(faults, pace: .real, trigger: .shutter, hasFinger: false)
            try await prepare(wait, bench, kit)
            let station = try await bench.station(kit, devices, limits: .patient)
            let session = try await station.open(bench.planned, in: bench.visit)
            #expect(await session.state.step == wait.step)
            await session.send(.begin)
            var wasAsked = false
            updates: for await update in session.updates {
                switch update {
                case .progress(let progress) where wait.isReached(by: progress) && !wasAsked:
                    wasAsked = true
                    await session.send(.cancel)
                case .state(let machine) where wasAsked && machine.activity == .idle:
                    #expect(machine.step == wait.step && machine.notice == nil)
                    break updates
                case .state, .progress: break
                }
            }
            #expect(wasAsked)
            await session.close()
            #expect(devices.leftovers == [])
            let packet = try await bench.enrol(on: kit)
            #expect(try await kit.packets().map(\.id) == [packet])
            kit.store.close()
        }
    }

    /// Brings the draft to the step by letting an enrolment run into it.
    private func prepare(_ wait: Wait, _ bench: StationBench, _ kit: OpenKit) async throws {
        guard let faults = wait.faultsAtStep else { return }
        _ = await #expect(throws: FailureReport.self) {
            try await bench.enrol(on: kit, with: try bench.devices(faults))
        }
    }

    enum Wait: CaseIterable, CustomTestStringConvertible {
        case card, photo, finger, signature

        var step: EnrolmentStep {
            switch self {
            case .card: .card
            case .photo: .photo
            case .finger: .fingers
            case .signature: .signature
            }
        }

        var testDescription: String { "waiting for the \(self)" }

        var faultsAtStep: BenchDevices.Faults? {
            switch self {
            case .card: nil
            case .photo: .init(camera: [.refusesStart(.absent)])
            case .finger: .init(scanner: [.transfer(1): .unplug])
            case .signature: .init(pad: [.absent])
            }
        }

        func isReached(by progress: CaptureProgress) -> Bool {
            switch (self, progress) {
            case (.card, .insertCard), (.photo, .preview), (.finger, .placeFinger), (.signature, .sign): true
            default: false
            }
        }
    }
}

extension CaptureLimits {
    /// Long for an interruption, and no test hangs for longer.
    fileprivate static let patient = CaptureLimits(
        card: .seconds(20), finger: .seconds(20), signature: .seconds(20), portrait: .seconds(20))
}

/// Keeps the disk as it is at each step that a saved draft or a sealed packet takes.
final class PowerCuts: Sendable {
    struct Cut: Sendable {
        let step: StorageStep
        let number: Int
        let folder: URL

        var name: String { "cut \(number), \(step)" }
    }

    private let bench: StationBench
    private let cuts = Mutex<[Cut]>([])

    init(of bench: StationBench) { self.bench = bench }

    var taken: [Cut] { cuts.withLock { $0 } }

    var probe: StorageProbe {
        StorageProbe { [self] step throws(StoreError) in
            guard Self.isCut(step) else { return }
            let number = taken.count + 1
            let folder = bench.folder.url.appending(path: "cut-\(number)")
            do {
                try TestFolder.copyDisk(of: bench.home, to: folder)
            } catch {
                throw StoreError.unreadable("the copy of cut \(number)")
            }
            cuts.withLock { $0.append(Cut(step: step, number: number, folder: folder)) }
        }
    }

    private static func isCut(_ step: StorageStep) -> Bool {
        switch step.operation {
        case .saveDraft: step.moment == .committed
        case .beginSealing, .verify, .enqueue, .enterBooks: true
        default: false
        }
    }
}
