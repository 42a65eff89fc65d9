package import DeviceTransport
package import EnrolmentCore

/// Reads Belgian identity cards, Kids-ID and foreigners' cards of applets 1.0 to 1.8, without a PIN.
///
/// The actor owns a thread, on which the reader's blocking calls are made. One reading at a time; a
/// second caller waits for the first. Whatever happens, the transaction is ended and the card let go
/// before `readCard` returns.
///
/// Nothing is remembered from one reading to the next. Identity, photo and certificates of a chip rarely
/// change, but after a renewal of keys the same chip bears other signatures and certificates, and the
/// address may change on any day: a second reading that mixed remembered files with fresh ones would hold
/// signatures that do not fit, and seem forged. What it could save is under a second of a visit.
package actor BelgianEIDReader: IdentityCardReading {
    let transport: any CardTransport
    private let clock: any WallClock
    let patience: CardPatience
    private let challenge: @Sendable () -> [UInt8]
    private let thread = DeviceThread(name: "card-reader")
    /// In which a reader with keys of its own asks for a PIN.
    var pinpadLanguage = Language.dutch

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// How long the challenge is that a chip of applet 1.8 answers: as long as a SHA-384 digest.
    package static let challengeLength = 48

    /// - Parameter challenge: gives `challengeLength` bytes, other ones each time, for the chip to answer.
    package init(
        transport: any CardTransport, clock: any WallClock, patience: CardPatience = CardPatience(),
        challenge: @escaping @Sendable () -> [UInt8] = BelgianEIDReader.randomChallenge
    ) {
        self.transport = transport
        self.clock = clock
        self.patience = patience
        self.challenge = challenge
    }

    /// From the system's random numbers.
    package static let randomChallenge: @Sendable () -> [UInt8] = {
        var random = SystemRandomNumberGenerator()
        return (0..<challengeLength).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Reads all that an enrolment needs.
    package func readCard(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<CardReading> {
        try await readCard(.enrolment, within: limit, progress: progress)
    }

    /// Waits at most `limit` for a card and then reads what is planned, which takes under a second for a
    /// new card in a good reader and some ten seconds for an old one in a slow reader.
    ///
    /// Progress: `.insertCard` while it waits, then `.cardFile` before each file, and `.identity`, `.address`
    /// and `.cardPhoto` as soon as each is there. What was reported is void when the reading does not
    /// succeed: the card may have been exchanged since.
    ///
    /// A card whose chip gives another number than its identity file is read all the same, from one card,
    /// with the chip's own number: what that means is for the proof to say.
    ///
    /// - Throws: `DeviceError`: `.absent` without a reader, `.serviceDown` without pcscd, `.busy` when
    ///   another program does not let the card go, `.unreadable`, `.protocolViolation`, `.timedOut`,
    ///   `.unplugged`, `.cancelled`.
    package func readCard(
        _ plan: CardReadingPlan, within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<CardReading> {
        let visit = CardVisit(
            transport: transport, patience: patience, session: CardSession(plan, challenge: challenge()),
            progress: progress)
        let result = try await cancellable { () throws(TransportError) in try visit.read(within: limit) }.get()
        return try result.outcome(at: clock.now())
    }

    /// Names the attached readers.
    package func describe() async throws(DeviceError) -> DeviceDescription {
        let slots = try await cancellable { () throws(TransportError) in try transport.slots() }.get()
        guard !slots.isEmpty else { throw DeviceError(.cardReader, .absent, "no card reader") }
        return DeviceDescription(product: slots.map(\.reader).joined(separator: ", "))
    }

    func cancellable<Value: Sendable>(
        _ body: () throws(TransportError) -> Value
    ) async -> Result<Value, DeviceError> {
        let transport = transport
        transport.rearm()
        return await withTaskCancellationHandler {
            // The closure belongs to the actor only because it uses `self`; without that it would
            // run, and block, on a thread of the cooperative pool.
            self.result(of: body)
        } onCancel: {
            transport.cancel()
        }
    }

    private func result<Value>(of body: () throws(TransportError) -> Value) -> Result<Value, DeviceError> {
        do throws(TransportError) {
            return .success(try body())
        } catch {
            return .failure(DeviceError(error))
        }
    }
}
