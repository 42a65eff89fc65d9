import EnrolmentCore
import StationTestSupport
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

    @Test("a slow ramp, which needs next to no bits, is not lost to bins too narrow for its coefficients")
    func ramp() throws {
        let pixels = (0..<384).flatMap { _ in (0..<290).map { UInt8($0 * 255 / 290) } }
        let image = GrayImage(width: 290, height: 384, pixels: pixels, pixelsPerInch: 500)
        #expect(try WSQDecoder().decode(WSQEncoder().encode(image)).likeness(to: image) > 40)
    }

    @Test("a limit on the length is kept, and nearly filled", arguments: [2.0 / 3, 0.5, 0.3])
    func limit(_ share: Double) throws {
        let image = SyntheticFinger.image(width: 200, height: 200)
        let whole = try WSQEncoder().encode(image)
        let limit = Int(Double(whole.count) * share)
        let file = try WSQEncoder().encode(image, atMost: limit)
        #expect(file.count <= limit)
        #expect(file.count >= limit * 19 / 20)
        #expect(try WSQEncoder().encode(image, atMost: whole.count) == whole)
    }

    @Test("noise of a whole scanner's glass comes down to what BSI TR-03121 allows, 17 to 18 kB")
    func noiseWithinLimit() throws {
        var generator = SeededGenerator(seed: 10)
        for (width, height) in [(500, 500), (800, 750)] {
            let pixels = (0..<(width * height)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let image = GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 500)
            let file = try WSQEncoder().encode(image, atMost: 18 * 1024)
            #expect((17 * 1024...18 * 1024).contains(file.count), "seed 10: \(file.count) bytes")
            #expect(try WSQDecoder().decode(file).width == width)
        }
    }

    @Test("a limit below the tables themselves is refused by name")
    func unreachableLimit() {
        let image = SyntheticFinger.image(width: 200, height: 200)
        for limit in [600, 1, 0, -1] {
            #expect(throws: WSQError.cannotReach(byteCount: limit)) { try WSQEncoder().encode(image, atMost: limit) }
        }
    }

    @Test("runs of more than 65535 zeros are carried, and so is the largest picture")
    func largest() throws {
        var pixels = [UInt8](repeating: 250, count: 4096 * 4096)
        let finger = SyntheticFinger.image(width: 256, height: 256)
        for y in 0..<256 {
            let start = (1900 + y) * 4096 + 1900
            pixels.replaceSubrange(start..<(start + 256), with: finger.pixels[(y * 256)..<((y + 1) * 256)])
        }
        let image = GrayImage(width: 4096, height: 4096, pixels: pixels, pixelsPerInch: 500)
        let decoded = try WSQDecoder().decode(WSQEncoder(bitRate: 0.1).encode(image))
        #expect(decoded.width == 4096 && decoded.height == 4096)
        var part: [UInt8] = []
        for y in 0..<256 {
            let start = (1900 + y) * 4096 + 1900
            part += decoded.pixels[start..<(start + 256)]
        }
        #expect(GrayImage(width: 256, height: 256, pixels: part).likeness(to: finger) > 25)
        #expect(abs(Int(decoded[10, 10]) - 250) < 3)
        let wide = GrayImage(width: 4096, height: 4097, pixels: pixels + pixels[..<4096])
        #expect(throws: WSQError.tooLarge(width: 4096, height: 4097)) { try WSQEncoder().encode(wide) }
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
