import CHardening
import Glibc

/// What both programs do before anything else, so that nothing of a person leaves them by the way: not in a
/// core file, a report of a crash, a debugger, the swap area, a file that others may read, or a child.
///
/// Call it once, first in `main`, while there is only one thread: later ones take over what it gave up.
package enum ProcessHardening {
    /// Why a program must not start.
    package enum Refusal: String, Error, Hashable, Sendable {
        /// The file is set-user-ID or set-group-ID: then its caller decides over files of somebody else.
        case lentRights
        /// The kernel did not take core files away from us.
        case dumpsNotDenied
        /// The kernel did not bar new rights to what we start.
        case newRightsNotDenied
        /// One of descriptors 0 to 2 could not be opened.
        case noDescriptors
    }

    /// How much of the program stays out of swap.
    package enum MemoryLock: String, Hashable, Sendable {
        /// All of it.
        case whole
        /// Only what locks itself: keys, PINs and passphrases. What a person said and showed can be swapped out.
        case secretsOnly
    }

    /// Whether the kernel writes no core file of this program and hands none to a collector, as it is now.
    package static var deniesDumps: Bool { chardening_dumps_are_denied() != 0 }

    /// Variables with which a library of ours writes what passes through it, unsealed keys among them, and
    /// those in which someone may try to give a secret that is never read from there.
    static let forgotten = [
        "TSS2_LOG", "TSS2_LOGFILE", "LIBUSB_DEBUG", "LOKET_PASSPHRASE", "LOKET_PIN",
    ]

    /// - Parameter memory: what is wanted; `whole` only for a program whose memory is small, since it
    ///   never leaves RAM again.
    /// - Returns: what the machine allows of it: `whole` wants RLIMIT_MEMLOCK unlimited, or CAP_IPC_LOCK.
    /// - Throws: what must hold and does not; then the program has to end.
    @discardableResult
    package static func apply(locking memory: MemoryLock) throws(Refusal) -> MemoryLock {
        guard chardening_has_lent_rights() == 0 else { throw .lentRights }
        guard chardening_deny_dumps() == 0 else { throw .dumpsNotDenied }
        guard chardening_deny_new_rights() == 0 else { throw .newRightsNotDenied }
        guard chardening_keep_descriptors() == 0 else { throw .noDescriptors }
        umask(0o077)
        chardening_guard_end()
        for name in forgotten { chardening_forget_variable(name) }
        // The chip's library writes its troubles to the standard error stream, which is the officer's screen. It reads
        // this at its first word, when there are threads that it must not be set beside.
        setenv("TSS2_LOG", "all+none", 1)
        // For what we start: the runtime has read its own already.
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        guard memory == .whole, chardening_lock_memory() == 0 else { return .secretsOnly }
        return .whole
    }
}
