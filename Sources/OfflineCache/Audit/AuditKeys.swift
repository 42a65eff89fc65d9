package import EnrolmentCore
package import PacketFormat

/// By which keys a kit's journal, its packets and its receipts are believed.
package struct AuditKeys: Sendable {
    let seals: AuditSealVerifier
    let manifests: ManifestVerifier
    let receipts: ReceiptVerifier

    /// - Parameters:
    ///   - kitKeys: more than one when the kit's signing key was replaced.
    ///   - server: the name that central's receipts bear.
    package init(kit: KitID, kitKeys: [VerifyingKey], server: String, receiptKeys: [VerifyingKey]) {
        seals = AuditSealVerifier(kit: kit, keys: kitKeys)
        manifests = ManifestVerifier(keys: [kit: kitKeys])
        receipts = ReceiptVerifier(server: server, keys: receiptKeys)
    }
}
