import CTSS
import EnrolmentCore
import Glibc

extension Conversation {
    /// Lends the place at an index; `unknownSlot` where the chip has none.
    func withPlace<Result>(
        at index: UInt32, _ body: (ESYS_TR) throws(MachineSafeError) -> Result
    ) throws(MachineSafeError) -> Result {
        // Of any other kind of handle the library would make something else than a place.
        guard NVPlace.range.contains(index) else { throw .unknownSlot }
        var place = Self.none
        try ResponseCode(
            raw: Esys_TR_FromTPMPublic(context, index, Self.none, Self.none, Self.none, &place)
        ).check()
        defer { Esys_TR_Close(context, &place) }
        return try body(place)
    }

    /// Lends a place that is one of ours for a secret; anything else at that index is an unknown one.
    func withSecret<Result>(
        at index: UInt32, isMeasured: Bool, _ body: (ESYS_TR) throws(MachineSafeError) -> Result
    ) throws(MachineSafeError) -> Result {
        try withPlace(at: index) { place throws(MachineSafeError) in
            guard NVPlace.isSecret(try description(of: place), isMeasured: isMeasured) else { throw .unknownSlot }
            return try body(place)
        }
    }

    /// Lends a place that is a counter of ours.
    func withCounter<Result>(
        at index: UInt32, _ body: (ESYS_TR) throws(MachineSafeError) -> Result
    ) throws(MachineSafeError) -> Result {
        try withPlace(at: index) { place throws(MachineSafeError) in
            guard NVPlace.isCounter(try description(of: place)) else { throw .unknownSlot }
            return try body(place)
        }
    }

    private func description(of place: ESYS_TR) throws(MachineSafeError) -> TPMS_NV_PUBLIC {
        var found: UnsafeMutablePointer<TPM2B_NV_PUBLIC>?
        defer { Esys_Free(found) }
        try ResponseCode(
            raw: Esys_NV_ReadPublic(context, place, Self.none, Self.none, Self.none, &found, nil)
        ).check()
        guard let found else { throw .failed(code: ResponseCode.size) }
        return found.pointee.nvPublic
    }

    /// Makes a place without an authorisation and finishes it in `body`; a place that could not be finished is
    /// removed.
    func define(
        _ place: NVPlace, _ body: (ESYS_TR) throws(MachineSafeError) -> Void
    ) throws(MachineSafeError) {
        let authorisation = WipedStructure(TPM2B_AUTH())
        try define(place, under: authorisation, over: ESYS_TR_PASSWORD, body)
    }

    /// Makes a place for a secret, fills it and locks it.
    func store(
        _ secret: SecretBytes, under authorisation: SecretBytes, in place: NVPlace, saltedTo key: ESYS_TR
    ) throws(MachineSafeError) {
        let code = WipedStructure<TPM2B_AUTH>(authorisation)
        let content = WipedStructure<TPM2B_MAX_NV_BUFFER>(secret)
        try withSession(TPM2_SE_HMAC, saltedTo: key) { session throws(MachineSafeError) in
            try encrypt(TPMA_SESSION_DECRYPT, over: session)
            try define(place, under: code, over: session) { place throws(MachineSafeError) in
                try ResponseCode(
                    raw: Esys_NV_Write(
                        context, ESYS_TR_RH_OWNER, place, session, Self.none, Self.none, content.pointer, 0)
                ).checkOwner()
                try encrypt(0, over: session)
                try ResponseCode(
                    raw: Esys_NV_WriteLock(context, ESYS_TR_RH_OWNER, place, session, Self.none, Self.none)
                ).checkOwner()
            }
        }
    }

    private func define(
        _ place: NVPlace, under authorisation: borrowing WipedStructure<TPM2B_AUTH>, over session: ESYS_TR,
        _ finish: (ESYS_TR) throws(MachineSafeError) -> Void
    ) throws(MachineSafeError) {
        var template = place.template
        var made = Self.none
        defer { forgetDefinition() }
        try ResponseCode(
            raw: Esys_NV_DefineSpace(
                context, ESYS_TR_RH_OWNER, session, Self.none, Self.none, authorisation.pointer, &template, &made)
        ).checkOwner()
        defer {
            forget(made)
            Esys_TR_Close(context, &made)
        }
        do {
            try finish(made)
        } catch {
            try? undefine(made)
            throw error
        }
    }

    /// Reads a secret out of its place.
    func read(
        _ place: ESYS_TR, with authorisation: SecretBytes, registers: RegisterSelection, saltedTo key: ESYS_TR
    ) throws(MachineSafeError) -> SecretBytes {
        let code = WipedStructure<TPM2B_AUTH>(authorisation)
        try ResponseCode(raw: Esys_TR_SetAuth(context, place, code.pointer)).check()
        let kind = registers.isEmpty ? TPM2_SE_HMAC : TPM2_SE_POLICY
        return try withSession(kind, saltedTo: key) { session throws(MachineSafeError) in
            if !registers.isEmpty {
                try require(registers, in: session)
                try requireAuthorisation(in: session)
            }
            try encrypt(TPMA_SESSION_ENCRYPT, over: session)
            defer { forget(place, over: session) }
            return try contents(of: place, count: NVPlace.secretSize, over: session)
        }
    }

    /// Counts a counter one further.
    func advance(_ counter: ESYS_TR) throws(MachineSafeError) {
        try ResponseCode(
            raw: Esys_NV_Increment(context, counter, counter, ESYS_TR_PASSWORD, Self.none, Self.none)
        ).check()
    }

    func count(of counter: ESYS_TR) throws(MachineSafeError) -> UInt64 {
        try contents(of: counter, count: 8, over: ESYS_TR_PASSWORD).withBytes { octets in
            octets.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// Reads a place over a session that may read it; the answer is wiped.
    func contents(
        of place: ESYS_TR, count: Int, over session: ESYS_TR
    ) throws(MachineSafeError) -> SecretBytes {
        var answer: UnsafeMutablePointer<TPM2B_MAX_NV_BUFFER>?
        defer {
            if let answer { explicit_bzero(answer, MemoryLayout<TPM2B_MAX_NV_BUFFER>.size) }
            Esys_Free(answer)
        }
        try ResponseCode(
            raw: Esys_NV_Read(
                context, place, place, session, Self.none, Self.none, UInt16(count), 0, &answer)
        ).check()
        guard let answer, Int(answer.pointee.size) == count else { throw .failed(code: ResponseCode.size) }
        guard let contents = try? SecretBytes() else { throw .failed(code: ResponseCode.insufficientMemory) }
        _ = contents.fill(count: count) { room in
            withUnsafeBytes(of: &answer.pointee.buffer) {
                room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
        }
        return contents
    }

    /// Removes a place and what is in it.
    func undefine(_ place: ESYS_TR) throws(MachineSafeError) {
        try ResponseCode(
            raw: Esys_NV_UndefineSpace(context, ESYS_TR_RH_OWNER, place, ESYS_TR_PASSWORD, Self.none, Self.none)
        ).checkOwner()
    }
}
