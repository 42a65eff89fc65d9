import DeviceEmulation
import DeviceProfiles
import DeviceTransport
import EnrolmentCore
import Foundation
import Testing

@testable import StationApp

/// Which scanner is taken when several are attached, and with which scale.
@Suite struct AttachedScannerTests {
    /// A bus with these scanners on it.
    private struct Bus: USBDeviceLister {
        let scanners: [EmulatedUareU]

        func devices() throws(TransportError) -> [USBDeviceListing] {
            var all: [USBDeviceListing] = []
            for scanner in scanners { all += try scanner.devices() }
            return all
        }
    }

    private func scanner(
        on bus: Bus, wanted: String? = nil, calibrations: ScannerCalibrations = ScannerCalibrations()
    ) throws -> AttachedScanner {
        AttachedScanner(
            profiles: try DeviceProfiles.embedded(), lister: bus, wanted: wanted, calibrations: calibrations
        ) {
            listing in
            bus.scanners.first { (try? $0.devices())?.first == listing } ?? EmulatedUareU(pace: .simulated)
        }
    }

    private func model(serial: String?, address: Int) -> UareUModel {
        var model = UareUModel.uareU4500
        model.listing = USBDeviceListing(
            vendor: 0x05BA, product: 0x000A, release: 0x0103, bus: 1, address: address, serial: serial,
            productName: "U.are.U 4500")
        return model
    }

    private func twins(serials: (String?, String?) = ("{A}", "{B}")) -> Bus {
        Bus(scanners: [
            EmulatedUareU(model(serial: serials.0, address: 7), presentations: [finger], pace: .simulated),
            EmulatedUareU(model(serial: serials.1, address: 8), presentations: [finger], pace: .simulated),
        ])
    }

    private var finger: FingerPresentation { FingerPresentation(Self.picture) }

    /// Stripes do for a finger here.
    private static let picture = GrayImage(
        width: 384, height: 290, pixels: (0..<384 * 290).map { $0 % 384 / 6 % 2 == 0 ? 60 : 220 })

    private func capture(_ scanner: AttachedScanner) async throws(DeviceError) -> FingerFrame? {
        guard
            case .captured(let frame) = try await scanner.capture(
                FingerCaptureRequest(.rightIndex, within: .seconds(30)), progress: { _ in })
        else { return nil }
        return frame
    }

    @Test("With two alike attached and none named, the error lists both, and neither is opened")
    func ambiguous() async throws {
        let bus = twins()
        let error = await #expect(throws: DeviceError.self) { try await capture(scanner(on: bus)) }
        #expect(error?.problem == .ambiguous)
        for text in ["{A}", "{B}", "usb 1-7", "usb 1-8"] { #expect(error?.detail.contains(text) == true) }
        #expect(bus.scanners.allSatisfy { $0.traces.openings == 0 })
    }

    @Test("The one that is named by its serial, or by its place when it has none, is taken")
    func named() async throws {
        let bySerial = twins()
        #expect(try await capture(scanner(on: bySerial, wanted: "{B}")) != nil)
        #expect(bySerial.scanners.map(\.traces.openings) == [0, 1])
        let byPlace = twins(serials: (nil, nil))
        #expect(try await capture(scanner(on: byPlace, wanted: "usb 1-7")) != nil)
        #expect(byPlace.scanners.map(\.traces.openings) == [1, 0])
        await #expect(throws: DeviceError(.scanner, .absent, "{C}")) {
            try await capture(scanner(on: twins(), wanted: "{C}"))
        }
        await #expect(throws: DeviceError(.scanner, .absent)) { try await capture(scanner(on: Bus(scanners: []))) }
    }

    @Test("What was measured on this very scanner counts, and not on another")
    func calibrated() async throws {
        var calibrations = ScannerCalibrations()
        let scale = ScannerCalibration.Scale(pixelsPerInch: 600, uncertainty: 0.001)
        calibrations.add(
            ScannerCalibrations.Entry(
                profile: "digitalpersona-uareu-4500", serial: "{A}", horizontal: scale, vertical: scale,
                measuredAt: "2026-11-22T00:00:00Z"))
        let own = try await capture(scanner(on: twins(), wanted: "{A}", calibrations: calibrations))
        let other = try await capture(scanner(on: twins(), wanted: "{B}", calibrations: calibrations))
        #expect(own?.image.width == 298 && own?.image.height == 241)
        #expect(other?.image.width == 349 && other?.image.height == 381)
    }

    @Test("A wish for the picture reaches the scanner that is at work")
    func trigger() async throws {
        let bus = Bus(scanners: [
            EmulatedUareU(
                model(serial: nil, address: 7),
                presentations: [FingerPresentation(Self.picture, lifting: .after(.zero))],
                pace: .real)
        ])
        let scanner = try scanner(on: bus)
        let (stages, stage) = AsyncStream.makeStream(of: CaptureProgress.self)
        let task = Task {
            try await scanner.capture(
                FingerCaptureRequest(
                    .rightIndex, within: .seconds(30),
                    trigger: .automatic(atMost: 1_000_000) { _ in FrameVerdict(score: 1, isGood: false, hints: []) })
            ) { stage.yield($0) }
        }
        for await stage in stages { if case .finger = stage { break } }
        await scanner.trigger()
        guard case .captured(let frame) = try await task.value else {
            Issue.record("no picture")
            return
        }
        #expect(frame.trigger == .manual)
        await scanner.trigger()
    }

    @Test("The file of calibrations comes back as it was written, and a damaged or mad one is refused by name")
    func file() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "loket-scale-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try ScannerCalibrations(reading: file, mustExist: false) == ScannerCalibrations())
        #expect(throws: FailureReport.self) { try ScannerCalibrations(reading: file, mustExist: true) }
        var calibrations = ScannerCalibrations()
        for pixelsPerInch in [510.0, 512] {
            let scale = ScannerCalibration.Scale(pixelsPerInch: pixelsPerInch, uncertainty: 0.002)
            calibrations.add(
                ScannerCalibrations.Entry(
                    profile: "p", serial: nil, horizontal: scale, vertical: scale, measuredAt: "now"))
        }
        try calibrations.write(to: file)
        let read = try ScannerCalibrations(reading: file, mustExist: true)
        #expect(read == calibrations && read.scanners.count == 1)
        #expect(read.scale(profile: "p", serial: nil)?.horizontalPixelsPerInch == 512)
        #expect(read.scale(profile: "p", serial: "{A}") == nil)
        let text = try String(contentsOf: file, encoding: .utf8)
        for (old, new) in [("512", "5"), ("512", "\"x\""), ("0.002", "-1"), ("}", "")] {
            try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: file)
            #expect(throws: FailureReport.self) { try ScannerCalibrations(reading: file, mustExist: false) }
        }
    }
}
