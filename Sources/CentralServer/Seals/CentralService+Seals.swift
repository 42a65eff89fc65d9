package import EnrolmentCore
package import PacketFormat

extension CentralService {
    /// What the central of `configuration` knows of the days of its kits, also while that runs.
    ///
    /// - Parameter kit: nil for all kits.
    /// - Throws: `invalidKit` when no kit has that name.
    package static func seals(
        of kit: KitID? = nil, in configuration: CentralConfiguration
    ) async throws -> [SealReport] {
        let database = try CentralDatabase(path: configuration.database)
        if let kit { try await requireKit(kit, in: database) }
        return try await database.sealReports(of: kit, at: configuration.clock.now())
    }

    /// Compares a journal that a kit gave away with the seals and packets that central has of that kit: what was
    /// cut off, put back or rewritten is found, as far as central was told of it before.
    ///
    /// - Parameter file: as `loket audit export` wrote it; at most `largestJournal` bytes of it are read.
    /// - Throws: `invalidKit`, `unreadable`.
    package static func verifyJournal(
        _ file: String, of kit: KitID, in configuration: CentralConfiguration
    ) async throws -> AuditReport {
        let database = try CentralDatabase(path: configuration.database)
        try await requireKit(kit, in: database)
        let bytes = try await BlockingPool.run { try contents(ofJournal: file) }
        let journal = AuditFile(kit: kit, keys: try await database.keys(of: kit))
        // Read twice: what is to be compared depends on which of the kit's journals this is.
        let seals = Set(journal.sealDigests(in: bytes))
        return journal.audit(bytes, against: try await database.evidence(of: kit, for: seals))
    }

    /// A journal of some hundred lines a day for ten years.
    private static let largestJournal = 512 << 20

    private static func contents(ofJournal file: String) throws -> [UInt8] {
        let source = try reader(of: file)
        var bytes: [UInt8] = []
        while let piece = try source() {
            bytes += piece
            guard bytes.count <= largestJournal else {
                throw CentralError(
                    .unreadable, "\(file) is longer than any journal", hint: "Give what loket audit export wrote.")
            }
        }
        return bytes
    }

    private static func requireKit(_ kit: KitID, in database: CentralDatabase) async throws {
        guard try await database.kit(kit) == nil else { return }
        throw CentralError(
            .invalidKit, "no kit \(kit) is registered", hint: "`loket-central chain list` names those that are.")
    }
}
