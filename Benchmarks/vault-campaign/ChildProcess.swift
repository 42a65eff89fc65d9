import Glibc

/// A process of this same program, whose lines are read as it writes them, and which can be killed at any instant.
///
/// Its calls block their thread: a campaign does one thing at a time.
final class ChildProcess {
    private let process: pid_t
    private let output: Int32
    private var pending: [UInt8] = []
    private var isReaped = false

    /// Starts `vault-campaign` with these arguments, or another program.
    ///
    /// - Parameter program: its path, or its name where the shell would find it.
    init(_ arguments: [String], of program: String = "/proc/self/exe", environment: [String: String] = [:]) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ChildFailure(what: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var settings = Self.settings(with: environment)
        defer { for word in words + settings { free(word) } }
        var started = pid_t()
        let code = posix_spawnp(&started, program, &actions, nil, &words, &settings)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw ChildFailure(what: program, code: code)
        }
        process = started
        output = ends[0]
    }

    deinit {
        if !isReaped { kill() }
        close(output)
    }

    /// Gives each whole line to `body` until `deadline` on the monotonic clock, in seconds; nil for as long as it lasts.
    ///
    /// - Returns: false when the process has closed its output.
    func readLines(until deadline: Double?, _ body: (Substring, Double) -> Void) -> Bool {
        while true {
            let left = deadline.map { $0 - Self.now() }
            if let left, left <= 0 { return true }
            var wanted = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let count = poll(&wanted, 1, left.map { Int32($0 * 1000) } ?? -1)
            if count == 0, let left, left < 0.001 {
                // poll counts in milliseconds; the instants are to fall between them too.
                var rest = timespec(tv_sec: 0, tv_nsec: Int(left * 1e9))
                nanosleep(&rest, nil)
            }
            if count > 0, !readSome(body) { return false }
        }
    }

    /// Kills it as a lost process is, and gives what it had still written.
    func kill(_ body: (Substring, Double) -> Void = { _, _ in }) {
        Glibc.kill(process, SIGKILL)
        while readSome(body) {}
        wait()
    }

    /// Waits for its end; its status as the shell tells it.
    @discardableResult
    func wait() -> Int {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        isReaped = true
        let signal = status & 0x7F
        return signal == 0 ? Int(status >> 8) & 0xFF : 128 + Int(signal)
    }

    /// Seconds on the monotonic clock.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func readSome(_ body: (Substring, Double) -> Void) -> Bool {
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        let count = read(output, &piece, piece.count)
        if count < 0, errno == EINTR { return true }
        guard count > 0 else { return false }
        let now = Self.now()
        pending += piece[..<count]
        while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
            body(Substring(decoding: pending[..<end], as: UTF8.self), now)
            pending.removeSubrange(...end)
        }
        return true
    }

    private static func settings(with added: [String: String]) -> [UnsafeMutablePointer<CChar>?] {
        var settings: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let entry = next.pointee {
            settings.append(strdup(entry))
            next += 1
        }
        return settings + added.map { strdup("\($0.key)=\($0.value)") } + [nil]
    }
}

/// A process could not be started.
struct ChildFailure: Error, CustomStringConvertible {
    let what: String
    let code: Int32

    var description: String { "\(what): \(String(cString: strerror(code)))" }
}

/// Says one line to whoever reads, in one system call: it is out before this returns.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(1, bytes, bytes.count)
}
