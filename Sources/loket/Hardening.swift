import Foundation

/// What the program does before anything else: a crash leaves no personal datum behind.
enum Hardening {
    /// No core file, and no backtrace of the runtime: both would hold what was in memory.
    static func apply() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // The Swift runtime's own crash reports come from handlers of these signals.
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
    }
}
