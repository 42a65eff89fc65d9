import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("JPEG files")
struct JPEGCodecTests {
    private let codec = JPEGCodec()

    private func colours(_ width: Int, _ height: Int) -> RGBImage {
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width { pixels += [UInt8(x * 255 / width), UInt8(y * 255 / height), 90] }
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }

    @Test("a colour picture comes back alike", arguments: [(1, 1), (7, 5), (64, 48), (119, 83)])
    func colour(_ width: Int, _ height: Int) throws {
        let image = colours(width, height)
        let decoded = try codec.decodeRGB(codec.encode(image, quality: 95))
        #expect(decoded.width == width && decoded.height == height)
        let worst = zip(decoded.pixels, image.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
        #expect(worst < 12)
    }

    @Test("a grey picture comes back alike, with its density")
    func gray() throws {
        let image = SyntheticFinger.image(width: 61, height: 47)
        let decoded = try codec.decodeGray(codec.encode(image, quality: 100))
        #expect(decoded.pixelsPerInch == 500)
        #expect(decoded.greatestDifference(from: image) <= 3)
    }

    @Test("the header tells size, components and density without decoding")
    func header() throws {
        let file = try codec.encode(colours(33, 20), pixelsPerInch: 300)
        let header = try codec.header(of: file)
        #expect(header.width == 33 && header.height == 20)
        #expect(header.componentCount == 3 && !header.isProgressive && header.scanCount == 1)
        #expect(header.pixelsPerInch == 300)
        #expect(Array(file[13..<18]) == [1, 0x01, 0x2C, 0x01, 0x2C])
        #expect(
            try codec.header(of: codec.encode(SyntheticFinger.constant(1, width: 9, height: 9))).componentCount == 1)
    }

    @Test("a smaller picture can be decoded", arguments: JPEGCodec.Scale.allCases)
    func scale(_ scale: JPEGCodec.Scale) throws {
        let decoded = try codec.decodeRGB(codec.encode(colours(101, 50)), scale: scale)
        #expect(decoded.width == (101 + scale.rawValue - 1) / scale.rawValue)
        #expect(decoded.height == (50 + scale.rawValue - 1) / scale.rawValue)
    }

    @Test("a limit on the length takes the best quality that fits, or says that none does")
    func limit() throws {
        let image = RGBImage(
            width: 100, height: 100, pixels: SyntheticFinger.image(width: 300, height: 100).pixels)
        let limit = try codec.encode(image, quality: 85).count
        #expect(try codec.encode(image, atMost: limit).count == limit)
        #expect(throws: JPEGError.cannotReach(byteCount: 500)) { try codec.encode(image, atMost: 500) }
    }

    @Test("a quarter of the colour gives a shorter file")
    func subsampling() throws {
        let image = colours(64, 64)
        #expect(try codec.encode(image, subsampling: .quarter).count < codec.encode(image).count)
    }

