import DeviceDrivers
import StationTestSupport
import Testing

/// The two layers under the commands: frames in a stream of bytes, and elements in a frame.
@Suite struct MorphoFrameTests {
    typealias Piece = MorphoFrameReader.Piece

    @Test("The published frames for the description and for cancelling come out byte for byte")
    func publishedFrames() {
        #expect(
            MorphoCommand.describe.frame == [
                0x53, 0x59, 0x4E, 0x43, 4, 0, 0, 0, 0xFB, 0xFF, 0xFF, 0xFF, 0x05, 1, 0, 0x2F, 0x45, 0x4E,
            ])
        #expect(
            MorphoCommand.cancel.frame == [
                0x53, 0x59, 0x4E, 0x43, 3, 0, 0, 0, 0xFC, 0xFF, 0xFF, 0xFF, 0x70, 0, 0, 0x45, 0x4E,
            ])
    }

    @Test("The order for a picture is one acquisition of one finger, uncompressed, and nothing is saved")
    func pictureOrder() {
        let content: [UInt8] = [
            0x21, 28, 0, 0, 30, 0, 0, 1, 1, 0, 0,
            0x34, 4, 0, 0x0F, 0, 0, 0,
            0x3D, 6, 0, 0, 0x3E, 2, 0, 0x2C, 0,
            0x39, 1, 0, 1,
        ]
        #expect(Array(MorphoCommand.takePicture(within: .seconds(30)).frame.dropFirst(12).dropLast(2)) == content)
    }

    @Test("The order of a public client is the same but for the messages that it asks for")
    func publicClient() {
        // As poseidonjm/pyMorphoILV sends it, with hints and previews.
        var theirs: [UInt8] = [
            0x53, 0x59, 0x4E, 0x43, 0x1F, 0, 0, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0x21, 0x1C, 0, 0, 7, 0, 0, 1, 1, 0, 0, 0x34,
            4, 0, 3, 0, 0, 0, 0x3D, 6, 0, 0, 0x3E, 2, 0, 0x2C, 0, 0x39, 1, 0, 1, 0x45, 0x4E,
        ]
        theirs[26] = 0x0F
        #expect(MorphoCommand.takePicture(within: .seconds(7)).frame == theirs)
    }

    @Test("The module's time is never without end: whole seconds, rounded up, between 1 and an hour")
    func seconds() {
        let limits: [(Duration, [UInt8])] = [
            (.zero, [1, 0]), (.seconds(-5), [1, 0]), (.milliseconds(1), [1, 0]), (.milliseconds(2001), [3, 0]),
            (.seconds(300), [0x2C, 1]), (.seconds(1 << 40), [0x10, 0x0E]),
        ]
        for (limit, bytes) in limits {
            let frame = MorphoCommand.takePicture(within: limit).frame
            #expect(Array(frame[16..<18]) == bytes, "\(limit)")
        }
    }

    @Test("A stream of frames is the same cut at every place, and byte by byte")
    func everyCut() {
        let contents: [[UInt8]] = [[0x70, 0, 0], [], [UInt8](repeating: 0x53, count: 40), [1, 2, 3]]
        let stream = contents.flatMap(frame)
        let expected = contents.map(Piece.frame)
        for cut in 0...stream.count {
            #expect(pieces([Array(stream[..<cut]), Array(stream[cut...])]) == expected, "cut at \(cut)")
        }
        #expect(pieces(stream.map { [$0] }) == expected)
    }

    @Test("What stands before a frame is passed over, also when it begins like one")
    func noise() {
        let noise: [[UInt8]] = [[0], [0x53], [0x53, 0x59, 0x4E], Array("AT+CGMI\r".utf8), Array("SYSYSYN".utf8)]
        for bytes in noise {
            #expect(pieces([bytes + frame([9])]) == [.damage(.noise(bytes.count)), .frame([9])])
        }
    }

    @Test("A damaged frame is named and given up, and the whole one behind it is found")
    func damage() {
        var mismatch = frame([1, 2])
        mismatch[8] ^= 1
        #expect(pieces([mismatch + frame([9])]).first == .damage(.lengthMismatch))
        let long = Array("SYNC".utf8) + little(1_000_001) + little(~1_000_001)
        #expect(pieces([long + frame([9])]).first == .damage(.tooLong(1_000_001)))
        var endless = frame([1, 2])
        endless[endless.count - 1] = 0
        #expect(pieces([endless + frame([9])]).first == .damage(.noEnd))
        for damaged in [mismatch, long, endless] {
            #expect(pieces([damaged + frame([9])]).last == .frame([9]))
        }
    }

    @Test("A frame that lost its tail hides the next one only until nothing more comes")
    func lostTail() {
        var reader = MorphoFrameReader()
        reader.append(Array(frame([UInt8](repeating: 7, count: 600)).prefix(100)) + frame([9]))
        #expect(reader.next() == nil)
        reader.giveUp()
        var last: Piece?
        while let piece = reader.next() { last = piece }
        #expect(last == .frame([9]))
    }

    @Test("It asks for whole packets, as many as the frame still wants and never more than 32 KiB at once")
    func wanted() {
        var reader = MorphoFrameReader()
        #expect(reader.wanted == 512)
        let long = frame([UInt8](repeating: 7, count: 700))
        reader.append(Array(long.prefix(512)))
        #expect(reader.wanted == 512)
        reader.clear()
        reader.append(Array(frame([UInt8](repeating: 7, count: 173_056)).prefix(12)))
        #expect(reader.wanted == 32_768)
        reader.clear()
        reader.append(Array(frame([UInt8](repeating: 7, count: 2000)).prefix(14)))
        #expect(reader.wanted == 2048)
    }

    @Test("Whatever bytes come, every one is accounted for and none is kept for ever", arguments: UInt64(1)...6)
    func mutation(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var stream = (0..<4).flatMap { frame([UInt8](repeating: UInt8($0), count: 10 * $0)) }
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let index = Int.random(in: stream.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: stream[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: stream.remove(at: index)
                default: stream.insert(UInt8.random(in: 0...255, using: &generator), at: index)
                }
            }
            var reader = MorphoFrameReader()
            reader.append(stream)
            var count = 0
            while reader.next() != nil { count += 1 }
            #expect(count <= stream.count)
            #expect(reader.wanted >= 512)
        }
    }

    // MARK: Parts

    private func pieces(_ reads: [[UInt8]]) -> [Piece] {
        var reader = MorphoFrameReader()
        var pieces: [Piece] = []
        for read in reads {
            reader.append(read)
            while let piece = reader.next() { pieces.append(piece) }
        }
        return pieces
    }

    private func frame(_ content: [UInt8]) -> [UInt8] {
        let length = UInt32(content.count)
        return Array("SYNC".utf8) + little(length) + little(~length) + content + Array("EN".utf8)
    }

    private func little(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }
}
