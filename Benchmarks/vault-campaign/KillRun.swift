import CentralServer
import EnrolmentCore
import Foundation
import PacketFormat
import SyncProtocol

/// One run of the kill campaign: a central, one kit after the other, and a killer.
final class KillRun {
    private let options: KillCampaign
    private let folder: CampaignFolder
    private let centralFolder: String
    private let configuration: CentralConfiguration
    private var generator: SeededGenerator
    private var figures: KillFigures
    private var recoveries: [Double] = []
    private var openings: [Double] = []
    private let progress: CampaignProgress
    private var central: ChildProcess?
    private var port = 0
    /// How long a start and a whole case take, in seconds, so that the kills fall everywhere.
    private var startTime = 0.3
    private var caseTime = 0.3

    private static let longestCase = 10.0
    private static let longestDrain = 180.0

    init(_ options: KillCampaign) throws {
        self.options = options
        progress = CampaignProgress("kills", of: options.rounds)
        folder = try CampaignFolder(in: options.folder)
        centralFolder = try folder.folder("central")
        configuration = KillCentral.settings(centralFolder)
        generator = SeededGenerator(seed: options.seed)
        figures = KillFigures(seed: options.seed)
        _ = try CentralKeys.make(in: configuration.keyDirectory, training: false)
    }

    func run() async throws -> KillFigures {
        let start = ChildProcess.now()
        try startCentral()
        while figures.rounds < options.rounds {
            try await liveOneKit(min(options.kitLife, options.rounds - figures.rounds))
        }
        central?.kill()
        figures.seconds = ChildProcess.now() - start
        figures.recoveryP50 = Self.milliseconds(recoveries, 0.5)
        figures.recoveryP99 = Self.milliseconds(recoveries, 0.99)
        figures.openingP99 = Self.milliseconds(openings, 0.99)
        return figures
    }

    private func startCentral() throws {
        let process = try ChildProcess(["kills-central", "--folder", centralFolder, "--port", "\(port)"])
        var listening = 0
        func hear(_ line: Substring, _ now: Double) {
            if line.hasPrefix("listening ") { listening = Int(line.dropFirst("listening ".count)) ?? 0 }
        }
        while listening == 0, process.readLines(until: ChildProcess.now() + 0.01, hear) {}
        guard listening > 0 else { throw ChildFailure(what: "central does not start", code: 0) }
        port = listening
        central = process
    }

    /// Kills one kit `rounds` times, lets it finish, and looks what central has of it.
    private func liveOneKit(_ rounds: Int) async throws {
        let name = "kit-\(figures.rounds)"
        let seed = generator.next()
        let bundle = try await CentralService.registerKit(
            KitID(name), url: "https://localhost:\(port)", in: configuration)
        let paths = (folder: try folder.folder(name), bundle: "\(folder.path)/\(name).json")
        try CentralService.write(bundle, to: paths.bundle)
        let arguments = ["kills-child", "--folder", paths.folder, "--bundle", paths.bundle, "--seed", "\(seed)"]
        var ledger = KillLedger(seed: seed)
        for round in 0..<rounds {
            try killOnce(arguments + (options.lie ? ["--lie"] : []), measuring: round == 0, &ledger)
            progress.advance()
        }
        try drain(arguments + ["--drain"], &ledger)
        try await lookAtCentral(KitID(name), seed, &ledger)
        figures.inquests += ledger.inquests
        figures.acknowledged += ledger.acknowledged
        figures.recovered += ledger.recovered
        figures.lost += ledger.lost.count
        figures.doubled += ledger.doubled.count
        figures.halfVisible += ledger.halfVisible.count
        figures.findings += ledger.lost.map { "\(name) lost \($0)" }
        figures.findings += ledger.doubled.map { "\(name) doubled \($0)" }
        figures.findings += ledger.halfVisible.map { "\(name) half visible \($0)" }
        try? FileManager.default.removeItem(atPath: paths.folder)
    }

