import PacketFormat

extension PacketReception {
    /// The reception of one central, in the program that serves or beside it.
    init(_ keys: CentralKeys, _ database: CentralDatabase, _ configuration: CentralConfiguration) {
        self.init(
            database: database, directory: configuration.packetDirectory, facts: keys.facts,
            signer: ReceiptSigner(key: keys.receiptKey), limits: configuration.limits, clock: configuration.clock,
            logger: configuration.logger)
    }
}
