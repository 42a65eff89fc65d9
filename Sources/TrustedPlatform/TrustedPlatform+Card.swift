import CTSS
package import EnrolmentCore

/// A secret that a signature opens in the place of an authorisation: TPM2_PolicySigned (TPM 2.0 Part 3, section 23.3).
extension TrustedPlatform {
    package func branch(of key: CardKey) throws(MachineSafeError) -> [UInt8] {
        try converse { chip throws(MachineSafeError) in try chip.branch(of: key) }
    }

    package func keep(
        _ secret: SecretBytes, forCards branches: [[UInt8]], bound measurements: [Int]
    ) throws(MachineSafeError) -> MachineCardSlot {
        guard secret.count == NVPlace.secretSize, (1...8).contains(branches.count),
            Set(branches).count == branches.count
        else { throw .failed(code: ResponseCode.size) }
        let registers = try RegisterSelection(measurements)
        guard let nothing = try? SecretBytes() else { throw .failed(code: ResponseCode.insufficientMemory) }
        return try converse { chip throws(MachineSafeError) in
            let policy = try chip.policy(forOneOf: branches, registers)
            let place = NVPlace.secret(at: try chip.freeIndex(), policy: policy)
            try chip.withStorageKey { key throws(MachineSafeError) in
                try chip.store(secret, under: nothing, in: place, saltedTo: key)
            }
            return MachineCardSlot(index: place.index, measurements: measurements, branches: branches)
        }
    }

    package func beginOpening(_ slot: MachineCardSlot) throws(MachineSafeError) -> any MachineOpening {
        guard try holds(slot) else { throw .unknownSlot }
        return try Self.inTurn { () throws(MachineSafeError) in
            try CardOpening(slot, over: Conversation(over: transport, expecting: expected))
        }
    }

    package func holds(_ slot: MachineCardSlot) throws(MachineSafeError) -> Bool {
        try holdsSecret(at: slot.index, isMeasured: true)
    }

    package func destroy(_ slot: MachineCardSlot) throws(MachineSafeError) {
        try remove(slot.index)
    }
}
