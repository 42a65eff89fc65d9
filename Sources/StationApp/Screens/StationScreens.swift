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
        _ station: Station, language: Language, plain: Bool, unlock: @escaping @Sendable (String) async -> Bool
    ) async throws(FailureReport) {
        let terminal = try await terminal(plain: plain)
        let model = StationModel(
            kit: station.kit.kit, catalogue: Catalogue(language), pictures: terminal.pictureStyle,
            unlocking: station.kit.kit.isTraining ? .key : .passphrase)
        await StationRunner(station, screen: StationScreen(model, on: terminal), unlock: unlock).run()
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
