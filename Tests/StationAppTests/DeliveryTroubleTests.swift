import DeviceEmulation
import EnrolmentCore
import EnrolmentFlow
import Foundation
import OfflineCache
import PacketFormat
import Testing

@testable import StationApp

@Suite("A delivery in which something is wrong")
struct DeliveryTroubleTests {
    @Test(
        "case 33: a card that is not activated is put off with its draft, whatever it refuses",
        arguments: EIDCardBehaviour.Activation.allCases.filter { $0 != .done })
    func notActivated(activation: EIDCardBehaviour.Activation) async throws {
        try await withStationBench { bench in
            var behaviour = EIDCardBehaviour()
            behaviour.activation = activation
            let delivery = try await DeliveryBench(bench, behaviour: behaviour)
            let kit = try await bench.open()
            // A chip whose keys do not work yet cannot show that it is no copy.
            let answers = DeliveryBench.answers { $0.accepts = [.notProven] }
            let failure = await #expect(throws: FailureReport.self) { try await delivery.deliver(on: kit, answers) }
            #expect(failure?.code == .person(.cardNotActivated) && failure?.kept == .draft)
            let draft = try #require(try await delivery.draft(on: kit))
            #expect(draft.record.activation == .notActivated)
            #expect(draft.step == (activation == .keysOnly ? .pin : .card))
            #expect(draft.record.log.contains { $0.act == .cardNotActivated })
            // The municipality has activated it: the same case goes on.
            delivery.reader.remove()
            delivery.reader.insert(EmulatedEIDCard(try bench.person(BenchDay.first).1))
            #expect(try await delivery.deliver(on: kit, answers).packet != nil)
            kit.store.close()
        }
    }

    @Test("case 33: the card of another number ends the delivery, with its reason in the journal and no packet")
    func otherCard() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench, expecting: CardNumber("590-0000009-99"))
            let kit = try await bench.open()
            let failure = await #expect(throws: FailureReport.self) { try await delivery.deliver(on: kit) }
            #expect(failure?.detail == "the card: otherCard")
            let ending = try await delivery.deliver(on: kit, DeliveryBench.answers { $0.stop = .otherCard })
            #expect(ending == ScriptedDelivery.Ending(stopped: .otherCard, packet: nil))
            try await eventuallyDiscarded(delivery, kit, code: "wrong-card")
            kit.store.close()
        }
    }

    @Test("case 33: a forged card ends it too, and central is given all that the card gave")
    func forged() async throws {
        try await withStationBench { bench in
            var forged = try bench.person(BenchDay.first).1
            forged.files[.photo] = try bench.person(BenchDay.second).1.files[.photo]
            let delivery = try await DeliveryBench(bench, card: EmulatedEIDCard(forged))
            let kit = try await bench.open()
            let ending = try await delivery.deliver(on: kit, DeliveryBench.answers { $0.stop = .cardForged })
            #expect(ending.stopped == .cardForged)
            let document = try await delivery.document(try #require(ending.packet), on: kit)
            #expect(document.deliveryData.outcome == .stopped)
            #expect(document.deliveryData.card?.proof?.verdict == .forged)
            let index = try #require(document.deliveryData.refusedCards.first?.document)
            let photo = document.documentData[index].parts.first { OSIADocumentData.file(ofPart: $0) == .photo }
            #expect(photo?.data?.bytes == forged.files[.photo])
            kit.store.close()
        }
    }

    @Test("case 33: a blocked PIN on applet 1.8 is the municipality's to free, and the card is handed over without")
    func blocked() async throws {
        try await withStationBench { bench in
            var behaviour = EIDCardBehaviour()
            behaviour.pinTriesLeft = 0
            let delivery = try await DeliveryBench(bench, behaviour: behaviour)
            let kit = try await bench.open()
            _ = await #expect(throws: FailureReport.self) { try await delivery.deliver(on: kit) }
            let ending = try await delivery.deliver(on: kit, DeliveryBench.answers { $0.withoutPIN = .blocked })
            let data = try await delivery.document(try #require(ending.packet), on: kit).deliveryData
            #expect(data.pin?.reason == .blocked)
            #expect(data.certificates.map(\.reason) == [.pinNotKnown, .pinNotKnown])
            #expect(data.log.contains { $0.details?["unblocking"] == "byMunicipality" })
            kit.store.close()
        }
    }

    @Test("a wrong PIN spends one try, and the script never a second")
    func wrongPIN() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench)
            let kit = try await bench.open()
            let failure = await #expect(throws: FailureReport.self) {
                try await delivery.deliver(on: kit, pins: DeliveryBench.pins(letter: "9999"))
            }
            #expect(failure?.detail == "PIN wrong" && failure?.kept == .draft)
            #expect(delivery.reader.commands.count { $0[1] == 0x24 } == 1)
            #expect(try await delivery.deliver(on: kit).packet != nil)
            kit.store.close()
        }
    }

    @Test("a draft opens as what it is, and as nothing else")
    func kinds() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench)
            let kit = try await bench.open()
            let stored = try StoredCases(kit, clock: bench.clock)
            #expect(try await stored.kindOfDraft(of: BenchDay.first) == nil)
            _ = await #expect(throws: FailureReport.self) {
                try await delivery.deliver(on: kit, DeliveryBench.answers { $0.oldCard = nil })
            }
            _ = await #expect(throws: FailureReport.self) {
                try await bench.enrol(
                    BenchDay.second, on: kit, with: try bench.devices(.init(camera: [.refusesStart(.busy)])))
            }
            #expect(try await stored.kindOfDraft(of: BenchDay.first) == .delivery)
            #expect(try await stored.kindOfDraft(of: BenchDay.second) == .enrolment)
            for draft in [BenchDay.first, BenchDay.second] {
                let failure = await #expect(throws: FailureReport.self) {
                    if draft == BenchDay.first {
                        _ = try await stored.draft(of: draft)
                    } else {
                        _ = try await stored.delivery(of: draft)
                    }
                }
                #expect(failure?.code == .store(.unreadable) && failure?.kept == .draft)
            }
            #expect(DraftKind(of: Array(#"{"kind":"other"}"#.utf8)) == nil)
            #expect(DraftKind(of: [0xFF]) == nil)
            kit.store.close()
        }
    }

    @Test("PINs from a file are for training only")
    func realKit() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench)
            let (store, recovery) = try await Store.open(
                folder: bench.folder.url.appending(path: "real").path,
                kit: Kit(id: StationBench.kit.id, isTraining: false), sealing: PlainRecordSealing(),
                clock: bench.clock)
            let kit = OpenKit(
                folder: KitFolder(bench.folder.url.appending(path: "real")), bundle: bench.bundle, store: store,
                recovery: recovery)
            let failure = await #expect(throws: FailureReport.self) { try await delivery.deliver(on: kit) }
            #expect(failure?.code == .input(.invalidScript))
            #expect(delivery.reader.commands.isEmpty)
            kit.store.close()
        }
    }

    /// The journal has the reason, the draft is gone.
    private func eventuallyDiscarded(_ delivery: DeliveryBench, _ kit: OpenKit, code: String) async throws {
        while try await delivery.draft(on: kit) != nil { await Task.yield() }
        let line = try #require(try await kit.store.journal.lines().last { $0.event == .draftDiscarded })
        #expect(line.reason == code && line.caseID == delivery.planned.id)
    }
}
