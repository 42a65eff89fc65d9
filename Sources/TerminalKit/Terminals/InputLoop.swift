import CNcurses
import Glibc
import Synchronization

/// One thread that waits for keys, for signals and for orders to paint: everything that may block
/// on the terminal happens on it, and nothing else of the program ever does.
///
/// ncurses keeps global state, so that all its calls come from this thread too.
final class InputLoop: Sendable {
    /// What the thread calls; all but `events` on that thread only.
    protocol Painter: Sendable {
        /// - Returns: what the keys of this terminal send.
        func open() throws(TerminalError) -> [[UInt8]: Key]
        /// Paints the newest order, if there is one.
        func paint()
        func resized(to size: Size)
        func close()
    }

    let events: AsyncStream<TerminalEvent>
    private let continuation: AsyncStream<TerminalEvent>.Continuation
    private let painter: any Painter
    private let wakeRead: Int32
    private let wakeWrite: Int32
    private let state = Mutex(State())

    private struct State {
        var isEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Orders on the wake-up pipe; they are no signal's number.
    private enum Order {
        static let paint: UInt8 = 200
        static let close: UInt8 = 201
    }

    /// Opens the terminal and starts the thread.
    static func start(_ painter: any Painter) async throws(TerminalError) -> InputLoop {
        let loop = try InputLoop(painter)
        let result = await withCheckedContinuation { opened in
            if !loop.startThread(opened) { opened.resume(returning: .failure(.noResources)) }
        }
        try result.get()
        return loop
    }

    private init(_ painter: any Painter) throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .noResources }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
        self.painter = painter
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    deinit {
        Glibc.close(wakeRead)
        Glibc.close(wakeWrite)
    }

    /// Asks the thread to paint; from any thread, never waits.
    func wake() { order(Order.paint) }

    /// Ends the thread and waits until the terminal is given back.
    func end() async {
        order(Order.close)
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiting.append(continuation) }
                return state.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }

    private func order(_ byte: UInt8) {
        // A full pipe wakes the thread just as well.
        var byte = byte
        while write(wakeWrite, &byte, 1) < 0 && errno == EINTR {}
    }

    // MARK: - On the thread

    private final class Start: Sendable {
        let loop: InputLoop
        let opened: CheckedContinuation<Result<Void, TerminalError>, Never>

        init(_ loop: InputLoop, _ opened: CheckedContinuation<Result<Void, TerminalError>, Never>) {
            self.loop = loop
            self.opened = opened
        }
    }

    private func startThread(_ opened: CheckedContinuation<Result<Void, TerminalError>, Never>) -> Bool {
        let start = Unmanaged.passRetained(Start(self, opened))
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.loop.run(start.opened)
                return nil
            }, start.toOpaque())
        guard error == 0 else {
            start.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run(_ opened: CheckedContinuation<Result<Void, TerminalError>, Never>) {
        // Before ncurses, which leaves alone what it finds handled and would otherwise end by itself.
        cncurses_watch_signals(wakeWrite)
        let sequences: [[UInt8]: Key]
        do {
            sequences = try painter.open()
        } catch {
            cncurses_unwatch_signals()
            opened.resume(returning: .failure(error))
            return
        }
        opened.resume(returning: .success(()))
        readUntilEnd(KeyDecoder(sequences: sequences))
        painter.close()
        cncurses_unwatch_signals()
        continuation.finish()
        let waiting = state.withLock { state in
            state.isEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func readUntilEnd(_ decoder: KeyDecoder) {
        var decoder = decoder
        var isInputOpen = true
        let buffer = InputBuffer()
        while true {
            var waits = [
                pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isInputOpen ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
            ]
            // A lone escape is one only when nothing follows it at once.
            let ready = poll(&waits, 2, decoder.isWaiting ? 50 : -1)
            if ready < 0 && errno != EINTR { return }
            if ready == 0 { send(decoder.flush()) }
            if ready <= 0 { continue }
            if waits[0].revents != 0, !buffer.read(wakeRead, { obey([UInt8]($0)) }) { return }
            guard waits[1].revents != 0 else { continue }
            buffer.read(STDIN_FILENO) { bytes in
                if bytes.isEmpty {
                    isInputOpen = false
                    continuation.yield(.closed)
                }
                // One at a time: keys that wait side by side would lie so in memory, too.
                for byte in bytes { send(decoder.handle(CollectionOfOne(byte))) }
            }
        }
    }

    private func send(_ keys: [Key]) {
        for key in keys { continuation.yield(.key(key)) }
    }

    /// - Returns: false when it is over.
    private func obey(_ bytes: [UInt8]) -> Bool {
        let asked = Set(bytes)
        if asked.contains(UInt8(SIGWINCH)) || asked.contains(UInt8(SIGCONT)) {
            let size = Size.ofTerminal
            painter.resized(to: size)
            continuation.yield(.resized(size))
        }
        if [SIGTERM, SIGHUP, SIGINT, SIGQUIT].contains(where: { asked.contains(UInt8($0)) }) {
            continuation.yield(.endRequested)
        }
        if asked.contains(Order.close) { return false }
        painter.paint()
        return true
    }
}

extension Size {
    /// The window on standard output, or what terminals have had since the VT100.
    static var ofTerminal: Size {
        var rows: Int32 = 0
        var columns: Int32 = 0
        guard cncurses_size(&rows, &columns) == 0 else { return Size(columns: 80, rows: 24) }
        return Size(columns: Int(columns), rows: Int(rows))
    }
}
