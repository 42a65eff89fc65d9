import EnrolmentCore
import StationTestSupport
import Testing

@testable import DeviceDrivers

/// Case 30 of the card's fact sheet, at the machine.
@Suite("HolderSession")
struct CardHolderSessionTests {
    private typealias Fixtures = CardHolderFixtures
    private typealias Walk = CardHolderFixtures.Walk

    private static let verify1234: [UInt8] = [
        0x00, 0x20, 0x00, 0x01, 0x08, 0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ]
    private static let selectKeys: [UInt8] = [0x00, 0xA4, 0x08, 0x0C, 0x04, 0x3F, 0x00, 0xDF, 0x00]

    /// An applet, a digest and a key, and what they make of MSE SET and of what is signed.
    struct Case: Sendable {
        let applet: UInt8
        let digest: CardDigest
        let key: CardHolderKey
        let algorithm: UInt8
        let reference: UInt8
        /// In front of the digest.
        let prefix: [UInt8]
    }

    private static let info256: [UInt8] = [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
        0x20,
    ]
    private static let info384: [UInt8] = [
        0x30, 0x41, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04,
        0x30,
    ]

    static let cases: [Case] = [
        Case(
            applet: 0x01, digest: .sha256(Fixtures.digest256), key: .authentication, algorithm: 0x01, reference: 0x82,
            prefix: info256),
        Case(
            applet: 0x11, digest: .sha384(Fixtures.digest384), key: .signature, algorithm: 0x01, reference: 0x83,
            prefix: info384),
        Case(
            applet: 0x17, digest: .sha256(Fixtures.digest256), key: .signature, algorithm: 0x08, reference: 0x83,
            prefix: []),
        Case(
            applet: 0x17, digest: .sha384(Fixtures.digest384), key: .authentication, algorithm: 0x01, reference: 0x82,
            prefix: info384),
        Case(
            applet: 0x18, digest: .sha256(Fixtures.digest256), key: .authentication, algorithm: 0x01, reference: 0x82,
            prefix: []),
        Case(
            applet: 0x18, digest: .sha384(Fixtures.digest384), key: .signature, algorithm: 0x02, reference: 0x83,
            prefix: []),
    ]

    @Test("Each applet is asked in its own way, and the PIN comes right before the signature", arguments: cases)
    func signing(_ this: Case) throws {
        var walk = Walk(try Fixtures.sign(this.digest, this.key))
        walk.answer(Fixtures.cardData(this.applet) + Fixtures.success)
        if this.applet >= 0x17 { walk.answer(0x9000) }
        walk.answer(0x9000)
        walk.answer(0x9000)
        let signature = [UInt8](repeating: 0xAB, count: this.applet >= 0x18 ? 96 : this.applet == 0x17 ? 256 : 128)
        walk.answer([0x61, UInt8(truncatingIfNeeded: signature.count)])
        walk.answer(signature + Fixtures.success)

        let digest: [UInt8]
        switch this.digest {
        case .sha256(let bytes), .sha384(let bytes): digest = bytes
        }
        let input = this.prefix + digest
        var expected: [[UInt8]] = [[0x80, 0xE4, 0x00, 0x00, 0x1C]]
        if this.applet >= 0x17 { expected.append(Self.selectKeys) }
        expected += [
            [0x00, 0x22, 0x41, 0xB6, 0x05, 0x04, 0x80, this.algorithm, 0x84, this.reference],
            Self.verify1234,
            [0x00, 0x2A, 0x9E, 0x9A, UInt8(input.count)] + input,
            [0x00, 0xC0, 0x00, 0x00, UInt8(truncatingIfNeeded: signature.count)],
        ]
        #expect(walk.sent == expected)
        let made = CardSignature(bytes: signature, isEllipticCurve: this.applet >= 0x18)
        #expect(walk.ending == .outcome(.done(.signature(made))))
        #expect(walk.session.mayBeVerified)
    }

