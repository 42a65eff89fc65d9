import CTSS
import EnrolmentCore

/// The library keeps authorisations in its own memory and gives that back without wiping it. There is no call to
/// wipe it, but each of its copies is written over by a later call of the same kind.
///
/// That does not reach the copy in a session during whose use the chip went away: the library takes no further call
/// then. `MemoryTests` looks for all the others.
extension Conversation {
    /// What is written over it; no byte of it is a zero, since zeroes at the end would be left out.
    private static var ones: TPM2B_AUTH {
        var ones = TPM2B_AUTH()
        ones.size = UInt16(NVPlace.secretSize)
        _ = withUnsafeMutableBytes(of: &ones.buffer) { $0.initializeMemory(as: UInt8.self, repeating: 0xFF) }
        return ones
    }

    /// The copy that belongs to the place.
    func forget(_ place: ESYS_TR) {
        var ones = Self.ones
        Esys_TR_SetAuth(context, place, &ones)
    }

    /// The copy that a session makes to compute with, and the place's. A reading in the name of the null hierarchy has
    /// the session compute anew; the chip refuses it by that name (TPM 2.0 Part 2, section 9.15), before it looks at
    /// any authorisation.
    func forget(_ place: ESYS_TR, over session: ESYS_TR) {
        forget(place)
        var ones = Self.ones
        Esys_TR_SetAuth(context, ESYS_TR_RH_NULL, &ones)
        var answer: UnsafeMutablePointer<TPM2B_MAX_NV_BUFFER>?
        Esys_NV_Read(context, ESYS_TR_RH_NULL, place, session, Self.none, Self.none, 1, 0, &answer)
        Esys_Free(answer)
    }

    /// The copy that is kept in case the chip asks for a definition once more: one in the name of nobody overwrites
    /// it and gets no further.
    func forgetDefinition() {
        var ones = Self.ones
        var template = TPM2B_NV_PUBLIC()
        var made = Self.none
        Esys_NV_DefineSpace(context, .max, ESYS_TR_PASSWORD, Self.none, Self.none, &ones, &template, &made)
    }
}
