import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("PGM files")
struct PGMCodecTests {
    private let codec = PGMCodec()

    @Test("a picture comes back exactly")
    func roundTrip() throws {
        let image = SyntheticFinger.image(width: 31, height: 17)
        let decoded = try codec.decode(codec.encode(image))
        #expect(decoded.width == 31 && decoded.height == 17 && decoded.pixels == image.pixels)
    }

    @Test("comments, any white space and fewer levels are understood")
    func header() throws {
        let file = Array("P5 # made by hand\n# twice\n2\t1\r\n15\n".utf8) + [0, 15]
        #expect(try codec.decode(file) == GrayImage(width: 2, height: 1, pixels: [0, 255]))
    }

    @Test("what is wrong is named")
    func errors() {
        func expect(_ failure: PGMCodec.Failure, _ text: String) {
            #expect(throws: failure, "\(text)") { try codec.decode(Array(text.utf8)) }
        }
        expect(.notPGM, "P2\n1 1\n255\n0")
        expect(.truncated, "P5\n2 1\n255\na")
        expect(.truncated, "P5\n2")
        expect(.invalidHeader, "P5\n0 1\n255\na")
        expect(.invalidHeader, "P5\n-1 1\n255\na")
        expect(.invalidHeader, "P5\n99999999999999999999 1\n255\na")
        expect(.unsupportedDepth, "P5\n1 1\n65535\nab")
        expect(.tooLarge(width: 100_000, height: 100_000), "P5\n100000 100000\n255\na")
    }

    @Test("2000 damaged files give a picture or an error")
    func mutation() {
        let file = codec.encode(SyntheticFinger.image(width: 9, height: 5))
        var mutator = Mutator(seed: 71)
        for _ in 0..<2000 {
            do throws(PGMCodec.Failure) {
                let image = try codec.decode(mutator.mutated(file))
                #expect(image.pixels.count == image.width * image.height)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