    @Test("settings out of range are refused")
    func settings() {
        #expect(throws: JPEGError.invalidSetting) { try codec.encode(colours(8, 8), quality: 0) }
        #expect(throws: JPEGError.invalidSetting) { try codec.encode(colours(8, 8), quality: 101) }
        #expect(throws: JPEGError.invalidSetting) { try codec.encode(colours(8, 8), pixelsPerInch: 0) }
        #expect(throws: JPEGError.tooLarge(width: 65501, height: 1)) {
            try codec.encode(SyntheticFinger.constant(1, width: 65501, height: 1))
        }
    }

    @Test("more pixels than the limits allow are refused before they are decoded")
    func tooLarge() throws {
        let file = try codec.encode(colours(40, 30))
        let strict = JPEGCodec(limits: .init(maximumPixelCount: 1199))
        #expect(throws: JPEGError.tooLarge(width: 40, height: 30)) { try strict.decodeRGB(file) }
        let frame = try #require(file.indices.first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
        var lie = file
        lie.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0xDC, 0xFF, 0xDC])
        #expect(throws: JPEGError.tooLarge(width: 65500, height: 65500)) { try codec.decodeRGB(lie) }
        lie.replaceSubrange((frame + 5)..<(frame + 9), with: [0x17, 0x70, 0x17, 0x70])
        #expect(throws: JPEGError.truncated) { try codec.decodeRGB(lie) }
    }

    @Test("more scans than the limits allow are refused before they are decoded")
    func tooManyScans() throws {
        let file = try codec.encode(SyntheticFinger.constant(70, width: 16, height: 16))
        let scan = try #require(file.indices.first { file[$0] == 0xFF && file[$0 + 1] == 0xDA })
        let body = Array(file[scan..<(file.count - 2)])
        let bomb = file[..<scan] + (0..<30).flatMap { _ in body } + [0xFF, 0xD9]
        #expect(throws: JPEGError.tooManyScans(30)) { try codec.decodeGray(Array(bomb)) }
    }

    @Test("a file that is cut at any place is refused")
    func truncation() throws {
        let file = try codec.encode(SyntheticFinger.image(width: 24, height: 17))
        for length in 0..<(file.count - 2) {
            #expect(throws: JPEGError.self, "length \(length)") { try codec.decodeGray(Array(file[..<length])) }
        }
    }

    @Test("a damaged picture is given as far as it goes where that is wanted, and refused elsewhere")
    func damage() throws {
        let file = try codec.encode(colours(64, 64))
        let cut = Array(file[..<(file.count * 3 / 4)])
        #expect(throws: JPEGError.truncated) { try codec.decodeRGB(cut) }
        let preview = try JPEGCodec(acceptsDamage: true).decodeRGB(cut)
        let whole = try codec.decodeRGB(file)
        #expect(preview.pixels.count == whole.pixels.count && preview != whole)
        #expect(preview.pixels[..<1000] == whole.pixels[..<1000])
        #expect(throws: JPEGError.notJPEG) { try JPEGCodec(acceptsDamage: true).decodeRGB([1, 2, 3]) }
    }

    @Test("a camera's frame without code tables is read with the standard ones")
    func motionJPEG() throws {
        let file = try codec.encode(colours(64, 48))
        var stripped = Array(file[..<2])
        var offset = 2
        while file[offset + 1] != 0xDA {
            let end = offset + 2 + Int(file[offset + 2]) << 8 + Int(file[offset + 3])
            if file[offset + 1] != 0xC4 { stripped += file[offset..<end] }
            offset = end
        }
        stripped += file[offset...]
        #expect(stripped.count < file.count - 400)
        #expect(try codec.decodeRGB(stripped) == codec.decodeRGB(file))
    }

    @Test("a picture that was stored lying is turned upright", arguments: 1...8)
    func orientation(_ value: Int) throws {
        // 16 x 8, dark but for its top left quarter, which only one corner of the upright picture can show.
        var pixels = [UInt8](repeating: 10, count: 16 * 8)
        for y in 0..<4 { for x in 0..<8 { pixels[16 * y + x] = 240 } }
        let file = try codec.encode(GrayImage(width: 16, height: 8, pixels: pixels), quality: 100)
        let tiff: [UInt8] =
            [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(value), 0, 0, 0, 0, 0, 0]
        let segment = [0xFF, 0xE1, 0, UInt8(8 + tiff.count)] + Array("Exif\0\0".utf8) + tiff
        let turned = file[..<2] + segment + file[2...]
        let image = try codec.decodeGray(Array(turned))
        #expect(image.width == (value < 5 ? 16 : 8) && image.height == (value < 5 ? 8 : 16))
        let lightCorner = [1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)]
        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let pixel = image[right * (image.width - 1), down * (image.height - 1)]
            let isLight = lightCorner[value].map { $0 == (right, down) } ?? false
            #expect((pixel > 128) == isLight, "corner \(right), \(down)")
        }
    }

    @Test("2000 damaged files give a picture or an error", arguments: [41, 42] as [UInt64])
    func mutation(_ seed: UInt64) throws {
        let strict = JPEGCodec(limits: .init(maximumPixelCount: 1_000_000))
        let lenient = JPEGCodec(limits: .init(maximumPixelCount: 1_000_000), acceptsDamage: true)
        let file = try codec.encode(colours(48, 40))
        var mutator = Mutator(seed: seed)
        for _ in 0..<1000 {
            do throws(JPEGError) {
                let damaged = mutator.mutated(file)
                _ = try? lenient.decodeGray(damaged)
                let image = try strict.decodeRGB(damaged)
                #expect(image.pixels.count == 3 * image.width * image.height)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("other files are told from JPEG")
    func foreign() {
        #expect(throws: JPEGError.notJPEG) { try codec.decodeRGB([]) }
        #expect(throws: JPEGError.notJPEG) { try codec.header(of: [0x89, 0x50, 0x4E, 0x47]) }
        #expect(throws: JPEGError.truncated) { try codec.header(of: [0xFF, 0xD8]) }
    }

    @Test("a file is kept to the last pixel, without its metadata")
    func cleaned() throws {
        let file = try codec.encode(colours(119, 83), quality: 77, subsampling: .quarter)
        // A comment and an EXIF segment, right behind the start.
        let secret = Array("thuisadres".utf8)
        let comment: [UInt8] = [0xFF, 0xFE, 0, UInt8(secret.count + 2)] + secret
        let exif: [UInt8] = [0xFF, 0xE1, 0, UInt8(secret.count + 8)] + Array("Exif\0\0".utf8) + secret
        let cleaned = try #require(try codec.cleaned(Array(file.prefix(2)) + comment + exif + file.dropFirst(2)))
        #expect(try codec.decodeRGB(cleaned) == codec.decodeRGB(file))
        #expect(!cleaned.indices.contains { cleaned[$0...].starts(with: secret) })
        #expect(try codec.header(of: cleaned).pixelsPerInch == 300)
        #expect(try codec.cleaned(cleaned) == cleaned)
    }

    @Test("what is not whole is not kept")
    func notCleaned() throws {
        let file = try codec.encode(colours(64, 48))
        for length in stride(from: 0, to: file.count - 2, by: 7) {
            #expect(throws: JPEGError.self) { try codec.cleaned(Array(file.prefix(length))) }
        }
    }
}
