import FoundationEssentials

extension OSIAEnrollment {
    /// Reads the content of an opened packet.
    ///
    /// - Throws: `PacketError.unreadableContent`, which tells nothing of the content.
    package init(content: [UInt8]) throws(PacketError) {
        guard let value = try? JSONDecoder().decode(Self.self, from: Data(content)),
            value.contextualData.profileVersion == 1
        else { throw .unreadableContent }
        self = value
    }
}
