package import DeviceTransport
package import EnrolmentCore

/// Reads Belgian identity cards, Kids-ID and foreigners' cards of applets 1.0 to 1.8, without a PIN.
///
/// The actor owns a thread, on which the reader's blocking calls are made. One reading at a time; a
/// second caller waits for the first. Whatever happens, the transaction is ended and the card let go
/// before `readCard` returns.
package actor BelgianEIDReader: IdentityCardReading {
    private let transport: any CardTransport
    private let clock: any WallClock
    private let patience: CardPatience
    private let thread = DeviceThread(name: "card-reader")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init(transport: any CardTransport, clock: any WallClock, patience: CardPatience = CardPatience()) {
        self.transport = transport
        self.clock = clock
        self.patience = patience
    }

    /// Waits at most `limit` for a card and then reads all of it, which takes under a second for a
    /// new card in a good reader and some ten seconds for an old one in a slow reader.
    ///
    /// Progress: `.insertCard` while it waits, then `.cardFile` before each file, and `.identity` as
    /// soon as that one is there. A card that does not answer, as one that lies the wrong way
    /// round, is `.otherCard`.
    ///
    /// - Throws: `DeviceError`: `.absent` without a reader, `.serviceDown` without pcscd, `.busy` when
    ///   another program does not let the card go, `.unreadable`, `.protocolViolation`, `.timedOut`,
    ///   `.unplugged`, `.cancelled`.
    package func readCard(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<CardReading> {
        let visit = CardVisit(transport: transport, patience: patience, progress: progress)
        let result = try await cancellable { () throws(TransportError) in try visit.read(within: limit) }.get()
        return try result.outcome(at: clock.now())
    }

    /// Names the attached readers.
    package func describe() async throws(DeviceError) -> DeviceDescription {
        let slots = try await cancellable { () throws(TransportError) in try transport.slots() }.get()
        guard !slots.isEmpty else { throw DeviceError(.cardReader, .absent, "no card reader") }
        return DeviceDescription(product: slots.map(\.reader).joined(separator: ", "))
    }

    private func cancellable<Value: Sendable>(
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
