import CTSS
import EnrolmentCore

extension Conversation {
    /// A primary key of the owner hierarchy for the salt of sessions: the chip makes the same one each time from
    /// its own seed, so that nothing is kept of it.
    func withStorageKey<Result>(
        _ body: (ESYS_TR) throws(MachineSafeError) -> Result
    ) throws(MachineSafeError) -> Result {
        var sensitive = TPM2B_SENSITIVE_CREATE()
        var template = Self.storageKey
        var outside = TPM2B_DATA()
        var registers = TPML_PCR_SELECTION()
        var key = Self.none
        try ResponseCode(
            raw: Esys_CreatePrimary(
                context, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, Self.none, Self.none, &sensitive, &template, &outside,
                &registers, &key, nil, nil, nil, nil)
        ).checkOwner()
        defer { flush(key) }
        if let expected, try name(of: key) != expected { throw .otherChip }
        return try body(key)
    }

    /// Where a chip of a certain name is meant, whether this is it.
    func checkName() throws(MachineSafeError) {
        if expected != nil { try withStorageKey { _ in } }
    }

    /// The library has checked that it is the digest of the key that it wraps for.
    func name(of key: ESYS_TR) throws(MachineSafeError) -> ChipName {
        var told: UnsafeMutablePointer<TPM2B_NAME>?
        defer { Esys_Free(told) }
        try ResponseCode(raw: Esys_TR_GetName(context, key, &told)).check()
        guard let told, told.pointee.size == ChipName.size else { throw .failed(code: ResponseCode.size) }
        return ChipName(withUnsafeBytes(of: told.pointee.name) { Array($0.prefix(ChipName.size)) })
    }

    /// A restricted decryption key on P-256 (TCG TPM 2.0 Provisioning Guidance, section 7.5.1).
    private static let storageKey: TPM2B_PUBLIC = {
        var key = TPM2B_PUBLIC()
        key.publicArea.type = TPM2_ALG_ECC
        key.publicArea.nameAlg = TPM2_ALG_SHA256
        key.publicArea.objectAttributes =
            TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN
            | TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT
        key.publicArea.parameters.eccDetail.symmetric.algorithm = TPM2_ALG_AES
        key.publicArea.parameters.eccDetail.symmetric.keyBits.aes = 128
        key.publicArea.parameters.eccDetail.symmetric.mode.aes = TPM2_ALG_CFB
        key.publicArea.parameters.eccDetail.scheme.scheme = TPM2_ALG_NULL
        key.publicArea.parameters.eccDetail.curveID = TPM2_ECC_NIST_P256
        key.publicArea.parameters.eccDetail.kdf.scheme = TPM2_ALG_NULL
        return key
    }()

    /// A session, flushed on every way out.
    ///
    /// - Parameters:
    ///   - kind: `TPM2_SE_HMAC`, `TPM2_SE_POLICY` or `TPM2_SE_TRIAL`.
    ///   - key: what it is salted to; `none` for one that carries nothing worth hiding.
    func withSession<Result>(
        _ kind: TPM2_SE, saltedTo key: ESYS_TR, _ body: (ESYS_TR) throws(MachineSafeError) -> Result
    ) throws(MachineSafeError) -> Result {
        let session = try beginSession(kind, saltedTo: key)
        defer { flush(session) }
        return try body(session)
    }

    /// A session that the caller flushes.
    func beginSession(_ kind: TPM2_SE, saltedTo key: ESYS_TR) throws(MachineSafeError) -> ESYS_TR {
        var cipher = TPMT_SYM_DEF()
        cipher.algorithm = TPM2_ALG_AES
        cipher.keyBits.aes = 128
        cipher.mode.aes = TPM2_ALG_CFB
        var session = Self.none
        try ResponseCode(
            raw: Esys_StartAuthSession(
                context, key, Self.none, Self.none, Self.none, Self.none, nil, kind, &cipher, TPM2_ALG_SHA256,
                &session)
        ).check()
        return session
    }

    /// Removes a key or a session from the chip.
    func flush(_ handle: ESYS_TR) {
        Esys_FlushContext(context, handle)
    }

    /// Says what the next command over a session has encrypted.
    func encrypt(_ what: TPMA_SESSION, over session: ESYS_TR) throws(MachineSafeError) {
        try ResponseCode(
            raw: Esys_TRSess_SetAttributes(context, session, what | TPMA_SESSION_CONTINUESESSION, 0xFF)
        ).check()
    }

    /// The digest of "these registers as they are now, and the place's authorisation".
    func policy(for registers: RegisterSelection) throws(MachineSafeError) -> [UInt8] {
        try checkMeasured(registers)
        return try trial { session throws(MachineSafeError) in
            try require(registers, in: session)
            try requireAuthorisation(in: session)
        }
    }

    /// The digest of what `body` asks for.
    func trial(_ body: (ESYS_TR) throws(MachineSafeError) -> Void) throws(MachineSafeError) -> [UInt8] {
        try withSession(TPM2_SE_TRIAL, saltedTo: Self.none) { session throws(MachineSafeError) in
            try body(session)
            var digest: UnsafeMutablePointer<TPM2B_DIGEST>?
            defer { Esys_Free(digest) }
            try ResponseCode(
                raw: Esys_PolicyGetDigest(context, session, Self.none, Self.none, Self.none, &digest)
            ).check()
            guard let digest, digest.pointee.size == 32 else { throw .failed(code: ResponseCode.size) }
            return withUnsafeBytes(of: digest.pointee.buffer) { Array($0.prefix(32)) }
        }
    }

    /// Has a policy session ask for the registers.
    func require(_ registers: RegisterSelection, in session: ESYS_TR) throws(MachineSafeError) {
        var list = registers.list
        // Empty: as they are now.
        var digest = TPM2B_DIGEST()
        try ResponseCode(
            raw: Esys_PolicyPCR(context, session, Self.none, Self.none, Self.none, &digest, &list)
        ).check()
    }

    /// Has a policy session ask for the authorisation of what it is used on.
    func requireAuthorisation(in session: ESYS_TR) throws(MachineSafeError) {
        try ResponseCode(
            raw: Esys_PolicyAuthValue(context, session, Self.none, Self.none, Self.none)
        ).check()
    }

    /// - Throws: `measurementsChanged` where the chip measures nothing in one of them in its SHA-256 bank: such a
    ///   register would be left out of a policy without a word, and the secret be bound to nothing.
    func checkMeasured(_ registers: RegisterSelection) throws(MachineSafeError) {
        var left = registers.bits
        // A chip tells at most eight registers at a time.
        while left != 0 {
            var asked = RegisterSelection(bits: left).list
            var told: UnsafeMutablePointer<TPML_PCR_SELECTION>?
            defer { Esys_Free(told) }
            try ResponseCode(
                raw: Esys_PCR_Read(context, Self.none, Self.none, Self.none, &asked, nil, &told, nil)
            ).check()
            guard let told else { throw .failed(code: ResponseCode.size) }
            let measured = RegisterSelection(named: told.pointee).bits & left
            guard measured != 0 else { throw .measurementsChanged }
            left &= ~measured
        }
    }
}
