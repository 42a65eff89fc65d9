package import EnrolmentCore
import Glibc
import Synchronization

/// A TPM 2.0 as the machine's safe, through the library tpm2-tss.
///
/// A secret lies in an NV index of the owner hierarchy (TPM 2.0 Part 1, section 37): 32 bytes that were written
/// once and write-locked, that only their own authorisation value reads, and whose wrong values count against
/// the chip's limit. No owner reads it, and nothing of it is on the disk: undefining the index is the end of it,
/// and a copy of the disk made earlier opens nothing. Whoever holds the owner authority, which is empty unless
/// an administrator set one, can remove an index but not read it.
///
/// What an authorisation or a secret travels in is encrypted with AES-128-CFB under a session key that the chip
/// alone can unwrap, so that who listens on the bus between processor and chip learns neither. Who cuts the bus and
/// answers in the chip's place from the start gives a key of his own to wrap it for; that is found only where the
/// chip's name from before is given, as the key is not traced to the chip's maker. Without the name that one gets to
/// try authorisations without the chip's limit, but still not the secret, which the true chip gives only for the
/// right one.
///
/// The chip's limit is worth something only where the lockout authority is set as well: see `guessing` and
/// `closeGuessing`.
///
/// Calls block, one at a time in the process, each over a connection of its own. A chip that hangs is the kernel's to
/// give up on, which is told here as `absent`: after two seconds where it hangs from the beginning (measured on Linux
/// 6.1), after five minutes where it hangs in making a key. A software TPM on a socket is waited for without end.
package struct TrustedPlatform: MachineSafe {
    let transport: String
    let expected: ChipName?

    /// - Parameters:
    ///   - transport: where the chip is, as tpm2-tss writes it: `device:/dev/tpmrm0`, or
    ///     `swtpm:host=127.0.0.1,port=2321`.
    ///   - expected: the name that the chip had when the kit was made. One with another name is told no
    ///     authorisation and no secret, and nothing in it is removed.
    package init(transport: String, expected: ChipName? = nil) {
        self.transport = transport
        self.expected = expected
    }

    /// The machine's own chip behind the kernel's resource manager; nil where there is none, or none that this
    /// user may use.
    package static func attached(expected: ChipName? = nil) -> TrustedPlatform? {
        guard access("/dev/tpmrm0", R_OK | W_OK) == 0 else { return nil }
        return TrustedPlatform(transport: "device:/dev/tpmrm0", expected: expected)
    }

    package func expecting(_ name: ChipName) -> any MachineSafe {
        TrustedPlatform(transport: transport, expected: name)
    }

    package func name() throws(MachineSafeError) -> ChipName {
        try converse { chip throws(MachineSafeError) in
            try chip.withStorageKey { key throws(MachineSafeError) in try chip.name(of: key) }
        }
    }

    package func keep(
        _ secret: SecretBytes, under authorisation: SecretBytes, bound measurements: [Int]
    ) throws(MachineSafeError) -> MachineSlot {
        guard secret.count == NVPlace.secretSize, authorisation.count == NVPlace.secretSize else {
            throw .failed(code: ResponseCode.size)
        }
        let registers = try RegisterSelection(measurements)
        return try converse { chip throws(MachineSafeError) in
            let policy = try registers.isEmpty ? nil : chip.policy(for: registers)
            let place = NVPlace.secret(at: try chip.freeIndex(), policy: policy)
            try chip.withStorageKey { key throws(MachineSafeError) in
                try chip.store(secret, under: authorisation, in: place, saltedTo: key)
            }
            return MachineSlot(index: place.index, measurements: measurements)
        }
    }

    package func open(
        _ slot: MachineSlot, with authorisation: SecretBytes
    ) throws(MachineSafeError) -> SecretBytes {
        guard authorisation.count == NVPlace.secretSize else { throw .wrongAuthorisation }
        let registers = try RegisterSelection(slot.measurements)
        return try converse { chip throws(MachineSafeError) in
            // The key first: what is not the chip that is meant is asked for nothing.
            try chip.withStorageKey { key throws(MachineSafeError) in
                try chip.withSecret(at: slot.index, isMeasured: !registers.isEmpty) { place throws(MachineSafeError) in
                    try chip.read(place, with: authorisation, registers: registers, saltedTo: key)
                }
            }
        }
    }

    package func destroy(_ slot: MachineSlot) throws(MachineSafeError) {
        try remove(slot.index)
    }

    package func holds(_ slot: MachineSlot) throws(MachineSafeError) -> Bool {
        try holdsSecret(at: slot.index, isMeasured: !slot.measurements.isEmpty)
    }
}

extension TrustedPlatform {
    /// A chip has few sessions and few places for keys, and a software one takes one caller at a time.
    private static let turn = Mutex(())

    static func inTurn<Result: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try turn.withLock { _ throws(Failure) in try body() }
    }

    func converse<Result>(
        _ body: (borrowing Conversation) throws(MachineSafeError) -> Result
    ) throws(MachineSafeError) -> Result {
        try Self.inTurn { () throws(MachineSafeError) in
            let chip = try Conversation(over: transport, expecting: expected)
            return try body(chip)
        }
    }

    func holdsSecret(at index: UInt32, isMeasured: Bool) throws(MachineSafeError) -> Bool {
        do {
            return try converse { chip throws(MachineSafeError) in
                try chip.checkName()
                return try chip.withSecret(at: index, isMeasured: isMeasured) { _ in true }
            }
        } catch .unknownSlot {
            return false
        }
    }

    /// Removes what lies at an index of ours; gone already is as good.
    func remove(_ index: UInt32) throws(MachineSafeError) {
        guard NVPlace.range.contains(index) else { throw .unknownSlot }
        do {
            try converse { chip throws(MachineSafeError) in
                try chip.checkName()
                try chip.withPlace(at: index) { place throws(MachineSafeError) in try chip.undefine(place) }
            }
        } catch .unknownSlot {}
    }
}
