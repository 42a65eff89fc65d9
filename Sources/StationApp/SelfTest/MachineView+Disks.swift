extension MachineView {
    /// What someone who holds the machine without power reads of a place.
    enum Protection: Sendable {
        /// It is gone: it never left memory.
        case inMemory
        /// Nothing without a passphrase: dm-crypt lies under it.
        case encrypted
        case plain
        /// The kernel does not say on what it lies.
        case unknown
    }

    /// A place to which the kernel moves memory.
    struct SwapArea: Sendable {
        let name: String
        let protection: Protection
    }

    /// Every area of `/proc/swaps`; nil where the kernel does not tell.
    func swapAreas() -> [SwapArea]? {
        // "Filename Type Size Used Priority", then a line an area; a space in a name is "\040".
        text("/proc/swaps")?.split(separator: "\n").dropFirst().compactMap { line in
            line.split(whereSeparator: \.isWhitespace).first.map { field in
                let path = Self.unescaped(field)
                return SwapArea(name: path, protection: device(path).map { protection(of: $0) } ?? .unknown)
            }
        }
    }

    /// - Parameter number: a block device's, as `254:0`.
    func protection(of number: String, depth: Int = 0) -> Protection {
        let folder = "/sys/dev/block/\(number)"
        // Disks stand on partitions, volumes and loops; a machine that stacks more than this is not looked through.
        guard depth < 8, let event = text("\(folder)/uevent") else { return .unknown }
        if text("\(folder)/dm/uuid")?.hasPrefix("CRYPT-") == true { return .encrypted }
        if event.contains("DEVNAME=zram") {
            // A zram may write what does not fit to a disk of its own.
            guard let backing = text("\(folder)/backing_dev")?.trimmed, backing != "none" else { return .inMemory }
            return device(backing).map { protection(of: $0, depth: depth + 1) } ?? .unknown
        }
        if let file = text("\(folder)/loop/backing_file")?.trimmed {
            return device(file).map { protection(of: $0, depth: depth + 1) } ?? .unknown
        }
        if text("\(folder)/partition") != nil {
            // A link of the kernel's: the folder above is the disk's.
            guard let disk = text("\(folder)/../dev")?.trimmed else { return .unknown }
            return protection(of: disk, depth: depth + 1)
        }
        let under = names("\(folder)/slaves").map { name in
            text("\(folder)/slaves/\(name)/dev").map { protection(of: $0.trimmed, depth: depth + 1) } ?? .unknown
        }
        if under.contains(.plain) || under.isEmpty { return .plain }
        return under.allSatisfy { $0 == .encrypted } ? .encrypted : .unknown
    }

    /// A mounted file system.
    struct Mount: Sendable {
        let point: String
        /// As the kernel names it: `ext4`, `nfs4`, `fuse.sshfs`.
        let type: String
        let device: String
        let options: Set<String>
    }

    /// The file system in which a path lies (proc_pid_mountinfo(5)).
    func mount(of path: String) -> Mount? {
        guard let path = resolved(path), let table = text("/proc/self/mountinfo") else { return nil }
        var found: Mount?
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else { continue }
            let point = Self.unescaped(fields[4])
            guard path == point || path.hasPrefix(point == "/" ? point : point + "/") else { continue }
            // Of two on one another the later one is seen.
            guard point.utf8.count >= (found?.point.utf8.count ?? 0) else { continue }
            let options = fields[5].split(separator: ",") + fields[dash + 3].split(separator: ",")
            found = Mount(
                point: point, type: String(fields[dash + 1]), device: String(fields[2]),
                options: Set(options.map(String.init)))
        }
        return found
    }

    /// The kernel writes space, tab, line feed and backslash in names as three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(String(rest.prefix(3)) ?? "", radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0.isWhitespace }.prefix { !$0.isWhitespace }) }
}
