import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("Pictures of signatures")
struct SignatureRendererTests {
    private func ink(_ image: GrayImage) -> (left: Int, right: Int, top: Int, bottom: Int) {
        var box = (left: image.width, right: -1, top: image.height, bottom: -1)
        for y in 0..<image.height {
            for x in 0..<image.width where image[x, y] < 128 {
                box = (min(box.left, x), max(box.right, x), min(box.top, y), max(box.bottom, y))
            }
        }
        return box
    }

    @Test("fill the box but for the margin, in their own proportions")
    func proportions() throws {
        let places =
            (0..<40).map { (100 * $0, 0) } + (0..<20).map { (4000, 100 * $0) }
            + (0..<40).map { (4000 - 100 * $0, 2000) }
            + (0...20).map { (0, 2000 - 100 * $0) }
        let rectangle = [places.map { PenPoint(x: 1000 + $0.0, y: 1000 + $0.1, pressure: 1023, milliseconds: 0) }]
        let renderer = SignatureRenderer(width: 400, height: 400, pixelsPerInch: 300, lineWidths: 0.2...0.2)
        let image = try renderer.render(try SignatureFixture.sample(rectangle))
        let box = ink(image)
        let width = box.right - box.left
        let height = box.bottom - box.top
        #expect(abs(Double(width) / Double(height) - 2) < 0.03)
        #expect(width > 350 && width <= 362)
        #expect(image.pixelsPerInch == 300)
    }

    @Test("are never larger than life")
    func lifeSize() throws {
        let line = [(0..<100).map { PenPoint(x: 1000 + 10 * $0, y: 1000, pressure: 500, milliseconds: $0) }]
        let renderer = SignatureRenderer(width: 1000, height: 500, pixelsPerInch: 254, lineWidths: 0.5...0.5)
        let box = ink(try renderer.render(try SignatureFixture.sample(line)))
        // 9.9 mm at 10 pixels a millimetre, and half a line at each end.
        #expect(abs(box.right - box.left - 104) <= 2)
        #expect(abs((box.left + box.right) / 2 - 500) <= 1)
    }

    @Test("show one tap of the pen as a dot")
    func dot() throws {
        let tap = [[PenPoint(x: 4000, y: 3000, pressure: 1023, milliseconds: 0)]]
        let renderer = SignatureRenderer(width: 101, height: 101, pixelsPerInch: 254, lineWidths: 0.2...1)
        let image = try renderer.render(try SignatureFixture.sample(tap))
        #expect(image[50, 50] == 0)
        let box = ink(image)
        #expect(box.right - box.left == 9 || box.right - box.left == 10)
        #expect(box.bottom - box.top == box.right - box.left)
    }

    @Test("are wider where the pen pressed harder, and soft at the edges")
    func pressure() throws {
        func darkness(_ pressure: Int) throws -> Int {
            let line = [(0..<50).map { PenPoint(x: 1000 + 40 * $0, y: 1000, pressure: pressure, milliseconds: $0) }]
            let image = try SignatureRenderer().render(try SignatureFixture.sample(line))
            #expect(image.pixels.contains { $0 > 20 && $0 < 235 })
            return image.pixels.reduce(0) { $0 + 255 - Int($1) }
        }
        let light = try darkness(50)
        let hard = try darkness(1000)
        #expect(Double(hard) > 2 * Double(light))
    }

    @Test("do not join strokes")
    func strokesApart() throws {
        let strokes = [1000, 3000].map { x in
            (0..<20).map { PenPoint(x: x, y: 1000 + 100 * $0, pressure: 600, milliseconds: $0) }
        }
        let image = try SignatureRenderer(width: 200, height: 200).render(try SignatureFixture.sample(strokes))
        #expect((0..<200).allSatisfy { image[100, $0] == 255 })
    }

    @Test("cannot be made without ink, pad or paper")
    func errors() throws {
        let flat = PadGeometry(
            maximumX: 0, maximumY: 1, maximumPressure: 1, widthInHundredthsOfMillimetre: 1,
            heightInHundredthsOfMillimetre: 1)
        let strokes = SignatureFixture.strokes
        #expect(throws: SignatureRenderingError.noInk) {
            try SignatureRenderer().render(try SignatureFixture.sample([[], []]))
        }
        #expect(throws: SignatureRenderingError.invalidGeometry) {
            try SignatureRenderer().render(try SignatureFixture.sample(strokes, geometry: flat))
        }
        for (width, height) in [(0, 10), (10, -1), (100_000, 100_000)] {
            #expect(throws: SignatureRenderingError.invalidSize) {
                try SignatureRenderer(width: width, height: height).render(try SignatureFixture.sample(strokes))
            }
        }
    }

    @Test("stay on the paper for points that no pad could give")
    func wildPoints() throws {
        let wild = [Int.min, -1, 0, 70_000, Int.max].map {
            PenPoint(x: $0, y: $0, pressure: $0, milliseconds: 0)
        }
        let image = try SignatureRenderer(width: 90, height: 60).render(try SignatureFixture.sample([wild]))
        #expect(image.pixels.contains(0))
    }
}
