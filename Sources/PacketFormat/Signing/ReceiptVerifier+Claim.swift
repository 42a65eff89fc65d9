import EnrolmentCore

extension ReceiptVerifier {
    /// Where a receipt claims to continue, without a look at its signature: for a reader who no longer has the
    /// receipts before it. Nil when it is no receipt.
    package static func claimedPlace(of compact: String) -> (sequence: Int, predecessor: String?)? {
        let parts = compact.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard compact.utf8.count <= CompactSignature.largestByteCount, parts.count == 3,
            let payload = Base64.url.decode(parts[1]),
            let receipt = try? CompactSignature.decode(Receipt.self, payload)
        else { return nil }
        return (receipt.sequence, receipt.previousReceiptDigest)
    }
}
