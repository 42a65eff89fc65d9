import CTSS
package import EnrolmentCore

/// A secret that is being opened by a card: the chip has drawn a number, and waits for a signature over it.
///
/// It holds the connection and one session in the chip until it is let go, and takes no turn between its calls: an
/// officer may look for the card and type a PIN meanwhile. A signature that is refused can be followed by another.
// @unchecked: it has one owner at a time, since it cannot be copied, and each call takes the process's turn.
package struct CardOpening: ~Copyable, @unchecked Sendable {
    /// What the card is to sign: RSA over its SHA-256, P-384 over its SHA-384. Drawn by the chip for this opening
    /// alone, so that no earlier signature fits.
    package let message: [UInt8]
    private let chip: Conversation
    private let session: ESYS_TR
    private let nonce: TPM2B_NONCE
    private let slot: CardSlot

    init(_ slot: CardSlot, over chip: consuming Conversation) throws(MachineSafeError) {
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

    /// Lends the secret for a signature of the card's.
    ///
    /// - Parameter signature: for P-384 its two numbers of 48 bytes, one after the other.
    /// - Throws: `wrongAuthorisation` for a wrong signature, or for a card that the secret was not kept for.
    package func open(with signature: [UInt8], of key: CardKey) throws(MachineSafeError) -> SecretBytes {
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
