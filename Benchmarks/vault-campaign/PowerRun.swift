import EnrolmentCore
import Foundation

/// One kit in a guest whose power is cut, started again on what its disk has kept, and cut again.
///
/// The guest's file system, its caches and its kernel are real. The disk has a cache of its own: a cut takes from it
/// what was not flushed, wholly, in part or not at all.
final class PowerRun {
    private let options: PowerCampaign
    private let synchronous: String
    private let folder: CampaignFolder
    private let world: CampaignWorld
    private var generator: SeededGenerator
    private var figures = PowerFigures()
    private var ledger: KillLedger
    private var held: [ModelCentral.Held] = []
    /// The disk as the guest will find it.
    private var disk: GuestDisk
    /// How long a start takes, in seconds, so that the cuts fall everywhere in it.
    private var startTime = 5.0

    /// What is said until a cut, at most: some four cases.
    private static let longestWork = 24
    /// One of so many cuts falls into a start.
    private static let startsCut: UInt64 = 4
    private static let mountOptions = ["data=ordered", "data=writeback"]

    init(_ options: PowerCampaign, synchronous: String = "FULL") throws {
        self.options = options
        self.synchronous = synchronous
        folder = try CampaignFolder()
        world = try CampaignWorld.make(seed: options.seed)
        generator = SeededGenerator(seed: options.seed)
        ledger = world.ledger()
        disk = try GuestDisk.make(at: "\(folder.path)/disk")
    }

    func run() async throws -> PowerFigures {
        let progress = CampaignProgress("cuts of the power", of: options.cuts)
        for _ in 0..<options.cuts {
            let boot = try cutOnce()
            try await look(boot, states: options.states)
            hear(boot.log, to: boot.log.count, &ledger)
            try chooseDisk(after: boot)
            progress.advance()
        }
        try finish()
        (figures.acknowledged, figures.recovered) = (ledger.acknowledged, ledger.recovered)
        figures.inquests += ledger.inquests
        (figures.lost, figures.doubled) = (figures.lost + ledger.lost.count, figures.doubled + ledger.doubled.count)
        figures.halfVisible += ledger.halfVisible.count
        figures.findings += ledger.lost.map { "in the guest: lost \($0)" }
        figures.findings += ledger.doubled.map { "in the guest: doubled \($0)" }
        figures.findings += ledger.halfVisible.map { "in the guest: half visible \($0)" }
        return figures
    }

    /// One cut only, of which the harness must find that something is lost.
    func runControl() async throws -> PowerFigures {
        let boot = try cutOnce(inStart: false, after: Self.longestWork)
        try await look(boot, states: max(12, options.states))
        return figures
    }

    /// What there is after a cut.
    private struct Boot {
        let number: Int
        let log: DiskLog
        /// Before and after, as QEMU left it.
        let before: GuestDisk
        let after: GuestDisk
    }

    private func cutOnce(inStart: Bool? = nil, after lines: Int? = nil) throws -> Boot {
        let cutsStart = inStart ?? (generator.next() % Self.startsCut == 0)
        let part = Double.random(in: 0...1, using: &generator)
        let lines = lines ?? Int.random(in: 0...Self.longestWork, using: &generator)
        figures.cuts += 1
        let guest = try GuestRun(options, folder, disk, world.text(holding: held), mounting: mountOptions, synchronous)
        // The lines say how far it is; the rest of a second falls somewhere in what it does then.
        var reached: Double?
        try guest.wait { guest in
            if cutsStart { return guest.mounting.map { $0 + part * self.startTime } }
            if reached == nil, let said = guest.saidSinceTold, said >= lines { reached = guest.lastLine }
            return reached.map { $0 + part }
        }
        guest.cut()
        if let start = guest.startTime { startTime += (start - startTime) / 4 }
        figures.recoveries += guest.recovery.map { [$0] } ?? []
        figures.mounts.formUnion(guest.mount.map { [$0] } ?? [])
        figures.killedWhile[guest.activity, default: 0] += 1
        note(guest.complaints)
        figures.strays += guest.strays
        return try boot(guest)
    }

    private var mountOptions: String { Self.mountOptions[figures.cuts % Self.mountOptions.count] }

    private func boot(_ guest: GuestRun) throws -> Boot {
        let log = try DiskLog(contentsOf: guest.log, announcements: GuestDisk.announcements)
        figures.writes += log.count - log.flushes
        figures.flushes += log.flushes
        return Boot(number: figures.cuts, log: log, before: disk, after: guest.disk)
    }

