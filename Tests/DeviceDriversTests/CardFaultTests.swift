import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Foundation
import StationTestSupport
import Synchronization
import Testing

@testable import DeviceDrivers

/// Everything that can happen to one command, at every command of a reading.
@Suite struct CardFaultTests {
    private let image: EIDCardImage
    private let other: EIDCardImage
    private let whole: CardFixtures.Ending
    private let commandCount: Int

    init() async throws {
        image = try CardFixtures.belgian18.image()
        other = try CardFixtures.belgian18.image(CardFixtures.bert)
        whole = .files(CardFixtures.expectedFiles(image))
        let reader = CardFixtures.reader(image)
        #expect(await CardFixtures.read(reader) == whole)
        commandCount = reader.commands.count
    }

    /// Reads with a fault at command `number`; whatever comes of it, the card must be let go.
    private func read(_ fault: EmulatedCardFault, at number: Int) async -> CardFixtures.Ending {
        let reader = CardFixtures.reader(image)
        reader.play([number: fault])
        let ending = await CardFixtures.read(reader)
        #expect(reader.openConnections == 0, "command \(number)")
        #expect(reader.openTransactions == 0, "command \(number)")
        return ending
    }

    @Test(
        "Cases 2 and 3: every transport fault at every command ends in what it is, and the card is let go",
        .timeLimit(.minutes(2)), arguments: TransportError.Reason.allCases)
    func transportFaults(_ reason: TransportError.Reason) async {
        let expected: CardFixtures.Ending =
            switch reason {
            case .inputOutput, .cardReset: whole
            case .cardRemoved, .noCard: .retry(.cardRemoved)
            case .absent: .error(.absent)
            case .unplugged: .error(.unplugged)
            case .busy, .sharingViolation: .error(.busy)
            case .permissionDenied: .error(.permissionDenied)
            case .timedOut: .error(.timedOut)
            case .cancelled: .error(.cancelled)
            case .serviceDown: .error(.serviceDown)
            case .cardMute: .retry(.cardMute)
            case .stalled, .overflow: .error(.protocolViolation)
            }
        for number in 1...commandCount {
            #expect(await read(.error(reason), at: number) == expected, "\(reason) at command \(number)")
        }
    }

