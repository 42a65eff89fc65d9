import Dispatch
import Synchronization

/// Lets the making of a stream and its writing overlap: the next chunk is sealed while the kernel takes the last.
///
/// On two cores that takes a third off a long file. A short one is written where it is made, since a thread
/// would cost more than it gives.
package enum OverlappedSink {
    /// How much is written before a second thread is worth its start.
    private static let directByteCount = 256 << 10
    /// How many pieces change hands at once, since each time costs a switch of threads.
    private static let pieceCount = 4

    /// Gives `body` a sink whose pieces `sink` gets in the same order, on one other thread at a time.
    ///
    /// Returns when `sink` has had all of them, also those from before `body` threw. Once `sink` throws it is not
    /// called again, and `body` learns of it at one of its next pieces or when it returns. At most a dozen pieces wait.
    package static func run(into sink: ByteSink, _ body: (ByteSink) throws -> Void) throws {
        try withoutActuallyEscaping(sink) { sink in
            let writer = Writer(sink)
            defer { writer.finish() }
            try body(writer.take)
            writer.finish()
            try writer.check()
        }
    }

    private final class Writer {
        private let sink: ByteSink
        private var directByteCount = OverlappedSink.directByteCount
        private var pieces: [[UInt8]] = []
        private let queue = DispatchQueue(label: "overlapped-sink")
        private let room = DispatchSemaphore(value: 2)
        private let failure = Mutex<(any Error)?>(nil)

        init(_ sink: @escaping ByteSink) { self.sink = sink }

        func take(_ bytes: [UInt8]) throws {
            guard directByteCount <= 0 else {
                directByteCount -= bytes.count
                return try sink(bytes)
            }
            try check()
            pieces.append(bytes)
            if pieces.count == pieceCount { handOver() }
        }

        func finish() {
            if !pieces.isEmpty { handOver() }
            queue.sync {}
        }

        func check() throws {
            if let error = failure.withLock({ $0 }) { throw error }
        }

        private func handOver() {
            room.wait()
            // From here on only the queue calls the sink, and it has returned before `run` does.
            nonisolated(unsafe) let writer = self
            let batch = pieces
            pieces = []
            queue.async {
                defer { writer.room.signal() }
                do {
                    try writer.check()
                    for piece in batch { try writer.sink(piece) }
                } catch {
                    writer.failure.withLock { $0 = error }
                }
            }
        }
    }
}
