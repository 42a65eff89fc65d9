package import EnrolmentCore

/// What central says about itself to a kit that it knows.
package struct CentralStatus: Hashable, Sendable, Codable {
    /// Of this protocol; 1.
    package let version: Int
    /// The name that its receipts bear.
    package let server: String
    /// For the kit's clock check.
    package let time: Timestamp
    package let isTraining: Bool
    /// The kit as central knows it, by the client certificate.
    package let kit: KitID
    /// Bytes of one packet.
    package let maximumPacketSize: Int
    /// What central holds of the kit; nil from a central that does not tell.
    package let chain: KitChain?

    package init(
        server: String, time: Timestamp, isTraining: Bool, kit: KitID, maximumPacketSize: Int, chain: KitChain? = nil
    ) {
        version = 1
        self.server = server
        self.time = time
        self.isTraining = isTraining
        self.kit = kit
        self.maximumPacketSize = maximumPacketSize
        self.chain = chain
    }

    package func encoded() throws -> [UInt8] { try WireJSON.encode(self) }

    /// Throws `DecodingError` when the answer is not central's, for example a captive portal's.
    package init(decoding bytes: [UInt8]) throws {
        self = try WireJSON.decode(CentralStatus.self, from: bytes)
    }
}
