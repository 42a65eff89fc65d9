import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct DeliverVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "One visit in which cards are handed over, without screens: the answers come from a JSON file.",
        discussion: "PINs are never part of the script, an argument or the environment. On a kit for training they"
            + " come from --pins; on any other the citizen types them on the reader's own keys.")
    @Option(help: "The answers.") var script: String
    @Option(
        help: ArgumentHelp(
            "Training only: a file of mode 0600 with a line for each case: its name, the PIN of the letter, the new PIN."
        ))
    var pins: String?
    @OptionGroup var kit: KitOptions
    @OptionGroup var login: LoginOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var devices: DeviceOptions
    @OptionGroup var report: ReportOptions

    struct Delivered: Encodable {
        let `case`: String
        /// Absent when there was nothing to tell central.
        let packet: String?
        /// Absent when the card was handed over.
        let stopped: String?
    }

    func run() async throws {
        try await report.reporting {
            let script = try DeliveryScript(contentsOf: URL(filePath: script))
            let pins = try pins.map { path throws(FailureReport) in try ScriptPINs(readingFrom: path) }
            let rules = try rules.fingerRules(of: kit.folder)
            let opened = try await kit.open(in: report.language)
            let source = try devices.source()
            let officer = try await login.officer(
                on: opened, reader: try await source.devices(for: nil).cardReader, claiming: script.officer,
                within: devices.limits.card, in: report.language)
            let station = try Station(
                kit: opened, devices: source, officer: officer,
                trust: try await StationTrust(opened, clock: SystemClock()), rules: rules, clock: SystemClock(),
                limits: devices.limits)
            var delivered: [Delivered] = []
            for planned in script.visit.cases {
                guard let answers = script.answers[planned.id.text] else { continue }
                let ending = try await station.deliver(planned, in: script.visit, answers: answers, pins: pins)
                delivered.append(
                    Delivered(
                        case: planned.id.text, packet: ending.packet?.description, stopped: ending.stopped?.rawValue))
            }
            try report.print(delivered) { delivered.map { Self.line($0, in: report.words) }.joined(separator: "\n") }
        }
    }

    private static func line(_ delivered: Delivered, in words: Catalogue) -> String {
        let what = delivered.stopped.map { words.line(.notDeliveredBecause, $0) } ?? words.line(.delivered)
        return "\(delivered.case): \(what)" + (delivered.packet.map { ", " + words.line(.storedAs, $0) } ?? "")
    }
}
