package import EnrolmentCore
import Foundation
import OfflineCache
import StationUI
package import TerminalKit

/// Opens the screens of a station on this terminal.
package enum StationScreens {
    /// Has the kit opened on a full screen, and goes on with the screens of its station on the same terminal.
    ///
    /// - Parameters:
    ///   - language: of the texts.
    ///   - station: makes the station of the kit that was opened.
    /// - Throws: what the kit in this folder cannot be opened for by anybody, before a screen comes; what `station`
    ///   throws.
    package static func open(
        _ folder: KitFolder, language: Language, clock: any WallClock,
        station: (OpenKit) async throws -> Station
    ) async throws {
        try folder.checkCanBeOpened()
        let (rules, label) = (try LoginRules.station(in: folder), folder.label)
        let terminal = RelayedTerminal(try await terminal(plain: false))
        do {
            let means = await OpeningDesk.Means.opening(
                folder, reader: AttachedDevices.cardReader(), rules: rules, clock: clock)
            let screen = OpeningScreen(
                terminal: terminal, desk: OpeningDesk(means), readers: CardWatching.states(), clock: clock,
                idle: rules.idle, uptime: BootClock())
            let model = OpeningModel(
                label: label, catalogue: Catalogue(language), byCard: means.byCard != nil)
            guard let kit = await screen.run(model) else { return await terminal.close() }
            folder.correctLabel(of: kit.kit)
            do {
                try await run(try await station(kit), language: language, on: terminal)
            } catch {
                await means.discard(kit)
                throw error
            }
        } catch {
            // Before the report: what is said on the full screen is gone with it.
            await terminal.close()
            throw error
        }
    }

    /// - Parameters:
    ///   - language: of the texts.
    ///   - plain: lines for a screen reader instead of a screen.
    package static func run(_ station: Station, language: Language, plain: Bool) async throws(FailureReport) {
        let doorkeeper = try await doorkeeper(for: station)
        try await run(station, language: language, doorkeeper, on: try await terminal(plain: plain))
    }

    private static func run(
        _ station: Station, language: Language, on terminal: any Terminal
    ) async throws(FailureReport) {
        try await run(station, language: language, try await doorkeeper(for: station), on: terminal)
    }

    private static func run(
        _ station: Station, language: Language, _ doorkeeper: Doorkeeper, on terminal: any Terminal
    ) async throws(FailureReport) {
        let folder = station.kit.folder
        let unlocking: UnlockMeans =
            switch doorkeeper {
            case .officers: .login
            case .kit: .kit(byCard: await folder.opensByCard())
            case .nobody: .key
            }
        var station = station
        // Who has opened the kit by card is in: what is typed ahead is theirs already.
        let officer = unlocking == .login ? station.kit.login?.officer : nil
        if let officer { station.officer = officer }
        let model = StationModel(
            kit: station.kit.kit, municipality: folder.label.municipality, catalogue: Catalogue(language),
            pictures: terminal.pictureStyle, unlocking: unlocking, officer: officer)
        await StationRunner(
            station, screen: StationScreen(model, on: terminal), doorkeeper: doorkeeper,
            idle: try LoginRules.station(in: folder).idle
        ).run()
    }

    /// Where there is a list of officers they log in; else whoever can open the kit, but for training.
    private static func doorkeeper(for station: Station) async throws(FailureReport) -> Doorkeeper {
        let rules = try LoginRules.station(in: station.kit.folder)
        let standing = try await KitLists(station.kit).roster(at: station.clock.now())
        guard OfficerGate(standing) == .login else {
            guard !station.kit.kit.isTraining else { return .nobody }
            let reader = try await station.devices.devices(for: nil).cardReader
            return .kit(
                OpeningDesk(await .proving(station.kit.folder, reader: reader, rules: rules, clock: station.clock)))
        }
        let devices = try await station.devices.devices(for: nil)
        let desk = try LoginDesk(
            LoginDesk.Means(
                kit: station.kit, reader: devices.cardReader, holder: devices.cardReader, rules: rules,
                clock: station.clock, patience: station.limits.card, testRoots: try StationTrust.emulatedRoots()))
        if let session = station.kit.login { await desk.resume(session) }
        return .officers(desk)
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

extension KitFolder {
    /// - Throws: why nobody can open it, whatever they know or hold.
    func checkCanBeOpened() throws(FailureReport) {
        if isErased { throw StoreError.erased.report(kept: .rest) }
        guard isProvisioned else { throw notProvisioned() }
    }
}
