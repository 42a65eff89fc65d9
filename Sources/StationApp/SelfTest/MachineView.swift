import Glibc
import PacketFormat
import ProcessHardening

/// What of the machine the self-test looks at. Tests give a machine of their own, in the kernel's words.
package struct MachineView: Sendable {
    /// The whole of a small file of `/proc` or `/sys`; nil where it cannot be read.
    var text: @Sendable (String) -> String?
    /// The names in a folder of `/sys`; empty where it cannot be read.
    var names: @Sendable (String) -> [String]
    /// The number, as `254:0`, of the block device that has this path, or on which the file lies that has it.
    var device: @Sendable (String) -> String?
    /// The path without links in it.
    var resolved: @Sendable (String) -> String?
    /// Whether the kernel writes no core file of this program.
    var deniesDumps: @Sendable () -> Bool
    /// What a synchronisation of a small file in a folder takes; blocks.
    var synchronisation: @Sendable (String) throws(FileFailure) -> Duration

    /// This machine.
    package static let system = MachineView(
        text: { path in
            guard let file = fopen(path, "re") else { return nil }
            defer { fclose(file) }
            // A file of the kernel's tells no length beforehand.
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            let count = fread(&bytes, 1, bytes.count, file)
            guard ferror(file) == 0 else { return nil }
            return String(decoding: bytes.prefix(count), as: UTF8.self)
        },
        names: { path in
            guard let folder = opendir(path) else { return [] }
            defer { closedir(folder) }
            var names: [String] = []
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                    String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != "." && name != ".." { names.append(name) }
            }
            return names.sorted()
        },
        device: { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            let number = status.st_mode & S_IFMT == S_IFBLK ? status.st_rdev : status.st_dev
            // As gnu_dev_major(3) and gnu_dev_minor(3) take it apart, which are macros.
            let major = (number >> 8) & 0xFFF | (number >> 32) & ~0xFFF
            let minor = number & 0xFF | (number >> 12) & 0xFFFF_FF00
            return "\(major):\(minor)"
        },
        resolved: { path in
            guard let resolved = realpath(path, nil) else { return nil }
            defer { free(resolved) }
            return String(cString: resolved)
        },
        deniesDumps: { ProcessHardening.deniesDumps },
        synchronisation: { folder throws(FileFailure) in try synchronisation(in: folder) })

    /// The median of some rounds.
    ///
    /// - Parameter folder: where packets lie: a file that a power cut leaves there is swept at the next start.
    static func synchronisation(
        in folder: String, files: DurableFiles = DurableFiles()
    ) throws(FileFailure) -> Duration {
        let file = "\(folder)/selftest.part"
        defer { try? files.remove(file) }
        var times: [Duration] = []
        let clock = ContinuousClock()
        for round in 0..<5 {
            try files.write([UInt8](repeating: UInt8(round), count: 4096), to: file)
            let started = clock.now
            try files.synchronise(file)
            times.append(started.duration(to: clock.now))
        }
        return times.sorted()[times.count / 2]
    }
}
