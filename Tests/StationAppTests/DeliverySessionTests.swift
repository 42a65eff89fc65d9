import DeviceEmulation
import EnrolmentCore
import EnrolmentFlow
import Foundation
import OfflineCache
import PacketFormat
import Synchronization
import Testing

@testable import StationApp

@Suite("A delivery on the emulated kit")
struct DeliverySessionTests {
    @Test("goes from the new card to a packet that central takes and opens, with every part in it")
    func whole() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench)
            let kit = try await bench.open()
            let ending = try await delivery.deliver(
                on: kit,
                DeliveryBench.answers {
                    $0.takesPortrait = true
                    $0.signatureExemption = nil
                })
            #expect(ending.stopped == nil)
            let packet = try #require(ending.packet)
            let document = try await delivery.document(packet, on: kit)
            let data = document.deliveryData
            #expect(data.outcome == .delivered)
            #expect(data.card?.cardNumber == data.expectedCardNumber)
            #expect(data.card?.proof?.verdict == .revocationNotChecked && data.card?.proof?.isTest == true)
            #expect(data.pin?.outcome == .changed && data.pin?.onPinpad == false)
            #expect(data.certificates.map(\.verdict) == [.revocationNotChecked, .revocationNotChecked])
            #expect(data.replaced?.outcome == .takenIn && data.replaced?.deviation == nil)
            #expect(document.biometricData.map(\.biometricType) == [.face, .signature])
            #expect(document.documentData.first?.parts.isEmpty == false)
            #expect(document.contextualData.isTraining)
            #expect(delivery.reader.openConnections == 0 && delivery.reader.openTransactions == 0)
            let manifest = try await kit.packet(packet).0
            #expect(manifest.state == .sealed)
            _ = try await bench.sync(kit)
            #expect([.received, .purged].contains(try await kit.packet(packet).0.state))
            kit.store.close()
        }
    }

    @Test("whose power goes at any durable step goes on to the same packet")
    func powerCuts() async throws {
        try await withStationBench { bench in
            let cuts = PowerCuts(of: bench)
            let delivery = try await DeliveryBench(bench)
            let kit = try await bench.open(probe: cuts.probe)
            let packet = try #require(try await delivery.deliver(on: kit).packet)
            let whole = try await delivery.document(packet, on: kit).deliveryData
            kit.store.close()
            // Card, person, before and after the PIN, two certificates, the old card, the signature twice.
            #expect(cuts.taken.count { $0.step.operation == .saveDraft } == 9)
            for cut in cuts.taken {
                let data = try await goOn(from: cut, bench)
                #expect(
                    data.outcome == .delivered && data.card?.activation == whole.card?.activation, "after \(cut.name)")
                #expect(data.certificates.map(\.verdict) == whole.certificates.map(\.verdict), "after \(cut.name)")
                #expect(data.pin == whole.pin && data.replaced == whole.replaced, "after \(cut.name)")
            }
        }
    }

    /// Opens what a cut left, finishes the delivery, and gives what the packet tells.
    private func goOn(from cut: PowerCuts.Cut, _ bench: StationBench) async throws -> DeliveryData {
        let kit = try await bench.open(at: cut.folder)
        defer { kit.store.close() }
        if let stored = try await kit.packets().first {
            return try DeliveryDocument(content: try await bench.contents(of: stored.id, on: kit)).deliveryData
        }
        var behaviour = EIDCardBehaviour()
        let again = try await DeliveryBench(bench)
        let draft = try #require(try await again.draft(on: kit))
        // The card is as it was when the power went: a change that ran may have been made, or not.
        if draft.record.pin != nil { behaviour.pin = "86420" }
        let delivery = try await DeliveryBench(bench, behaviour: behaviour)
        let packet = try #require(try await delivery.deliver(on: kit).packet)
        #expect(try await kit.packets().map(\.id) == [packet])
        let data = try await delivery.document(packet, on: kit).deliveryData
        #expect(data.log.contains { $0.act == "pinChangeUnknown" } == draft.pinChangeRuns, "\(cut.name)")
        return data
    }

    @Test("wipes every PIN: once it was used, and at once when the delivery has no use for it")
    func secrets() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench)
            let kit = try await bench.open()
            let station = try await delivery.station(kit)
            let session = try await station.openDelivery(delivery.planned, in: delivery.visit)
            var updates = session.updates.makeAsyncIterator()
            let unused = try Self.secret("1234")
            await session.send(.changePIN(from: .typed(unused), to: .pinpad))
            #expect(unused.isEmpty)
            // The first state, and the refusal.
            for _ in 0..<2 { _ = await updates.next() }
            let (old, new) = (try Self.secret("1234"), try Self.secret("2468"))
            var events: [DeliveryEvent] = [
                .confirmPerson(.face, despite: []), .begin, .changePIN(from: .typed(old), to: .typed(new)),
            ]
            await session.send(.begin)
            while let update = await updates.next() {
                guard case .state(let machine) = update, machine.activity == .idle else { continue }
                if machine.step == .certificates || events.isEmpty { break }
                await session.send(events.removeFirst())
            }
            #expect(await session.state.record.pin == .changed(onPinpad: false))
            #expect(old.isEmpty && new.isEmpty)
            await session.close()
            let draft = try #require(try await kit.store.drafts.draft(of: delivery.planned.id))
            #expect(!String(decoding: draft.content, as: UTF8.self).contains("2468"))
            kit.store.close()
        }
    }

    @Test("leaves the PIN as it is when what comes after cannot be told from the disk")
    func diskBeforePIN() async throws {
        try await withStationBench { bench in
            let trouble = StorageTrouble()
            let delivery = try await DeliveryBench(bench)
            let kit = try await bench.open(probe: trouble.probe)
            let failure = await #expect(throws: FailureReport.self) {
                try await delivery.deliver(on: kit) { update in
                    guard case .state(let machine) = update, machine.step == .pin, machine.pinState != nil else {
                        return
                    }
                    trouble.fail(.saveDraft, at: .rowsWritten, with: .diskFull)
                }
            }
            #expect(failure?.code == .store(.diskFull) && failure?.kept == .draft)
            #expect(!delivery.reader.commands.contains { $0[1] == 0x24 })
            trouble.mend()
            #expect(try await delivery.deliver(on: kit).packet != nil)
            kit.store.close()
        }
    }

    @Test("has a PIN typed on the reader's own keys, and never sees it")
    func pinpad() async throws {
        try await withStationBench { bench in
            let delivery = try await DeliveryBench(bench)
            delivery.reader.fit(
                EmulatedPinpad(
                    typings: [
                        .change(old: "1234", new: "86420", again: "86420"), .pin("86420"), .pin("86420"),
                    ]))
            let kit = try await bench.open()
            let ending = try await delivery.deliver(on: kit, DeliveryBench.answers { $0.pin = .changeOnPinpad })
            let data = try await delivery.document(try #require(ending.packet), on: kit).deliveryData
            #expect(data.pin?.outcome == .changed && data.pin?.onPinpad == true)
            kit.store.close()
        }
    }

    static func secret(_ digits: String) throws -> SecretBytes {
        let secret = try SecretBytes()
        for digit in digits.utf8 { secret.append(digit) }
        return secret
    }
}
