import DeviceEmulation
import EnrolmentCore
import SampleQuality
import Testing

@Suite("FingerResidue")
struct FingerResidueTests {
    private let examiner = FingerExaminer()
    private static let fingers = (0..<3).map { SyntheticFinger(person: 6100 + UInt64($0), position: .rightIndex) }

    @Test("a print that was left on the glass is known, faint as it is")
    func left() {
        for finger in Self.fingers {
            let earlier = finger.picture(FingerTouch(seed: 1))
            let ghost = Spoiling.faded(finger.picture(FingerTouch(seed: 1), frame: 1), to: 0.3)
            #expect(examiner.residue(in: earlier, after: earlier) > 0.99)
            #expect(examiner.residue(in: ghost, after: earlier) > 0.8)
        }
    }

    @Test("the same finger laid down again, and another finger, are not taken for it")
    func again() {
        for finger in Self.fingers {
            let earlier = finger.picture(FingerTouch(seed: 1))
            for seed in UInt64(2)...5 {
                #expect(examiner.residue(in: finger.picture(FingerTouch(seed: seed)), after: earlier) < 0.5)
            }
        }
        let (one, other) = (Self.fingers[0].picture(), Self.fingers[1].picture())
        #expect(examiner.residue(in: one, after: other) < 0.3)
    }

    @Test("an empty glass and a picture of another size are no residue")
    func nothing() {
        let picture = Self.fingers[0].picture()
        let empty = Noise(seed: 3).picture(width: picture.width, height: picture.height, around: 250, reach: 2)
        #expect(examiner.residue(in: empty, after: picture) == 0)
        #expect(examiner.residue(in: picture, after: empty) < 0.3)
        #expect(examiner.residue(in: picture.framed(by: 3), after: picture) == 0)
    }
}
