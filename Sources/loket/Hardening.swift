import Foundation

/// What the program does before anything else: a crash leaves no personal datum behind, and its end is no crash.
enum Hardening {
    /// No core file, and no backtrace of the runtime: both would hold what was in memory.
    static func apply() {
        endWithoutDestructors()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // The Swift runtime's own crash reports come from handlers of these signals.
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
    }

    /// A device's thread may still be releasing what it held when the program ends. libpcsclite's destructor
    /// frees the list of contexts under it, and a verb that had succeeded would end with SIGSEGV. The
    /// handlers that are registered later, such as the terminal's, run before this one.
    private static func endWithoutDestructors() {
        on_exit(
            { status, _ in
                fflush(nil)
                _exit(status)
            }, nil)
    }
}
