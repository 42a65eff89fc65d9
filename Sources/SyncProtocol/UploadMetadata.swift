import FoundationEssentials

/// The pairs of an `Upload-Metadata` field (tus 1.0.0, extension "Creation").
///
/// Values are arbitrary bytes, so nothing read here may enter another header without a check.
package struct UploadMetadata: Hashable, Sendable {
    /// Under this key a packet carries its signed manifest (JWS, compact form).
    package static let manifestKey = "manifest"

    package let values: [String: [UInt8]]

    package init(values: [String: [UInt8]]) {
        self.values = values
    }

    /// The metadata of a packet: its signed manifest and nothing else.
    package init(signedManifest compact: String) {
        self.init(values: [Self.manifestKey: Array(compact.utf8)])
    }

    /// Nil when a key is empty, comes twice or holds a byte that is not visible ASCII, or when a value
    /// is not base64 with padding.
    package init?(header: String) {
        var values: [String: [UInt8]] = [:]
        for pair in header.split(separator: ",", omittingEmptySubsequences: false) {
            let trimmed = pair.drop { $0 == " " }
            let parts = trimmed.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first.map(String.init), Self.isKey(key), values[key] == nil else { return nil }
            guard parts.count == 2, !parts[1].isEmpty else {
                values[key] = []
                continue
            }
            guard let value = Data(base64Encoded: String(parts[1])) else { return nil }
            values[key] = Array(value)
        }
        self.values = values
    }

    /// The field's value, keys in alphabetical order.
    package var header: String {
        values.sorted { $0.key < $1.key }
            .map { $0.value.isEmpty ? $0.key : "\($0.key) \(Data($0.value).base64EncodedString())" }
            .joined(separator: ",")
    }

    /// The signed manifest, if the field holds one in the shape of a compact JWS.
    package var signedManifest: String? {
        guard let bytes = values[Self.manifestKey], !bytes.isEmpty, bytes.allSatisfy(Self.isCompactJWS) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isKey(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") }
    }

    private static func isCompactJWS(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
