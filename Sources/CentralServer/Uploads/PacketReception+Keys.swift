import PacketFormat

extension PacketReception {
    /// The reception of one central, in the program that serves or beside it.
    init(_ keys: CentralKeys, _ database: CentralDatabase, _ configuration: CentralConfiguration) {
        let known = Set(keys.identities.map(\.recipient.keyID))
        self.init(
            database: database, directory: configuration.packetDirectory, facts: keys.facts,
            signer: ReceiptSigner(key: keys.receiptKey), limits: configuration.limits, clock: configuration.clock,
            logger: configuration.logger,
            holdsKey: { id in
                // The keys may have been renewed since this program started.
                known.contains(id)
                    || (try? CentralKeys.load(from: keys.directory))?.identities
                        .contains { $0.recipient.keyID == id } == true
            })
    }
}
