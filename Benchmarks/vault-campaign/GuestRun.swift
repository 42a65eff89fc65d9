import Foundation

/// One run of the guest: started on a copy of a disk, heard on its console, and ended by cutting its power.
final class GuestRun {
    /// The disk as it is now, and all that was written to it.
    let disk: GuestDisk
    let log: String

    /// When the guest began to mount its disk, and when it said something last.
    private(set) var mounting: Double?
    private(set) var lastLine = 0.0
    /// Lines since the kit had told what it held.
    private(set) var saidSinceTold: Int?
    /// Seconds from mounting to the moment when the kit had told that.
    private(set) var startTime: Double?
    /// Of these the kernel's and the program's, without the check of the file system in between.
    private(set) var recovery: Double?
    /// The kernel and the mount's options.
    private(set) var mount: String?
    private(set) var activity = "starting the machine"
    private(set) var complaints: [String] = []
    /// What the console showed that is none of ours: the kernel's own words, or a line that was mixed with them. No
    /// finding by itself, since what counts stands on the disk.
    private(set) var strays: [String] = []
    private(set) var isDrained = false
    private var mountTime = 0.0
    private var programStart = 0.0

    private let process: ChildProcess
    private let machine: String
    private let said: String
    private var isOver = false

    /// Longest time for one run, in seconds; a guest takes ten times as long as this machine.
    private static let longest = 900

    /// - Parameters:
    ///   - disk: what it finds; not changed.
    ///   - world: for the worker.
    ///   - mounting: the options.
    ///   - arguments: more for the worker.
    init(
        _ options: PowerCampaign, _ folder: CampaignFolder, _ disk: GuestDisk, _ world: String, mounting: String,
        _ synchronous: String, _ arguments: [String] = []
    ) throws {
        let shared = "\(folder.path)/guest"
        try? FileManager.default.removeItem(atPath: shared)
        _ = try folder.folder("guest")
        self.disk = try disk.copy(to: "\(shared)/scratch.img")
        log = "\(shared)/disk.log"
        machine = "\(shared)/.machine"
        try Data(world.utf8).write(to: URL(filePath: "\(shared)/world"))
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        // A shell that is told of a killed machine says so; it is read when the guest ends by itself.
        said = "\(shared)/.said"
        process = try ChildProcess(
            [
                "-c", #"exec "$@" 2>"$BENCH_OUT/.said""#, "sh", options.bench, "-m", "virtio_blk ext4", "-s",
                "\(Self.longest)", "-d", "\(GuestDisk.mebibytes)", "-w", "bash",
                options.guest, program, "\(shared)/world", mounting, "--place", "\(GuestDisk.announcements)",
                "--synchronous", synchronous,
            ] + arguments, of: "/bin/sh", environment: ["BENCH_OUT": shared])
    }

    deinit { cut() }

    /// Reads until `deadline` says that it is time, on the monotonic clock, or until the guest ends by itself.
    func wait(until deadline: (GuestRun) -> Double?) throws {
        while true {
            let time = deadline(self)
            if let time, ChildProcess.now() >= time { return }
            let next = min(time ?? .infinity, ChildProcess.now() + 0.2)
            if !process.readLines(until: next, { self.hear($0, $1) }) { break }
        }
        isOver = true
        let status = process.wait()
        guard !isDrained else { return }
        let words = FileManager.default.contents(atPath: said).map { String(decoding: $0.suffix(400), as: UTF8.self) }
        let console = strays.suffix(8).joined(separator: " | ")
        complaints.append("the guest ended with \(status) while \(activity): \(words ?? "") \(console)")
    }

    /// Ends the machine as a pulled plug does; what it had written to its disk stays.
    func cut() {
        guard !isOver else { return }
        isOver = true
        let number = FileManager.default.contents(atPath: machine).map { String(decoding: $0, as: UTF8.self) }
        if let number = number.flatMap({ pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) {
            kill(number, SIGKILL)
        }
        _ = process.readLines(until: nil) { hear($0, $1) }
        process.wait()
    }

    private func hear(_ line: Substring, _ now: Double) {
        let words = line.split(separator: " ")
        lastLine = now
        if let said = saidSinceTold { saidSinceTold = said + 1 }
        if let word = words.first { notice(word, now) }
        switch words.first {
        case "mounting": activity = "mounting"
        case "replayed": mountTime = now - (mounting ?? now)
        case "checked": if line != "checked 0" { complaints.append("e2fsck: \(line)") }
        case "mounted":
            mount = line.dropFirst("mounted ".count).description
            programStart = now
            activity = "opening the store"
        case "opened": recovery = mountTime + now - programStart
        case "told":
            startTime = startTime ?? mounting.map { now - $0 }
            activity = "saving"
        case "saved", "purged", "discarded": activity = "saving or sealing"
        case "sealed", "central", "received": activity = "sending"
        case "discarding": activity = "discarding"
        case "drained": isDrained = true
        case "ready", "held", "finding": break
        default: strays.append(String(line))
        }
    }

    /// How far the guest is, by any line that says so: the one that should may have been mixed with another, and a cut
    /// that waits for it would never come.
    private func notice(_ word: Substring, _ now: Double) {
        if mounting == nil, ["mounting", "replayed", "checked", "mounted", "opened"].contains(word) { mounting = now }
        if saidSinceTold == nil, ["told", "saved", "sealed", "discarding"].contains(word) { saidSinceTold = 0 }
    }
}
