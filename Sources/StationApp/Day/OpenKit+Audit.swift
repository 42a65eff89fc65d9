package import EnrolmentCore
package import Foundation
package import OfflineCache
package import PacketFormat

extension OpenKit {
    /// Reads the journal, its seals, and every packet and receipt that they speak of.
    ///
    /// - Parameter kitKeys: by which the kit is known; its own key when none is given.
    package func audit(kitKeys: [VerifyingKey] = []) async throws(FailureReport) -> AuditReport {
        let keys: AuditKeys
        do throws(SigningKeyError) {
            let own = try KitSigningKey(pem: bundle.signingKey).verifyingKey
            keys = AuditKeys(
                kit: kit.id, kitKeys: kitKeys.isEmpty ? [own] : kitKeys, server: bundle.serverName,
                receiptKeys: [try VerifyingKey(pem: bundle.receiptKey)])
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "kit bundle", kept: .packet)
        }
        return try await store.reporting { () throws(StoreError) in try await store.journal.audit(by: keys) }
    }

    /// The lines of the journal, from a position on.
    package func journal(from position: Int) async throws(FailureReport) -> [Journal.Line] {
        try await store.reporting { () throws(StoreError) in try await store.journal.lines(from: position) }
    }

    /// Gives the journal away, signed by the kit.
    ///
    /// - Returns: What was written, and the public key that verifies it (PEM).
    package func exportJournal(to file: URL) async throws(FailureReport) -> (AuditExport, publicKey: String) {
        let key: KitSigningKey
        do throws(SigningKeyError) {
            key = try KitSigningKey(pem: bundle.signingKey)
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "signing key", kept: .packet)
        }
        let export = try await store.reporting { () throws(StoreError) in
            try await store.journal.export(to: file, with: key)
        }
        return (export, key.verifyingKey.pem)
    }
}
