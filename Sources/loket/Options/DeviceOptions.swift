import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

/// Which devices a verb works with.
struct DeviceOptions: ParsableArguments {
    @Flag(help: "Use the emulated kit instead of attached devices (training only).")
    var emulated = false

    @Option(help: "Take the portrait from this JPEG file instead of a camera.")
    var portrait: String?

    @Option(help: "The camera's device node.")
    var camera = "/dev/video0"

    @Option(help: "How many seconds a person has for each capture.")
    var patience: Double?

    @Option(
        help: "Which scanner, by its serial or its place as devices list shows it, when several are attached.")
    var serial: String?

    @Option(help: "What was measured on the kit's scanners (otherwise scanners.json in the kit's folder).")
    var calibration: String?

    /// - Parameter kit: whose calibrations count; nil for the standard kit's.
    func source(of kit: KitFolder? = nil) throws -> any KitDeviceSource {
        let clock = SystemClock()
        guard emulated else {
            return try AttachedDevices(
                portraitFile: portrait, cameraNode: camera, scanner: serial, calibrations: try calibrations(of: kit),
                clock: clock)
        }
        let day = try TrainingDay.builtIn(today: clock.now().dayInUTC)
        return try EmulatedDevices(day: day, clock: clock, pace: .simulated)
    }

    private func calibrations(of kit: KitFolder?) throws(FailureReport) -> ScannerCalibrations {
        let kit = kit ?? .standard(environment: ProcessInfo.processInfo.environment)
        let file = calibration.map { URL(filePath: $0) } ?? kit.url.appending(path: ScannerCalibrations.fileName)
        return try ScannerCalibrations(reading: file, mustExist: calibration != nil)
    }

    var limits: CaptureLimits {
        guard let patience else { return .bedside }
        let limit = Duration.milliseconds(Int(patience * 1000))
        return CaptureLimits(card: limit, finger: limit, signature: limit, portrait: limit)
    }
}
