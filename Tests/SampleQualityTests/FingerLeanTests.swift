import DeviceEmulation
import EnrolmentCore
import SampleQuality
import Testing

@Suite("A finger that lies aslant")
struct FingerLeanTests {
    private let examiner = FingerExaminer()
    /// As large as a finger of which nothing is cut off when it is turned.
    private let glass = FingerGlass(width: 460, height: 460, pixelsPerInch: 500)

    private func picture(_ person: UInt64, turnedBy degrees: Float) -> GrayImage {
        SyntheticFinger(person: person, position: .rightIndex)
            .picture(FingerTouch(seed: person, rotation: degrees), on: glass)
    }

    @Test("leans by the angle that it was turned by, to the same side", arguments: [-40, -30, 30, 40] as [Float])
    func angle(_ degrees: Float) throws {
        let leans = (1...6).compactMap { examiner.lean(of: picture($0, turnedBy: degrees)) }
        #expect(leans.count >= 5, "of 6 fingers")
        for lean in leans { #expect(abs(lean - Double(degrees)) < 15, "\(lean) for \(degrees)") }
    }

    @Test("is set upright", arguments: [-35, 35] as [Float])
    func upright(_ degrees: Float) {
        let left = (1...6).map { examiner.upright(picture($0, turnedBy: degrees)) }.compactMap { examiner.lean(of: $0) }
        #expect(left.count <= 1, "\(left)")
    }

    @Test("matches the same finger upright, before and after")
    func match() {
        let straight = examiner.template(of: picture(3, turnedBy: 0))
        let aslant = picture(3, turnedBy: 35)
        #expect(examiner.similarity(straight, examiner.template(of: aslant)) > 60)
        #expect(examiner.similarity(straight, examiner.template(of: examiner.upright(aslant))) > 60)
    }

    @Test("A finger that lies straight stays as it was taken, to the pixel")
    func straight() {
        let image = picture(2, turnedBy: 5)
        #expect(examiner.lean(of: image) == nil)
        #expect(examiner.upright(image) == image)
    }

    @Test("A glass with nothing on it has no lean")
    func empty() {
        #expect(
            examiner.lean(of: GrayImage(width: 300, height: 300, pixels: Array(repeating: 240, count: 90_000))) == nil)
    }
}
