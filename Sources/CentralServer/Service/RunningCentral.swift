package import EnrolmentCore
package import PacketFormat
package import SyncProtocol

/// A central service that listens.
package final class RunningCentral: Sendable {
    /// Where it listens, on the configured host.
    package let port: Int
    package let keys: CentralKeys
    let database: CentralDatabase
    /// Its kits' officers and the roots of cards.
    package let lists: CardLists
    private let configuration: CentralConfiguration
    private let connections: OpenConnections
    private let task: Task<Void, any Error>

    init(
        port: Int, keys: CentralKeys, database: CentralDatabase, lists: CardLists,
        configuration: CentralConfiguration, connections: OpenConnections, task: Task<Void, any Error>
    ) {
        self.port = port
        self.keys = keys
        self.database = database
        self.lists = lists
        self.configuration = configuration
        self.connections = connections
        self.task = task
    }

    /// For a kit on this machine.
    package var localURL: String { "https://localhost:\(port)" }

    /// Makes a kit known and gives what the kit needs.
    ///
    /// - Parameter url: under which the kit reaches central; nil for this machine.
    package func registerKit(
        _ kit: KitID, url: String? = nil, recipients: [AgeRecipient.Kind] = [.hybrid], replacing: Bool = false
    ) async throws -> KitBundle {
        try await CentralService.register(
            kit, url: url ?? localURL, recipients: recipients, replacing: replacing, keys: keys, lists: lists)
    }

    /// All packets, oldest first.
    package func packets() async throws -> [StoredPacket] { try await database.packets() }

    /// The age file of a packet, whole once it has been received.
    package func path(of packet: PacketID) -> String { configuration.path(of: packet) }

    /// Closes all connections and waits until what was being stored is safe.
    package func stop() async {
        task.cancel()
        connections.closeAll()
        _ = await task.result
    }

    /// Returns when the service ends, by `stop` or by a failure.
    package func waitUntilStopped() async { _ = await task.result }
}
