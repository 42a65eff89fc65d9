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

    func source() throws -> any KitDeviceSource {
        let clock = SystemClock()
        guard emulated else {
            return try AttachedDevices(portraitFile: portrait, cameraNode: camera, clock: clock)
        }
        let day = try TrainingDay.builtIn(today: clock.now().dayInUTC)
        return try EmulatedDevices(day: day, clock: clock, pace: .simulated)
    }

    var limits: CaptureLimits {
        guard let patience else { return .bedside }
        let limit = Duration.milliseconds(Int(patience * 1000))
        return CaptureLimits(card: limit, finger: limit, signature: limit, portrait: limit)
    }
}
