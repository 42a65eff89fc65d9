import CTSS
package import EnrolmentCore

extension TrustedPlatform {
    /// What the chip makes of wrong authorisations.
    package func guessing() throws(MachineSafeError) -> GuessingLimit {
        try converse { chip throws(MachineSafeError) in
            let variables = try chip.properties(from: Property.permanent)
            guard let permanent = variables[Property.permanent], let wrong = variables[Property.wrong],
                let most = variables[Property.most], let interval = variables[Property.interval]
            else { throw .failed(code: ResponseCode.value) }
            return GuessingLimit(
                wrong: Int(wrong), most: Int(most), forgetting: .seconds(Int64(interval)),
                isClosed: permanent & Property.lockoutAuthoritySet != 0)
        }
    }

    package func closeGuessing(
        most: Int, forgetting: Duration, under authority: SecretBytes
    ) throws(MachineSafeError) {
        guard let most = UInt32(exactly: most), most >= 10,
            let seconds = UInt32(exactly: forgetting.components.seconds), seconds > 0
        else { throw .failed(code: ResponseCode.value) }
        guard authority.count == NVPlace.secretSize else { throw .failed(code: ResponseCode.size) }
        let isClosed = try guessing().isClosed
        try converse { chip throws(MachineSafeError) in
            try chip.withStorageKey { key throws(MachineSafeError) in
                if isClosed {
                    try chip.limitGuessing(most: most, forgetting: seconds, under: authority, saltedTo: key)
                } else {
                    try chip.limitGuessing(most: most, forgetting: seconds, over: ESYS_TR_PASSWORD)
                    try chip.setLockoutAuthority(authority, saltedTo: key)
                }
            }
        }
    }
}

/// Properties that a chip tells (TPM 2.0 Part 2, section 6.13).
private enum Property {
    static let permanent: UInt32 = 0x200
    static let wrong: UInt32 = 0x20E
    static let most: UInt32 = 0x20F
    static let interval: UInt32 = 0x210
    /// A bit of `permanent` (Part 2, section 8.6).
    static let lockoutAuthoritySet: UInt32 = 1 << 2
}

extension Conversation {
    /// What the chip tells of itself, by number.
    fileprivate func properties(from first: UInt32) throws(MachineSafeError) -> [UInt32: UInt32] {
        var isMore: TPMI_YES_NO = 0
        var answer: UnsafeMutablePointer<TPMS_CAPABILITY_DATA>?
        defer { Esys_Free(answer) }
        try ResponseCode(
            raw: Esys_GetCapability(
                context, Self.none, Self.none, Self.none, TPM2_CAP_TPM_PROPERTIES, first, 64, &isMore, &answer)
        ).check()
        guard let answer, answer.pointee.capability == TPM2_CAP_TPM_PROPERTIES else {
            throw .failed(code: ResponseCode.value)
        }
        let list = answer.pointee.data.tpmProperties
        return withUnsafeBytes(of: list.tpmProperty) { octets in
            octets.bindMemory(to: TPMS_TAGGED_PROPERTY.self).prefix(Int(clamping: list.count))
                .reduce(into: [:]) { $0[$1.property] = $1.value }
        }
    }

    fileprivate func limitGuessing(
        most: UInt32, forgetting seconds: UInt32, under authority: SecretBytes, saltedTo key: ESYS_TR
    ) throws(MachineSafeError) {
        let code = WipedStructure<TPM2B_AUTH>(authority)
        try ResponseCode(raw: Esys_TR_SetAuth(context, ESYS_TR_RH_LOCKOUT, code.pointer)).check()
        defer { forget(ESYS_TR_RH_LOCKOUT) }
        try withSession(TPM2_SE_HMAC, saltedTo: key) { session throws(MachineSafeError) in
            // Nothing is encrypted; it is used for two commands.
            try encrypt(0, over: session)
            try limitGuessing(most: most, forgetting: seconds, over: session)
        }
    }

    fileprivate func limitGuessing(
        most: UInt32, forgetting seconds: UInt32, over session: ESYS_TR
    ) throws(MachineSafeError) {
        // After a wrong lockout authority the chip takes none for as long as the last number says.
        try ResponseCode(
            raw: Esys_DictionaryAttackParameters(
                context, ESYS_TR_RH_LOCKOUT, session, Self.none, Self.none, most, seconds, seconds)
        ).check()
        try ResponseCode(
            raw: Esys_DictionaryAttackLockReset(context, ESYS_TR_RH_LOCKOUT, session, Self.none, Self.none)
        ).check()
    }

    fileprivate func setLockoutAuthority(
        _ authority: SecretBytes, saltedTo key: ESYS_TR
    ) throws(MachineSafeError) {
        let new = WipedStructure<TPM2B_AUTH>(authority)
        try withSession(TPM2_SE_HMAC, saltedTo: key) { session throws(MachineSafeError) in
            try encrypt(TPMA_SESSION_DECRYPT, over: session)
            defer {
                forget(ESYS_TR_RH_LOCKOUT)
                forgetDefinition()
            }
            try ResponseCode(
                raw: Esys_HierarchyChangeAuth(
                    context, ESYS_TR_RH_LOCKOUT, session, Self.none, Self.none, new.pointer)
            ).checkOwner()
        }
    }
}
