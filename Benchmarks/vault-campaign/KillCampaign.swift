import ArgumentParser
import CentralServer
import EnrolmentCore
import Foundation
import PacketFormat
import SyncProtocol

/// T1: a process that captures, seals, queues, uploads and purges is killed at random instants, thousands of times.
struct KillCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kills", abstract: "Kill the kit, and sometimes central, at random instants (T1).")

    @Option(help: "How often the kit is killed.") var rounds = 1000
    @Option var seed: UInt64 = 1
    @Option(help: "Rounds after which a new kit takes over.") var kitLife = 250
    @Option(help: "Central is killed in one of so many rounds; 0 for never.") var centralEvery = 25
    @Option(help: "Where the folders are made.") var folder: String?
    @Flag(help: "Acknowledge before it is done: the campaign must then find losses.") var lie = false
    @Flag(help: "Print the figures as JSON.") var json = false

    func run() async throws {
        let figures = try await KillRun(self).run()
        if json { return print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self)) }
        var verdict = CampaignVerdict()
        print(figures.text)
        if lie {
            verdict.expect(figures.lost > 0, "a kit that acknowledges too early is found out: \(figures.lost) lost")
        } else {
            verdict.expect(figures.lost == 0, "nothing that was acknowledged is lost")
            verdict.expect(figures.doubled == 0, "nothing is there twice")
            verdict.expect(figures.halfVisible == 0, "nothing is half there")
            verdict.expect(
                figures.atCentral == figures.packets, "central holds each packet once, byte for byte what was captured")
        }
        for finding in figures.findings.prefix(lie ? 3 : 20) { print("     \(finding)") }
        try verdict.close("vault-kills")
    }
}

/// What the campaign counted.
struct KillFigures: Codable {
    var seed: UInt64
    var rounds = 0
    var centralKills = 0
    /// Kills by what the kit was doing.
    var killedWhile: [String: Int] = [:]
    var inquests = 0
    var acknowledged = 0
    var recovered = 0
    var lost = 0
    var doubled = 0
    var halfVisible = 0
    /// Sealed, of all kits.
    var packets = 0
    /// Of these at central, once, with the content that was captured.
    var atCentral = 0
    /// Milliseconds from the start of the process until it is ready, and of that the store's own.
    var recoveryP50 = 0.0
    var recoveryP99 = 0.0
    var openingP99 = 0.0
    var seconds = 0.0
    var findings: [String] = []

    var text: String {
        """
        \(rounds) kills of the kit, \(centralKills) of central, seed \(seed), \(Int(seconds)) s
        killed while \(killedWhile.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        acknowledged \(acknowledged), compared in \(inquests) inquests: lost \(lost), doubled \(doubled), \
        half visible \(halfVisible); unacknowledged but there \(recovered)
        packets \(packets), at central once and whole \(atCentral)
        from process start to ready p50 \(recoveryP50) ms, p99 \(recoveryP99) ms; the store's part p99 \(openingP99) ms
        """
    }
}
