import Crypto
package import FoundationEssentials
import GRDB
package import PacketFormat

/// What an export came to.
package struct AuditExport: Hashable, Sendable, Codable {
    package let lines: Int
    package let seals: Int
    /// Of the file as it was written, its signature included.
    package let bytes: Int
    /// Of the whole file, as `sha256sum` gives it: lower-case hex SHA-256.
    package let digest: String
}

extension Journal {
    /// Writes the journal and its seals to a file that anybody can verify who has the kit's public key, signed as
    /// it was given away. It holds no personal data.
    ///
    /// The file comes under its name only when it is whole.
    ///
    /// - Throws: `unwritable`, `diskFull`; `journalBroken` for a line that is no text.
    package func export(
        to file: URL, with key: KitSigningKey, files: DurableFiles = DurableFiles()
    ) async throws(StoreError) -> AuditExport {
        try await store.perform { store, database in
            let part = file.appendingPathExtension("part")
            do {
                var export: AuditExport?
                try files.write(part) { export = try Self.write(store, database, with: key, to: $0) }
                try files.rename(part, to: file)
                guard let export else { throw StoreError.unwritable("the export") }
                return export
            } catch let failure as FileFailure {
                throw failure.isDiskFull ? StoreError.diskFull : StoreError.unwritable("the export (\(failure))")
            }
        }
    }

    private static func write(
        _ store: Store, _ database: Database, with key: KitSigningKey, to sink: ByteSink
    ) throws -> AuditExport {
        var (hash, bytes, lines) = (SHA256(), 0, 0)
        // What is signed is what stands before the signature; what is told is the file.
        func put(_ line: AuditFileLine) throws {
            let encoded = try line.encoded()
            hash.update(data: encoded)
            bytes += encoded.count
            try sink(encoded)
        }
        try put(.head(.init(version: 1, kit: store.kit.id.text, training: store.kit.isTraining)))
        let seals = try heldSeals(database)
        var left = seals[...]
        func putSeals(before position: Int) throws {
            while let seal = left.first, let last = seal.position, last < position {
                try put(.seal(number: left.removeFirst().number, statement: seal.statement))
            }
        }
        try each(from: .min, database) { record in
            guard record.isReadable else { throw StoreError.journalBroken(position: record.position) }
            try putSeals(before: record.position)
            try put(.line(record))
            lines += 1
        }
        try putSeals(before: .max)
        let before = hash
        let statement = AuditExportSeal(
            kit: store.kit.id, byteCount: bytes, digest: hexText(before.finalize()), exportedAt: store.clock.now())
        try put(.end(statement: AuditSealSigner(key: key).sign(statement)))
        return AuditExport(lines: lines, seals: seals.count, bytes: bytes, digest: hexText(hash.finalize()))
    }
}
