import EnrolmentCore
import Foundation
import OfflineCache

/// One traced day, and the states that a power cut could have left at each of its operations.
struct CrashRun {
    private let world: CampaignWorld
    private let before: [String: [UInt8]]
    private let changes: [TracedChange]
    private let folder: CampaignFolder

    /// Bringing an old key file to today's cost takes longer than all the rest, so it is done on some states only.
    private static let settlingEvery = 8

    /// Traces a day in a process of its own.
    ///
    /// - Parameters:
    ///   - arguments: for `crash-trace`.
    ///   - files: of the data folder before the day.
    init(
        _ world: CampaignWorld, shim: String, _ arguments: [String] = [], from files: [String: [UInt8]] = [:]
    ) throws {
        self.world = world
        before = files
        folder = try CampaignFolder(in: CampaignFolder.inMemory)
        let (data, plan, trace) = ("\(folder.path)/data", "\(folder.path)/world", "\(folder.path)/trace")
        try Self.write(files, folders: [], to: data)
        try Data(world.text.utf8).write(to: URL(filePath: plan))
        let child = try ChildProcess(
            ["crash-trace", "--folder", data, "--output", trace, "--world", plan] + arguments,
            environment: ["LD_PRELOAD": shim])
        _ = child.readLines(until: nil) { line, _ in print(line) }
        guard child.wait() == 0, let bytes = FileManager.default.contents(atPath: trace),
            let changes = TracedChange.read([UInt8](bytes))
        else { throw CampaignFailure("the day could not be traced") }
        self.changes = changes
        try FileManager.default.removeItem(atPath: data)
    }

    /// Opens the store on every state, compares it with what had been acknowledged, and goes on with the day.
    ///
    /// - Parameters:
    ///   - every: looks at one of so many points.
    ///   - end: a mark behind which no point is looked at.
    func evaluate(
        every: Int, kinds: Set<PowerCut.Kind>, until end: String? = nil
    ) async throws -> CrashFigures {
        var figures = CrashFigures()
        var disk = DiskModel(files: before)
        var (said, held) = ([String](), world.held)
        var seen: Set<[Int]> = []
        var index = 0
        var last: TracedChange?
        var isOver = false
        let progress = CampaignProgress("crash points", of: operations(until: end))
        while true {
            // What was acknowledged behind an operation and before the next holds for a cut in between.
            while index < changes.count, !changes[index].isOperation {
                let change = changes[index]
                if change.kind == .mark {
                    isOver = isOver || change.name == end
                    said.append(change.name)
                    if change.name.hasPrefix("central "),
                        let received = ModelCentral.Held(Substring(change.name.dropFirst("central ".count)))
                    {
                        held.append(received)
                    }
                }
                disk.apply(change)
                index += 1
            }
            if figures.operations.isMultiple(of: every) || index == changes.count || isOver {
                figures.points += 1
                for cut in PowerCut.all(disk, after: last, kinds: kinds)
                where seen.insert([cut.image.fingerprint, said.count]).inserted {
                    figures.states[cut.kind, default: 0] += 1
                    let label = "\(cut.kind.rawValue) at \(figures.operations) (\(last.map(Self.name) ?? "start"))"
                    let settles = figures.states.values.reduce(0, +) % Self.settlingEvery == 0
                    try await judge(cut.image, said, held, settling: settles, label, &figures)
                }
            }
            guard index < changes.count, !isOver else { break }
            disk.apply(changes[index])
            last = changes[index]
            figures.operations += 1
            index += 1
            progress.advance()
        }
        return figures
    }

    /// Operations before the mark behind which no point is looked at.
    private func operations(until end: String?) -> Int {
        let last = end.flatMap { end in changes.firstIndex { $0.kind == .mark && $0.name == end } } ?? changes.count
        return changes[..<last].count { $0.isOperation }
    }

    private func judge(
        _ image: DiskModel.Image, _ said: [String], _ held: [ModelCentral.Held], settling: Bool, _ label: String,
        _ figures: inout CrashFigures
    ) async throws {
        let data = "\(folder.path)/state"
        try Self.write(image.files, folders: image.folders, to: data)
        defer { try? FileManager.default.removeItem(atPath: data) }
        var ledger = world.ledger()
        for line in said { ledger.hear(Substring(line)) }
        let inquest = await StateInquest(of: data, world, world.day, ledger, holding: held, settling: settling)
        figures.lost += inquest.lost.count
        figures.doubled += inquest.doubled.count
        figures.halfVisible += inquest.halfVisible.count
        figures.stuck += inquest.stuck.isEmpty ? 0 : 1
        figures.recovered += inquest.recovered
        figures.findings += inquest.findings.map { "\(label): \($0)" }
    }

    private static func name(_ change: TracedChange) -> String {
        "\(change.kind) \(change.name)\(change.second.isEmpty ? "" : " \(change.second)")"
    }

    /// Makes a data folder of what lies on a disk.
    static func write(_ files: [String: [UInt8]], folders: Set<String>, to path: String) throws {
        let named = files.keys.compactMap { name in name.lastIndex(of: "/").map { String(name[..<$0]) } }
        for name in [""] + folders.union(named).sorted() {
            try FileManager.default.createDirectory(
                atPath: name.isEmpty ? path : "\(path)/\(name)", withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        }
        for (name, bytes) in files {
            let isMade = FileManager.default.createFile(
                atPath: "\(path)/\(name)", contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            guard isMade else { throw CampaignFailure("cannot write \(name)") }
        }
    }
}
