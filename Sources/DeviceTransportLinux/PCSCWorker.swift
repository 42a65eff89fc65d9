import CPCSC
import DeviceTransport
import Dispatch
import Foundation
import Synchronization

/// One PC/SC context and the thread that makes all calls on it.
///
/// Several calls of libpcsclite know no time-out: the begin of a transaction polls for as long as
/// another program holds one, and a transmit waits for as long as the reader's driver does. So a
/// caller waits on a semaphore with a deadline, and a worker that does not come back is given up: it
/// releases its context, and with it transaction and card, as soon as the call returns.
final class PCSCWorker: Sendable {
    /// One call: its result, set before `done` is signalled.
    private final class Ticket<Value: Sendable>: Sendable {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<Value, TransportError>?>(nil)
    }

    private struct State {
        var context: SCARDCONTEXT?
        var isAbandoned = false
        var isCancelled = false
        var hasServed = false
        /// Wakes the caller that waits now.
        var waiting: DispatchSemaphore?
    }

    private let state = Mutex(State())
    private let jobs = PCSCJobQueue()

    init() {
        let jobs = jobs
        let thread = Thread { jobs.run() }
        thread.name = "pcsc"
        thread.start()
    }

    deinit {
        abandon()
    }

    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    /// Whether it ever had a context, so that the service ran then.
    var hasServed: Bool { state.withLock { $0.hasServed } }

    /// Makes calls on the worker's thread and waits for them, at most `limit`.
    ///
    /// - Parameter isCleanUp: whether it is done in spite of a cancellation.
    func perform<Value: Sendable>(
        within limit: Duration, isCleanUp: Bool = false,
        _ body: @escaping @Sendable (SCARDCONTEXT) throws(TransportError) -> Value
    ) throws(TransportError) -> Value {
        let ticket = Ticket<Value>()
        try admit(ticket.done, isCleanUp: isCleanUp)
        jobs.add { [self] in
            let result = PCSCExit.shared.pass { call(body) }
            ticket.result.withLock { $0 = result ?? .failure(TransportError(.cancelled, "the program ends")) }
            ticket.done.signal()
        }
        let nanoseconds = Int(min(max(limit / .nanoseconds(1), 0), 1e17))
        _ = ticket.done.wait(timeout: .now() + .nanoseconds(nanoseconds))
        let isCancelled = state.withLock { state in
            state.waiting = nil
            return state.isCancelled
        }
        if let result = ticket.result.withLock({ $0 }) {
            if case .failure(let error) = result, error.reason == .serviceDown { abandon() }
            return try result.get()
        }
        abandon()
        if isCancelled, !isCleanUp { throw TransportError(.cancelled, "PC/SC call cancelled") }
        throw TransportError(.timedOut, "PC/SC call did not return in time")
    }

    private func call<Value>(
        _ body: (SCARDCONTEXT) throws(TransportError) -> Value
    ) -> Result<Value, TransportError> {
        do throws(TransportError) {
            return .success(try body(try established()))
        } catch {
            return .failure(error)
        }
    }

    /// Throws when `cancel` was called and `rearm` was not.
    func refuseIfCancelled() throws(TransportError) {
        if state.withLock({ $0.isCancelled }) { throw TransportError(.cancelled, "PC/SC call cancelled") }
    }

    private func admit(_ signal: DispatchSemaphore, isCleanUp: Bool) throws(TransportError) {
        let refusal: TransportError? = state.withLock { state in
            if state.isAbandoned { return TransportError(.unplugged, "PC/SC context given up") }
            if state.isCancelled, !isCleanUp { return TransportError(.cancelled, "PC/SC call cancelled") }
            state.waiting = isCleanUp ? nil : signal
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Lets the waiting caller go at once, and refuses later ones until `rearm`.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.waiting?.signal()
        }
    }

    func rearm() {
        state.withLock { $0.isCancelled = false }
    }

    /// Releases the context once the call under way is over; the worker takes no more.
    func abandon() {
        let context = state.withLock { state -> SCARDCONTEXT? in
            if state.isAbandoned { return nil }
            state.isAbandoned = true
            return state.context
        }
        if let context {
            // Ends a wait for a change at once; any other call takes no notice.
            PCSCExit.shared.pass { _ = SCardCancel(context) }
            jobs.add { Self.release(context) }
        }
        jobs.close()
    }

    private static func release(_ context: SCARDCONTEXT) {
        PCSCExit.shared.pass { _ = SCardReleaseContext(context) }
        PCSCExit.shared.remove(context)
    }

    /// On the worker's thread.
    private func established() throws(TransportError) -> SCARDCONTEXT {
        let (known, isAbandoned) = state.withLock { ($0.context, $0.isAbandoned) }
        if let known { return known }
        if isAbandoned { throw TransportError(.unplugged, "PC/SC context given up") }
        var context: SCARDCONTEXT = 0
        try TransportError.check(pcsc: SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context))
        PCSCExit.shared.add(context)
        let mayKeep = state.withLock { state in
            if !state.isAbandoned { state.context = context }
            state.hasServed = true
            return !state.isAbandoned
        }
        guard mayKeep else {
            Self.release(context)
            throw TransportError(.unplugged, "PC/SC context given up")
        }
        return context
    }
}
