/// A file of the data folder whose whole content is one sealed record.
package struct SealedRecordFile: Sendable {
    package let name: String
    private let record: RecordName

    /// The kit's own keys: what makes this laptop one particular kit.
    package static let kit = SealedRecordFile(
        name: "kit.sealed", record: RecordName(table: "kit", id: "bundle", revision: 1))

    /// A bundle has some tens of kilobytes; a roster in it up to half a megabyte.
    private static let largestByteCount = 4 << 20

    package func exists(in folder: String, probe: StorageProbe = .none) throws(StoreError) -> Bool {
        try DurableFolder.prepare(folder, files: probe.files).size(of: name) != nil
    }

    /// - Throws: `unreadable` where there is none; `recordDamaged`.
    package func read(
        in folder: String, under key: StoreKey, probe: StorageProbe = .none
    ) throws(StoreError) -> [UInt8] {
        let files = try DurableFolder.prepare(folder, files: probe.files)
        guard let sealed = try files.read(name, atMost: Self.largestByteCount) else { throw .unreadable(name) }
        return try Vault(key).open(sealed, as: record)
    }

    /// Puts the content in the place of what was there, whole or not at all.
    package func write(
        _ content: [UInt8], in folder: String, under key: StoreKey, probe: StorageProbe = .none
    ) throws(StoreError) {
        try write(content, in: folder, under: key, probe, for: .createKey)
    }

    /// Seals it under the newest key, if it is not already; a folder without it is left so.
    func reseal(in folder: String, under key: StoreKey, probe: StorageProbe) throws(StoreError) {
        let files = try DurableFolder.prepare(folder, files: probe.files)
        guard let sealed = try files.read(name, atMost: Self.largestByteCount) else { return }
        let vault = Vault(key)
        guard try !vault.isNewest(sealed, as: record) else { return }
        try write(try vault.open(sealed, as: record), in: folder, under: key, probe, for: .rotateKey)
    }

    private func write(
        _ content: [UInt8], in folder: String, under key: StoreKey, _ probe: StorageProbe,
        for operation: StoreOperation
    ) throws(StoreError) {
        let sealed = try Vault(key).seal(content, as: record)
        try DurableFolder.prepare(folder, files: probe.files).replaceWiping(name, with: sealed) {
            (moment) throws(StoreError) in
            try probe.reached(moment, of: operation)
        }
    }
}