    /// - Parameter measuring: lets it finish a case first, to learn how long that takes on this machine now.
    private func killOnce(_ arguments: [String], measuring: Bool, _ ledger: inout KillLedger) throws {
        figures.rounds += 1
        let start = ChildProcess.now()
        let killsCentral = options.centralEvery > 0 && generator.next() % UInt64(options.centralEvery) == 0
        let part = Double.random(in: 0...1, using: &generator)
        let centralDeadline = start + startTime + Double.random(in: 0...caseTime, using: &generator)
        var deadline = start + part * (startTime + caseTime * 1.5)
        let child = try ChildProcess(arguments)
        var hearing = Hearing(start: start, ledger: ledger)
        if measuring {
            while hearing.caseTime == nil, ChildProcess.now() < start + Self.longestCase,
                child.readLines(until: ChildProcess.now() + 0.01, { hearing.hear($0, $1) })
            {}
            deadline = ChildProcess.now() + part * caseTime
        }
        if killsCentral, centralDeadline < deadline, child.readLines(until: centralDeadline, { hearing.hear($0, $1) }) {
            figures.centralKills += 1
            central?.kill()
            try startCentral()
        }
        let isAlive = child.readLines(until: deadline) { hearing.hear($0, $1) }
        child.kill { hearing.hear($0, $1) }
        ledger = hearing.ledger
        if !isAlive { ledger.halve("the program ended by itself in round \(figures.rounds)") }
        note(hearing, measured: measuring)
    }

    private func note(_ hearing: Hearing, measured: Bool) {
        figures.killedWhile[hearing.activity, default: 0] += 1
        guard let ready = hearing.ready else {
            // The machine has become slower: without this the kills would gather at the start.
            startTime *= 1.05
            return
        }
        recoveries.append(ready)
        openings.append(hearing.opening)
        startTime += (ready - startTime) / (measured ? 1 : 20)
        if let length = hearing.caseTime { caseTime += (length - caseTime) / (measured ? 1 : 20) }
    }

    private func drain(_ arguments: [String], _ ledger: inout KillLedger) throws {
        let child = try ChildProcess(arguments)
        var hearing = Hearing(start: ChildProcess.now(), ledger: ledger)
        if child.readLines(until: ChildProcess.now() + Self.longestDrain, { hearing.hear($0, $1) }) {
            child.kill()
        } else {
            child.wait()
        }
        ledger = hearing.ledger
        if !hearing.isDrained { ledger.halve("the kit does not come to the end of its queue") }
    }

    /// Opens with central's own key what it holds of a kit, and compares it with what was captured.
    private func lookAtCentral(_ kit: KitID, _ seed: UInt64, _ ledger: inout KillLedger) async throws {
        let identity = try CentralService.identity(in: "\(configuration.keyDirectory)/packet-hybrid.agekey")
        var found: [Int: Int] = [:]
        for packet in try await CentralService.packets(in: configuration) where packet.kit == kit {
            guard packet.receivedAt != nil else { continue }
            var content: [UInt8] = []
            try AgeDecryptor.decrypt(
                CentralService.reader(of: configuration.path(of: packet.id)), identities: [identity]
            ) { content += $0 }
            let number = InventedCase.number(in: content) ?? 0
            found[number, default: 0] += 1
            if content != InventedCase(seed: seed, number: number).content(InventedCase.lastRevision) {
                ledger.halve("case \(number) at central")
            } else if found[number] == 1 {
                figures.atCentral += 1
            }
            if found[number, default: 0] > 1 { ledger.double("case \(number) at central") }
        }
        for number in ledger.sealed.keys where found[number] == nil { ledger.lose("case \(number) at central") }
        figures.packets += ledger.sealed.count
    }

    private static func milliseconds(_ seconds: [Double], _ part: Double) -> Double {
        guard !seconds.isEmpty else { return 0 }
        let sorted = seconds.sorted()
        return (sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] * 10_000).rounded() / 10
    }
}

/// What is heard of one child.
private struct Hearing {
    let start: Double
    var ledger: KillLedger
    var ready: Double?
    var opening = 0.0
    var caseTime: Double?
    var isDrained = false
    /// What it was doing when the last line was heard.
    private(set) var activity = "recovering"
    private var begun: Double?

    init(start: Double, ledger: KillLedger) {
        self.start = start
        self.ledger = ledger
    }

    mutating func hear(_ line: Substring, _ now: Double) {
        ledger.hear(line)
        if line.hasPrefix("ready ") {
            ready = now - start
            opening = (Double(line.dropFirst("ready ".count)) ?? 0) / 1e6
        }
        if line == "told" { begun = now }
        if line == "told" || line.hasPrefix("received ") { activity = "capturing" }
        if line.hasPrefix("saved "), line.hasSuffix(" \(InventedCase.lastRevision)") { activity = "sealing" }
        if line.hasPrefix("sealed ") { activity = "sending or capturing the next" }
        if line.hasPrefix("received "), caseTime == nil, let begun { caseTime = now - begun }
        if line == "drained" { isDrained = true }
    }
}
