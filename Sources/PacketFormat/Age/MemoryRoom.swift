import Glibc

/// How much memory this process may still take.
package enum MemoryRoom {
    /// The least of what the kernel calls available, of what a control group leaves, and of the
    /// process's own limit; nil when none of them can be read.
    package static func bytes() -> Int? {
        [available(), controlGroup(), addressSpace()].compactMap { $0 }.min()
    }

    private static func available() -> Int? {
        guard let text = text("/proc/meminfo"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = Int(line.filter(\.isNumber))
        else { return nil }
        return kibibytes.multipliedReportingOverflow(by: 1024).partialValue
    }

    /// Version 2, as Debian 12 mounts it; `max` stands for no limit.
    private static func controlGroup() -> Int? {
        guard let name = text("/proc/self/cgroup")?.split(separator: "\n").first(where: { $0.hasPrefix("0::") }),
            case let folder = "/sys/fs/cgroup\(name.dropFirst(3))", let limit = number("\(folder)/memory.max"),
            let used = number("\(folder)/memory.current")
        else { return nil }
        return max(0, limit - used)
    }

    private static func addressSpace() -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max),
            let pages = text("/proc/self/statm")?.split(separator: " ").first.flatMap({ Int($0) })
        else { return nil }
        return max(0, Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func number(_ path: String) -> Int? {
        text(path).flatMap { $0.split(separator: "\n").first }.flatMap { Int($0) }
    }

    private static func text(_ path: String) -> String? {
        guard let bytes = try? DurableFiles().read(path, from: 0, count: 16 << 10) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
