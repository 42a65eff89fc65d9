package import EnrolmentCore

/// How packets lie on a stick that goes from a kit to central, and receipts on its way back.
///
/// ```
/// <stick>/draagbaar-loket/<kit>/index.json               what the kit wrote, as `PacketStickIndex`
/// <stick>/draagbaar-loket/<kit>/<packet>.age             the packet
/// <stick>/draagbaar-loket/<kit>/<packet>.manifest.jws    its manifest: a compact JWS, without a newline
/// <stick>/draagbaar-loket/<kit>/seal-<number>.jws        the seal of a closed day: the same
/// <stick>/draagbaar-loket/<kit>/<packet>.receipt.jws     central's receipt: the same
/// ```
///
/// The kit writes all but the receipts, central those; neither removes what the other wrote. A file is
/// written under its name with `.part` behind it and renamed once it is whole; the index comes last, so a
/// packet that it does not name may still be on its way. Whoever reads takes every packet whose `.age` and
/// `.manifest.jws` are both there, whatever the index says: a stick that was pulled out early has none.
/// Names are good on FAT, where upper and lower case are one.
package enum PacketStickLayout {
    package static let folder = "draagbaar-loket"
    package static let index = "index.json"

    /// The seal with this number in the chain of its kit; names sort as the numbers do.
    package static func seal(_ number: Int) -> String {
        let digits = String(number)
        return sealPrefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + sealSuffix
    }

    /// Whether a file of this name is a seal.
    package static func isSeal(_ name: String) -> Bool {
        name.hasPrefix(sealPrefix) && name.hasSuffix(sealSuffix)
            && name.dropFirst(sealPrefix.count).dropLast(sealSuffix.count).utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }

    private static let sealPrefix = "seal-"
    private static let sealSuffix = ".jws"

    /// The folder of a kit, below `folder`: letters, digits and hyphens stay, every other byte of its
    /// name becomes `_` and two hex digits.
    package static func folder(of kit: KitID) -> String {
        let name = kit.text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                String(decoding: [byte], as: UTF8.self)
            default: "_" + hexadecimal([byte])
            }
        }.joined()
        return name.isEmpty ? "_" : name
    }
}

/// `index.json` on a stick: what a kit has written there, for people and to find what is missing. Nothing
/// is taken on its word: the manifests are signed, this is not.
package struct PacketStickIndex: Hashable, Sendable, Codable {
    package struct Entry: Hashable, Sendable, Codable {
        package let packet: PacketID
        package let sequence: Int
        package let bytes: Int
        /// Lower-case hex, of the `.age` file.
        package let sha256: String
        package let urgent: Bool

        package init(packet: PacketID, sequence: Int, bytes: Int, sha256: String, urgent: Bool) {
            self.packet = packet
            self.sequence = sequence
            self.bytes = bytes
            self.sha256 = sha256
            self.urgent = urgent
        }
    }

    /// Of this structure; 1.
    package let version: Int
    package let kit: KitID
    package let training: Bool
    package let writtenAt: Timestamp
    package let packets: [Entry]

    package init(kit: KitID, training: Bool, writtenAt: Timestamp, packets: [Entry]) {
        version = 1
        self.kit = kit
        self.training = training
        self.writtenAt = writtenAt
        self.packets = packets
    }
}
