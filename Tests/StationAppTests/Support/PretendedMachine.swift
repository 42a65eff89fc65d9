@testable import StationApp

/// A machine in the kernel's own words: the files of `/proc` and `/sys` that the self-test reads.
struct PretendedMachine: Sendable {
    var files: [String: String] = [
        "/proc/self/status": "Name:\tloket\nVmPeak:\t  430000 kB\nVmSize:\t  421000 kB\nVmLck:\t  420900 kB\n",
        "/proc/self/limits": """
        Limit                     Soft Limit           Hard Limit           Units     \n\
        Max locked memory         unlimited            unlimited            bytes     \n
        """,
        "/proc/swaps": "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
        "/proc/self/mountinfo": """
        27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw,errors=remount-ro
        30 27 0:25 / /dev/shm rw,nosuid,nodev - tmpfs tmpfs rw,size=24684084k

        """,
        "/sys/dev/block/254:0/uevent": "MAJOR=254\nMINOR=0\nDEVNAME=dm-0\nDEVTYPE=disk\n",
        "/sys/dev/block/254:0/dm/uuid": "CRYPT-LUKS2-5f5d0c1e3d1c4d6c8a5d4b8a9e7f6a10-root\n",
        "/sys/power/state": "freeze mem disk\n",
        "/sys/power/disk": "[platform] shutdown reboot suspend test_resume \n",
        "/sys/power/resume": "0:0\n",
    ]
    /// The folders of `/sys` in which something lies.
    var folders: [String: [String]] = [:]
    /// The device of a path.
    var devices: [String: String] = [:]
    var deniesDumps = true

    /// One with which nothing is wrong.
    static let sound = PretendedMachine()

    /// A disk of the machine that is neither a volume nor a partition.
    mutating func addDisk(_ number: String, called name: String) {
        files["/sys/dev/block/\(number)/uevent"] = "DEVNAME=\(name)\nDEVTYPE=disk\n"
        devices["/dev/\(name)"] = number
    }

    mutating func swap(to names: String...) {
        files["/proc/swaps", default: ""] += names.map { "\($0)  partition\t998396\t\t0\t\t-2\n" }.joined()
    }

    mutating func mount(_ point: String, _ type: String, on device: String = "254:0", options: String = "rw") {
        files["/proc/self/mountinfo", default: ""] +=
            "40 27 \(device) / \(point) rw,relatime - \(type) none \(options)\n"
    }

    mutating func lock(_ kibibytes: Int, limit: String) {
        files["/proc/self/status"] = "VmSize:\t  421000 kB\nVmLck:\t  \(kibibytes) kB\n"
        files["/proc/self/limits"] = "Max locked memory         65536                \(limit)              bytes\n"
    }

    var view: MachineView {
        MachineView(
            text: { files[$0] }, names: { folders[$0] ?? [] }, device: { devices[$0] }, resolved: { $0 },
            deniesDumps: { deniesDumps }, synchronisation: { _ in .milliseconds(2) })
    }

    var check: VaultCheck { VaultCheck(view: view) }
}
