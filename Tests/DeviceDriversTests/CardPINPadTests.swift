import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// Readers with keys of their own, by bytes: none is here, so that what they are told is held against the
/// structures of PC/SC part 10 as the card's fact sheet gives them.
@Suite("Pinpad readers")
struct CardPINPadTests {
    private typealias Fixtures = CardHolderFixtures
    private typealias Walk = CardHolderFixtures.Walk

    @Test("The verify structure is the one that the cards' own software sends, in each language")
    func verify() {
        func expected(_ low: UInt8) -> [UInt8] {
            [
                0x1E, 0x1E, 0x89, 0x47, 0x04, 0x0C, 0x04, 0x02, 0x01, low, 0x04, 0x00, 0x00, 0x00, 0x00, 0x0D, 0x00,
                0x00, 0x00, 0x00, 0x20, 0x00, 0x01, 0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            ]
        }
        #expect(PinpadRequest.verify(in: .dutch) == expected(0x13))
        #expect(PinpadRequest.verify(in: .french) == expected(0x0C))
        #expect(PinpadRequest.verify(in: .german) == expected(0x07))
        #expect(PinpadRequest.verify(in: .english) == expected(0x09))
    }

    @Test("The modify structure has a place for either PIN, and asks for the new one twice")
    func modify() {
        let expected: [UInt8] = [
            0x1E, 0x1E, 0x89, 0x47, 0x04, 0x00, 0x08, 0x0C, 0x04, 0x03, 0x02, 0x03, 0x13, 0x04, 0x00, 0x01, 0x02, 0x00,
            0x00, 0x00, 0x15, 0x00, 0x00, 0x00, 0x00, 0x24, 0x00, 0x01, 0x10, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        ]
        #expect(PinpadRequest.modify(in: .dutch) == expected)
    }

    private static let bothDirect: [UInt8] = [
        0x06, 0x04, 0x42, 0x33, 0x00, 0x06, 0x07, 0x04, 0x42, 0x33, 0x00, 0x07, 0x12, 0x04, 0x42, 0x33, 0x00, 0x12,
    ]
    private static let bothInTwoSteps: [UInt8] = [
        0x01, 0x04, 0x42, 0x00, 0x00, 0x01, 0x02, 0x04, 0x42, 0x00, 0x00, 0x02, 0x03, 0x04, 0x42, 0x00, 0x00, 0x03,
        0x04, 0x04, 0x42, 0x00, 0x00, 0x04,
    ]

    @Test("What a reader can do is read from its list, and what is cut off is not there")
    func features() {
        let direct = PinpadFeatures(Self.bothDirect)
        #expect(direct.verify == .direct(0x4233_0006))
        #expect(direct.modify == .direct(0x4233_0007))
        let steps = PinpadFeatures(Self.bothInTwoSteps)
        #expect(steps.verify == .twoSteps(start: 0x4200_0001, finish: 0x4200_0002))
        #expect(steps.modify == .twoSteps(start: 0x4200_0003, finish: 0x4200_0004))
        #expect(PinpadFeatures(Self.bothInTwoSteps + Self.bothDirect).verify == .direct(0x4233_0006))
        #expect(PinpadFeatures([]).verify == nil)
        #expect(PinpadFeatures([0x0A, 0x04, 0, 0, 0, 1]) == .none)
        #expect(PinpadFeatures([0x06, 0x02, 1, 2, 0x07, 0x04, 0, 0, 0, 9]).verify == nil)
        #expect(PinpadFeatures([0x06, 0x02, 1, 2, 0x07, 0x04, 0, 0, 0, 9]).modify == .direct(9))
        // Every cut of a list: no crash, and never a code that is not in the whole list.
        for count in 0..<Self.bothDirect.count {
            let cut = PinpadFeatures([UInt8](Self.bothDirect.prefix(count)))
            #expect(cut.verify == (count >= 6 ? .direct(0x4233_0006) : nil))
            #expect(cut.modify == (count >= 12 ? .direct(0x4233_0007) : nil))
        }
    }

