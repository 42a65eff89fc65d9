import EnrolmentCore
import Testing

@testable import DeviceEmulation

@Suite("Emulated handwriting")
struct SignatureHandwritingTests {
    @Test(
        "A signature fits the pad and has a pen's pressures and times",
        arguments: ["Voorbeeld Test", "ij", "", "Ž'Ø 3", String(repeating: "lang ", count: 40)])
    func plausible(name: String) {
        for seed in 0..<5 as Range<UInt64> {
            let script = Handwriting.signature(of: name, seed: seed)
            let points = script.strokes.flatMap(\.self)
            #expect(points.count > 20)
            #expect(points.allSatisfy { (0...9600).contains($0.x) && (0...6000).contains($0.y) })
            #expect(points.allSatisfy { (40...1000).contains($0.pressure) })
            #expect(zip(points, points.dropFirst()).allSatisfy { $0.milliseconds < $1.milliseconds })
            #expect(points.first?.milliseconds == 0)
            for (earlier, later) in zip(script.strokes, script.strokes.dropFirst()) {
                #expect((later.first?.milliseconds ?? 0) - (earlier.last?.milliseconds ?? 0) >= 70)
            }
        }
    }

    @Test("The same name and seed write the same, others do not")
    func seeded() {
        #expect(Handwriting.signature(of: "Een", seed: 1) == Handwriting.signature(of: "Een", seed: 1))
        #expect(Handwriting.signature(of: "Een", seed: 1) != Handwriting.signature(of: "Een", seed: 2))
        #expect(Handwriting.signature(of: "Een", seed: 1) != Handwriting.signature(of: "Eet", seed: 1))
    }

    @Test("The pad reports hover, ink and leaving, in growing time")
    func moments() {
        let script = InkScript(strokes: [[PenPoint(x: 10, y: 20, pressure: 100, milliseconds: 0)]])
        #expect(script.moments.map(\.milliseconds) == [-30, -25, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25, 30, 35])
        #expect(script.moments.map(\.isTouching).filter(\.self).count == 1)
        #expect(script.moments.last?.isInRange == false)
    }

    @Test("A moment has the documented bytes")
    func bytes() {
        let script = InkScript(strokes: [[PenPoint(x: 4096, y: 2049, pressure: 100, milliseconds: 0)]])
        #expect(script.moments[6].report(0x01) == [0x01, 0x90, 0x64, 0x10, 0x00, 0x08, 0x01])
        #expect(script.moments[0].report(0x01) == [0x01, 0x80, 0x00, 0x10, 0x00, 0x08, 0x01])
        #expect(script.moments.last?.report(0x01) == [0x01, 0, 0, 0, 0, 0, 0])
    }
}
