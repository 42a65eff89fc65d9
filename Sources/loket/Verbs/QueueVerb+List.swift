import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import StationApp
import StationUI

extension QueueVerb {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The packets, in the order in which they are sent, with the state of each.")
        @Option(
            help:
                "Only in this state, more than once for several: \(PacketState.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        var state: [PacketState] = []

        @Option(help: "Only sealed on this day, as 2026-11-22.")
        var day: String?

        @Option(help: "Only with this in the name of the packet, the case or the visit.")
        var search: String?

        @Option(help: "At most so many.")
        var limit: Int?

        @Flag(help: "The newest first.")
        var newest = false

        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func validate() throws {
            if let day, CalendarDate(iso8601: day) == nil { throw ValidationError("\(day) is no day") }
            if let limit, limit < 1 { throw ValidationError("at least one packet") }
        }

        func run() async throws {
            try await report.reporting {
                let kit = try await kit.open(in: report.language)
                var query = QueueQuery()
                if !state.isEmpty { query.states = Set(state) }
                query.sealed = day.flatMap { CalendarDate(iso8601: $0) }.map { OpenKit.bounds(of: $0) }
                query.text = search
                query.order = newest ? .newestFirst : .sending
                var rows: [Row] = []
                var unreadable = 0
                repeat {
                    query.limit = min(1000, limit.map { $0 - rows.count } ?? 1000)
                    let page = try await kit.packets(query)
                    rows += page.lines.map(Row.init)
                    unreadable += page.unreadable.count
                    query.after = page.next
                } while query.after != nil && rows.count < limit ?? .max
                try report.print(rows) { rows.map(\.line).joined(separator: "\n") }
                if unreadable > 0 {
                    let line = report.words.line(.queueUnreadable, report.words.count(unreadable, .row))
                    FileHandle.standardError.write(Data("loket: \(line)\n".utf8))
                }
            }
        }
    }
}

extension PacketState: ExpressibleByArgument {}
