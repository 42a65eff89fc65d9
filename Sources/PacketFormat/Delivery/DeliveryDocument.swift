import FoundationEssentials

/// A delivery as central receives it: what `DeliveryContent` writes.
package struct DeliveryDocument: Hashable, Sendable, Codable {
    package var contextualData: DeliveryContext
    package var deliveryData: DeliveryData
    /// As the new card names the person, and as the office does when no card was read.
    package var biographicData: OSIABiographicData
    /// The picture of the live face and the signature for receipt, as far as there are any.
    package var biometricData: [OSIABiometricData]
    /// The files of the new card, then those of cards that were refused as forged.
    package var documentData: [OSIADocumentData]

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
