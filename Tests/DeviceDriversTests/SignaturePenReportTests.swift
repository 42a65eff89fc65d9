import DeviceTransport
import Testing

@testable import DeviceDrivers

@Suite("Pen reports")
struct SignaturePenReportTests {
    private func read(_ report: [UInt8]) -> PenSample? {
        if case .sample(let sample) = PenReport(report) { sample } else { nil }
    }

    @Test("A touching sample is read: proximity, tip, 12 bits of pressure, big-endian place")
    func touching() throws {
        let sample = try #require(read([0x01, 0x90, 0x64, 0x10, 0x00, 0x08, 0x01]))
        #expect(sample.isInRange && sample.isTipPressed)
        #expect((sample.pressure, sample.x, sample.y) == (100, 4096, 2049))
        #expect(sample.tick == nil && sample.sequence == nil)
    }

    @Test("A hovering sample with time and sequence is read")
    func hoveringWithTime() throws {
        let sample = try #require(read([0x34, 0x80, 0x00, 0x12, 0xC0, 0x0B, 0xB8, 0xFF, 0xFF, 0x00, 0x00]))
        #expect(sample.isInRange && !sample.isTipPressed)
        #expect((sample.pressure, sample.x, sample.y) == (0, 4800, 3000))
        #expect(sample.tick == 65_535 && sample.sequence == 0)
    }

    @Test("A sample with one option is read, its ambiguous option left out")
    func option() throws {
        let sample = try #require(read([0x30, 0x93, 0xFF, 0x00, 0x01, 0x00, 0x02, 0x12, 0x34]))
        #expect((sample.pressure, sample.x, sample.y) == (1023, 1, 2))
        #expect(sample.tick == nil)
    }

    @Test("A pen that left is read as out of range")
    func left() throws {
        let sample = try #require(read([0x01, 0, 0, 0, 0, 0, 0]))
        #expect(!sample.isInRange && !sample.isTipPressed)
    }

    @Test(
        "All three encrypted shapes are told apart from foreign reports",
        arguments: [(0x10, 17), (0x31, 21), (0x33, 17)])
    func encrypted(id: UInt8, length: Int) {
        let report = [id] + [UInt8](repeating: 0xA5, count: length - 1)
        #expect(PenReport(report) == .encrypted)
        #expect(PenReport(Array(report.dropLast())) == .foreign)
    }

    @Test("A report of any other length or id is foreign")
    func foreign() {
        let whole: [UInt8] = [0x34, 0x90, 0x64, 0x10, 0x00, 0x08, 0x01, 0, 1, 0, 2]
        for length in 0..<whole.count { #expect(PenReport(Array(whole.prefix(length))) == .foreign) }
        #expect(PenReport(whole + [0]) == .foreign)
        #expect(PenReport([0x01, 0x90, 0x64, 0x10, 0, 8, 1, 0x01, 0x90, 0x64, 0x10, 0, 8, 1]) == .foreign)
        for id in [0x05, 0x60, 0x99] as [UInt8] { #expect(PenReport([id, 0, 0, 0, 0, 0, 0]) == .foreign) }
    }
}
