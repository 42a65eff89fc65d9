import DeviceDrivers
import EnrolmentCore
import StationTestSupport
import Testing

/// Elements, and what the answers and messages that are made of them mean.
@Suite struct MorphoElementTests {
    @Test("An element's length takes two bytes, and six from 65535 on")
    func lengths() throws {
        let counts = [0, 1, 255, 256, 65_534, 65_535, 65_536, 200_000]
        for count in counts {
            let element = ILVElement(0x3D, [UInt8](repeating: 7, count: count))
            let head = count < 65_535 ? 3 : 7
            #expect(element.bytes.count == head + count)
            #expect(
                Array(element.bytes[1...2]) == (count < 65_535 ? [UInt8(count & 255), UInt8(count >> 8)] : [255, 255]))
            #expect(try ILVElement(element.bytes) == element)
        }
    }

    @Test("Identifiers beyond one byte: escaped before the length, extended behind it and counted by it")
    func identifiers() throws {
        let escaped = ILVElement(.escaped(0x21), [9])
        #expect(escaped.bytes == [0xFF, 0x21, 1, 0, 9])
        let extended = ILVElement(.extended(0x1234), [9])
        #expect(extended.bytes == [0xFE, 3, 0, 0x34, 0x12, 9])
        let long = ILVElement(.extended(0x1234), [UInt8](repeating: 1, count: 65_533))
        #expect(Array(long.bytes.prefix(9)) == [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0x34, 0x12])
        for element in [escaped, extended, long] { #expect(try ILVElement(element.bytes) == element) }
        #expect(throws: ILVError.badIdentifier) { try ILVElement([0xFE, 2, 0, 0x21, 0]) }
        #expect(throws: ILVError.badIdentifier) { try ILVElement([0xFE, 1, 0, 0x21]) }
    }

    @Test("An element that is cut anywhere, or followed by anything, is refused by name")
    func cuts() {
        let elements = [
            ILVElement(0x71, [0, 1, 4, 0, 5, 0, 0, 0]), ILVElement(.escaped(1), [2]), ILVElement(.extended(0x100), [2]),
        ]
        for element in elements {
            for count in 0..<element.bytes.count {
                #expect(throws: ILVError.truncated) { try ILVElement(Array(element.bytes.prefix(count))) }
            }
            #expect(throws: ILVError.trailingBytes) { try ILVElement(element.bytes + [0]) }
        }
        #expect(throws: ILVError.truncated) { try ILVElement([0x3D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]) }
    }

    // MARK: Pictures

    static func block(
        rows: Int = 2, columns: Int = 3, scale: (Int, Int) = (500, 500), compression: UInt8 = 0x2C,
        headerLength: UInt8 = 10, pixels: [UInt8] = [1, 2, 3, 4, 5, 6]
    ) -> [UInt8] {
        let numbers = [rows, columns, scale.0, scale.1].flatMap { [UInt8($0 & 255), UInt8($0 >> 8 & 255)] }
        return [1, headerLength] + numbers + [compression, 8] + pixels
    }

    @Test("A picture has its sides and its two scales from its header")
    func picture() throws {
        let image = try MorphoImage(Self.block(scale: (508, 496)))
        #expect(image.rows == 2 && image.columns == 3 && image.pixels == [1, 2, 3, 4, 5, 6])
        #expect(image.verticalPixelsPerInch == 508 && image.horizontalPixelsPerInch == 496)
        let later = Self.block(headerLength: 12)
        #expect(try MorphoImage(Array(later[..<12]) + [0, 0] + later[12...]).pixels == [1, 2, 3, 4, 5, 6])
    }

    @Test("A picture that is cut, compressed, without sides or without a scale is refused by name")
    func badPictures() {
        let whole = Self.block()
        for count in 0..<whole.count {
            #expect(throws: MorphoImage.Problem.short) { try MorphoImage(Array(whole.prefix(count))) }
        }
        for compression: UInt8 in [0x33, 0x3C, 0x9C, 0] {
            #expect(throws: MorphoImage.Problem.compressed(compression)) {
                try MorphoImage(Self.block(compression: compression))
            }
        }
        #expect(throws: MorphoImage.Problem.header(length: 9)) { try MorphoImage(Self.block(headerLength: 9)) }
        let shapes = [
            Self.block(rows: 0), Self.block(columns: 0), Self.block(rows: 65_535, columns: 65_535),
            Self.block(scale: (0, 500)), Self.block(scale: (500, 65_535)),
        ]
        for shape in shapes { #expect(throws: MorphoImage.Problem.geometry) { try MorphoImage(shape) } }
    }

    // MARK: Answers

    @Test("The picture is found behind the record's index, and without one where a finger was refused")
    func pictureAnswers() throws {
        let image = try MorphoImage(Self.block())
        let element = ILVElement(0x3D, Self.block()).bytes
        let taken = ILVElement(0x21, [0, 0, 0xFF, 0xFF, 0xFF, 0xFF] + element).bytes
        #expect(try MorphoAnswer(taken) == .picture(.ok, .success(image)))
        for (status, meaning) in [(UInt8(0x22), MorphoEnrolmentStatus.falseFinger), (0x23, .moistFinger)] {
            #expect(
                try MorphoAnswer(ILVElement(0x21, [0, status] + element).bytes) == .picture(meaning, .success(image)))
            let indexed = ILVElement(0x21, [0, status, 0, 0, 0, 0] + element).bytes
            #expect(try MorphoAnswer(indexed) == .picture(meaning, .success(image)))
        }
        #expect(try MorphoAnswer(ILVElement(0x21, [0, 6, 0, 0, 0, 0]).bytes) == .picture(.badQuality, nil))
        let compressed = ILVElement(0x3D, Self.block(compression: 0x33)).bytes
        #expect(
            try MorphoAnswer(ILVElement(0x21, [0, 0, 1, 0, 0, 0] + compressed).bytes)
                == .picture(.ok, .failure(.compressed(0x33))))
    }

    @Test("Errors, the invalid request, texts and answers to what was never asked")
    func otherAnswers() throws {
        #expect(
            try MorphoAnswer([0x21, 5, 0, 0xF4, 1, 2, 3, 4]) == .refusal(identifier: 0x21, .commandInProgress))
        #expect(try MorphoAnswer([0x50, 0, 0]) == .invalidRequest)
        #expect(try MorphoAnswer([0x30, 1, 0, 0]) == .unrelated)
        #expect(try MorphoAnswer(ILVElement(.extended(0x2105), [0]).bytes) == .unrelated)
        let texts = ILVElement(0x05, [0] + ILVElement(0x29, Array("MSO\r\n 1300\u{1B}[2J".utf8)).bytes).bytes
        guard case .description(let description) = try MorphoAnswer(texts) else {
            Issue.record("no description")
            return
        }
        #expect(description.product == "MSO 1300 [2J" && description.sensor == nil)
        #expect(throws: MorphoAnswer.Problem.unknownStatus(0x77)) { try MorphoAnswer([0x21, 1, 0, 0x77]) }
        #expect(throws: MorphoAnswer.Problem.empty) { try MorphoAnswer([0x21, 0, 0]) }
        #expect(throws: MorphoAnswer.Problem.empty) { try MorphoAnswer([0x21, 1, 0, 0]) }
        #expect(throws: MorphoAnswer.Problem.notAnElement(.truncated)) { try MorphoAnswer([]) }
    }

    @Test("Every kind of message is read; one that is unknown, cut or marked as failed means nothing")
    func messages() throws {
        let image = try MorphoImage(Self.block())
        let kinds: [(UInt8, [UInt8], MorphoMessage)] = [
            (0x02, Self.block(), .preview(image)), (0x08, Self.block(), .lastImage(image)),
            (0x04, [1, 1, 1, 3], .progress(finger: 1, fingers: 1, acquisition: 1, acquisitions: 3)),
            (0x40, [120], .codeQuality(120)), (0x80, [90], .detectQuality(90)),
        ]
        let hints = (Int32(0)...8).map { number in
            (UInt8(0x01), [UInt8(number), 0, 0, 0], MorphoMessage.hint(MorphoHint(rawValue: number) ?? .noFinger))
        }
        #expect(MorphoHint.allCases.count == 9)
        for (kind, payload, message) in kinds + hints {
            let element = ILVElement(kind, payload).bytes
            #expect(try MorphoAnswer(ILVElement(0x71, [0] + element).bytes) == .messages([message]))
            #expect(try MorphoAnswer(ILVElement(0x71, [0xFF] + element).bytes) == .messages([]))
            #expect(try MorphoAnswer(ILVElement(0x71, [0] + element.dropLast()).bytes) == .messages([]))
        }
        #expect(try MorphoAnswer(ILVElement(0x71, [0, 0x20, 1, 0, 9]).bytes) == .messages([]))
        #expect(try MorphoAnswer(ILVElement(0x71, [0, 1, 4, 0, 99, 0, 0, 0]).bytes) == .messages([]))
    }

    @Test("Every status is somebody's: the person's to mend, the machine's, or to be tried again")
    func statuses() {
        let people: [MorphoStatus: CaptureRetry] = [
            .moistFinger: .dryFinger, .falseFinger: .notAFinger, .fingerMovedOrWithdrawn: .liftedTooEarly,
            .fingerBesideSensor: .pressHarder,
        ]
        let others: [MorphoStatus: MorphoMeaning] = [
            .ok: .success, .timedOut: .nobody, .aborted: .aborted, .commandInProgress: .busy,
            .biometryInProgress: .busy,
        ]
        for status in MorphoStatus.allCases {
            let expected = people[status].map(MorphoMeaning.person) ?? others[status] ?? .machine("\(status)")
            #expect(status.meaning == expected)
        }
        let taking: [MorphoEnrolmentStatus: MorphoMeaning] = [
            .ok: .success, .badQuality: .poor, .latent: .person(.cleanGlass), .falseFinger: .person(.notAFinger),
            .moistFinger: .person(.dryFinger),
        ]
        for status in MorphoEnrolmentStatus.allCases {
            #expect(status.meaning == taking[status] ?? .machine("\(status)"))
        }
    }

    @Test("Whatever bytes an answer is made of, it is understood or refused", arguments: UInt64(1)...4)
    func mutation(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let image = ILVElement(0x3D, Self.block()).bytes
        let originals = [
            ILVElement(0x21, [0, 0, 0, 0, 0, 0] + image).bytes, ILVElement(0x71, [0, 2, 18, 0] + Self.block()).bytes,
            ILVElement(0x05, [0, 0x29, 2, 0, 65, 66, 0x2A, 1, 0, 67]).bytes, ILVElement(.extended(0x200), [1]).bytes,
        ]
        var understood = 0
        for round in 0..<3000 {
            var bytes = originals[round % originals.count]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] =
                    [0, 1, 0x7F, 0xFE, 0xFF, UInt8.random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            if (try? MorphoAnswer(bytes)) != nil { understood += 1 }
        }
        #expect(understood > 0 && understood < 3000)
    }
}
