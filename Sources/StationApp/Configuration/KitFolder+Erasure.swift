package import EnrolmentCore
package import Foundation
package import OfflineCache
package import PacketFormat

extension KitFolder {
    /// Destroys the kit's keys, and proves it; see `StoreKeys.erase`.
    ///
    /// - Parameters:
    ///   - keepingPackets: goes on although packets have not arrived at central: they stay, can be exported, and
    ///     need no key of the kit.
    ///   - confirm: is told what is lost; throws to leave everything as it is.
    package func erase(
        passphrase: SecretBytes, keepingPackets: Bool, clock: any WallClock, probe: StorageProbe = .none,
        confirm: (KitID, ErasureLoss) throws(FailureReport) -> Void
    ) async throws(FailureReport) -> ErasureStatement {
        let (kit, key) = try await openWithKey(passphrase: passphrase, clock: clock, probe: probe)
        defer { kit.store.close() }
        let keys = keys(clock: clock, probe: probe)
        let loss = try await kit.store.reporting(kept: .packet) { () throws(StoreError) in
            try await keys.loss(of: kit.store)
        }
        if loss.waiting > 0, !keepingPackets {
            throw FailureReport(
                .store(.packetsWaiting), detail: "\(loss.waiting) packets have not arrived at central", kept: .packet)
        }
        try confirm(kit.kit.id, loss)
        return try await kit.store.reporting(kept: .packet) { () throws(StoreError) in
            let signer = ErasureSigner(key: try signingKey(of: kit))
            let known = try await knownText(of: kit)
            return try await keys.erase(key, of: kit.store, with: passphrase, known: known) {
                (statement) throws(StatementError) in try signer.sign(statement)
            }
        }
    }

    /// Goes on with an erasure that was cut short; what it had announced, or nil where there was none.
    package func finishErasure(clock: any WallClock) async throws(FailureReport) -> ErasureStatement? {
        try await apart(kept: .packet) { try keys(clock: clock).finishErasure() }
    }

    /// Where the statement lies.
    package var erasureFile: URL { url.appending(path: ErasureRecord.fileName) }

    /// Checks a statement of erasure by the key that central registered for the kit.
    ///
    /// - Parameters:
    ///   - file: `erasure.json`, or the bare JWS.
    ///   - key: PEM, SubjectPublicKeyInfo.
    /// - Throws: `input.unreadableFile` with the reason.
    package static func verifyErasure(_ file: URL, key: URL) throws(FailureReport) -> ErasureStatement {
        guard let text = FileManager.default.contents(atPath: file.path),
            let pem = FileManager.default.contents(atPath: key.path),
            let key = try? VerifyingKey(pem: String(decoding: pem, as: UTF8.self))
        else { throw FailureReport(.input(.unreadableFile), detail: "statement or key", kept: .nothingToKeep) }
        let compact =
            ErasureRecord([UInt8](text))?.statement
            ?? String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        do throws(StatementError) {
            return try ErasureVerifier(keys: [key]).verify(compact)
        } catch {
            throw FailureReport(.input(.unreadableFile), detail: error.description, kept: .nothingToKeep)
        }
    }

    private func signingKey(of kit: OpenKit) throws(StoreError) -> KitSigningKey {
        guard let key = try? KitSigningKey(pem: kit.bundle.signingKey) else { throw .unreadable("the kit's keys") }
        return key
    }

    /// Lines of the kit's private keys, and a piece of each draft: none may be readable anywhere afterwards.
    private func knownText(of kit: OpenKit) async throws(StoreError) -> [[UInt8]] {
        var known: [[UInt8]] = []
        for key in [kit.bundle.clientKey, kit.bundle.signingKey] {
            known += key.split(separator: "\n").filter { !$0.hasPrefix("-") && $0.utf8.count > 16 }.map {
                Array($0.utf8)
            }
        }
        for caseID in try await kit.store.drafts.cases().prefix(16) {
            guard let content = (try? await kit.store.drafts.draft(of: caseID))?.content, content.count >= 64 else {
                continue
            }
            known.append(Array(content.dropFirst(content.count / 2).prefix(32)))
        }
        return known
    }
}
