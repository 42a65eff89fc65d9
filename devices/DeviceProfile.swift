import FoundationEssentials

/// What the station knows about one model of device: which driver serves it, and with which figures.
///
/// A profile is data, `profiles/<id>.json`, so that a new model of a known family needs no code.
package struct DeviceProfile: Hashable, Sendable, Decodable {
    /// The file's name without its ending.
    package let id: String
    package let kind: Kind
    /// What a person calls it.
    package let name: String
    /// Which driver serves it, a name that the drivers define.
    package let driver: String
    /// How it is recognised; any one suffices.
    package let match: [DeviceMatch]
    /// Whether the model is certified for identity documents. Nothing may guess it: absent is an error.
    package let certified: Bool
    /// What the driver must do otherwise for this model, in names that the driver defines.
    package let quirks: [String]
    /// What the driver needs to know, in names and units that the driver defines.
    package let parameters: [String: ProfileValue]
    /// What is not verified, and where the figures come from; for the technician.
    package let notes: [String]

    /// A part of the kit; the same words as the core uses.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case scanner, cardReader, signaturePad, camera
    }

    /// Reads one profile file.
    ///
    /// - Throws: `ProfileError.unreadable` when it is no JSON of this shape.
    package init(json: [UInt8], file: String) throws(ProfileError) {
        do {
            self = try JSONDecoder().decode(DeviceProfile.self, from: Data(json))
        } catch {
            throw ProfileError.unreadable(file: file, reason: String(describing: error))
        }
    }
}

/// How a device of a model shows itself on its bus.
package struct DeviceMatch: Hashable, Sendable, Decodable {
    package enum Bus: String, Hashable, Sendable, Decodable {
        case usb, hid, video, pcsc
    }

    package let bus: Bus
    /// The vendor's and the product's number, where the bus has them; four hexadecimal digits in the file.
    package let vendor: UInt16?
    package let product: UInt16?
    /// A part of the name that the bus gives, where it has no numbers.
    package let nameContains: String?

    private enum CodingKeys: String, CodingKey {
        case bus, vendor, product, nameContains
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        bus = try container.decode(Bus.self, forKey: .bus)
        vendor = try Self.number(in: container, .vendor)
        product = try Self.number(in: container, .product)
        nameContains = try container.decodeIfPresent(String.self, forKey: .nameContains)
        guard vendor != nil || nameContains != nil else {
            throw DecodingError.dataCorruptedError(
                forKey: .vendor, in: container, debugDescription: "a match needs a vendor or a name")
        }
    }

    private static func number(
        in container: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
    ) throws -> UInt16? {
        guard let text = try container.decodeIfPresent(String.self, forKey: key) else { return nil }
        guard text.count == 4, let number = UInt16(text, radix: 16) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container, debugDescription: "not four hexadecimal digits")
        }
        return number
    }
}

/// A profile that cannot be used. Nothing is assumed in its place.
package enum ProfileError: Error, Hashable, Sendable {
    case unreadable(file: String, reason: String)
    /// The driver needs this parameter and the profile lacks it, or it is out of its range.
    case parameter(profile: String, name: String)
    /// Two profiles claim the same id or the same device.
    case ambiguous(profile: String, other: String)
}
