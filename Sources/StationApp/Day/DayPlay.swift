import CentralServer
package import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationUI

/// Plays a whole field day: offline visits, a real SIGKILL in the middle of a finger, the way on after
/// it, a network that comes back and breaks once, receipts, an empty laptop; then looks for anything
/// that was left readable.
package struct DayPlay: Sendable {
    package struct Options: Sendable {
        /// Of the screens.
        package var language: Language
        /// Without pauses.
        package var isFast: Bool
        /// Lines instead of screens.
        package var isPlain: Bool
        /// Standard output belongs to the JSON report.
        package var isQuiet: Bool

        package init(language: Language, isFast: Bool, isPlain: Bool, isQuiet: Bool) {
            self.language = language
            self.isFast = isFast
            self.isPlain = isPlain
            self.isQuiet = isQuiet
        }
    }

    /// What the day came to; each figure is counted, none is assumed.
    package struct Report: Codable, Sendable {
        package var visits = 0
        package var people = 0
        /// Of them, how many were handed a finished card; the others applied for one.
        package var cardsDelivered = 0
        /// Samples that a device gave and that were on disk before they were shown: cards, photos,
        /// fingers, signatures.
        package var captures = 0
        package var packetsSealed = 0
        package var bytes = 0
        package var uploadsResumed = 0
        package var receiptsVerified = 0
        package var packetsLeft = 0
        package var draftsLeft = 0
        package var killed = 0
        package var connectionsCut = 0
        package var plaintextFound = 0
        package var plaintextNeedles = 0
        package var seconds = 0.0

        package init() {}

        package var isGood: Bool {
            packetsSealed == people && receiptsVerified == packetsSealed && packetsLeft == 0 && draftsLeft == 0
                && plaintextFound == 0 && plaintextNeedles > 0 && killed == 1 && uploadsResumed >= 1
        }
    }

    private let options: Options
    private let clock: any WallClock
    private static let kit = KitID("OEFENKIT-1")
    /// The person whose second finger the program does not survive.
    private static let killedAt = CaseID("oefening-2b")
    private static let lastOfflineVisit = VisitID("oefening-2")
    /// Within the second piece of the first packet.
    private static let cutAfterBytes = 100_000

    package init(_ options: Options, clock: any WallClock) {
        self.options = options
        self.clock = clock
    }

    package func run() async throws -> Report {
        let started = ContinuousClock.now
        let folders = try DemoFolders()
        defer { folders.remove() }
        let demo = try await DemoKit.make(in: folders, kit: Self.kit, clock: clock)
        let day = try TrainingDay.builtIn(today: LocalTime.day(of: clock.now()))
        try await demo.plan(day.visits)
        let reader = try DayReportReader(path: folders.report.path)

        say(.playOffline)
        let counts = DayCounts(reader, killAt: Self.killedAt)
        try await counts.play(
            try program(folders, ["--until", Self.lastOfflineVisit.text, "--hold-at", Self.killedAt.text]))
        try folders.keepCopy(named: "after-kill")
        say(.playKilled)
        try await counts.play(try program(folders, ["--until", Self.lastOfflineVisit.text]))
        try folders.keepCopy(named: "offline")
        say(.playOnline)
        try await demo.link.connect(cuttingOnceAfter: Self.cutAfterBytes)
        try await counts.play(try program(folders, ["--sync"]))

        var report = await counts.report
        report.visits = day.visits.count
        report.people = day.people.count
        report.connectionsCut = demo.link.cuts
        try await count(&report, demo, day, await counts.samples, folders)
        await demo.central.stop()
        report.seconds = Double(started.duration(to: .now).wholeMilliseconds) / 1000
        return report
    }

    private func program(_ folders: DemoFolders, _ arguments: [String]) throws(FailureReport) -> ChildProgram {
        var all = [
            "demo-station", "--home", folders.kit.path, "--passphrase-file", folders.passphrase.path,
            "--report", folders.report.path, "--language", options.language.rawValue,
        ]
        if options.isFast { all.append("--fast") }
        if options.isPlain { all.append("--plain") }
        if options.isQuiet { all.append("--quiet") }
        return try ChildProgram(arguments: all + arguments)
    }

    /// Counts what the store and central hold at the end, and searches every copy of the data folder.
    private func count(
        _ report: inout Report, _ demo: DemoKit, _ day: TrainingDay,
        _ samples: [(part: EnrolmentPart, fragment: [UInt8])],
        _ folders: DemoFolders
    ) async throws {
        let open = try await demo.folder.open(passphrase: folders.readPassphrase(), clock: clock)
        defer { open.store.close() }
        let packets = try await open.packets()
        report.packetsSealed = packets.count
        report.bytes = packets.map(\.fileSize).reduce(0, +)
        report.packetsLeft = packets.filter { $0.state != .purged }.count
        report.draftsLeft = try await open.store.drafts.cases().count
        report.receiptsVerified = try demo.verifiedReceipts(of: packets)
        var scan = PlaintextScan()
        for packet in packets { try demo.addNeedles(of: packet, to: &scan) }
        day.addNeedles(to: &scan)
        for sample in samples { scan.add(fragment: sample.fragment, label: "sample.\(sample.part.rawValue)") }
        report.plaintextNeedles = scan.needleCount
        let found = try folders.searched.flatMap { try scan.search(folder: $0) }
        for finding in found { say(.playReadable, finding.label, finding.form.rawValue, finding.file) }
        report.plaintextFound = found.count
    }

    private func say(_ text: LineText, _ values: String...) {
        // On standard error, so that a JSON report stays alone on standard output.
        FileHandle.standardError.write(Data("== \(Catalogue(options.language).line(text, values))\n".utf8))
    }
}

/// Follows one station program after the other and adds up what they tell.
private actor DayCounts {
    private(set) var report = DayPlay.Report()
    private let reader: DayReportReader
    private let killAt: CaseID
    private var program: ChildProgram?
    private var failure: String?
    /// Fragments of every sample, as the devices gave them.
    private(set) var samples: [(part: EnrolmentPart, fragment: [UInt8])] = []

    init(_ reader: DayReportReader, killAt: CaseID) {
        self.reader = reader
        self.killAt = killAt
        Task { [weak self] in
            for await event in reader.events { await self?.take(event) }
        }
    }

    /// Runs one program to its end, killing it where the day says so.
    func play(_ program: ChildProgram) async throws(FailureReport) {
        self.program = program
        let ending = await program.ending()
        self.program = nil
        switch ending {
        case .killed(SIGKILL): report.killed += 1
        case .exited(0): break
        case .exited(let status):
            throw FailureReport(
                .store(.unreadable), detail: "the station ended with \(failure ?? String(status))", kept: .draft)
        case .killed(let signal):
            throw FailureReport(.store(.unreadable), detail: "the station ended by signal \(signal)", kept: .draft)
        }
    }

    private func take(_ event: DayEvent) {
        switch event {
        case .captured(_, let part, let fragments):
            report.captures += 1
            samples += fragments.map { (part, [UInt8]($0)) }
        case .fingerBegun(killAt, 1) where report.killed == 0: program?.kill()
        case .fingerBegun, .sealed: break
        case .delivered: report.cardsDelivered += 1
        case .synced(_, let resumed, _): report.uploadsResumed += resumed
        case .failed(let code): failure = code
        }
    }
}
