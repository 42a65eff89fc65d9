import EnrolmentCore
import Foundation

/// This very program, started once more: so that it can be killed for real and started again.
///
/// Foundation's `Process` puts a child in a process group of its own, where it may not use the
/// terminal; this one stays in ours.
struct ChildProgram: Sendable {
    enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(Int32)
    }

    private let identifier: pid_t

    /// - Throws: `store.unreadable` when the system cannot start it.
    init(arguments: [String]) throws(FailureReport) {
        let program = "/proc/self/exe"
        var pointers: [UnsafeMutablePointer<CChar>?] = ([CommandLine.arguments[0]] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, program, nil, nil, pointers, environ)
        guard status == 0 else {
            throw FailureReport(.store(.unreadable), detail: "cannot start (errno \(status))", kept: .draft)
        }
        identifier = child
    }

    func kill() { _ = Foundation.kill(identifier, SIGKILL) }

    /// Waits, on a thread of its own, until it is gone.
    func ending() async -> Ending {
        let child = identifier
        return await withCheckedContinuation { continuation in
            let thread = Thread {
                var status: Int32 = 0
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7F
                continuation.resume(returning: signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal))
            }
            thread.name = "child"
            thread.start()
        }
    }
}
