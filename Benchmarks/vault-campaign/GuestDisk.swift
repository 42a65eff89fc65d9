import Foundation

/// The image of a guest's disk: an ext4 file system, and behind it a place where the guest says things.
///
/// Nothing is mounted here: e2fsprogs puts the file system right and takes the files out of it, which any user may.
struct GuestDisk {
    static let mebibytes = 128
    /// Behind the file system.
    static let announcements = 120 << 20

    let path: String

    /// Makes a new one.
    static func make(at path: String) throws -> GuestDisk {
        try run(["truncate", "-s", "\(mebibytes)M", path])
        try run([
            "mkfs.ext4", "-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", path,
            "\(announcements >> 20)M",
        ])
        return GuestDisk(path: path)
    }

    /// With its holes.
    func copy(to path: String) throws -> GuestDisk {
        try Self.run(["cp", "--sparse=always", self.path, path])
        return GuestDisk(path: path)
    }

    func isSame(as other: GuestDisk) throws -> Bool {
        try Self.run(["cmp", "-s", path, other.path], allowing: 0...1) == 0
    }

    /// Replays the journal and takes the files out.
    ///
    /// - Returns: What is wrong with the file system; nil when it is as it must be.
    func takeOut(_ folder: String, to path: String) throws -> String? {
        guard try Self.run(["e2fsck", "-p", self.path], allowing: 0...15) <= 1 else { return "e2fsck cannot mend it" }
        guard try Self.run(["e2fsck", "-fn", self.path], allowing: 0...15) == 0 else { return "e2fsck finds errors" }
        try Self.run(["debugfs", "-R", "rdump /\(folder) \(path)", self.path])
        return nil
    }

    @discardableResult
    private static func run(_ command: [String], allowing statuses: ClosedRange<Int> = 0...0) throws -> Int {
        let child = try ChildProcess(["-c", #""$@" 2>&1"#, "sh"] + command, of: "/bin/sh")
        var said: [Substring] = []
        _ = child.readLines(until: nil) { line, _ in said.append(line) }
        let status = child.wait()
        guard statuses.contains(status) else {
            throw CampaignFailure("\(command[0]) ended with \(status): \(said.joined(separator: " "))")
        }
        return status
    }
}
