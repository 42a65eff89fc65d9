import DeviceDrivers
import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import StationTestSupport
import Testing

/// The driver against an emulated module whose transfers fail, one by one and many at once.
@Suite struct MorphoFaultTests {
    @Test(
        "Whatever fails at whichever transfer: a named error, a retry or the whole picture; nothing is left open, and no command is given that is not permitted",
        arguments: [MorphoModel.Delivery.frameByFrame, .joined, .pieces(of: 400)])
    func everyTransferFails(delivery: MorphoModel.Delivery) async throws {
        var model = MorphoModel.mso1300
        model.delivery = delivery
        let presentations = [MorphoFixtures.good, MorphoFixtures.good, MorphoFixtures.good, MorphoFixtures.good]
        let flawless = EmulatedMorpho(model, presentations: presentations, pace: .simulated)
        #expect(MorphoFixtures.isSame(try await MorphoFixtures.captured(flawless)?.raw, MorphoFixtures.picture))
        let faults: [MorphoFault] =
            Self.reasons.map { .error($0) } + [
                .unplug, .silence, .garbage, .cut(after: 0), .cut(after: 3), .cut(after: 20), .split(after: 0),
                .split(after: 3), .split(after: 13),
            ]
        for number in 1...flawless.traces.transfers + 1 {
            for fault in faults {
                let emulated = EmulatedMorpho(
                    model, presentations: presentations, pace: .simulated, faults: [number: fault])
                let picture = await endsWell(emulated, "\(fault) at transfer \(number)")
                if case .error(let reason) = fault, Self.passing.contains(reason) {
                    #expect(picture != nil, "\(fault) at transfer \(number)")
                }
                // Nothing in a frame guards its content, so that other bytes in a picture are another picture.
                if let picture, fault != .garbage {
                    #expect(MorphoFixtures.isSame(picture, MorphoFixtures.picture), "\(fault) at transfer \(number)")
                }
            }
        }
    }

    @Test(
        "However much goes wrong at once, it ends in bounded time, with everything released", arguments: UInt64(1)...4)
    func everythingFails(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<25 {
            let oneIn = Int.random(in: 1...6, using: &generator)
            var faults: [Int: MorphoFault] = [:]
            for number in 1...300 where Int.random(in: 0..<oneIn, using: &generator) == 0 {
                faults[number] = fault(using: &generator)
            }
            var model = MorphoModel.mso1300
            model.isLeftRunning = Bool.random(using: &generator)
            let emulated = EmulatedMorpho(
                model, presentations: [MorphoFixtures.good, MorphoFixtures.good, MorphoFixtures.good], pace: .simulated,
                faults: faults)
            _ = await endsWell(emulated, "seed \(seed), round \(round)")
        }
    }

    private func fault(using generator: inout SeededGenerator) -> MorphoFault {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: .error([.stalled, .overflow, .inputOutput, .timedOut].randomElement(using: &generator) ?? .stalled)
        case 1: .garbage
        case 2: .cut(after: Int.random(in: 0..<600, using: &generator))
        case 3: .split(after: Int.random(in: 0..<600, using: &generator))
        case 4: Bool.random(using: &generator) ? .silence : .garbage
        default: .cut(after: 0)
        }
    }

    /// The picture, when one came of it.
    private func endsWell(_ emulated: EmulatedMorpho, _ circumstance: Comment) async -> GrayImage? {
        var picture: GrayImage?
        do throws(DeviceError) {
            picture = try await MorphoFixtures.captured(emulated)?.raw
        } catch {
            #expect(error.device == .scanner, circumstance)
        }
        let traces = emulated.traces
        #expect(!traces.isOpen && traces.pendingTransfers == 0, circumstance)
        #expect(traces.written.allSatisfy(MorphoFixtures.isPermitted), circumstance)
        #expect(emulated.now < .seconds(60), circumstance)
        return picture
    }

    /// After one of these the next transfer may well succeed, so that one costs no picture.
    private static let passing: Set<TransportError.Reason> = [.timedOut, .cancelled, .stalled, .overflow, .inputOutput]

    /// Those that a USB transport can give.
    private static let reasons: [TransportError.Reason] = [
        .absent, .unplugged, .busy, .permissionDenied, .timedOut, .cancelled, .stalled, .overflow, .inputOutput,
    ]
}
