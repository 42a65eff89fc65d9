import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

/// One day under the shim: writes down every change to the data folder, and between them what was acknowledged.
struct CrashTrace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "crash-trace", shouldDisplay: false)

    /// Stands in the trace where the store is open, and all that was to be put right has been.
    static let openedMark = "opened"

    @Option var folder: String
    @Option var output: String
    @Option(help: "The kit and its central, as CampaignWorld writes them.") var world: String
    @Option(help: "SQLite's synchronous: FULL, NORMAL or OFF.") var synchronous = "FULL"
    @Flag(help: "Leave out the synchronising of folders.") var withoutFolders = false

    func run() async throws {
        guard let operations = FileOperations() else { throw ValidationError("the shim is not loaded") }
        let world = try CampaignWorld(contentsOf: world)
        operations.watch(folder)
        if withoutFolders { operations.swallowFolderSyncs() }
        operations.startTrace()
        let kit = try await KitStore.open(
            folder, world.kit, seed: world.seed, unit: world.unit, settings: .with(synchronous: synchronous))
        operations.mark(Self.openedMark)
        try await world.day.run(on: kit, world.central(holding: world.held)) { operations.mark($0) }
        kit.close()
        try Data(operations.endTrace()).write(to: URL(filePath: output))
    }
}
