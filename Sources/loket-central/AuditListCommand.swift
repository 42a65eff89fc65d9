import ArgumentParser
import CentralServer
import EnrolmentCore
import PacketFormat
import SyncProtocol

/// `loket-central audit list`
struct AuditListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the closed days of each kit, and the days that are not closed.",
        discussion: """
            A day without a seal though packets came was not closed, or its seal has not come yet. A gap settles when \
            the seals between come. A fork means that two copies of a kit are at work, or that one was put back to an \
            older state. LOOK says that a person must.
            """)

    @OptionGroup var list: KitListOptions

    private struct Day: Encodable {
        let day: String
        let number: Int
        let part: Int
        let branch: Int
        let sealedAt: String
        let receivedAt: String
        let clock: TimeConfidence
        let lines: Int
        let waiting: Int
        let setAside: Int
        let openDrafts: Int
        let contradiction: SealContradiction?
        let differs: [SealReport.Head]

        init(_ entry: SealReport.Entry) {
            let seal = entry.signed.seal
            (day, number, part, branch) = (seal.day, seal.number, seal.part, entry.branch)
            sealedAt = seal.sealedAt.rfc3339
            receivedAt = entry.receivedAt.rfc3339
            clock = seal.timeConfidence
            lines = seal.position
            (waiting, setAside, openDrafts) = (seal.counts.waiting, seal.counts.setAside, seal.counts.openDrafts)
            contradiction = entry.contradiction
            differs = entry.differs.sorted { $0.rawValue < $1.rawValue }
        }

        var text: String {
            "  closed \(day)\(part > 0 ? " again (\(part))" : "")  seal \(number)\(branch > 0 ? " of journal \(branch + 1)" : "")"
                + "  \(sealedAt)  \(lines) lines, waiting \(waiting), set aside \(setAside), drafts \(openDrafts)"
                + (clock == .implausible ? "  CLOCK WRONG" : "")
                + (contradiction.map { "  FORK (\($0.rawValue))" } ?? "")
                + differs.map { "  CONTRADICTS \($0.rawValue)" }.joined()
        }
    }

    private struct OpenDay: Encodable {
        let day: String
        let packets: Int
        let coveredBy: Int?
        let isToday: Bool

        var text: String {
            let state = isToday ? "open" : "NOT CLOSED"
            return "  \(state) \(day)  packets \(packets)" + (coveredBy.map { ", covered by seal \($0)" } ?? "")
        }
    }

    private struct Refusal: Encodable {
        let code: RefusalCode
        let count: Int
        let lastAt: String
    }

    private struct Line: KitLine {
        let kit: KitID
        let needsLook: Bool
        let closed: [Day]
        let notClosed: [OpenDay]
        let gaps: [SealReport.Gap]
        let refusals: [Refusal]

        init(_ report: SealReport) {
            kit = report.kit
            needsLook = report.needsLook
            closed = report.entries.map { Day($0) }
            notClosed = report.openDays.map {
                OpenDay(day: $0.day.iso8601, packets: $0.packets, coveredBy: $0.coveredBy, isToday: $0.isToday)
            }
            gaps = report.gaps
            refusals = report.refusals.map { Refusal(code: $0.code, count: $0.count, lastAt: $0.lastAt.rfc3339) }
        }

        var text: [String] {
            ["\(kit)  seals \(closed.count)\(needsLook ? ", LOOK" : "")"] + closed.map(\.text)
                + gaps.map { "  missing seal \($0.first)\($0.last > $0.first ? " to \($0.last)" : "")" }
                + notClosed.map(\.text)
                + refusals.map { "  refused \($0.count) times (\($0.code.rawValue)), last \($0.lastAt)" }
        }
    }

    func run() async throws {
        try await list.tell({ try await CentralService.seals(of: $0, in: $1) }, as: { Line($0) })
    }
}
