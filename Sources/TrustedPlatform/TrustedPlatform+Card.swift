import CTSS
package import EnrolmentCore

/// A secret that a signature opens in the place of an authorisation: TPM2_PolicySigned (TPM 2.0 Part 3, section 23.3).
extension TrustedPlatform {
    /// Puts 32 bytes away for whoever holds one of some cards and knows its PIN; nothing that is typed opens them.
    ///
    /// - Parameter keys: one to eight.
    package func keep(
        _ secret: SecretBytes, openedBy keys: [CardKey], bound measurements: [Int]
    ) throws(MachineSafeError) -> CardSlot {
        guard secret.count == NVPlace.secretSize, (1...8).contains(keys.count), Set(keys).count == keys.count else {
            throw .failed(code: ResponseCode.size)
        }
        let registers = try RegisterSelection(measurements)
        guard let nothing = try? SecretBytes() else { throw .failed(code: ResponseCode.insufficientMemory) }
        return try converse { chip throws(MachineSafeError) in
            let (policy, branches) = try chip.policy(openedBy: keys, registers)
            let place = NVPlace.secret(at: try chip.freeIndex(), policy: policy)
            try chip.withStorageKey { key throws(MachineSafeError) in
                try chip.store(secret, under: nothing, in: place, saltedTo: key)
            }
            return CardSlot(index: place.index, measurements: measurements, branches: branches)
        }
    }

    /// Has the chip draw a number for a card to sign.
    package func beginOpening(_ slot: CardSlot) throws(MachineSafeError) -> CardOpening {
        guard try holds(slot) else { throw .unknownSlot }
        return try Self.inTurn { () throws(MachineSafeError) in
            try CardOpening(slot, over: Conversation(over: transport, expecting: expected))
        }
    }

    /// Asks the chip itself whether it still holds the slot.
    package func holds(_ slot: CardSlot) throws(MachineSafeError) -> Bool {
        try holdsSecret(at: slot.index, isMeasured: true)
    }

    /// Removes the secret from the chip for good; one that is gone already is as good as removed.
    package func destroy(_ slot: CardSlot) throws(MachineSafeError) {
        try remove(slot.index)
    }
}
