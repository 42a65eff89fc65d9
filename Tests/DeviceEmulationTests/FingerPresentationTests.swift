import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

@Suite struct FingerPresentationTests {
    static let finger = SyntheticFinger(seed: 31)

    @Test("The last picture stays for all that follow, and nothing comes of no finger")
    func given() {
        let image = Self.finger.picture(on: .uareU)
        let presentation = FingerPresentation(image)
        #expect(presentation.picture(frame: 0) == image && presentation.picture(frame: 7) == image)
        #expect(FingerPresentation.noFinger.picture() == nil)
        #expect(FingerPresentation(Self.finger).picture(on: .morpho)?.width == 416)
    }

    @Test("A finger that hardly touches is pressed harder from picture to picture")
    func tooLight() throws {
        let presentation = FingerPresentation(person: 4, position: .rightIndex, .tooLight)
        let blocks = try (0..<5).map { FingerMeasures(try #require(presentation.picture(frame: $0))).touchedBlocks }
        #expect(blocks == blocks.sorted() && blocks[0] * 10 < blocks[4] * 7, "\(blocks)")
    }

    @Test("A finger that moves is blurred first and lies somewhere else then")
    func moved() throws {
        let presentation = FingerPresentation(person: 4, position: .rightIndex, .moved)
        let (first, second) = (try #require(presentation.picture(frame: 0)), presentation.picture(frame: 1))
        let later = try #require(second)
        #expect(FingerMeasures(first).sharpness < 0.7 * FingerMeasures(later).sharpness)
        let still = try #require(FingerPresentation(person: 4, position: .rightIndex).picture())
        #expect(FingerMeasures.correlation(still, later, right: 0, down: 0) < 0.5)
    }

    @Test("Manners that are seen in one picture differ from the right one, and all but a ghost are dark")
    func manners() throws {
        let right = try #require(FingerPresentation(person: 5, position: .leftIndex).picture())
        for manner in [FingerManner.wet, .dry, .rotated, .wrongFinger, .ghost] {
            let picture = try #require(FingerPresentation(person: 5, position: .leftIndex, manner).picture())
            #expect(picture != right)
            #expect((picture.pixels.count { $0 < 120 } > 1000) == (manner != .ghost), "\(manner)")
        }
        let wrong = FingerPresentation(person: 5, position: .leftIndex, .wrongFinger).picture()
        #expect(wrong == SyntheticFinger(person: 5, position: .rightIndex).picture(FingerTouch(), on: .uareU))
        for manner in [FingerManner.liftedEarly, .neverLifted] {
            let lifting = FingerPresentation(person: 5, position: .leftIndex, manner).lifting
            #expect(lifting == (manner == .liftedEarly ? .early : .never))
        }
    }

    @Test("A ghost is the earlier print, fainter and in the same place; under a finger it shines through")
    func residue() throws {
        let earlier = FingerPresentation(Self.finger, touch: FingerTouch(seed: 1))
        let print = try #require(earlier.picture())
        let ghost = try #require(FingerPresentation.ghost(of: earlier).picture())
        #expect(FingerMeasures.correlation(print, ghost, right: 0, down: 0) > 0.98)
        #expect((ghost.pixels.min() ?? 0) > 130)
        let next = FingerPresentation(SyntheticFinger(seed: 32), touch: FingerTouch(seed: 2))
        let clean = try #require(next.picture())
        let soiled = try #require(next.over(earlier).picture())
        #expect(zip(clean.pixels, soiled.pixels).allSatisfy { $0 >= $1 })
        #expect(FingerMeasures.correlation(clean, soiled, right: 0, down: 0) > 0.95)
        #expect(clean != soiled)
    }

    @Test("The emulated scanner takes one picture after another of a finger, and an empty one once it is lifted")
    func emulated() throws {
        var model = UareUModel.uareU4500
        model.isScrambling = false
        let touches: [FingerTouch?] = [FingerTouch(pressure: 0.3), FingerTouch(), nil]
        let presentation = FingerPresentation(Self.finger, touches: touches)
        let scanner = EmulatedUareU(model, presentations: [presentation], pace: .simulated)
        try scanner.open(.vendorSpecific)
        try write(scanner, 0x10)
        for frame in 0..<3 {
            let transfer = USBTransferID(2)
            try scanner.submit(.read(USBPipe(.bulk, endpoint: 0x82), length: 111_424), as: transfer, within: nil)
            try write(scanner, 0x20)
            let sent = try #require(try scanner.nextCompletion(before: scanner.now + .seconds(1))?.result.get())
            let taken = presentation.picture(frame: frame)?.pixels ?? [UInt8](repeating: 255, count: 290 * 384)
            // Turned, ridges bright; the first block of 72 lines is there whole.
            let expected = taken.reversed().prefix(72 * 384).map { 255 - $0 }
            #expect(Array(sent[64..<64 + 72 * 384]) == expected, "picture \(frame)")
        }
    }

    private func write(_ scanner: EmulatedUareU, _ mode: UInt8) throws {
        let control = USBTransferID(1)
        let setup = USBSetup(requestType: 0x40, request: 4, value: 0x4E)
        try scanner.submit(.controlOut(setup, [mode]), as: control, within: .seconds(1))
        _ = try #require(try scanner.nextCompletion(before: scanner.now + .seconds(1)))
    }
}
