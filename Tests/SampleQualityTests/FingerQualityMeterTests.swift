import DeviceEmulation
import EnrolmentCore
import SampleQuality
import Testing

@Suite("FingerQualityMeter")
struct FingerQualityMeterTests {
    private let examiner = FingerExaminer()

    private static let fingers = (0..<4).map {
        SyntheticFinger(person: 4200 + UInt64($0), position: [.rightIndex, .leftThumb, .leftIndex, .rightRing][$0])
    }

    private func pictures(_ touch: (UInt64) -> FingerTouch) -> [GrayImage] {
        Self.fingers.enumerated().map { $1.picture(touch(UInt64($0) * 19 + 3)) }
    }

    private func meanScore(_ pictures: [GrayImage]) -> Double {
        Double(pictures.reduce(0) { $0 + examiner.preview(of: $1).score }) / Double(pictures.count)
    }

    @Test("a finger that is laid down with care is good enough for any threshold of TR-03121")
    func careful() {
        for picture in pictures({ FingerTouch(seed: $0) }) { #expect(examiner.preview(of: picture).score >= 30) }
    }

    @Test(
        "a strong flaw costs much of the score, and more than a moderate one",
        arguments: [FingerFlaw.light, .wet, .dry, .noisy, .partial, .sliding])
    func falls(_ flaw: FingerFlaw) {
        let scores = [Float(0), 0.5, 1].map { severity in
            meanScore(pictures { .flawed(flaw, severity: severity, seed: $0) })
        }
        #expect(scores[2] < scores[0] - 10, "\(scores)")
        // Noise has done all its harm at half its strength.
        #expect(scores[2] < scores[1] + (flaw == .noisy ? 2 : -10), "\(scores)")
        // A little dryness parts ridges that run together; NFIQ 2 thinks so too.
        if flaw != .dry { #expect(scores[1] < scores[0] + 2, "\(scores)") }
    }

    @Test(
        "the score falls as the picture is spoilt",
        arguments: [Spoiling.coarse, .faded, .cut, .noisy])
    func spoilt(_ spoiling: Spoiling) {
        let whole = pictures { FingerTouch(seed: $0) }
        let scores = [0, 1, 2, 3].map { amount in meanScore(whole.map { spoiling.applied(to: $0, amount: amount) }) }
        #expect(scores[0] > scores[3] + 15, "\(scores)")
        for (before, after) in zip(scores, scores.dropFirst()) { #expect(after < before + 3, "\(scores)") }
    }

    @Test("an empty glass scores nothing and asks for a finger", arguments: [UInt8(255), 240, 128, 0], [0, 2, 12])
    func emptyGlass(grey: UInt8, noise: Int) {
        let picture = Noise(seed: 5).picture(width: 320, height: 300, around: Int(grey), reach: noise)
        for quality in [examiner.quality(of: picture), examiner.preview(of: picture)] {
            #expect(quality.score == 0)
            #expect(quality.hints == [.placeFinger])
        }
    }

    @Test("stripes, rings and squares are no fingers", arguments: Drawing.allCases)
    func noFinger(_ drawing: Drawing) {
        #expect(examiner.preview(of: drawing.picture(width: 368, height: 400)).score < 30)
    }

    @Test("a white frame changes no measure of ridges that fill the picture", arguments: [1, 41, 200])
    func whiteFrame(margin: Int) {
        let finger = Self.fingers[0].picture(FingerTouch(seed: 3))
        let ridges = GrayImage(width: 200, height: 200) { x, y in Int(finger[x + 84, y + 100]) }
        let meter = FingerQualityMeter()
        #expect(meter.measures(of: ridges.framed(by: margin)) == meter.measures(of: ridges))
    }

    @Test("a white frame hardly changes the score of a whole finger, whose faint rim may go with it")
    func whiteFrameAroundFinger() {
        for picture in pictures({ FingerTouch(seed: $0) }) {
            let (plain, framed) = (examiner.preview(of: picture), examiner.preview(of: picture.framed(by: 41)))
            #expect(abs(framed.score - plain.score) <= 3)
            #expect(framed.hints == plain.hints)
        }
    }

    @Test("the whole measure has every part, each from 0 to 1, and the preview's score and hints")
    func parts() {
        for picture in pictures({ .everyday($0) }) {
            let (whole, quick) = (examiner.quality(of: picture), examiner.preview(of: picture))
            #expect(Set(whole.parts.keys) == Set(FingerQuality.Part.allCases))
            let isWithin = whole.parts.values.allSatisfy { (0...1).contains($0) }
            #expect(isWithin)
            #expect(quick.parts[.minutiae] == nil)
            #expect(quick.score == whole.score)
            #expect(quick.hints == whole.hints)
            #expect(examiner.quality(of: picture) == whole, "the same picture, the same answer")
        }
    }

    @Test(
        "pictures of any size and content are measured",
        arguments: [
            (1, 1), (1, 400), (400, 1), (2, 3), (31, 33), (32, 32), (36, 36), (37, 35), (64, 64), (65, 129), (360, 40),
            (801, 90), (90, 1001),
        ])
    func anySize(_ size: (width: Int, height: Int)) {
        var pictures = Drawing.allCases.map { $0.picture(width: size.width, height: size.height) }
        let noise = Noise(seed: 77)
        pictures.append(noise.picture(width: size.width, height: size.height, around: 0, reach: 0))
        pictures.append(noise.picture(width: size.width, height: size.height, around: 128, reach: 127))
        for picture in pictures {
            let quality = examiner.quality(of: picture)
            #expect((0...100).contains(quality.score))
            let isWithin = quality.parts.values.allSatisfy { (0...1).contains($0) }
            #expect(isWithin)
            let isFinite = FingerQualityMeter().measures(of: picture).allSatisfy { $0.isFinite }
            #expect(isFinite)
            #expect((0...1).contains(examiner.residue(in: picture, after: picture)))
        }
    }
}
