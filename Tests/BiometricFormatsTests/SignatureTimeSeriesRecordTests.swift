import EnrolmentCore
import Testing

@testable import BiometricFormats

@Suite("Signature time series")
struct SignatureTimeSeriesRecordTests {
    private let record = SignatureTimeSeriesRecord(
        strokes: SignatureFixture.strokes, geometry: SignatureFixture.geometry)

    @Test("come back point by point")
    func roundTrip() throws {
        #expect(try SignatureTimeSeriesRecord(record.encoded()) == record)
    }

    @Test("bear the header that the standard lays down for X, Y, T, F and S")
    func bytes() throws {
        let one = SignatureTimeSeriesRecord(
            strokes: [[PenPoint(x: 100, y: 200, pressure: 300, milliseconds: 7)]], geometry: SignatureFixture.geometry)
        let expected: [UInt8] =
            Array("SDI\0 10\0".utf8) + [0xC1, 0x60]
            // 100 units a millimetre: 1.5625 * 2^6; least 0, greatest 9600 and 6000.
            + [0xE0, 0xB4, 0x80, 0, 0, 0x25, 0x80] + [0xE0, 0xB4, 0x80, 0, 0, 0x17, 0x70]
            // 1000 units a second: 1.953125 * 2^9.
            + [0x80, 0xCF, 0xA0] + [0x60, 0, 0, 0x03, 0xFF] + [0] + [0]
            + [0, 0, 0, 2] + [0, 100, 0, 200, 0, 7, 1, 44, 1] + [0, 100, 0, 200, 0, 7, 0, 0, 0]
        #expect(try one.encoded() == expected)
    }

    @Test("keep positions of a pad with other units to a hundredth of a millimetre")
    func otherUnits() throws {
        let pad = PadGeometry(
            maximumX: 20_480, maximumY: 10_240, maximumPressure: 2047, widthInHundredthsOfMillimetre: 10_000,
            heightInHundredthsOfMillimetre: 5_000)
        let strokes = [[PenPoint(x: 20_480, y: 5_121, pressure: 2047, milliseconds: 3)]]
        let read = try SignatureTimeSeriesRecord(
            SignatureTimeSeriesRecord(strokes: strokes, geometry: pad).encoded())
        #expect(read.strokes == [[PenPoint(x: 10_000, y: 2_500, pressure: 2047, milliseconds: 3)]])
        #expect(read.geometry.maximumX == 10_000 && read.geometry.widthInHundredthsOfMillimetre == 10_000)
        #expect(read.geometry.maximumPressure == 2047)
    }

    @Test("count coarser when the signature took more than 65 seconds")
    func longTime() throws {
        let strokes = [[PenPoint(x: 1, y: 1, pressure: 1, milliseconds: 200_003)]]
        let read = try SignatureTimeSeriesRecord(
            SignatureTimeSeriesRecord(strokes: strokes, geometry: SignatureFixture.geometry).encoded())
        #expect(read.strokes[0][0].milliseconds == 200_000)
        let endless = [[PenPoint(x: 1, y: 1, pressure: 1, milliseconds: .max)]]
        #expect(throws: SignatureRecordError.tooLong) {
            try SignatureTimeSeriesRecord(strokes: endless, geometry: SignatureFixture.geometry).encoded()
        }
    }

    @Test("are read with other channels: a constant time step, and strokes parted by force")
    func otherChannels() throws {
        let bytes: [UInt8] =
            Array("SDI\0 10\0".utf8) + [0xC0, 0xC0] + [0] + [0]
            // Every point 5 ms after the last: a constant whose mean is given, 1000 units a second.
            + [0x94, 0xCF, 0xA0, 0, 5] + [0] + [0]
            + [0, 0, 0, 3] + [0, 1, 0, 2, 0, 9] + [0, 1, 0, 2, 0, 0] + [0xFF, 0xFF, 0, 4, 0, 8]
        let read = try SignatureTimeSeriesRecord(bytes)
        #expect(
            read.strokes == [
                [PenPoint(x: 1, y: 2, pressure: 9, milliseconds: 5)],
                [PenPoint(x: -1, y: 4, pressure: 8, milliseconds: 15)],
            ])
        #expect(read.geometry.maximumPressure == 9)
    }

    @Test("skip extended data but refuse bytes that belong to nothing")
    func extendedData() throws {
        var bytes = try record.encoded()
        #expect(throws: SignatureRecordError.invalid(.extendedData)) { try SignatureTimeSeriesRecord(bytes + [1]) }
        let body = bytes.count - 9 * 152 - 4
        bytes[body] = 0x80
        #expect(try SignatureTimeSeriesRecord(bytes + [0, 2, 9, 9]) == record)
        #expect(throws: SignatureRecordError.truncated) { try SignatureTimeSeriesRecord(bytes + [0, 2, 9]) }
    }

    @Test("are refused when cut at any place")
    func truncation() throws {
        let bytes = try record.encoded()
        for length in 0..<bytes.count {
            #expect(throws: SignatureRecordError.self, "length \(length)") {
                try SignatureTimeSeriesRecord(Array(bytes[..<length]))
            }
        }
    }

    @Test("damaged, give a record or an error, 3000 times")
    func mutation() throws {
        let bytes = try SignatureTimeSeriesRecord(
            strokes: [Array(SignatureFixture.strokes[0].prefix(12))], geometry: SignatureFixture.geometry
        ).encoded()
        var mutator = Mutator(seed: 81)
        var records = 0
        for _ in 0..<3000 {
            do throws(SignatureRecordError) {
                _ = try SignatureTimeSeriesRecord(mutator.mutated(bytes))
                records += 1
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(records > 100, "seed 81")
    }

    @Test("cannot be made for a pad without usable size")
    func geometry() {
        let wide = PadGeometry(
            maximumX: 10, maximumY: 10, maximumPressure: 10, widthInHundredthsOfMillimetre: 32_768,
            heightInHundredthsOfMillimetre: 10)
        #expect(throws: SignatureRecordError.invalidGeometry) {
            try SignatureTimeSeriesRecord(strokes: [], geometry: wide).encoded()
        }
    }

    @Test("hold scalings as exponent and fraction", arguments: [0.001, 0.5, 1, 7, 100, 500, 1000, 60_000])
    func scaling(_ value: Double) {
        #expect(abs(SignatureScaling(value).value / value - 1) < 1.0 / 4096)
    }
}
