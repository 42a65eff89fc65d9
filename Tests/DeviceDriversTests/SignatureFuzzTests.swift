import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// A pad that answers anything at all: the conversation must end, with a named outcome.
@Suite("The pad's protocol under hostile answers", .timeLimit(.minutes(2)))
struct SignatureFuzzTests {
    @Test("Random answers, in whatever order, end in a bounded number of steps", arguments: 0..<300 as Range<UInt64>)
    func randomAnswers(seed: UInt64) throws {
        var random = EmulationSeed(seed)
        var conversation = STUProtocol(.sign(limit: .seconds(20), rest: .seconds(1)))
        var now = Duration.zero
        var effects = conversation.handle(.begin, at: now)[...]
        var steps = 0
        while let effect = effects.popFirst() {
            if case .end = effect { return }
            steps += 1
            try #require(steps < 200_000, "seed \(seed)")
            now += .milliseconds(Int64(random.next() % 120))
            if let event = answer(effect, &random) { effects += conversation.handle(event, at: now) }
        }
        Issue.record("the conversation broke off, seed \(seed)")
    }

    /// Mostly a plausible answer, mutated in some of its bytes; else anything.
    private func answer(_ effect: STUProtocol.Effect, _ random: inout EmulationSeed) -> STUProtocol.Event? {
        let dice = random.next() % 20
        switch effect {
        case .progress, .end: return nil
        case .ask(let id, let length):
            if dice == 0 { return failure(&random) }
            var reply = Self.reply(to: id, length: length)
            mutate(&reply, one: 8, &random)
            return .reply(reply)
        case .send: return dice == 0 ? failure(&random) : .accepted
        case .read:
            switch dice {
            case 0: return random.next() % 10 == 0 ? failure(&random) : .quiet
            case 1...6: return .quiet
            default:
                var report: [UInt8] = [0x34, 0x90, 0x64, 0x10, 0x00, 0x08, 0x01, 0, 5, 0, 1]
                if dice > 14 { report = [0x01, 0x90, 0x64, 0x10, 0x00, 0x08, 0x01] }
                mutate(&report, one: 2, &random)
                return .input(report)
            }
        }
    }

    private static func reply(to id: UInt8, length: Int) -> [UInt8] {
        switch id {
        case 0x03: [3, 0, 0, 0, 0]
        case 0x08: [8] + Array("STU-430".utf8) + [0, 0, 1, 3, 0, 0, 0, 0, 0]
        case 0x09: [9, 0x25, 0x80, 0x17, 0x70, 3, 0xFF, 1, 0x40, 0, 0xC8, 0xC8, 9, 0xEC, 2, 0, 0]
        default: [id] + [UInt8](repeating: 0x41, count: max(0, length - 1))
        }
    }

    private func mutate(_ report: inout [UInt8], one part: UInt64, _ random: inout EmulationSeed) {
        guard random.next() % part == 0 else { return }
        switch random.next() % 4 {
        case 0: report = Array(report.prefix(Int(random.next() % UInt64(report.count + 1))))
        case 1: report += report
        default: report[Int(random.next() % UInt64(report.count))] = UInt8(truncatingIfNeeded: random.next())
        }
    }

    private func failure(_ random: inout EmulationSeed) -> STUProtocol.Event {
        let reasons = TransportError.Reason.allCases.filter { $0 != .unplugged && $0 != .absent }
        return .failed(TransportError(reasons[Int(random.next() % UInt64(reasons.count))]))
    }
}
