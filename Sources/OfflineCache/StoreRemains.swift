/// What a data folder holds that tells of a store, whether its database is there or not.
///
/// A database that is gone must never be taken for one that was not made yet: the packets of the old one would lie
/// there, named by nothing, and the new one would number its own from 1 again. So `store.key` says that there is a
/// store, from the first opening on; in a folder whose key does not say so yet, sealed packets and SQLite's log do.
package struct StoreRemains: Sendable {
    private let files: DurableFolder

    init(in files: DurableFolder) { self.files = files }

    /// - Parameter folder: an absolute path; nothing is made there.
    package init(in folder: String) { self.init(in: DurableFolder(path: folder)) }

    /// Whether nothing here was ever part of a kit.
    package var isEmpty: Bool {
        get throws(StoreError) {
            for name in [KeyFile.name, Store.databaseName] where try files.size(of: name) != nil { return false }
            return try packets().isEmpty
        }
    }

    /// Sealed packets, by the names of their files.
    func packets() throws(StoreError) -> [String] {
        guard try files.size(of: Store.packetFolderName) != nil else { return [] }
        let folder = DurableFolder(path: files.path(of: Store.packetFolderName), files: files.files)
        return try folder.names().filter { $0.hasSuffix(".age") }
    }

    /// Lets a database be made only where there was none: before SQLite sees the folder, because it would delete the
    /// log of a database that is empty, with all that had not been written back.
    ///
    /// - Throws: `storeMissing`.
    func requireDatabase() throws(StoreError) {
        if let size = try files.size(of: Store.databaseName), size > 0 { return }
        try requireNew()
        guard (try files.size(of: "\(Store.databaseName)-wal") ?? 0) == 0 else { throw .storeMissing(packets: 0) }
    }

    /// The same for a database that bears no mark of a store.
    func requireNew() throws(StoreError) {
        try requireNoPackets()
        let bytes = try files.read(KeyFile.name, atMost: KeyFile.largestByteCount)
        guard let bytes, let file = try? KeyFile(bytes), file.hasStore == true else { return }
        throw .storeMissing(packets: 0)
    }

    func requireNoPackets() throws(StoreError) {
        let packets = try packets()
        guard packets.isEmpty else { throw .storeMissing(packets: packets.count) }
    }
}
