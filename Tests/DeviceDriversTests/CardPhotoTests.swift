import BiometricFormats
import EnrolmentCore
import StationTestSupport
import Testing

@testable import DeviceDrivers

@Suite("The photo on a card") struct CardPhotoTests {
    private static let seed: UInt64 = 28

    private static func gray(_ width: Int, _ height: Int) throws -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        let pixels = (0..<width * height).map {
            UInt8($0 * 255 / (width * height)) ^ UInt8.random(in: 0...7, using: &random)
        }
        return try JPEGCodec().encode(
            GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 300), quality: 60)
    }

    private func reading(photo: [UInt8]?, digest: [UInt8]) throws -> CardReading {
        let file =
            [6, 11] + [UInt8]("85073003328".utf8) + [7, 4] + [UInt8]("TEST".utf8) + [0x11, UInt8(digest.count)] + digest
        return CardReading(
            files: photo.map { [.photo: $0] } ?? [:], chipNumber: [], appletVersion: 0x18, atr: [],
            identity: try CardIdentity(file: file), address: nil, readAt: Timestamp(milliseconds: 0))
    }

    @Test("Case 28: size and colour are read from the file", arguments: [(140, 200), (150, 195)])
    func sizes(_ width: Int, _ height: Int) throws {
        let header = try JPEGCodec().header(of: Self.gray(width, height))
        #expect((header.width, header.height, header.componentCount) == (width, height, 1))
        #expect(header.pixelsPerInch == 300)
        #expect(!header.isProgressive)
        let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let colour = try JPEGCodec().encode(RGBImage(width: width, height: height, pixels: pixels))
        #expect(try JPEGCodec().header(of: colour).componentCount == 3)
        #expect(try JPEGCodec().decodeRGB(colour).width == width)
    }

    @Test("Case 28: a photo cut at any place, or changed, is a picture or a named error")
    func corrupt() throws {
        let photo = try Self.gray(140, 200)
        var random = SeededGenerator(seed: Self.seed)
        for length in stride(from: 0, to: photo.count, by: 61) {
            #expect(throws: JPEGError.self) { _ = try JPEGCodec().decodeGray([UInt8](photo.prefix(length))) }
        }
        for _ in 0..<200 {
            var changed = photo
            changed[Int.random(in: changed.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            do throws(JPEGError) { _ = try JPEGCodec().decodeGray(changed) } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("Case 28: the digest's length says which it is, and one changed bit shows")
    func digests() throws {
        let photo = [UInt8]("abc".utf8)
        // The standard's own examples of SHA-1, SHA-256 and SHA-384.
        let digests = [
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        ].map(bytes)
        #expect(digests.map(\.count) == [20, 32, 48])
        for digest in digests {
            #expect(CardIntegrity(try reading(photo: photo, digest: digest)).photoDigest == .ok)
            #expect(CardIntegrity(try reading(photo: photo + [0], digest: digest)).photoDigest == .mismatch)
            var other = digest
            other[other.count - 1] ^= 1
            #expect(CardIntegrity(try reading(photo: photo, digest: other)).photoDigest == .mismatch)
            #expect(CardIntegrity(try reading(photo: nil, digest: digest)).photoDigest == .unknown)
        }
        #expect(CardIntegrity(try reading(photo: photo, digest: [])).photoDigest == .unknown)
        #expect(CardIntegrity(try reading(photo: photo, digest: [1, 2])).photoDigest == .unknown)
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    }
}
