import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("Finger image records")
struct FingerImageRecordTests {
    private func sample(_ position: FingerPosition, seed: UInt64 = 1) throws -> FingerSample {
        FingerSample(
            position: position, image: SyntheticFinger.image(width: 90, height: 100, seed: seed), quality: 68,
            attempt: 1, capturedAt: Timestamp(milliseconds: 0),
            device: DeviceDescription(product: "test"))
    }

    @Test("bear the published header for a right index finger of 400 x 500")
    func publishedHeader() throws {
        let view = FingerImageRecord.View(
            position: .rightIndex, impression: .liveScanPlain, quality: 68, width: 400, height: 500,
            imageData: [UInt8](repeating: 0xAB, count: 12_211))
        let bytes = try FingerImageRecord(views: [view], compression: .wsq).encoded()
        #expect(bytes.count == 12_257)
        let header: [UInt8] = [
            0x46, 0x49, 0x52, 0x00, 0x30, 0x31, 0x30, 0x00, 0, 0, 0, 0, 0x2F, 0xE1, 0, 0, 0, 0x1E, 1, 1, 0x01, 0xF4,
            0x01, 0xF4, 0x01, 0xF4, 0x01, 0xF4, 8, 2, 0, 0, 0x00, 0x00, 0x2F, 0xC1, 2, 1, 1, 0x44, 0, 0x01, 0x90, 0x01,
            0xF4, 0,
        ]
        #expect(Array(bytes[..<46]) == header)
        #expect(try FingerImageRecord(bytes).views == [view])
    }

    @Test("carry samples as WSQ within the limit and give the pictures back")
    func samples() throws {
        let samples = [try sample(.rightIndex), try sample(.leftIndex, seed: 2)]
        let record = try FingerImageRecord(try FingerImageRecord(samples, imageLimit: 1000).encoded())
        #expect(record.compression == .wsq && record.pixelsPerInch == 500)
        #expect(record.views.map(\.position) == [.rightIndex, .leftIndex])
        #expect(record.views.map(\.quality) == [68, 68])
        for (view, sample) in zip(record.views, samples) {
            #expect(view.imageData.count <= 1000)
            #expect(try record.image(of: view).likeness(to: sample.image) > 15)
        }
    }

    @Test("count views of one finger and fingers apart")
    func views() throws {
        let view = FingerImageRecord.View(
            position: .leftThumb, impression: .liveScanRolled, quality: nil, width: 1, height: 2, imageData: [1, 2])
        let record = FingerImageRecord(views: [view, view], compression: .none)
        let bytes = try record.encoded()
        #expect(bytes[18] == 1)
        #expect(Array(bytes[37..<40]) == [2, 1, 254])
        #expect(Array(bytes[53..<56]) == [2, 2, 254])
        #expect(try FingerImageRecord(bytes) == record)
        #expect(try record.image(of: view).pixels == [1, 2])
    }

    @Test("are refused when cut at any place, or with bytes after the end")
    func truncation() throws {
        let view = FingerImageRecord.View(
            position: .rightIndex, impression: .liveScanPlain, quality: 1, width: 3, height: 1, imageData: [7, 8, 9])
        let bytes = try FingerImageRecord(views: [view], compression: .none).encoded()
        for length in 0..<bytes.count {
            #expect(throws: FingerImageRecordError.self, "length \(length)") {
                try FingerImageRecord(Array(bytes[..<length]))
            }
        }
        #expect(throws: FingerImageRecordError.invalid(.recordLength)) { try FingerImageRecord(bytes + [0]) }
    }

    @Test("name the field that is wrong")
    func fields() throws {
        let view = FingerImageRecord.View(
            position: .rightIndex, impression: .liveScanPlain, quality: 1, width: 3, height: 1, imageData: [7, 8, 9])
        let bytes = try FingerImageRecord(views: [view], compression: .none).encoded()
        let cases: [(Int, UInt8, FingerImageRecordError)] = [
            (0, 0x47, .notFingerImageRecord), (5, 0x32, .unsupportedEdition), (13, 0xFF, .truncated),
            (18, 9, .invalid(.fingerCount)), (19, 3, .invalid(.scaleUnits)), (24, 2, .invalid(.resolution)),
            (28, 0, .invalid(.pixelDepth)), (28, 17, .invalid(.pixelDepth)),
            (29, 6, .invalid(.compression)), (35, 13, .invalid(.blockLength)), (36, 11, .invalid(.position)),
            (36, 40, .invalid(.position)), (38, 0, .invalid(.viewNumber)), (39, 101, .invalid(.quality)),
            (40, 10, .invalid(.impression)), (40, 77, .invalid(.impression)), (42, 0, .invalid(.imageSize)),
        ]
        for (offset, value, error) in cases {
            var damaged = bytes
            damaged[offset] = value
            #expect(throws: error, "offset \(offset)") { try FingerImageRecord(damaged) }
        }
    }

    @Test("cannot be made of what the format does not hold")
    func unencodable() throws {
        func record(_ quality: Int?, _ width: Int) -> FingerImageRecord {
            FingerImageRecord(
                views: [
                    .init(
                        position: .rightIndex, impression: .liveScanPlain, quality: quality, width: width, height: 1,
                        imageData: [])
                ], compression: .none)
        }
        #expect(throws: FingerImageRecordError.invalid(.quality)) { try record(101, 1).encoded() }
        #expect(throws: FingerImageRecordError.invalid(.imageSize)) { try record(1, 65536).encoded() }
        #expect(throws: FingerImageRecordError.invalid(.fingerCount)) {
            try FingerImageRecord(views: [], compression: .wsq).encoded()
        }
    }

    @Test("damaged, give a record or an error, 10000 times")
    func mutation() throws {
        let bytes = try FingerImageRecord([try sample(.rightIndex), try sample(.leftIndex)]).encoded()
        var mutator = Mutator(seed: 31)
        var records = 0
        for _ in 0..<10_000 {
            do throws(FingerImageRecordError) {
                let record = try FingerImageRecord(mutator.mutated(bytes))
                records += 1
                // Not every picture of them: those have their own test.
                if records % 50 == 0, let view = record.views.first { _ = try? record.image(of: view) }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(records > 100, "seed 31")
    }
}
