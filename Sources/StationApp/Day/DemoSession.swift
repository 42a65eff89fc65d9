package import EnrolmentCore
import Foundation
import StationUI
import TerminalKit

/// The demo's station: the same one that works in the field, on an emulated kit.
package enum DemoSession {
    /// Opens the screens on a kit of its own, with central on loopback, until the person leaves.
    package static func run(language: Language, plain: Bool) async throws {
        let clock = SystemClock()
        let folders = try DemoFolders()
        defer { folders.remove() }
        let demo = try await DemoKit.make(in: folders, kit: KitID("OEFENKIT-1"), clock: clock)
        try await demo.link.connect()
        let station = try await station(try await demo.open(), pace: .real, clock: clock)
        let day = try TrainingDay.builtIn(today: station.today)
        try await station.kit.plan(day.visits)
        try await StationScreens.run(station, language: language, plain: plain)
        await demo.central.stop()
    }

    /// One part of a played day, in screens or in lines.
    package static func play(
        _ part: PlayedDay.Part, kit: OpenKit, report: String?, language: Language, isFast: Bool, isPlain: Bool,
        isQuiet: Bool
    ) async throws(FailureReport) {
        let clock = SystemClock()
        let station = try await station(kit, pace: isFast ? .simulated : .real, clock: clock)
        let stage = try await stage(
            for: station, language: language, isFast: isFast, isPlain: isPlain, isQuiet: isQuiet)
        let day = try TrainingDay.builtIn(today: station.today)
        let played = PlayedDay(
            station: station, day: day, stage: stage, words: Catalogue(language), report: DayReport(path: report))
        try await played.run(part)
    }

    private static func station(
        _ kit: OpenKit, pace: EmulatedDevices.Pace, clock: any WallClock
    ) async throws(FailureReport) -> Station {
        let day = try TrainingDay.builtIn(today: LocalTime.day(of: clock.now()))
        return try Station(
            kit: kit, devices: try EmulatedDevices(day: day, clock: clock, pace: pace), officer: day.officer,
            trust: try await StationTrust(kit, clock: clock), rules: try .builtIn(.belgian), clock: clock)
    }

    private static func stage(
        for station: Station, language: Language, isFast: Bool, isPlain: Bool, isQuiet: Bool
    ) async throws(FailureReport) -> any DayStage {
        let pause: Duration = isFast ? .zero : .milliseconds(900)
        if isPlain {
            return LineStage(pause: isFast ? .zero : .milliseconds(250), words: Catalogue(language)) { line in
                if !isQuiet { print(line) }
            }
        }
        let terminal = try await StationScreens.terminal(plain: false)
        let model = StationModel(
            kit: station.kit.kit, catalogue: Catalogue(language), pictures: terminal.pictureStyle)
        return ScreenStage(screen: StationScreen(model, on: terminal), pause: pause)
    }
}
