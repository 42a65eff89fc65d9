import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("WSQ, there and back")
struct WSQCodecTests {
    @Test("a finger comes back alike, at about fifteen to one")
    func finger() throws {
        let image = SyntheticFinger.image(width: 300, height: 280)
        let file = try WSQEncoder().encode(image)
        let decoded = try WSQDecoder().decode(file)
        #expect(decoded.width == 300 && decoded.height == 280)
        #expect(decoded.pixelsPerInch == 500)
        #expect(decoded.likeness(to: image) > 28)
        let ratio = Double(image.pixels.count) / Double(file.count)
        #expect(ratio > 10 && ratio < 20)
    }

    @Test("more bits give a better picture")
    func rate() throws {
        let image = SyntheticFinger.image(width: 160, height: 160)
        let small = try WSQEncoder(bitRate: 0.75).encode(image)
        let large = try WSQEncoder(bitRate: 2.25).encode(image)
        #expect(large.count > 2 * small.count)
        let difference =
            try WSQDecoder().decode(large).likeness(to: image) - WSQDecoder().decode(small).likeness(to: image)
        #expect(difference > 2.5)
    }

    @Test("a picture of one grey value is exact, in few bytes", arguments: [0, 1, 100, 128, 254, 255] as [UInt8])
    func constant(_ value: UInt8) throws {
        let image = SyntheticFinger.constant(value, width: 290, height: 384)
        let file = try WSQEncoder().encode(image)
        #expect(file.count < 700)
        #expect(try WSQDecoder().decode(file) == image)
    }

    @Test("the file of a constant picture is as long as NBIS makes it")
    func constantLength() throws {
        #expect(try WSQEncoder().encode(SyntheticFinger.constant(128, width: 500, height: 500)).count == 655)
    }

    @Test(
        "any size is carried, however odd",
        arguments: [(1, 1), (1, 7), (9, 1), (2, 2), (3, 5), (8, 8), (15, 17), (31, 33), (64, 64), (97, 113), (1, 300)])
    func sizes(_ width: Int, _ height: Int) throws {
        let image = SyntheticFinger.image(width: width, height: height, seed: 4)
        let decoded = try WSQDecoder().decode(WSQEncoder(bitRate: 5).encode(image))
        #expect(decoded.width == width && decoded.height == height)
        // Below 8 pixels a side, the highest frequencies, which are never coded, are most of the picture.
        if min(width, height) >= 8 { #expect(decoded.likeness(to: image) > 20, "seed 4") }
    }

    @Test("noise, which does not compress, survives")
    func noise() throws {
        var generator = SeededGenerator(seed: 9)
        let pixels = (0..<(200 * 150)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let image = GrayImage(width: 200, height: 150, pixels: pixels)
        let decoded = try WSQDecoder().decode(WSQEncoder(bitRate: 6).encode(image))
        // A quarter of the frequencies is never coded, and with it a quarter of the power: 16.8 dB at best.
        let likeness = decoded.likeness(to: image)
        #expect(likeness > 16 && likeness < 17.5, "seed 9")
    }

    @Test("a limit on the length is kept, with the picture as good as that allows")
    func limit() throws {
        let image = SyntheticFinger.image(width: 200, height: 200)
        let whole = try WSQEncoder().encode(image)
        let limit = whole.count * 2 / 3
        let file = try WSQEncoder().encode(image, atMost: limit)
        #expect(file.count <= limit)
        #expect(file.count > limit * 9 / 10)
        #expect(try WSQEncoder().encode(image, atMost: whole.count) == whole)
        #expect(throws: WSQError.cannotReach(byteCount: 600)) { try WSQEncoder().encode(image, atMost: 600) }
    }

    @Test("the header tells size, comments and that no certificate is claimed")
    func header() throws {
        let image = SyntheticFinger.image(width: 70, height: 50)
        let header = try WSQDecoder().header(of: WSQEncoder(comments: ["loket"]).encode(image))
        #expect(header.width == 70 && header.height == 50)
        #expect(header.softwareNumber == 0)
        #expect(header.pixelsPerInch == 500)
        #expect(
            header.comments == [
                "NIST_COM 9\nPIX_WIDTH 70\nPIX_HEIGHT 50\nPIX_DEPTH 8\nPPI 500\nLOSSY 1\nCOLORSPACE GRAY\n"
                    + "COMPRESSION WSQ\nWSQ_BITRATE 0.750000", "loket",
            ])
    }

    @Test("an unknown resolution stays unknown, a missing comment means 500")
    func resolution() throws {
        let image = GrayImage(width: 40, height: 40, pixels: [UInt8](repeating: 7, count: 1600))
        #expect(try WSQDecoder().decode(WSQEncoder().encode(image)).pixelsPerInch == nil)
        #expect(try WSQDecoder().decode(WSQEncoder(describesImage: false).encode(image)).pixelsPerInch == 500)
    }

    @Test("settings out of range are refused")
    func settings() {
        let image = SyntheticFinger.constant(9, width: 40, height: 40)
        for rate in [0, -1, 9, .nan, .infinity] {
            #expect(throws: WSQError.invalidBitRate) { try WSQEncoder(bitRate: rate).encode(image) }
        }
        let long = String(repeating: "x", count: 65534)
        #expect(throws: WSQError.invalidSegment(.comment)) { try WSQEncoder(comments: [long]).encode(image) }
        let wide = SyntheticFinger.constant(9, width: 65536, height: 1)
        #expect(throws: WSQError.tooLarge(width: 65536, height: 1)) { try WSQEncoder().encode(wide) }
    }
}
