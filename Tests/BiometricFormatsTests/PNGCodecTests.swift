import EnrolmentCore
import StationTestSupport
import Testing

@testable import BiometricFormats

@Suite("PNG files")
struct PNGCodecTests {
    private let codec = PNGCodec()

    @Test("a grey picture comes back exactly, with its density", arguments: [(1, 1), (3, 7), (64, 50), (129, 31)])
    func gray(_ width: Int, _ height: Int) throws {
        let image = SyntheticFinger.image(width: width, height: height)
        #expect(try codec.decodeGray(codec.encode(image)) == image)
    }

    @Test("a picture without density stays without")
    func noDensity() throws {
        let image = GrayImage(width: 2, height: 1, pixels: [3, 200])
        #expect(try codec.decodeGray(codec.encode(image)) == image)
    }

    @Test("noise, which does not compress, comes back exactly")
    func noise() throws {
        var generator = SeededGenerator(seed: 51)
        let pixels = (0..<(3 * 301 * 103)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let image = RGBImage(width: 301, height: 103, pixels: pixels)
        #expect(try codec.decodeRGB(codec.encode(image)) == image)
    }

    @Test("a colour picture comes back exactly, and grey by its luma")
    func colour() throws {
        let image = RGBImage(width: 4, height: 1, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 77, 77, 77])
        let file = try codec.encode(image)
        #expect(try codec.decodeRGB(file) == image)
        #expect(try codec.decodeGray(file).pixels == [76, 150, 29, 77])
    }

    @Test("a grey file can be read as colour")
    func grayAsColour() throws {
        let file = try codec.encode(GrayImage(width: 2, height: 1, pixels: [9, 180]))
        #expect(try codec.decodeRGB(file).pixels == [9, 9, 9, 180, 180, 180])
    }

    @Test("more pixels than allowed, or than the bytes can hold, are refused")
    func tooLarge() throws {
        let file = try codec.encode(SyntheticFinger.constant(5, width: 40, height: 30))
        #expect(throws: PNGError.tooLarge(width: 40, height: 30)) {
            try PNGCodec(maximumPixelCount: 1199).decodeGray(file)
        }
    }

    @Test("a file that is cut anywhere in its picture is refused")
    func truncation() throws {
        let file = try codec.encode(SyntheticFinger.image(width: 16, height: 9))
        // The end chunk holds nothing; libpng does not miss it.
        for length in 0..<(file.count - 16) {
            #expect(throws: PNGError.self, "length \(length)") { try codec.decodeGray(Array(file[..<length])) }
        }
    }

    @Test("2000 damaged files give a picture or an error")
    func mutation() throws {
        let file = try codec.encode(SyntheticFinger.image(width: 40, height: 30))
        let strict = PNGCodec(maximumPixelCount: 1_000_000)
        var mutator = Mutator(seed: 61)
        for _ in 0..<2000 {
            do throws(PNGError) {
                let image = try strict.decodeGray(mutator.mutated(file))
                #expect(image.pixels.count == image.width * image.height)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("other files are told from PNG")
    func foreign() {
        #expect(throws: PNGError.notPNG) { try codec.decodeGray([]) }
        #expect(throws: PNGError.notPNG) { try codec.decodeRGB([0xFF, 0xD8, 0xFF]) }
    }
}
