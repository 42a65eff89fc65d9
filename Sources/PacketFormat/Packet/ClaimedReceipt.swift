package import EnrolmentCore
import FoundationEssentials

/// Which packet a receipt speaks of, and its place in the chain, before anything in it is believed: only to
/// find the manifest that it is then verified against, and to take receipts in their order.
package struct ClaimedReceipt: Hashable, Sendable {
    /// No receipt comes near.
    package static let largestByteCount = CompactSignature.largestByteCount

    package let packetID: PacketID
    package let sequence: Int

    /// - Returns: nil for what is no receipt at all.
    package init?(_ compact: String) {
        struct Claims: Decodable {
            let packetID: PacketID
            let sequence: Int
        }
        let parts = compact.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard compact.utf8.count <= Self.largestByteCount, parts.count == 3,
            let payload = Base64.url.decode(parts[1]),
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload))
        else { return nil }
        packetID = claims.packetID
        sequence = claims.sequence
    }
}
