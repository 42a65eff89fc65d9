import EnrolmentCore
import EnrolmentFlow
import Foundation
import OfflineCache
import Testing

@testable import StationApp

@Suite("The kit's folder")
struct PlaintextOnDiskTests {
    @Test("shows no one's name and no picture: not while a draft is open, nor in the queue, nor after the receipt")
    func sealed() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            try await leaveDraft(bench, kit)
            let scan = try await needles(bench, kit)
            #expect(scan.needleCount > 40)
            #expect(try scan.search(folder: bench.home) == [])
            try await bench.enrol(on: kit)
            #expect(try scan.search(folder: bench.home) == [])
            let outcome = try await bench.sync(kit)
            #expect(outcome.received == 1)
            #expect(try scan.search(folder: bench.home) == [])
            kit.store.close()
            #expect(try scan.search(folder: bench.home) == [])
        }
    }

    @Test("shows both to the same search once sealing is taken away")
    func plain() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open(sealing: PlainRecordSealing())
            try await leaveDraft(bench, kit)
            let found = Set(try await needles(bench, kit).search(folder: bench.home).map(\.label))
            #expect(found.isSuperset(of: ["citizen.surname", "citizen.givenNames", "citizen.nationalNumber"]))
            #expect(found.isSuperset(of: ["card.photo", "portrait", "finger"]))
            kit.store.close()
        }
    }

    /// An enrolment that stops at the pad: card, portrait and two fingers are in the draft.
    private func leaveDraft(_ bench: StationBench, _ kit: OpenKit) async throws {
        _ = await #expect(throws: FailureReport.self) {
            try await bench.enrol(on: kit, with: try bench.devices(.init(pad: [.absent])))
        }
    }

    /// What the office knew, and what the devices gave.
    private func needles(_ bench: StationBench, _ kit: OpenKit) async throws -> PlaintextScan {
        var scan = PlaintextScan()
        bench.day.addNeedles(to: &scan)
        let record = try #require(try await bench.draft(on: kit)).record
        scan.add(file: try #require(record.card?.photo), label: "card.photo")
        scan.add(file: try #require(record.card?.files[.identity]), label: "card.identity")
        scan.add(file: try #require(record.portrait).jpeg, label: "portrait")
        for finger in record.fingers { scan.add(file: finger.image.pixels, label: "finger", fragments: 32) }
        return scan
    }
}
