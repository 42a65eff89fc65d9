import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("Feature reports of the pad")
struct SignatureReportTests {
    private let capability430: [UInt8] = [
        0x09, 0x25, 0x80, 0x17, 0x70, 0x03, 0xFF, 0x01, 0x40, 0x00, 0xC8, 0xC8, 0x09, 0xEC, 0x02, 0, 0,
    ]

    @Test("The capability of a STU-430 is 96 by 60 mm, 1023 pressures and 320 by 200 pixels")
    func capabilityOfSTU430() throws {
        let capability = try #require(STUCapability(capability430))
        #expect(
            capability.geometry
                == PadGeometry(
                    maximumX: 9600, maximumY: 6000, maximumPressure: 1023, widthInHundredthsOfMillimetre: 9600,
                    heightInHundredthsOfMillimetre: 6000))
        #expect((capability.screenWidth, capability.screenHeight) == (320, 200))
    }

    @Test("The capability of a STU-540 is read by the same rule")
    func capabilityOfSTU540() throws {
        let report: [UInt8] = [0x09, 0x2A, 0x30, 0x19, 0x50, 3, 0xFF, 3, 0x20, 1, 0xE0, 0xC8, 9, 0xEC, 0x0F, 0, 0]
        let capability = try #require(STUCapability(report))
        #expect((capability.geometry.maximumX, capability.geometry.maximumY) == (10_800, 6480))
        #expect((capability.screenWidth, capability.screenHeight) == (800, 480))
    }

    @Test("A pad that names no resolution has 2540 points an inch")
    func noResolution() throws {
        var report = capability430
        (report[12], report[13]) = (0, 0)
        #expect(try #require(STUCapability(report)).geometry.widthInHundredthsOfMillimetre == 9600)
    }

    @Test("A surface without extent, and a report cut anywhere in its fields, are refused")
    func refused() {
        for field in [1, 3, 5] {
            var report = capability430
            (report[field], report[field + 1]) = (0, 0)
            #expect(STUCapability(report) == nil)
        }
        for length in 0..<15 { #expect(STUCapability(Array(capability430.prefix(length))) == nil) }
    }

    @Test("Model and firmware are read, with and without the closing NUL")
    func information() throws {
        let told = try #require(STUInformation([0x08] + Array("STU-430".utf8) + [0, 0, 0x01, 0x03, 0, 0, 0, 0, 0]))
        #expect(told.model == "STU-430" && told.firmware == "1.03")
        #expect(STUInformation([0x08] + Array("STU-430VX".utf8) + [0x12, 0xAB])?.model == "STU-430VX")
        #expect(STUInformation([0x08] + Array("STU-430VX".utf8) + [0x12, 0xAB])?.firmware == "12.ab")
    }

    @Test("A model name that is empty or not printable is refused")
    func namelessModel() {
        #expect(STUInformation([0x08] + [UInt8](repeating: 0, count: 16)) == nil)
        #expect(STUInformation([0x08, 0x1B, 0x5B, 0x32] + [UInt8](repeating: 0, count: 13)) == nil)
    }

    @Test("The status tells what the pad does and how the last command ended")
    func status() {
        #expect(STUStatus([0x03, 0x00, 0x00, 0, 0])?.activity == .ready)
        #expect(STUStatus([0x03, 0x01, 0x02, 0, 0])?.activity == .image)
        #expect(STUStatus([0x03, 0x01, 0x02, 0, 0])?.lastResult == STUStatus.wrongState)
        #expect(STUStatus([0x03, 0x02, 0x00, 0, 0])?.activity == .capture)
        for code in [0x03, 0x04, 0x05, 0xFF, 0x77] as [UInt8] {
            #expect(STUStatus([0x03, code, 0x00, 0, 0])?.activity == .busy)
        }
        #expect(STUStatus([0x03, 0x00]) == nil && STUStatus([0x08, 0, 0, 0, 0]) == nil && STUStatus([]) == nil)
    }

    @Test("Thresholds are little-endian; ones that no pen can reach are refused")
    func thresholds() {
        #expect(InkThreshold([0x22, 21, 0, 16, 0], maximumPressure: 1023) == .usual)
        #expect(InkThreshold([0x22, 0x00, 0x01, 0x80, 0x00], maximumPressure: 1023)?.on == 256)
        #expect(InkThreshold([0x22, 0xFF, 0x03, 16, 0], maximumPressure: 1023) == nil)
        #expect(InkThreshold([0x22, 16, 0, 21, 0], maximumPressure: 1023) == nil)
        #expect(InkThreshold([0x22, 16], maximumPressure: 1023) == nil)
    }
}