    @Test(
        "Cases 1 and 10: a card that is pulled or exchanged at any command is never mixed with another",
        .timeLimit(.minutes(2)))
    func exchanges() async {
        for number in 1...commandCount {
            #expect(await read(.pull, at: number) == .retry(.cardRemoved), "pulled at \(number)")
            #expect(
                await read(.exchange(EmulatedEIDCard(other)), at: number) == .retry(.cardRemoved),
                "exchanged at \(number)")
        }
    }

    @Test("Case 10: even an exchange that the reader hides never mixes two people", .timeLimit(.minutes(2)))
    func hiddenExchanges() async {
        let theirs = CardFixtures.Ending.files(CardFixtures.expectedFiles(other))
        for number in 1...commandCount {
            let ending = await read(.exchangeUnnoticed(EmulatedEIDCard(other)), at: number)
            // SELECT, READ, the correction of its length: until then the first card has told nothing.
            let isTheirs = number <= 3 && ending == theirs
            #expect(isTheirs || ending == .retry(.cardRemoved), "exchanged at command \(number): \(ending.summary)")
        }
    }

    @Test("Case 4: a reset by another program at any command costs nothing", .timeLimit(.minutes(2)))
    func resets() async {
        for number in 1...commandCount {
            #expect(await read(.reset, at: number) == whole, "reset at \(number)")
        }
    }

    @Test("Case 4: a program that resets the card again and again is named as busy", .timeLimit(.minutes(1)))
    func endlessResets() async {
        let reader = CardFixtures.reader(image)
        reader.play(Dictionary(uniqueKeysWithValues: (1...100).map { ($0, EmulatedCardFault.reset) }))
        #expect(await CardFixtures.read(reader) == .error(.busy))
        #expect(reader.openConnections == 0)
    }

    @Test("Cases 7 and 9: a reader or service that goes at any command is named", .timeLimit(.minutes(2)))
    func lossOfReader() async {
        for number in 1...commandCount {
            #expect(await read(.unplug, at: number) == .error(.unplugged), "unplugged at \(number)")
            #expect(await read(.stopService, at: number) == .error(.serviceDown), "service stopped at \(number)")
        }
    }

    @Test(
        "Case 13: a reader that invents the end of a file once is seen through", .timeLimit(.minutes(2)),
        arguments: [[0x6B, 0x00], [0x69, 0x86], [0x90, 0x00]] as [[UInt8]])
    func inventedEnds(_ answer: [UInt8]) async {
        let reader = CardFixtures.reader(image)
        _ = await CardFixtures.read(reader)
        for (index, command) in reader.commands.enumerated() where command[1] == 0xB0 {
            #expect(await read(.answer(answer), at: index + 1) == whole, "command \(index + 1)")
        }
    }

    @Test(
        "Case 13: a SELECT that is refused for its length or parameters once is tried another way",
        .timeLimit(.minutes(2)),
        arguments: [[0x6A, 0x87], [0x6A, 0x86], [0x6A, 0x82]] as [[UInt8]])
    func refusedSelects(_ answer: [UInt8]) async {
        let reader = CardFixtures.reader(image)
        _ = await CardFixtures.read(reader)
        for (index, command) in reader.commands.enumerated() where command[1] == 0xA4 {
            #expect(await read(.answer(answer), at: index + 1) == whole, "command \(index + 1)")
        }
    }

    @Test(
        "An answer cut at any length never yields anything but the whole card or a named failure",
        .timeLimit(.minutes(2)))
    func cutAnswers() async {
        for number in 1...commandCount {
            for length in [0, 1, 2, 3, 17, 100, 200] {
                let ending = await read(.change { [UInt8]($0.prefix(length)) }, at: number)
                if case .files(let files) = ending {
                    #expect(files[.identity] == image.files[.identity], "command \(number) cut to \(length)")
                }
            }
        }
    }

    /// How many answers are changed: `LOKET_CARD_CAMPAIGN`, or few enough for every day.
    private static let campaign = ProcessInfo.processInfo.environment["LOKET_CARD_CAMPAIGN"].flatMap { Int($0) }

    @Test(
        "Answers changed at random end in a reading or a named failure, and the card is let go",
        .timeLimit(.minutes(30)), arguments: [1, 2] as [UInt64])
    func changedAnswers(_ seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        var tally: [String: Int] = [:]
        var longest = 0
        let changed = Mutex(0)
        let goal = (Self.campaign ?? 600) / 2
        while changed.withLock({ $0 }) < goal {
            let reader = CardFixtures.reader(image)
            var script: [Int: EmulatedCardFault] = [:]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let salt = random.next()
                script[Int.random(in: 1...commandCount, using: &random)] = .change { answer in
                    changed.withLock { $0 += 1 }
                    return Self.mutated(answer, salt)
                }
            }
            reader.play(script)
            let ending = await CardFixtures.read(reader)
            if case .files(let files) = ending {
                tally[files == CardFixtures.expectedFiles(image) ? "whole" : "changed content", default: 0] += 1
            } else {
                tally[ending.summary, default: 0] += 1
            }
            longest = max(longest, reader.commands.count)
            #expect(reader.openConnections == 0, "seed \(seed)")
            #expect(reader.openTransactions == 0, "seed \(seed)")
        }
        #expect(longest < 500, "seed \(seed)")
        guard Self.campaign != nil else { return }
        let figures = tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("seed \(seed): \(changed.withLock { $0 }) answers changed; \(figures); at most \(longest) commands")
    }

    @Test(
        "A card that answers at random is given up in time", .timeLimit(.minutes(2)),
        arguments: [11, 12, 13] as [UInt64])
    func noise(_ seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        for round in 0..<40 {
            let reader = EmulatedCardReader()
            reader.insert(NoiseCard(atr: image.atr, seed: random.next()))
            var patience = CardFixtures.impatience
            patience.card = .milliseconds(100)
            if case .files = await CardFixtures.read(reader, patience: patience) {
                Issue.record("noise was read as a card: seed \(seed), round \(round)")
            }
            #expect(reader.commands.count <= 4000, "seed \(seed), round \(round)")
            #expect(reader.openConnections == 0)
        }
    }

    private static func mutated(_ answer: [UInt8], _ salt: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: salt)
        var answer = answer
        switch Int.random(in: 0..<5, using: &random) {
        case 0: answer[Int.random(in: answer.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        case 1: answer = [UInt8](answer.prefix(Int.random(in: 0...answer.count, using: &random)))
        case 2: answer += [UInt8](repeating: UInt8.random(in: 0...255, using: &random), count: Int(salt % 40))
        case 3: answer = [[0x61, 0x6C].randomElement(using: &random) ?? 0, UInt8.random(in: 0...255, using: &random)]
        default:
            answer.removeLast(2)
            answer += [UInt8.random(in: 0x60...0x6F, using: &random), UInt8.random(in: 0...255, using: &random)]
        }
        return answer
    }
}

/// Answers of any length with status words that a driver reacts to.
private struct NoiseCard: EmulatedSmartCard {
    let atr: [UInt8]
    private var random: SeededGenerator

    init(atr: [UInt8], seed: UInt64) {
        self.atr = atr
        random = SeededGenerator(seed: seed)
    }

    mutating func reset() {}

    mutating func answer(_ command: [UInt8]) -> [UInt8] {
        let statuses: [UInt16] = [
            0x9000, 0x9000, 0x9000, 0x6100, 0x6110, 0x6C00, 0x6C05, 0x6B00, 0x6986, 0x6A82, 0x6282,
        ]
        let status = statuses.randomElement(using: &random) ?? 0x9000
        let length = [0, 1, 28, Int(command.last ?? 0), 252].randomElement(using: &random) ?? 0
        return (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            + [UInt8(status >> 8), UInt8(status & 0xFF)]
    }
}