    private func atPIN(_ task: HolderSession.Task, _ features: [UInt8]) -> Walk {
        var walk = Walk(HolderSession(task, of: Fixtures.chip, pin: .pinpad(.dutch)))
        walk.answer(features)
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        if case .sign = task {
            walk.answer(0x9000)
            walk.answer(0x9000)
        }
        return walk
    }

    @Test("The reader is asked what it can, then to have the PIN typed, and the signature follows")
    func signing() {
        var walk = atPIN(.sign(.sha256(Fixtures.digest256), .signature), Self.bothDirect)
        #expect(walk.controls == [0x4200_0D48, 0x4233_0006])
        #expect(walk.sent.last == PinpadRequest.verify(in: .dutch))
        walk.answer(0x9000)
        #expect(walk.sent.last?.prefix(4) == [0x00, 0x2A, 0x9E, 0x9A])
        #expect(walk.secretsSent == 0)
    }

    @Test("A reader that wants two steps is begun, waited for, and believed")
    func twoSteps() {
        for answer in [[], [0x90, 0x00]] as [[UInt8]] {
            var walk = atPIN(.changePIN, Self.bothInTwoSteps)
            #expect(walk.controls == [0x4200_0D48, 0x4200_0003])
            #expect(walk.sent.last == PinpadRequest.modify(in: .dutch))
            walk.answer(answer)
            #expect(walk.controls.last == 0x4200_0004)
            #expect(walk.sent.last == [])
            walk.answer(0x9000)
            #expect(walk.ending == .outcome(.done(.nothing)))
        }
        var early = atPIN(.changePIN, Self.bothInTwoSteps)
        early.answer(0x6401)
        #expect(early.ending == .outcome(.cancelled))
    }

    @Test(
        "What the reader says is told apart from what the card says",
        arguments: [
            (0x6400, .outcome(.timedOut)), (0x6401, .outcome(.cancelled)), (0x6402, .outcome(.newPINsDiffer)),
            (0x6403, .outcome(.badPIN)), (0x63C1, .outcome(.wrongPIN(triesLeft: 1))),
            (0x6983, .outcome(.blocked(.byPUK))), (0x6B80, .failed(.refused(.pin, StatusWord(0x6B80)))),
        ] as [(UInt16, HolderSession.Ending)])
    func troubles(_ status: UInt16, _ expected: HolderSession.Ending) {
        var walk = atPIN(.changePIN, Self.bothDirect)
        walk.answer(status)
        #expect(walk.ending == expected)
        #expect(!walk.session.mayBeVerified)
    }

    @Test(
        "Case 30: of a typed PIN the reader's words mean nothing",
        arguments: [0x6400, 0x6401, 0x6402, 0x6403] as [UInt16])
    func typed(_ status: UInt16) throws {
        var walk = Walk(try Fixtures.change(from: "1234", to: "4321"))
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        walk.answer(status)
        #expect(walk.ending == .failed(.refused(.pin, StatusWord(status))))
    }

    @Test("Without keys on the reader nothing is asked of the card")
    func none() {
        var walk = Walk(HolderSession(.changePIN, of: Fixtures.chip, pin: .pinpad(.dutch)))
        walk.refuse()
        #expect(walk.ending == .failed(.noPinpad))
        walk = Walk(HolderSession(.changePIN, of: Fixtures.chip, pin: .pinpad(.dutch)))
        walk.answer([0x06, 0x04, 0x42, 0x33, 0x00, 0x06])
        #expect(walk.ending == .failed(.noPinpad))
    }

    @Test("The state of the PIN tells of the keys")
    func state() {
        var walk = Walk(HolderSession(.state, of: Fixtures.chip))
        walk.answer(Self.bothDirect)
        walk.answer(Fixtures.cardData(0x11) + Fixtures.success)
        let state = CardPINState(triesLeft: nil, appletVersion: 0x11, hasPinpad: true)
        #expect(walk.ending == .outcome(.done(.state(state))))
    }

    @Test("An interruption while somebody types asks nobody to type again")
    func interrupted() {
        var walk = atPIN(.changePIN, Self.bothDirect)
        walk.interrupt()
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        walk.answer(0x63C3)
        #expect(walk.ending == .outcome(.interrupted(triesLeft: 3)))
        #expect(walk.controls == [0x4200_0D48, 0x4233_0006 + 1])
    }
}
