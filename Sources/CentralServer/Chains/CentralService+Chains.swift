package import EnrolmentCore

extension CentralService {
    /// Every chain of manifests that the central of `configuration` holds, also while that runs.
    ///
    /// - Parameter kit: nil for all kits.
    package static func chains(
        of kit: KitID? = nil, in configuration: CentralConfiguration
    ) async throws -> [ChainReport] {
        try await CentralDatabase(path: configuration.database).chainReports(of: kit)
    }

    /// An office clerk's word that a packet which was refused because of its number or its case is to be taken in.
    /// It comes with the kit's next attempt; the word is kept for good.
    ///
    /// - Throws: `nothingToAccept`, `severalToAccept`.
    /// - Returns: The packet.
    package static func accept(
        _ sequence: Int, of kit: KitID, packet: PacketID? = nil, because reason: AcceptanceReason,
        in configuration: CentralConfiguration
    ) async throws -> PacketID {
        let database = try CentralDatabase(path: configuration.database)
        return try await database.accept(
            sequence, of: kit, packet: packet, because: reason, at: configuration.clock.now())
    }

    /// What central did not take and a person may have to look at, oldest first.
    package static func refusals(in configuration: CentralConfiguration) async throws -> [KeptRefusal] {
        try await CentralDatabase(path: configuration.database).refusals()
    }
}
