package import EnrolmentCore

/// Signs receipts with the key of central.
package struct ReceiptSigner: Sendable {
    static let type = "loket-receipt+jws"

    private let key: ReceiptSigningKey

    package init(key: ReceiptSigningKey) { self.key = key }

    /// Gives the compact JWS.
    ///
    /// - Throws: `StatementError.signingFailed`.
    package func sign(_ receipt: Receipt) throws(StatementError) -> String {
        try CompactSignature.sign(CompactSignature.encode(receipt), type: Self.type, with: key)
    }

    /// What the next receipt for the kit names: lower-case hex SHA-256 of the compact JWS.
    package static func digest(of compact: String) -> String { CompactSignature.digest(compact) }
}

/// Decides whether a receipt lets a packet leave the queue.
package struct ReceiptVerifier: Sendable {
    private let server: String
    private let keys: [VerifyingKey]

    /// - Parameters:
    ///   - server: the name of the central service that the kit was provisioned for.
    ///   - keys: its pinned keys; more than one while its key is being replaced.
    package init(server: String, keys: [VerifyingKey]) {
        self.server = server
        self.keys = keys
    }

    /// Checks a receipt for the packet of `manifest`, in this order: algorithm and key, signature,
    /// server, packet, digest, size, kit, training mark, place in the chain.
    ///
    /// - Parameter head: the last receipt that this kit stored, nil when it has none. To check a
    ///   stored receipt again, give the one before it.
    package func verify(
        _ compact: String, for manifest: Manifest, after head: ReceiptChainHead?
    ) throws(StatementError) -> VerifiedReceipt {
        let receipt = try content(of: compact)
        guard receipt.packetID == manifest.packetID else { throw .otherPacket }
        guard receipt.fileDigest == manifest.fileDigest else { throw .otherFileDigest }
        guard receipt.fileSize == manifest.fileSize else { throw .otherFileSize }
        try check(receipt, of: Kit(id: manifest.kit, isTraining: manifest.isTraining), after: head)
        return VerifiedReceipt(receipt: receipt, compact: compact, digest: CompactSignature.digest(compact))
    }

    /// Checks a receipt for a packet that the kit does not have, in the same order without the packet.
    package func verify(
        _ compact: String, of kit: Kit, after head: ReceiptChainHead?
    ) throws(StatementError) -> ChainedReceipt {
        let receipt = try content(of: compact)
        try check(receipt, of: kit, after: head)
        return ChainedReceipt(receipt: receipt, compact: compact, digest: CompactSignature.digest(compact))
    }

    private func content(of compact: String) throws(StatementError) -> Receipt {
        let (payload, _) = try CompactSignature.verify(compact, type: ReceiptSigner.type, keys: keys)
        let receipt = try CompactSignature.decode(Receipt.self, payload)
        guard receipt.version == 1 else { throw .unreadable }
        guard receipt.server == server else { throw .otherServer }
        return receipt
    }

    private func check(_ receipt: Receipt, of kit: Kit, after head: ReceiptChainHead?) throws(StatementError) {
        guard receipt.kit == kit.id else { throw .otherKit }
        guard receipt.isTraining == kit.isTraining else { throw .otherTrainingMark }
        let (expected, overflow) = (head?.sequence ?? 0).addingReportingOverflow(1)
        guard !overflow, receipt.sequence == expected else {
            throw .sequence(expected: expected, found: receipt.sequence)
        }
        guard receipt.previousReceiptDigest == head?.digest else { throw .otherPredecessor }
    }
}

extension VerifiedReceipt {
    /// Where the next receipt must continue.
    package var chainHead: ReceiptChainHead { ReceiptChainHead(sequence: receipt.sequence, digest: digest) }
}
