import CTSS
import EnrolmentCore

extension Conversation {
    /// What the signature is for, so that none that a card gave for something else fits.
    private static let purpose = Array("draagbaar-loket opens its store".utf8)

    /// What a card signs behind the chip's number (Part 3, section 23.3.1): four bytes that say that the signature
    /// does not expire, as the number is only good for one opening, and the purpose.
    static let signedAfterNonce: [UInt8] = [0, 0, 0, 0] + purpose

    /// The digest of "signed by this key".
    func branch(of key: CardKey) throws(MachineSafeError) -> [UInt8] {
        try trial { session throws(MachineSafeError) in
            try requireSignature(key, try key.signature(key.blank), nonce: TPM2B_NONCE(), in: session)
        }
    }

    /// The digest of "signed by one of these, with the registers as they are now".
    func policy(
        forOneOf branches: [[UInt8]], _ registers: RegisterSelection
    ) throws(MachineSafeError) -> [UInt8] {
        try checkMeasured(registers)
        return try trial { session throws(MachineSafeError) in
            try requireOne(of: branches, in: session)
            if !registers.isEmpty { try require(registers, in: session) }
        }
    }

    /// Shows a policy session a signature. On trial it may be any.
    func requireSignature(
        _ key: CardKey, _ signature: TPMT_SIGNATURE, nonce: TPM2B_NONCE, in session: ESYS_TR
    ) throws(MachineSafeError) {
        var template = try key.template()
        var loaded = Self.none
        try ResponseCode(
            raw: Esys_LoadExternal(
                context, Self.none, Self.none, Self.none, nil, &template, ESYS_TR_RH_NULL, &loaded)
        ).checkCardKey()
        defer { flush(loaded) }
        var (nonce, signature, noCommand, purpose) = (nonce, signature, TPM2B_DIGEST(), TPM2B_NONCE())
        purpose.size = UInt16(Self.purpose.count)
        withUnsafeMutableBytes(of: &purpose.buffer) { $0.copyBytes(from: Self.purpose) }
        try ResponseCode(
            raw: Esys_PolicySigned(
                context, loaded, session, Self.none, Self.none, Self.none, &nonce, &noCommand, &purpose, 0, &signature,
                nil, nil)
        ).checkCardKey()
    }

    /// Has a policy session take any of these for fulfilled, where it has fulfilled one; on trial that is not asked.
    ///
    /// One alone is named twice, as the command wants two at least.
    func requireOne(of named: [[UInt8]], in session: ESYS_TR) throws(MachineSafeError) {
        let branches = named.count == 1 ? named + named : named
        guard (2...8).contains(branches.count), branches.allSatisfy({ $0.count == 32 }) else {
            throw .failed(code: ResponseCode.size)
        }
        var list = TPML_DIGEST()
        list.count = UInt32(branches.count)
        withUnsafeMutableBytes(of: &list.digests) { octets in
            let digests = octets.bindMemory(to: TPM2B_DIGEST.self)
            for (place, branch) in branches.enumerated() {
                digests[place].size = 32
                withUnsafeMutableBytes(of: &digests[place].buffer) { $0.copyBytes(from: branch) }
            }
        }
        let code = ResponseCode(raw: Esys_PolicyOR(context, session, Self.none, Self.none, Self.none, &list))
        // VALUE: it has fulfilled none of them.
        if code.error == .failed(code: code.raw), code.raw & 0x0BF == ResponseCode.value { throw .wrongAuthorisation }
        try code.check()
    }

    /// The number that the chip drew when the session began.
    func nonce(of session: ESYS_TR) throws(MachineSafeError) -> TPM2B_NONCE {
        var drawn: UnsafeMutablePointer<TPM2B_NONCE>?
        defer { Esys_Free(drawn) }
        try ResponseCode(raw: Esys_TRSess_GetNonceTPM(context, session, &drawn)).check()
        guard let drawn, drawn.pointee.size == 32 else { throw .failed(code: ResponseCode.size) }
        return drawn.pointee
    }

    /// Takes a policy session back to where nothing is fulfilled; its number stays.
    func restart(_ session: ESYS_TR) throws(MachineSafeError) {
        try ResponseCode(
            raw: Esys_PolicyRestart(context, session, Self.none, Self.none, Self.none)
        ).check()
    }
}

extension CardKey {
    /// A signature to show on trial, where nobody looks at it.
    fileprivate var blank: [UInt8] { [UInt8](repeating: 0, count: signatureSize) }
}
