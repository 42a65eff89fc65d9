import EnrolmentCore
import EnrolmentFlow
import StationUI
import Testing

@testable import StationApp

@Suite("A device that fails during an enrolment")
struct DeviceTroubleTests {
    @Test("no card: the person is asked for one, nothing is lost, and the enrolment goes on when it is there")
    func noCard() async throws {
        try await withTrouble(.init(card: .none), limits: .hurried) { bench, kit, failure in
            try expectExplained(
                failure, as: .person(.noCard), kept: .nothingToKeep, happened: "geen kaart in de lezer",
                remedy: "probeer opnieuw")
            #expect(try await bench.draft(on: kit) == nil)
        }
    }

    @Test("a bank card is told apart from an identity card, and let go")
    func bankCard() async throws {
        try await withTrouble(.init(card: .bank), limits: .hurried) { bench, kit, failure in
            try expectExplained(
                failure, as: .person(.otherCard), kept: .nothingToKeep, happened: "geen Belgische identiteitskaart",
                remedy: "probeer opnieuw")
            #expect(try await bench.draft(on: kit) == nil)
        }
    }

    @Test("a scanner that is pulled out during the second finger costs that finger alone")
    func scannerUnplugged() async throws {
        try await withTrouble(.init(scanner: [.picture(2): .unplug])) { bench, kit, failure in
            try expectExplained(
                failure, as: .device(.scanner, .unplugged), kept: .draft, happened: "viel weg terwijl",
                remedy: "opnieuw in en begin deze opname opnieuw")
            let draft = try #require(try await bench.draft(on: kit))
            #expect(draft.record.fingers.map(\.position) == [.rightIndex])
            #expect(draft.record.card != nil && draft.record.portrait != nil)
        }
    }

    @Test("a scanner that is pulled out while a bad print is taken again leaves that print, with the reason")
    func scannerUnpluggedAtSecondTry() async throws {
        try await withStationBench { bench in
            let devices = try bench.devices(.init(scanner: [.picture(2): .unplug]))
            let kit = try await bench.open()
            await #expect(throws: FailureReport.self) {
                try await bench.enrol(on: kit, with: devices, examiner: EasyExaminer(scores: [10]))
            }
            let draft = try #require(try await bench.draft(on: kit))
            #expect(draft.record.fingers.map(\.position) == [.rightIndex])
            #expect(draft.record.fingerLog.map(\.acceptance) == [.noObviousReason])
        }
    }

    @Test("a pad that is pulled out in the middle of a stroke keeps no ink, and costs the signature alone")
    func padUnplugged() async throws {
        try await withTrouble(.init(pad: [.unpluggedAtReport(40)])) { bench, kit, failure in
            try expectExplained(
                failure, as: .device(.signaturePad, .unplugged), kept: .draft, happened: "viel weg terwijl",
                remedy: "begin deze opname opnieuw")
            let draft = try #require(try await bench.draft(on: kit))
            #expect(draft.record.fingers.count == 2 && draft.record.signature == nil)
            #expect(draft.step == .signature)
        }
    }

    @Test("a camera that is not there is named, with the card that was read kept")
    func cameraAbsent() async throws {
        try await withTrouble(.init(camera: [.refusesStart(.absent)])) { bench, kit, failure in
            try expectExplained(
                failure, as: .device(.camera, .absent), kept: .draft, happened: "niet aangesloten",
                remedy: "Steek de USB-kabel")
            let draft = try #require(try await bench.draft(on: kit))
            #expect(draft.record.card != nil && draft.record.portrait == nil)
            #expect(draft.step == .photo)
        }
    }

    /// Runs an enrolment into trouble, lets the test look at it, then finishes it on healthy devices and
    /// requires that what was kept is what was sealed.
    private func withTrouble(
        _ faults: BenchDevices.Faults, limits: CaptureLimits = .bedside,
        _ look: (StationBench, OpenKit, FailureReport) async throws -> Void
    ) async throws {
        try await withStationBench { bench in
            let devices = try bench.devices(faults)
            let kit = try await bench.open()
            let thrown = await #expect(throws: FailureReport.self) {
                try await bench.enrol(on: kit, with: devices, limits: limits)
            }
            let failure = try #require(thrown)
            #expect(devices.leftovers == [])
            try await look(bench, kit, failure)
            let kept = try await bench.draft(on: kit)
            let seen = LastMachine()
            let answers = try #require(try bench.person(BenchDay.first).0.answers)
            let station = try await bench.station(kit, try bench.devices())
            let packet = try await station.enrol(bench.planned, in: bench.visit, answers: answers) {
                await seen.see($0)
            }
            #expect(try await kit.packets().map(\.id) == [packet])
            let sealed = try #require(await seen.machine).record
            #expect(sealed.missing.isEmpty)
            if let card = kept?.record.card { #expect(sealed.card == card) }
            if let portrait = kept?.record.portrait { #expect(sealed.portrait == portrait) }
            for finger in kept?.record.fingers ?? [] { #expect(sealed.fingers.contains(finger)) }
            #expect(try await bench.draft(on: kit) == nil)
            kit.store.close()
        }
    }
}

/// The last state of an enrolment.
actor LastMachine {
    private(set) var machine: EnrolmentMachine?

    func see(_ update: EnrolmentSession.Update) {
        if case .state(let machine) = update { self.machine = machine }
    }
}

extension CaptureLimits {
    /// A person who does nothing is given up almost at once.
    static let hurried = CaptureLimits(
        card: .milliseconds(30), finger: .seconds(1), signature: .seconds(1), portrait: .seconds(1))
}
