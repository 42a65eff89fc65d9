import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("Finger image records of the 2011 edition")
struct FingerImageRecord2011Tests {
    /// 2026-11-21T20:27:06.120Z
    private let time = Timestamp(milliseconds: 1_795_292_826_120)

    private func representation(
        _ position: PrintPosition = .rightIndex, number: Int = 0,
        qualities: [FingerImageRecord2011.Quality] = [.init(score: 68)],
        certifications: [FingerImageRecord2011.Certification] = [], extendedData: [UInt8] = []
    ) -> FingerImageRecord2011.Representation {
        .init(
            position: position, number: number, impression: .liveScanPlain, capturedAt: time,
            device: .init(technology: 4, vendor: 0x0102, type: 0x0304), qualities: qualities,
            certifications: certifications, compression: .none, width: 3, height: 1, imageData: [7, 8, 9],
            extendedData: extendedData)
    }

    @Test("have every field at its place")
    func layout() throws {
        let bytes = try FingerImageRecord2011(representations: [representation()]).encoded()
        let expected: [UInt8] =
            Array("FIR\u{0}020\u{0}".utf8) + [0, 0, 0, 65, 0, 1, 0, 1]  // length, count, flag, positions
            + [0, 0, 0, 49, 0x07, 0xEA, 11, 21, 20, 27, 6, 0, 120, 4, 1, 2, 3, 4]  // length, time, device
            + [1, 68, 0, 0, 0, 0]  // one quality
            + [2, 0, 1, 0x01, 0xF4, 0x01, 0xF4, 0x01, 0xF4, 0x01, 0xF4]  // position, number, density
            + [8, 0, 0, 0, 3, 0, 1, 0, 0, 0, 3, 7, 8, 9]
        #expect(bytes == expected)
        #expect(try FingerImageRecord2011(bytes).representations == [representation()])
    }

    @Test("give back every field, with blocks of certification, several images and data behind them")
    func roundTrip() throws {
        let record = FingerImageRecord2011(representations: [
            representation(certifications: [.init(authority: 1, scheme: 2), .init(authority: 3, scheme: 1)]),
            representation(number: 1, qualities: [.init(score: nil, vendor: 9, algorithm: 8), .init(score: 100)]),
            representation(.leftIndexToRing, extendedData: [0, 1, 0, 4]),
            .init(
                position: .rightThenar, impression: .liveScanPalm, capturedAt: nil,
                sampling: PrintSampling(
                    unit: .pixelsPerCentimetre, scanHorizontal: 394, scanVertical: 394, imageHorizontal: 197,
                    imageVertical: 394), bitDepth: 16, compression: .jpeg2000Lossless, width: 65535, height: 65535,
                imageData: []),
        ])
        let bytes = try record.encoded()
        #expect(bytes[14] == 1 && bytes[15] == 3)
        #expect(try FingerImageRecord2011(bytes) == record)
    }

    @Test("carry samples as WSQ with their time and quality")
    func samples() throws {
        let image = SyntheticFinger.image(width: 90, height: 100)
        let samples = [FingerPosition.leftIndex, .leftIndex, .rightThumb].map {
            FingerSample(
                position: $0, image: image, quality: 55, attempt: 1, capturedAt: time,
                device: DeviceDescription(product: "test"))
        }
        let read = try FingerImageRecord2011(try FingerImageRecord2011(samples).encoded()).representations
        #expect(read.map(\.position) == [.leftIndex, .leftIndex, .rightThumb])
        #expect(read.map(\.number) == [0, 1, 0])
        #expect(read.allSatisfy { $0.capturedAt == time && $0.qualities == [.init(score: 55)] })
        #expect(try read[2].image().likeness(to: image) > 20)
    }

    @Test("are refused when cut at any place, or with bytes after the end")
    func truncation() throws {
        let bytes = try FingerImageRecord2011(
            representations: [representation(), representation(certifications: [.init(authority: 1, scheme: 1)])]
        ).encoded()
        for length in 0..<bytes.count {
            #expect(throws: FingerImageRecordError.self, "length \(length)") {
                try FingerImageRecord2011(Array(bytes[..<length]))
            }
        }
        #expect(throws: FingerImageRecordError.invalid(.recordLength)) { try FingerImageRecord2011(bytes + [0]) }
    }

    @Test(
        "name the field that is wrong",
        arguments: [
            (0, 0x47, .notFingerImageRecord), (5, 0x31, .unsupportedEdition), (11, 0xFF, .truncated),
            (13, 2, .invalid(.representationCount)), (14, 2, .invalid(.certification)), (15, 2, .invalid(.fingerCount)),
            (19, 40, .invalid(.blockLength)), (22, 13, .invalid(.captureTime)), (25, 60, .invalid(.captureTime)),
            (35, 101, .invalid(.quality)), (40, 60, .invalid(.position)), (41, 16, .invalid(.viewNumber)),
            (42, 0, .invalid(.scaleUnits)), (47, 9, .invalid(.resolution)), (51, 17, .invalid(.pixelDepth)),
            (52, 7, .invalid(.compression)), (53, 16, .invalid(.impression)), (55, 0, .invalid(.imageSize)),
            (61, 4, .truncated),
        ] as [(Int, UInt8, FingerImageRecordError)])
    func fields(_ offset: Int, _ value: UInt8, _ error: FingerImageRecordError) throws {
        var bytes = try FingerImageRecord2011(representations: [representation()]).encoded()
        bytes[offset] = value
        #expect(throws: error) { try FingerImageRecord2011(bytes) }
    }

    @Test("cannot be made of what the format does not hold")
    func unencodable() {
        func error(_ representations: [FingerImageRecord2011.Representation]) -> FingerImageRecordError? {
            #expect(throws: FingerImageRecordError.self) {
                try FingerImageRecord2011(representations: representations).encoded()
            }
        }
        #expect(error([]) == .invalid(.representationCount))
        #expect(error([representation(number: 16)]) == .invalid(.viewNumber))
        #expect(error([representation(qualities: [.init(score: 101)])]) == .invalid(.quality))
        let many = [FingerImageRecord2011.Certification](repeating: .init(authority: 0, scheme: 0), count: 256)
        #expect(error([representation(certifications: many)]) == .invalid(.certification))
        #expect(
            error([
                .init(
                    position: .unknown, impression: .unknown, capturedAt: Timestamp(milliseconds: .max),
                    compression: .none, width: 1, height: 1, imageData: [0])
            ]) == .invalid(.captureTime))
    }

    @Test("damaged, give a record or an error, 10000 times")
    func mutation() throws {
        let bytes = try FingerImageRecord2011(representations: [
            representation(), representation(.leftIndex, certifications: [.init(authority: 1, scheme: 1)]),
        ]).encoded()
        var mutator = Mutator(seed: 32)
        var records = 0
        for _ in 0..<10_000 {
            do throws(FingerImageRecordError) {
                // What is read can be written again.
                _ = try FingerImageRecord2011(mutator.mutated(bytes)).encoded()
                records += 1
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(records > 100 && records < 9000, "seed 32: \(records)")
    }
}
