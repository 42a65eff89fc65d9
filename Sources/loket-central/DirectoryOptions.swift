import ArgumentParser
import CentralServer

/// Where central keeps its things; the same on every verb.
struct DirectoryOptions: ParsableArguments {
    @Option(name: .customLong("dir"), help: "The folder of this central: keys, packets and database.")
    var directory = "loket-central"

    @Option(help: "sqlite:FILE; without it, central.sqlite in the folder.")
    var database: String?

    /// - Throws: `CentralError.unknownDatabase`.
    func configuration() throws -> CentralConfiguration {
        var configuration = CentralConfiguration(directory: directory)
        guard let database else { return configuration }
        let prefix = "sqlite:"
        guard database.hasPrefix(prefix), database.utf8.count > prefix.utf8.count else {
            throw CentralError(
                .unknownDatabase, "--database is not of the form sqlite:FILE",
                hint: "This version keeps its data in SQLite only.")
        }
        configuration.databasePath = String(database.dropFirst(prefix.count))
        return configuration
    }
}