    @Test(
        "A digest of a wrong length is never signed, and the PIN not spent", arguments: [0x11, 0x17, 0x18] as [UInt8])
    func badDigest(_ applet: UInt8) throws {
        var walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest384)))
        walk.answer(Fixtures.cardData(applet) + Fixtures.success)
        if applet >= 0x17 { walk.answer(0x9000) }
        #expect(walk.ending == .failed(.badDigest))
        #expect(walk.secretsSent == 0)
    }

    @Test("Another chip, a blank one or another kind of card does not get the PIN")
    func otherCard() throws {
        var walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest256)))
        walk.answer(Fixtures.cardData(0x18, Fixtures.otherChip) + Fixtures.success)
        #expect(walk.ending == .outcome(.otherCard))
        #expect(walk.secretsSent == 0)

        walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest256)))
        walk.answer(Fixtures.cardData(0x18, lifeCycle: 0x07) + Fixtures.success)
        #expect(walk.ending == .outcome(.notActivated))
        #expect(walk.secretsSent == 0)

        walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest256)))
        walk.answer(0x6E00)
        walk.answer(0x6A82)
        #expect(walk.ending == .outcome(.otherCard))
        #expect(walk.secretsSent == 0)
    }

    @Test(
        "What a card says to a PIN is told to the person",
        arguments: [
            (0x63C2, .wrongPIN(triesLeft: 2)), (0x63C1, .wrongPIN(triesLeft: 1)), (0x63C0, .blocked(.byMunicipality)),
            (0x6300, .wrongPIN(triesLeft: nil)), (0x6983, .blocked(.byMunicipality)), (0x6A80, .badPIN),
            (0x6A88, .noKey), (0x6985, .notActivated), (0x6283, .notActivated), (0x6D00, .notActivated),
        ] as [(UInt16, CardPINOutcome<HolderSession.Yield>)])
    func pinRefused(_ status: UInt16, _ expected: CardPINOutcome<HolderSession.Yield>) throws {
        var walk = Walk(try Fixtures.sign(.sha384(Fixtures.digest384)))
        walk.answer(Fixtures.cardData(0x18) + Fixtures.success)
        walk.answer(0x9000)
        walk.answer(0x9000)
        walk.answer(status)
        #expect(walk.ending == .outcome(expected))
        #expect(!walk.session.mayBeVerified)

        var change = Walk(try Fixtures.change(from: "1234", to: "567890"))
        change.answer(Fixtures.cardData(0x18) + Fixtures.success)
        change.answer(status)
        #expect(change.ending == .outcome(expected))
    }

    @Test("A blocked PIN is explained by its applet", arguments: [0x01, 0x11, 0x17, 0x18] as [UInt8])
    func blocked(_ applet: UInt8) throws {
        var walk = Walk(try Fixtures.change(from: "1234", to: "5678"))
        walk.answer(Fixtures.cardData(applet) + Fixtures.success)
        walk.answer(0x6983)
        #expect(walk.ending == .outcome(.blocked(applet == 0x18 ? .byMunicipality : .byPUK)))
    }

    @Test("Changing sends the old block and the new one, once")
    func changing() throws {
        var walk = Walk(try Fixtures.change(from: "1234", to: "987654321098"))
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        walk.answer(0x9000)
        let expected: [[UInt8]] = [
            [0x80, 0xE4, 0x00, 0x00, 0x1C],
            [
                0x00, 0x24, 0x00, 0x01, 0x10, 0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x2C, 0x98, 0x76, 0x54,
                0x32, 0x10, 0x98, 0xFF,
            ],
        ]
        #expect(walk.sent == expected)
        #expect(walk.ending == .outcome(.done(.nothing)))
    }

    @Test(
        "A key that is not there, or not activated, costs no try",
        arguments: [(0x6A88, .noKey), (0x6A80, .noKey), (0x6985, .notActivated), (0x6D00, .notActivated)]
            as [(UInt16, CardPINOutcome<HolderSession.Yield>)])
    func noKey(_ status: UInt16, _ expected: CardPINOutcome<HolderSession.Yield>) throws {
        var walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest256)))
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        walk.answer(0x9000)
        walk.answer(status)
        #expect(walk.ending == .outcome(expected))
        #expect(walk.secretsSent == 0)
    }

    @Test("6982 to the signature is no outcome but an error: the PIN was right a moment ago")
    func securityNotSatisfied() throws {
        var walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest256), .signature))
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        for _ in 0..<3 { walk.answer(0x9000) }
        walk.answer(0x6982)
        #expect(walk.ending == .failed(.refused(.signature, StatusWord(0x6982))))
        #expect(walk.session.mayBeVerified)
    }

    @Test("A card that takes no path is asked for the key directory step by step")
    func noPaths() throws {
        var walk = Walk(try Fixtures.sign(.sha256(Fixtures.digest256)))
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        walk.answer(0x6A86)
        walk.answer(0x9000)
        walk.answer(0x9000)
        #expect(walk.sent[2].prefix(4) == [0x00, 0xA4, 0x04, 0x0C])
        #expect(walk.sent[3] == [0x00, 0xA4, 0x02, 0x0C, 0x02, 0xDF, 0x00])
        #expect(walk.sent[4].prefix(2) == [0x00, 0x22])
    }

    // MARK: - The state of the PIN

    @Test("The tries are asked for as the applet allows, and where it costs one not at all")
    func tries() {
        func walk(_ applet: UInt8, _ answer: [UInt8]?) -> Walk {
            var walk = Walk(HolderSession(.state, of: Fixtures.chip))
            walk.refuse()
            walk.answer(Fixtures.cardData(applet) + Fixtures.success)
            if let answer { walk.answer(answer) }
            return walk
        }
        func state(_ tries: Int?, _ applet: UInt8) -> HolderSession.Ending {
            .outcome(.done(.state(CardPINState(triesLeft: tries, appletVersion: applet, hasPinpad: false))))
        }
        let eighteen = walk(0x18, Fixtures.cardData(0x18) + [2, 0xFF, 0xFF, 0x90, 0x00])
        #expect(eighteen.sent.last == [0x80, 0xE4, 0x00, 0x01, 0x1F])
        #expect(eighteen.ending == state(2, 0x18))
        #expect(walk(0x18, Fixtures.cardData(0x18) + Fixtures.success).ending == state(nil, 0x18))
        #expect(walk(0x18, Fixtures.cardData(0x18) + [0xFF, 0xFF, 0xFF, 0x90, 0x00]).ending == state(nil, 0x18))
        #expect(walk(0x18, [0x6B, 0x00]).ending == state(nil, 0x18))

        let seventeen = walk(0x17, [0x63, 0xC1])
        #expect(seventeen.sent.last == [0x00, 0x20, 0x00, 0x01, 0x00])
        #expect(seventeen.ending == state(1, 0x17))
        #expect(walk(0x17, [0x90, 0x00]).ending == state(3, 0x17))
        #expect(walk(0x17, [0x69, 0x83]).ending == state(0, 0x17))
        #expect(walk(0x17, [0x69, 0x85]).ending == .outcome(.notActivated))

        for applet in [0x01, 0x10, 0x11, 0x16] as [UInt8] {
            let old = walk(applet, nil)
            #expect(old.ending == state(nil, applet))
            #expect(!old.sent.contains { $0.count > 1 && $0[1] == 0x20 })
        }
    }

    // MARK: - Interruptions

    @Test("Before the PIN an interruption starts anew; after it, the PIN is never sent again")
    func interruptions() throws {
        for step in 0..<5 {
            var walk = Walk(try Fixtures.sign(.sha384(Fixtures.digest384)))
            let answers: [[UInt8]] = [
                Fixtures.cardData(0x18) + Fixtures.success, Fixtures.success, Fixtures.success, Fixtures.success,
            ]
            for answer in answers.prefix(step) { walk.answer(answer) }
            walk.interrupt()
            #expect(walk.sent.last == [0x80, 0xE4, 0x00, 0x00, 0x1C])
            guard step >= 3 else {
                for answer in answers { walk.answer(answer) }
                #expect(walk.secretsSent == 1)
                #expect(walk.ending == nil)
                continue
            }
            walk.answer(Fixtures.cardData(0x18) + Fixtures.success)
            walk.answer(Fixtures.cardData(0x18) + [2, 0xFF, 0xFF, 0x90, 0x00])
            #expect(walk.ending == .outcome(.interrupted(triesLeft: 2)))
            #expect(walk.secretsSent == 1)
        }
    }

    @Test("After an interruption an old card is not asked for its tries, and another card gets nothing")
    func interruptedOld() throws {
        var walk = Walk(try Fixtures.change(from: "1234", to: "4321"))
        walk.answer(Fixtures.cardData(0x11) + Fixtures.success)
        walk.interrupt()
        walk.answer(Fixtures.cardData(0x11) + Fixtures.success)
        #expect(walk.ending == .outcome(.interrupted(triesLeft: nil)))

        walk = Walk(try Fixtures.change(from: "1234", to: "4321"))
        walk.answer(Fixtures.cardData(0x18) + Fixtures.success)
        walk.interrupt()
        walk.answer(Fixtures.cardData(0x18, Fixtures.otherChip) + Fixtures.success)
        #expect(walk.ending == .outcome(.removed))

        walk = Walk(try Fixtures.change(from: "1234", to: "4321"))
        walk.answer(Fixtures.cardData(0x17) + Fixtures.success)
        walk.interrupt()
        walk.interrupt()
        #expect(walk.ending == .outcome(.interrupted(triesLeft: nil)))
        #expect(walk.secretsSent == 1)
    }

    @Test("Whatever a card answers: one PIN at most, to the right chip only, and old cards are never asked")
    func anyAnswers() throws {
        let seed: UInt64 = 0x0E1D_0030
        var random = SeededGenerator(seed: seed)
        for round in 0..<4000 {
            let applet: UInt8 = [0x01, 0x11, 0x17, 0x18][random.below(4)]
            var walk = Walk(
                round % 3 == 0
                    ? HolderSession(.state, of: Fixtures.chip)
                    : round % 3 == 1
                        ? try Fixtures.change(from: "1234", to: "4321")
                        : try Fixtures.sign(.sha256(Fixtures.digest256), round % 2 == 0 ? .signature : .authentication))
            var knows = false
            for _ in 0..<40 where walk.ending == nil {
                let before = walk.secretsSent
                let isRightChip = random.below(4) > 0
                let isAsked = walk.sent.last?.prefix(2) == [0x80, 0xE4]
                switch random.below(8) {
                case 0: walk.interrupt()
                case 1: walk.answer(random.bytes(random.below(40)))
                case 2...4 where isAsked:
                    walk.answer(
                        Fixtures.cardData(applet, isRightChip ? Fixtures.chip : Fixtures.otherChip)
                            + (walk.sent.last?.last == 0x1F ? [3, 0xFF, 0xFF] : []) + Fixtures.success)
                    knows = knows || isRightChip
                case 5: walk.answer(0x6100 + UInt16(random.below(256)))
                case 6: walk.answer([0x6C1C, 0x63C2, 0x6983, 0x6985, 0x6A82, 0x6D00][random.below(6)] as UInt16)
                default: walk.answer(0x9000)
                }
                #expect(walk.secretsSent == before || knows, "seed \(seed), round \(round)")
            }
            #expect(walk.secretsSent <= 1, "seed \(seed), round \(round)")
            if applet < 0x17, knows {
                #expect(!walk.sent.contains([0x00, 0x20, 0x00, 0x01, 0x00]), "seed \(seed), round \(round)")
            }
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
