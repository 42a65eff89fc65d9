import DeviceEmulation
import EnrolmentCore
import SampleQuality
import Testing

@Suite("FingerMatcher")
struct FingerMatcherTests {
    /// Above it two prints count as one finger, below it as two (`sameFinger` in the rules).
    private static let threshold = 40

    private let examiner = FingerExaminer()
    private let finger = SyntheticFinger(seed: 11)
    private let other = SyntheticFinger(seed: 12)

    private func template(_ finger: SyntheticFinger, _ touch: FingerTouch) -> FingerTemplate {
        examiner.template(of: finger.picture(touch))
    }

    @Test("A print is far more like itself than the threshold asks")
    func itself() {
        let print = template(finger, .everyday(1))
        #expect(examiner.similarity(print, print) > 10 * Self.threshold)
    }

    @Test("Two impressions of one finger match, two fingers do not, whichever comes first")
    func impressions() {
        let mine = (1...3).map { template(finger, .everyday(UInt64($0))) }
        let theirs = (1...3).map { template(other, .everyday(UInt64($0))) }
        for (index, print) in mine.enumerated() {
            for match in mine[(index + 1)...] { #expect(examiner.similarity(print, match) > 2 * Self.threshold) }
            for stranger in theirs { #expect(examiner.similarity(print, stranger) < Self.threshold) }
        }
        #expect(examiner.similarity(mine[0], mine[1]) == examiner.similarity(mine[1], mine[0]))
        #expect(examiner.similarity(mine[0], theirs[0]) == examiner.similarity(theirs[0], mine[0]))
    }

    @Test("A finger matches however it is turned up to 45 degrees", arguments: [-45, -20, 20, 45] as [Float])
    func turned(degrees: Float) {
        let upright = template(finger, FingerTouch(seed: 1))
        let turned = template(finger, FingerTouch(seed: 2, rotation: degrees))
        #expect(examiner.similarity(upright, turned) > 2 * Self.threshold)
    }

    @Test("A finger matches that lies aside by 5 mm or touches with half of its pad")
    func partial() {
        let whole = template(finger, FingerTouch(seed: 1))
        let aside = template(finger, FingerTouch(seed: 2, shift: .init(right: -5, down: 3)))
        let half = template(finger, FingerTouch(seed: 3, coverage: 0.5))
        #expect(examiner.similarity(whole, aside) > Self.threshold)
        #expect(examiner.similarity(whole, half) > Self.threshold)
    }

    @Test("A print does not match its mirror image")
    func mirrored() {
        let picture = finger.picture(.everyday(1))
        let mirror = GrayImage(
            width: picture.width, height: picture.height,
            pixels: (0..<picture.height).flatMap { y in
                (0..<picture.width).reversed().map { x in picture[x, y] }
            }, pixelsPerInch: 500)
        #expect(examiner.similarity(examiner.template(of: picture), examiner.template(of: mirror)) < Self.threshold)
    }

    @Test("The order of a template's minutiae does not matter")
    func order() {
        let (one, two) = (template(finger, .everyday(1)), template(finger, .everyday(2)))
        let reversed = FingerTemplate(width: two.width, height: two.height, minutiae: two.minutiae.reversed())
        #expect(examiner.similarity(one, two) == examiner.similarity(one, reversed))
    }

    @Test("Templates with hardly a minutia, or with impossible ones, are like nothing")
    func hostile() {
        let whole = template(finger, .everyday(1))
        let empty = FingerTemplate(width: 0, height: 0, minutiae: [])
        let tiny = FingerTemplate(width: 100, height: 100, minutiae: Array(whole.minutiae.prefix(4)))
        let absurd = FingerTemplate(
            width: 1, height: 1,
            minutiae: (0..<300).map { index in
                Minutia(
                    kind: .ending, x: index % 2 == 0 ? .max : .min, y: index % 3 == 0 ? .max : index,
                    angle: index % 5 == 0 ? .nan : .infinity, certainty: index % 7 == 0 ? .nan : 1e30)
            })
        let heap = FingerTemplate(
            width: 1, height: 1,
            minutiae: (0..<300).map { _ in Minutia(kind: .ending, x: 5, y: 5, angle: 1, certainty: 1) })
        for print in [empty, tiny] {
            #expect(examiner.similarity(whole, print) == 0)
            #expect(examiner.similarity(print, whole) == 0)
            #expect(examiner.similarity(print, print) == 0)
        }
        for print in [absurd, heap] {
            #expect(examiner.similarity(whole, print) < Self.threshold)
            #expect(examiner.similarity(print, print) >= 0)
        }
    }

    @Test(
        "Two captures of a real finger match, and two real fingers do not",
        .enabled(if: WitnessFinger.isPresent, "SKIPPED: no ../shared/witness/fingers or LOKET_WITNESS"))
    func witness() throws {
        let (one, again, stranger) = (
            try WitnessFinger.picture("p1_1"), try WitnessFinger.picture("p1_2"), try WitnessFinger.picture("p2_1")
        )
        let prints = [one, again, stranger].map { examiner.template(of: $0) }
        #expect(examiner.similarity(prints[0], prints[1]) > 3 * Self.threshold)
        #expect(examiner.similarity(prints[0], prints[2]) < Self.threshold / 2)
        #expect(examiner.similarity(prints[1], prints[2]) < Self.threshold / 2)
    }
}
