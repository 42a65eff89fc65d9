import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("The WSQ decoder")
struct WSQDecoderTests {
    private let image = SyntheticFinger.image(width: 64, height: 72)
    private let decoder = WSQDecoder()

    @Test("takes the segments in another legal order, both code tables in one")
    func order() throws {
        let file = try WSQEncoder().encode(image)
        let parts = WSQSegments(file)
        let tables = parts[0xFFA6]
        let both = tables[0].bytes.dropFirst(4) + tables[1].bytes.dropFirst(4)
        let joined = WSQSegments.Segment(
            marker: 0xFFA6, bytes: [0xFF, 0xA6, UInt8((both.count + 2) >> 8), UInt8((both.count + 2) & 0xFF)] + both)
        let reordered = WSQSegments.file([joined] + parts[0xFFA2] + parts[0xFFA5] + parts[0xFFA4] + parts[0xFFA3])
        #expect(try decoder.decode(reordered).pixels == decoder.decode(file).pixels)
    }

    @Test("takes every table between the blocks, where a quantisation that says something else is refused")
    func tablesBetweenBlocks() throws {
        let file = try WSQEncoder().encode(image)
        let parts = WSQSegments(file)
        let tables = parts[0xFFA4] + parts[0xFFA5] + parts[0xFFA6]
        var segments = parts.segments.filter { $0.marker != 0xFFA3 }
        for block in parts[0xFFA3] { segments += [block] + tables }
        #expect(try decoder.decode(WSQSegments.file(segments)).pixels == decoder.decode(file).pixels)
        let place = try #require(segments.lastIndex { $0.marker == 0xFFA5 })
        segments[place].bytes[9] ^= 1
        #expect(throws: WSQError.invalidSegment(.quantisation)) { try decoder.decode(WSQSegments.file(segments)) }
        let twice = WSQSegments.file(parts[0xFFA2] + parts.segments)
        #expect(throws: WSQError.invalidSegment(.frame)) { try decoder.decode(twice) }
    }

