import EnrolmentCore

/// One request at a time for each packet, the newest first.
///
/// A kit whose connection died comes back on a new one while central may still wait on the old. The
/// new request therefore interrupts the old one and starts when that has put away what it had.
actor UploadTurns {
    private struct Turn {
        let number: Int
        let interrupt: @Sendable () -> Void
        let finish: @Sendable () async -> Void
    }

    private var turns: [PacketID: Turn] = [:]
    private var count = 0

    /// Runs `body` after all earlier turns of the packet.
    ///
    /// - Parameter isInterruptible: whether a later turn cancels this one's task: right for what waits
    ///   on the network, wrong for what only takes the time of a transaction.
    func take<Value: Sendable>(
        _ packet: PacketID, isInterruptible: Bool = false, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let previous = turns[packet]
        previous?.interrupt()
        count += 1
        let number = count
        let task = Task {
            await previous?.finish()
            return try await body()
        }
        turns[packet] = Turn(
            number: number, interrupt: { if isInterruptible { task.cancel() } },
            finish: { _ = await task.result })
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            if isInterruptible { task.cancel() }
        }
        if turns[packet]?.number == number { turns[packet] = nil }
        return try result.get()
    }
}

/// Work that an interruption must not split: it runs to its end even when the request's task is cancelled.
func uninterrupted<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await Task { try await work() }.value
}
