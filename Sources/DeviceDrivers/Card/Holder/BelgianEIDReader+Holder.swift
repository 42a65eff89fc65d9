import DeviceTransport
package import EnrolmentCore

/// The card's PIN and its holder's keys, on the reader's own thread: one thing at a time with the readings.
///
/// Every PIN is wiped before a call returns, also a thrown or cancelled one. A call that is cancelled while
/// the card has the PIN waits for the card's answer, so that no try is used up unseen. The PIN does not
/// outlive the call in the card either: it is told to forget it on every way out.
///
/// - Throws: `DeviceError`: `.absent` without a reader, or without one that has keys when the PIN should be
///   typed there; `.serviceDown`, `.busy`, `.timedOut`, `.unplugged`, `.cancelled`; `.protocolViolation` for a
///   card that answers what it should not. After any of these a PIN that was being changed is in doubt.
extension BelgianEIDReader: CardHolderVerifying {
    package func pinState(of chip: [UInt8]) async throws(DeviceError) -> CardPINOutcome<CardPINState> {
        let outcome = try await perform(HolderSession(.state, of: chip))
        return try outcome.only { if case .state(let state) = $0 { state } else { nil } }
    }

    package func sign(
        _ digest: CardDigest, with key: CardHolderKey, of chip: [UInt8], pin: CardPINEntry
    ) async throws(DeviceError) -> CardPINOutcome<CardSignature> {
        defer { pin.wipe() }
        let source: HolderSession.PINSource
        switch pin {
        case .pinpad: source = .pinpad(pinpadLanguage)
        case .typed(let digits):
            guard let command = try secret({ () throws(SecretMemoryError) in try CardPINCommand.verify(digits) })
            else { return .badPIN }
            source = .typed(command)
        }
        defer { source.wipe() }
        // From here on only the command that bears it is of use.
        pin.wipe()
        let outcome = try await perform(HolderSession(.sign(digest, key), of: chip, pin: source))
        return try outcome.only { if case .signature(let signature) = $0 { signature } else { nil } }
    }

    /// When one of the PINs is to be typed on the reader, both are: it can do nothing else.
    package func changePIN(
        of chip: [UInt8], from old: CardPINEntry, to new: CardPINEntry
    ) async throws(DeviceError) -> CardPINOutcome<Void> {
        defer {
            old.wipe()
            new.wipe()
        }
        var source = HolderSession.PINSource.pinpad(pinpadLanguage)
        if case .typed(let old) = old, case .typed(let new) = new {
            let command = try secret { () throws(SecretMemoryError) in try CardPINCommand.change(from: old, to: new) }
            guard let command else { return .badPIN }
            source = .typed(command)
        }
        defer { source.wipe() }
        old.wipe()
        new.wipe()
        return try await perform(HolderSession(.changePIN, of: chip, pin: source)).map { _ in }
    }

    package func logOff(_ chip: [UInt8]) async {
        _ = try? await perform(HolderSession(.logOff, of: chip))
    }

    /// From now on a reader with keys of its own asks for a PIN in this language.
    package func speak(_ language: Language) { pinpadLanguage = language }

    private func perform(_ session: HolderSession) async throws(DeviceError) -> CardPINOutcome<HolderSession.Yield> {
        let visit = HolderVisit(transport: transport, patience: patience, session: session)
        switch try await cancellable({ () throws(TransportError) in try visit.perform() }).get() {
        case .outcome(let outcome): return outcome
        case .failed(let failure): throw DeviceError(failure)
        }
    }

    private func secret(
        _ make: () throws(SecretMemoryError) -> SecretBytes?
    ) throws(DeviceError) -> SecretBytes? {
        do throws(SecretMemoryError) {
            return try make()
        } catch {
            throw DeviceError(.cardReader, .busy, "the system has no memory for a PIN")
        }
    }
}

extension CardPINEntry {
    fileprivate func wipe() {
        if case .typed(let digits) = self { digits.wipe() }
    }
}

extension HolderSession.PINSource {
    fileprivate func wipe() {
        if case .typed(let command) = self { command.wipe() }
    }
}

extension CardPINOutcome where Value == HolderSession.Yield {
    /// The outcome with the one yield that was asked for.
    fileprivate func only<Other>(_ pick: (Value) -> Other?) throws(DeviceError) -> CardPINOutcome<Other> {
        try map { (value) throws(DeviceError) in
            guard let picked = pick(value) else {
                throw DeviceError(.cardReader, .protocolViolation, "the card did something else")
            }
            return picked
        }
    }
}

extension DeviceError {
    /// Names steps and status words, never content.
    init(_ failure: HolderSession.Failure) {
        switch failure {
        case .refused(let step, let status):
            self.init(.cardReader, .protocolViolation, "\(step.rawValue): refused with \(status)")
        case .violation(let step):
            self.init(.cardReader, .protocolViolation, "\(step.rawValue): answer out of protocol")
        case .noPinpad: self.init(.cardReader, .absent, "the reader has no keys to type a PIN on")
        case .badDigest: self.init(.cardReader, .protocolViolation, "the digest to be signed has a wrong length")
        }
    }
}
