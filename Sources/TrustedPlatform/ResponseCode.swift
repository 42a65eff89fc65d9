import EnrolmentCore

/// A response code of the chip or of the layers on the way to it (TPM 2.0 Part 2, section 6.6; TSS 2.0 Overview,
/// section 3.11).
///
/// A code of "format one" says in bits 8 to 11 which handle, parameter or session it speaks of; those bits are
/// no part of what went wrong.
struct ResponseCode: Hashable {
    let raw: UInt32

    static let size: UInt32 = 0x095
    static let value: UInt32 = 0x084
    static let insufficientMemory: UInt32 = 0x902

    /// Nothing where the code is success.
    func check() throws(MachineSafeError) {
        if raw != 0 { throw error }
    }

    /// The same for what the owner authorises: that its authority is not the empty one is nothing that the one who
    /// authorises the secret did wrong.
    func checkOwner() throws(MachineSafeError) {
        if raw != 0 { throw error == .wrongAuthorisation ? .failed(code: raw) : error }
    }

    /// The same for what a card's key or signature is shown in: what the chip has not learnt to compute is nothing
    /// that the card did wrong.
    func checkCardKey() throws(MachineSafeError) {
        guard raw != 0 else { return }
        // CURVE, HASH: format one, so that the bits that say which parameter it was are left out.
        if layer == 0 || layer == 12, raw & 0x080 != 0, [0x0A6, 0x083].contains(raw & 0x0BF) { throw .unknownCurve }
        throw error
    }

    private var layer: UInt32 { (raw >> 16) & 0xFF }

    /// What it means to whoever keeps a secret.
    var error: MachineSafeError {
        switch layer {
        // The chip itself, or its code through a resource manager.
        case 0, 12: chipError
        // The way to the chip: no connection, nothing to read or write any more.
        case 10 where [0x0008, 0x0009, 0x000A].contains(raw & 0xFFFF): .absent
        // The library takes no further command after one that was not answered. Where that one was of those whose
        // failing is passed over, because they only tidy up, this is the first that is heard of it.
        case 7 where raw & 0xFFFF == 0x0007: .absent
        default: .failed(code: raw)
        }
    }

    private var chipError: MachineSafeError {
        let code = raw & 0xFFF
        if code & 0x080 != 0 {
            return switch code & 0x0BF {
            case 0x08E, 0x0A2, 0x09B: .wrongAuthorisation  // AUTH_FAIL, BAD_AUTH, SIGNATURE
            case 0x09D: .measurementsChanged  // POLICY_FAIL
            case 0x08B: .unknownSlot  // HANDLE
            default: .failed(code: raw)
            }
        }
        return switch code {
        case 0x921: .lockedOut  // LOCKOUT
        case 0x127, 0x128: .measurementsChanged  // PCR, PCR_CHANGED
        case 0x14B: .full  // NV_SPACE
        // NV_UNINITIALIZED: a place whose making was cut off, which never held anything.
        case 0x14A: .unknownSlot
        default: .failed(code: raw)
        }
    }
}
