import DeviceEmulation
import EnrolmentCore
import SampleQuality
import Testing

@Suite("Placement hints")
struct PlacementAdviceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let hint: PlacementHint
        let touch: @Sendable (UInt64) -> FingerTouch

        var testDescription: String { hint.rawValue }
    }

    private static let fingers = (0..<5).map {
        SyntheticFinger(
            person: 5100 + UInt64($0), position: [.rightIndex, .leftIndex, .rightMiddle, .leftThumb, .leftRing][$0])
    }

    private static func flawed(_ flaw: FingerFlaw) -> @Sendable (UInt64) -> FingerTouch {
        { .flawed(flaw, severity: 0.95, seed: $0) }
    }

    private static let cases: [Case] = [
        Case(hint: .pressHarder, touch: flawed(.light)), Case(hint: .pressSofter, touch: flawed(.hard)),
        Case(hint: .dryFinger, touch: flawed(.wet)), Case(hint: .moistenFinger, touch: flawed(.dry)),
        Case(hint: .holdStill, touch: flawed(.sliding)),
        Case(hint: .moveRight) { FingerTouch(seed: $0, shift: .init(right: -5.5)) },
        Case(hint: .moveLeft) { FingerTouch(seed: $0, shift: .init(right: 5.5)) },
        Case(hint: .moveDown) { FingerTouch(seed: $0, shift: .init(down: -8)) },
        Case(hint: .moveUp) { FingerTouch(seed: $0, shift: .init(down: 8)) },
        Case(hint: .turnClockwise) { FingerTouch(seed: $0, rotation: -32) },
        Case(hint: .turnCounterclockwise) { FingerTouch(seed: $0, rotation: 32) },
    ]

    private func hints(_ touch: (UInt64) -> FingerTouch) -> [[PlacementHint]] {
        Self.fingers.enumerated().map {
            FingerExaminer().preview(of: $1.picture(touch(UInt64($0) * 23 + 1))).hints
        }
    }

    @Test("what is wrong with a touch is said", arguments: cases)
    func said(_ example: Case) {
        let given = hints(example.touch)
        let right = given.filter { $0.contains(example.hint) }
        #expect(right.count >= given.count - 1, "\(given)")
    }

    @Test("nothing is said of fingers that are laid down with care")
    func silent() {
        let given = hints { FingerTouch(seed: $0) }
        let isSilent = given.allSatisfy { $0.isEmpty }
        #expect(isSilent, "\(given)")
    }

    @Test(
        "real fingers are told no more than what a person would say",
        .enabled(if: WitnessFinger.isPresent, "SKIPPED: no ../shared/witness/fingers or LOKET_WITNESS"),
        arguments: [("p1_1", []), ("p1_2", [PlacementHint.moistenFinger]), ("p2_1", [.moveRight])])
    func real(_ name: String, _ hints: [PlacementHint]) throws {
        #expect(FingerExaminer().preview(of: try WitnessFinger.picture(name)).hints == hints)
    }

    @Test("nobody is told to move both ways, or to press both harder and softer", arguments: FingerFlaw.allCases)
    func consistent(_ flaw: FingerFlaw) {
        for severity in [Float(0.3), 0.6, 1] {
            for hints in hints({ .flawed(flaw, severity: severity, seed: $0) }) {
                for pair: Set<PlacementHint> in [
                    [.moveLeft, .moveRight], [.moveUp, .moveDown], [.pressHarder, .pressSofter],
                    [.dryFinger, .moistenFinger], [.turnClockwise, .turnCounterclockwise],
                ] {
                    let isContradiction = pair.isSubset(of: hints)
                    #expect(!isContradiction)
                }
                #expect(Set(hints).count == hints.count)
            }
        }
    }

    @Test("a faint print on the glass asks for a clean glass")
    func faint() {
        let picture = Self.fingers[0].picture(FingerTouch(seed: 9))
        #expect(FingerExaminer().preview(of: Spoiling.faded(picture, to: 0.12)).hints == [.cleanGlass])
    }
}