    private func note(_ complaints: [String]) {
        figures.stuck += complaints.count
        figures.findings += complaints.map { "cut \(figures.cuts): \($0)" }
    }

    /// Takes from a log what was acknowledged before one of its entries.
    private func hear(_ log: DiskLog, to position: Int, _ ledger: inout KillLedger) {
        for line in log.lines where line.position < position { ledger.hear(line.text) }
    }

    /// Makes states of a boot's disk at random instants, and has the store opened on each.
    private func look(_ boot: Boot, states: Int) async throws {
        for number in 0..<states {
            // The last instant, the one at which the power went, is always among them.
            let position = number == 0 ? boot.log.count : Int.random(in: 0...boot.log.count, using: &generator)
            let cut = number == 0 ? .dropped : DiskLog.Cut.allCases.randomElement(using: &generator) ?? .dropped
            let state = try boot.before.copy(to: "\(folder.path)/state")
            try boot.log.apply(cut, at: position, using: &generator, to: state.path)
            figures.states[cut, default: 0] += 1
            try await judge(
                state, boot.log, position, settling: number == 1,
                "cut \(boot.number), \(cut.rawValue) at \(position) of \(boot.log.count)")
        }
    }

    private func judge(
        _ state: GuestDisk, _ log: DiskLog, _ position: Int, settling: Bool, _ label: String
    ) async throws {
        var ledger = ledger
        hear(log, to: position, &ledger)
        let files = try folder.folder("files")
        defer { try? FileManager.default.removeItem(atPath: files) }
        if let wrong = try state.takeOut("data", to: files) {
            figures.stuck += 1
            figures.findings.append("\(label): \(wrong)")
            return
        }
        let data = "\(files)/data"
        if !FileManager.default.fileExists(atPath: data) { _ = try folder.folder("files/data") }
        // A case may have begun of which nothing had been said yet.
        let day = CasePair.days(to: CasePair(highest: ledger.highest).next)
        let inquest = await StateInquest(
            of: data, world, day, ledger, holding: held(log, to: position), settling: settling)
        figures.inquests += 2
        figures.add(inquest, label)
    }

    /// What central holds when the guest has come so far; a packet that was sent again it had already.
    private func held(_ log: DiskLog, to position: Int) -> [ModelCentral.Held] {
        var held = held
        for line in log.lines where line.position < position && line.text.hasPrefix("central ") {
            guard let received = ModelCentral.Held(line.text.dropFirst("central ".count)),
                !held.contains(where: { $0.packet == received.packet })
            else { continue }
            held.append(received)
        }
        return held
    }

    /// What the next start finds: the disk as QEMU left it, or without some of what was not flushed.
    private func chooseDisk(after boot: Boot) throws {
        held = held(boot.log, to: boot.log.count)
        let cut = DiskLog.Cut.allCases.randomElement(using: &generator) ?? .written
        figures.disks[cut.rawValue, default: 0] += 1
        if cut == .written {
            disk = try boot.after.copy(to: "\(folder.path)/next")
        } else {
            disk = try boot.before.copy(to: "\(folder.path)/next")
            try boot.log.apply(cut, at: boot.log.count, using: &generator, to: disk.path)
        }
        try FileManager.default.removeItem(atPath: "\(folder.path)/disk")
        try FileManager.default.moveItem(atPath: disk.path, toPath: "\(folder.path)/disk")
        disk = GuestDisk(path: "\(folder.path)/disk")
    }

    /// Starts once more, lets the kit come to the end of its cases, and the guest shut down.
    private func finish() throws {
        let guest = try GuestRun(
            options, folder, disk, world.text(holding: held), mounting: mountOptions, synchronous, ["--drain"])
        try guest.wait { _ in nil }
        figures.strays += guest.strays
        note(guest.complaints + (guest.isDrained ? [] : ["the kit does not come to the end of its day"]))
        figures.recoveries += guest.recovery.map { [$0] } ?? []
        let boot = try boot(guest)
        hear(boot.log, to: boot.log.count, &ledger)
        for line in boot.log.lines where line.text.hasPrefix("finding ") { note([String(line.text)]) }
        let replayed = try disk.copy(to: "\(folder.path)/state")
        try boot.log.apply(.written, at: boot.log.count, using: &generator, to: replayed.path)
        figures.isLogWhole = try replayed.isSame(as: boot.after)
    }
}
