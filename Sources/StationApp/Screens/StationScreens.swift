package import EnrolmentCore
import Foundation
import StationUI
package import TerminalKit

/// Opens the screens of a station on this terminal.
package enum StationScreens {
    /// - Parameters:
    ///   - language: of the texts.
    ///   - plain: lines for a screen reader instead of a screen.
    ///   - unlock: whether a passphrase opens the kit.
    package static func run(
        _ station: Station, language: Language, plain: Bool, unlock: @escaping @Sendable (SecretBytes) async -> Bool
    ) async throws(FailureReport) {
        let rules = try LoginRules.station(in: station.kit.folder)
        let desk = try await desk(for: station, rules: rules)
        let terminal = try await terminal(plain: plain)
        let unlocking: UnlockMeans = desk != nil ? .login : station.kit.kit.isTraining ? .key : .passphrase
        let model = StationModel(
            kit: station.kit.kit, catalogue: Catalogue(language), pictures: terminal.pictureStyle,
            unlocking: unlocking)
        await StationRunner(
            station, screen: StationScreen(model, on: terminal), desk: desk, idle: rules.idle, unlock: unlock
        ).run()
    }

    /// Where officers log in; nil on a kit that has no list of them.
    private static func desk(
        for station: Station, rules: LoginRules
    ) async throws(FailureReport) -> LoginDesk? {
        let standing = try await KitLists(station.kit).roster(at: station.clock.now())
        guard OfficerGate(standing) == .login else { return nil }
        let devices = try await station.devices.devices(for: nil)
        let desk = try LoginDesk(
            LoginDesk.Means(
                kit: station.kit, reader: devices.cardReader, holder: devices.cardReader, rules: rules,
                clock: station.clock, patience: station.limits.card, testRoots: try StationTrust.emulatedRoots()))
        if let session = station.kit.login { await desk.resume(session) }
        return desk
    }

    package static func terminal(plain: Bool) async throws(FailureReport) -> any Terminal {
        do throws(TerminalError) {
            if plain { return try await PlainTerminal.open() }
            return try await NcursesTerminal.open(environment: ProcessInfo.processInfo.environment)
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: error.rawValue, kept: .nothingToKeep)
        }
    }
}
