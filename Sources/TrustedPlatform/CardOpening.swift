import CTSS
import EnrolmentCore

/// An opening over a connection of its own, and one session in the chip, until it is closed or let go.
///
/// It takes no turn between its calls: an officer may look for the card and type a PIN meanwhile.
// @unchecked: everything in it is constant, and each call that uses the connection takes the process's turn.
final class CardOpening: MachineOpening, @unchecked Sendable {
    let message: [UInt8]
    private let chip: Conversation
    private let session: ESYS_TR
    private let nonce: TPM2B_NONCE
    private let slot: MachineCardSlot

    init(_ slot: MachineCardSlot, over chip: consuming Conversation) throws(MachineSafeError) {
        let session = try chip.withStorageKey { key throws(MachineSafeError) in
            try chip.beginSession(TPM2_SE_POLICY, saltedTo: key)
        }
        let nonce: TPM2B_NONCE
        do {
            nonce = try chip.nonce(of: session)
        } catch {
            chip.flush(session)
            throw error
        }
        self.nonce = nonce
        message =
            withUnsafeBytes(of: nonce.buffer) { Array($0.prefix(Int(nonce.size))) } + Conversation.signedAfterNonce
        self.chip = chip
        self.session = session
        self.slot = slot
    }

    func open(with signature: [UInt8], of key: CardKey) throws(MachineSafeError) -> SecretBytes {
        let registers = try RegisterSelection(slot.measurements)
        return try TrustedPlatform.inTurn { () throws(MachineSafeError) in
            try chip.withSecret(at: slot.index, isMeasured: true) { place throws(MachineSafeError) in
                try chip.restart(session)
                try chip.requireSignature(key, try key.signature(signature), nonce: nonce, in: session)
                try chip.requireOne(of: slot.branches, in: session)
                if !registers.isEmpty { try chip.require(registers, in: session) }
                try chip.encrypt(TPMA_SESSION_ENCRYPT, over: session)
                return try chip.contents(of: place, count: NVPlace.secretSize, over: session)
            }
        }
    }

    deinit {
        TrustedPlatform.inTurn { chip.flush(session) }
    }
}
