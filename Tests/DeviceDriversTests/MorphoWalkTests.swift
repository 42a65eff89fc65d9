import DeviceDrivers
import DeviceTransport
import EnrolmentCore
import StationTestSupport
import Testing

/// The protocol in any order of events, right or wrong.
@Suite struct MorphoWalkTests {
    typealias Machine = MorphoProtocol

    @Test(
        "In any order of events it ends, never with two writes at once, and only ever gives permitted commands",
        arguments: UInt64(1)...8)
    func randomWalk(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<80 { try walk(using: &generator) }
    }

    private struct World {
        var underWay: Set<Machine.Transfer> = []
        var hasTimer = false
        var awaitsJudgement = false
        var isFinished = false
    }

    /// Answers what is under way at random and checks that the machine never stands still.
    private func walk(using generator: inout SeededGenerator) throws {
        let purposes: [Machine.Purpose] = [
            .description, .picture(.firstPicture, within: .seconds(9)),
            .picture(.series(atMost: 3), within: .seconds(9)),
        ]
        var machine = Machine(purposes.randomElement(using: &generator) ?? .description)
        var world = World()
        var event = Machine.Event.begin
        for step in 0..<3000 {
            for effect in machine.handle(event) { try note(effect, in: &world) }
            if world.isFinished { break }
            guard world.hasTimer || world.underWay.contains(.write) || world.awaitsJudgement else {
                Issue.record("nothing bounds the wait after step \(step)")
                return
            }
            event = nextEvent(&world, isLate: step > 300, using: &generator)
        }
        #expect(world.isFinished && machine.isFinished)
    }

    private func note(_ effect: Machine.Effect, in world: inout World) throws {
        switch effect {
        case .write(let command, _):
            #expect(world.underWay.insert(.write).inserted)
            let content = Array(command.frame.dropFirst(12).dropLast(2))
            let element = try ILVElement(content)
            switch element.identifier {
            case .plain(0x05): #expect(element.value == [0x2F])
            case .plain(0x70): #expect(element.value.isEmpty)
            // No time without end, and nothing saved.
            case .plain(0x21): #expect(element.value[1...2] != [0, 0] && element.value[6] == 0)
            default: Issue.record("command \(element.identifier)")
            }
        case .read: #expect(world.underWay.insert(.read).inserted)
        case .startTimer: world.hasTimer = true
        case .stopTimer: world.hasTimer = false
        case .judge: world.awaitsJudgement = true
        case .finish:
            #expect(!world.isFinished)
            world.isFinished = true
        case .cancel, .clearStall, .show: break
        }
    }

    private func nextEvent(
        _ world: inout World, isLate: Bool, using generator: inout SeededGenerator
    ) -> Machine.Event {
        if isLate, Bool.random(using: &generator) { return .cancelled }
        if world.awaitsJudgement {
            world.awaitsJudgement = false
            return .judged(score: Int.random(in: 0...9, using: &generator), isGood: Bool.random(using: &generator))
        }
        let choice = Int.random(in: 0..<12, using: &generator)
        if choice == 0 { return .triggered }
        if world.hasTimer, choice < 3 || world.underWay.isEmpty {
            world.hasTimer = false
            return .timeElapsed
        }
        let candidates = Machine.Transfer.allCases.filter(world.underWay.contains)
        guard let transfer = candidates.randomElement(using: &generator) else { return .timeElapsed }
        world.underWay.remove(transfer)
        let fails = Int.random(in: 0..<20, using: &generator) == 0
        let reason = TransportError.Reason.allCases.randomElement(using: &generator) ?? .stalled
        let failure = Result<[UInt8], TransportError>.failure(TransportError(reason))
        if transfer == .write { return .writeEnded(fails ? failure : .success([])) }
        return fails ? .readEnded(failure) : answers.randomElement(using: &generator) ?? .readEnded(.success([]))
    }

    /// What a module may say, right or wrong, at any time.
    private var answers: [Machine.Event] {
        let image = ILVElement(0x3D, MorphoElementTests.block()).bytes
        let statuses: [UInt8] = [0xE5, 0xF4, 0xFA, 0xDB, 0xFF, 0x77]
        return statuses.map { MorphoFixtures.frame([0x21, 5, 0, $0, 0, 0, 0, 0]) } + [
            MorphoFixtures.frame([0x05, 7, 0, 0, 0x29, 3, 0, 0x4D, 0x53, 0x4F]),
            MorphoFixtures.frame(ILVElement(0x21, [0, 0, 0, 0, 0, 0] + image).bytes),
            MorphoFixtures.frame(ILVElement(0x21, [0, 0x22] + image).bytes), MorphoFixtures.frame([0x50, 0, 0]),
            MorphoFixtures.frame([0x71, 1, 0, 0]),
            MorphoFixtures.frame([0x71, 8, 0, 0, 1, 4, 0, 8, 0, 0, 0]), MorphoFixtures.frame([0x30, 1, 0, 0]),
            .readEnded(.success([])),
            .readEnded(.success(Array("SYNC".utf8))), .readEnded(.success([0x45, 0x4E])),
        ]
    }
}