    @Test("goes on behind restart markers, where they were announced")
    func restarts() throws {
        let file = try WSQEncoder().encode(image)
        let parts = WSQSegments(file)
        let announced = WSQSegments.Segment(marker: 0xFFA7, bytes: [0xFF, 0xA7, 0, 4, 0, 64])
        // A restart between blocks of one table makes one block of two.
        var segments = parts.segments
        let last = segments.removeLast()
        segments[segments.count - 1].bytes += [0xFF, 0xB3] + last.bytes.dropFirst(5)
        #expect(throws: WSQError.unexpectedMarker(0xFFB3)) { try decoder.decode(WSQSegments.file(segments)) }
        #expect(
            try decoder.decode(WSQSegments.file([announced] + segments)).pixels == decoder.decode(file).pixels)
        let odd = WSQSegments.Segment(marker: 0xFFA7, bytes: [0xFF, 0xA7, 0, 3, 0])
        #expect(throws: WSQError.invalidSegment(.restart)) { try decoder.decode(WSQSegments.file([odd] + segments)) }
    }

    @Test("tells the encoder's numbers, its rate and every comment")
    func facts() throws {
        var parts = WSQSegments(try WSQEncoder(bitRate: 1.5, comments: ["one"]).encode(image))
        let frame = try #require(parts.segments.firstIndex { $0.marker == 0xFFA2 })
        parts.segments[frame].bytes.replaceSubrange(16..<19, with: [1, 0xDD, 0x93])
        let late = WSQSegments.Segment(marker: 0xFFA8, bytes: [0xFF, 0xA8, 0, 5] + Array("two".utf8))
        let file = WSQSegments.file(parts.segments + [late])
        let header = try decoder.picture(of: file).header
        #expect(header.encoderVersion == 1 && header.softwareNumber == 0xDD93)
        #expect(header.bitRate == 1.5 && header.pixelsPerInch == 500)
        #expect(header.comments.dropFirst() == ["one", "two"])
        #expect(try decoder.header(of: file).comments.dropFirst() == ["one"])
        #expect(try decoder.picture(of: WSQEncoder(describesImage: false).encode(image)).header.bitRate == nil)
    }

    @Test("takes a file as certified encoders write it: other numbers for the same, an empty comment, grey upside down")
    func certifiedStyle() throws {
        let file = try WSQEncoder(describesImage: false).encode(image)
        var parts = WSQSegments(file)
        let quantisation = try #require(parts.segments.firstIndex { $0.marker == 0xFFA5 })
        // 44000 over 100000 for 44 over 100.
        parts.segments[quantisation].bytes.replaceSubrange(4..<7, with: [5, 0xAB, 0xE0])
        let frame = try #require(parts.segments.firstIndex { $0.marker == 0xFFA2 })
        parts.segments[frame].bytes.replaceSubrange(4..<6, with: [255, 1])
        let empty = WSQSegments.Segment(marker: 0xFFA8, bytes: [0xFF, 0xA8, 0, 2])
        let written = WSQSegments.file(
            parts[0xFFA4] + parts[0xFFA5] + parts[0xFFA6] + [empty] + parts[0xFFA2] + parts[0xFFA3])
        let picture = try decoder.picture(of: written)
        #expect(try picture.image.pixels == decoder.decode(file).pixels)
        #expect(picture.header.comments == [""] && picture.header.pixelsPerInch == 500)
    }

    @Test("takes tables twice, comments between and after blocks, and a missing end")
    func repetition() throws {
        let file = try WSQEncoder().encode(image)
        let parts = WSQSegments(file)
        let comment = WSQSegments.Segment(marker: 0xFFA8, bytes: [0xFF, 0xA8, 0, 4, 0x68, 0x69])
        var segments: [WSQSegments.Segment] = []
        for segment in parts.segments {
            segments.append(segment)
            segments.append(segment.marker == 0xFFA3 || segment.marker == 0xFFA2 ? comment : segment)
        }
        let doubled = WSQSegments.file(segments)
        let expected = try decoder.decode(file).pixels
        #expect(try decoder.decode(doubled).pixels == expected)
        #expect(try decoder.decode(doubled.dropLast(2)).pixels == expected)
        #expect(try decoder.decode(doubled + [1, 2, 3]).pixels == expected)
    }

    @Test("names the segment that is missing", arguments: [0xFFA2, 0xFFA4, 0xFFA5, 0xFFA6, 0xFFA3] as [UInt16])
    func missing(_ marker: UInt16) throws {
        let parts = WSQSegments(try WSQEncoder().encode(image))
        let names: [UInt16: WSQError.Segment] = [
            0xFFA2: .frame, 0xFFA4: .transform, 0xFFA5: .quantisation, 0xFFA6: .huffman, 0xFFA3: .block,
        ]
        let name = try #require(names[marker])
        #expect(throws: WSQError.missingSegment(name)) {
            try decoder.decode(WSQSegments.file(parts.segments.filter { $0.marker != marker }))
        }
    }

    @Test("refuses a file that is cut at any place")
    func truncation() throws {
        let file = try WSQEncoder().encode(image)
        for length in 0..<file.count {
            let cut = Array(file[..<length])
            if length >= file.count - 2 {
                // Only the end marker is missing: the picture is whole.
                #expect(try decoder.decode(cut).pixels.count == 64 * 72, "length \(length)")
            } else {
                #expect(throws: WSQError.self, "length \(length)") { try decoder.decode(cut) }
            }
        }
    }

    @Test("gives a picture or an error for 3000 damaged files", arguments: [11, 12, 13] as [UInt64])
    func mutation(_ seed: UInt64) throws {
        let bases = [
            try WSQEncoder().encode(image),
            try WSQEncoder(bitRate: 4).encode(SyntheticFinger.image(width: 37, height: 21)),
            try WSQEncoder().encode(SyntheticFinger.constant(80, width: 33, height: 40)),
        ]
        var mutator = Mutator(seed: seed)
        let small = WSQDecoder(limits: .init(maximumPixelCount: 20_000))
        var pictures = 0
        for round in 0..<1000 {
            do throws(WSQError) {
                let decoded = try small.decode(mutator.mutated(bases[round % 3]))
                pictures += 1
                #expect(decoded.pixels.count == decoded.width * decoded.height)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(pictures > 50 && pictures < 950, "seed \(seed): \(pictures) pictures")
    }

    @Test("does not believe a size that the data do not fill")
    func hugeSize() throws {
        var parts = WSQSegments(try WSQEncoder().encode(image))
        let frame = try #require(parts.segments.firstIndex { $0.marker == 0xFFA2 })
        parts.segments[frame].bytes.replaceSubrange(6..<10, with: [0x10, 0x00, 0x10, 0x00])
        #expect(throws: WSQError.truncated) { try decoder.decode(WSQSegments.file(parts.segments)) }
        // One row more than the limit, and the most that a frame can say.
        parts.segments[frame].bytes.replaceSubrange(6..<10, with: [0x10, 0x01, 0x10, 0x00])
        #expect(throws: WSQError.tooLarge(width: 4096, height: 4097)) {
            try decoder.decode(WSQSegments.file(parts.segments))
        }
        parts.segments[frame].bytes.replaceSubrange(6..<10, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: WSQError.tooLarge(width: 65535, height: 65535)) {
            try decoder.decode(WSQSegments.file(parts.segments))
        }
        let alone: [UInt8] = [0xFF, 0xA0, 0xFF, 0xA2, 0, 17, 0, 255, 0xFF, 0xFF, 0xFF, 0xFF]
        #expect(throws: WSQError.tooLarge(width: 65535, height: 65535)) {
            try decoder.decode(alone + [UInt8](repeating: 0, count: 9))
        }
        parts.segments[frame].bytes.replaceSubrange(6..<10, with: [0, 0, 0, 9])
        #expect(throws: WSQError.invalidSegment(.frame)) { try decoder.decode(WSQSegments.file(parts.segments)) }
    }

    @Test("does not follow thousands of blocks")
    func manyBlocks() throws {
        let parts = WSQSegments(try WSQEncoder().encode(image))
        let block = try #require(parts[0xFFA3].first)
        let empty = [WSQSegments.Segment](repeating: .init(marker: 0xFFA3, bytes: Array(block.bytes[..<5])), count: 64)
        let tables = parts.segments.filter { $0.marker != 0xFFA3 }
        #expect(throws: WSQError.invalidSegment(.block)) {
            try decoder.decode(WSQSegments.file(tables + empty + [block]))
        }
        // Empty blocks alone are no picture, but no harm.
        #expect(throws: WSQError.truncated) { try decoder.decode(WSQSegments.file(tables + empty)) }
    }

    @Test("tells other files from WSQ")
    func foreign() {
        #expect(throws: WSQError.notWSQ) { try decoder.decode([]) }
        #expect(throws: WSQError.notWSQ) { try decoder.decode([0xFF, 0xD8, 0xFF, 0xE0]) }
        #expect(throws: WSQError.truncated) { try decoder.decode([0xFF, 0xA0]) }
        #expect(throws: WSQError.unexpectedMarker(0xFFC0)) { try decoder.decode([0xFF, 0xA0, 0xFF, 0xC0, 0, 2]) }
    }
}
