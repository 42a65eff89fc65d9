import DeviceDrivers
import DeviceEmulation
import EnrolmentCore
import EnrolmentFlow
import Foundation
import PacketFormat

@testable import StationApp

/// A bench on which a finished card is handed over: the card of the bench's first person is the new one.
///
/// The reader is the same after a restart, with what the card has become.
struct DeliveryBench: Sendable {
    let bench: StationBench
    let reader: EmulatedCardReader
    let planned: PlannedCase
    let visit: Visit
    private static let oldCard = CardNumber("590-0000001-23")

    /// - Parameter card: nil for the person's own, as it comes from the factory.
    init(
        _ bench: StationBench, card: (any EmulatedSmartCard)? = nil, behaviour: EIDCardBehaviour = EIDCardBehaviour(),
        expecting number: CardNumber? = nil
    ) async throws {
        self.bench = bench
        let image = try bench.person(BenchDay.first).1
        reader = EmulatedCardReader()
        reader.insert(card ?? EmulatedEIDCard(image, behaviour: behaviour))
        let factory = EmulatedCardReader()
        factory.insert(EmulatedEIDCard(image))
        let outcome = try await BelgianEIDReader(transport: factory, clock: bench.clock)
            .readCard(within: .seconds(10)) { _ in }
        guard case .captured(let reading) = outcome else { throw DeviceError(.cardReader, .unreadable) }
        let own = bench.planned
        planned = PlannedCase(
            id: own.id, citizen: own.citizen, applyingFor: own.applyingFor, present: own.present,
            delivery: ExpectedCard(
                cardNumber: number ?? reading.identity.cardNumber, validFrom: reading.identity.validFrom,
                validUntil: reading.identity.validUntil, replaces: .card(Self.oldCard)))
        let plan = bench.visit
        visit = Visit(
            id: plan.id, plannedFor: plan.plannedFor, place: plan.place, address: plan.address,
            eligibility: plan.eligibility, cases: [planned] + plan.cases.dropFirst())
    }

    /// The answers of someone for whom all is in order.
    static func answers(_ change: (inout DeliveryScript.Answers) -> Void = { _ in }) -> DeliveryScript.Answers {
        var answers = DeliveryScript.Answers()
        answers.oldCard = oldCard
        change(&answers)
        return answers
    }

    /// The PIN that the emulated card has from the factory, and another one.
    static func pins(letter: String = "1234", chosen: String = "86420") throws -> ScriptPINs {
        let text = try SecretBytes()
        for byte in "\(BenchDay.first) \(letter) \(chosen)\n".utf8 { text.append(byte) }
        return try ScriptPINs(text)
    }

    func station(_ kit: OpenKit) async throws -> Station {
        let devices = try await bench.devices().devices(for: nil)
        let source = DeliveryDevices(
            kit: KitDevices(
                scanner: devices.scanner, cardReader: BelgianEIDReader(transport: reader, clock: bench.clock),
                pad: devices.pad, camera: devices.camera))
        return try await bench.station(kit, source)
    }

    /// A whole delivery by the scripted officer.
    @discardableResult
    func deliver(
        on kit: OpenKit, _ answers: DeliveryScript.Answers = answers(), pins: ScriptPINs? = nil,
        observe: @Sendable (DeliverySession.Update) async -> Void = { _ in }
    ) async throws -> ScriptedDelivery.Ending {
        try await station(kit).deliver(
            planned, in: visit, answers: answers, pins: try pins ?? Self.pins(), observe: observe)
    }

    func document(_ packet: PacketID, on kit: OpenKit) async throws -> DeliveryDocument {
        try DeliveryDocument(content: try await bench.contents(of: packet, on: kit))
    }

    /// The draft as it can be read back from the disk.
    func draft(on kit: OpenKit) async throws -> DeliveryDraft? {
        try await kit.store.drafts.draft(of: planned.id).map {
            try JSONDecoder().decode(DeliveryDraft.self, from: Data($0.content))
        }
    }
}

struct DeliveryDevices: KitDeviceSource {
    let kit: KitDevices

    func devices(for planned: PlannedCase?) async throws(FailureReport) -> KitDevices { kit }

    func attached() async throws(FailureReport) -> [AttachedDevice] { [] }
}
