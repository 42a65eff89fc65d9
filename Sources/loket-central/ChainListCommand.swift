import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central chain list`
struct ChainListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what is missing from each kit's numbers, and what contradicts them.",
        discussion: "A gap is nothing bad by itself: urgent packets go first, and it settles when the others come. "
            + "A fork means that two copies of a kit are at work, or that one was put back to an older state.")

    @OptionGroup var list: KitListOptions

    private struct Gap: Encodable {
        let first: Int
        let last: Int
        let since: String
    }

    private struct Unfinished: Encodable {
        let sequence: Int
        let packet: PacketID
        let since: String
    }

    private struct Fork: Encodable {
        let sequence: Int
        let kind: ChainFinding.Kind
        let packet: PacketID
        let digest: String
        let heldPacket: PacketID
        let heldDigest: String
        let foundAt: String
    }

    private struct Acceptance: Encodable {
        let sequence: Int
        let packet: PacketID
        let reason: AcceptanceReason
        let at: String
    }

    private struct Line: KitLine {
        let kit: KitID
        let signer: String
        let isCurrent: Bool
        let head: Int
        let received: Int
        let gaps: [Gap]
        let unfinished: [Unfinished]
        let forks: [Fork]
        let acceptances: [Acceptance]

        init(_ report: ChainReport) {
            kit = report.kit
            signer = report.signer
            isCurrent = report.isCurrent
            head = report.head
            received = report.received
            gaps = report.gaps.map { Gap(first: $0.first, last: $0.last, since: $0.since.rfc3339) }
            unfinished = report.unfinished.map {
                Unfinished(sequence: $0.sequence, packet: $0.packet, since: $0.since.rfc3339)
            }
            forks = report.findings.map {
                Fork(
                    sequence: $0.sequence, kind: $0.kind, packet: $0.packet, digest: $0.digest,
                    heldPacket: $0.heldPacket, heldDigest: $0.heldDigest, foundAt: $0.foundAt.rfc3339)
            }
            acceptances = report.acceptances.map {
                Acceptance(sequence: $0.sequence, packet: $0.packet, reason: $0.reason, at: $0.at.rfc3339)
            }
        }

        var text: [String] {
            ["\(kit)  \(isCurrent ? "" : "earlier key, ")\(received) received, highest number \(head)"]
                + gaps.map { "  missing \($0.first)\($0.last > $0.first ? " to \($0.last)" : "")  since \($0.since)" }
                + unfinished.map { "  unfinished \($0.sequence)  \($0.packet)  since \($0.since)" }
                + forks.map {
                    "  FORK at \($0.sequence) (\($0.kind.rawValue))  \($0.packet) against \($0.heldPacket)  \($0.foundAt)"
                }
                + acceptances.map { "  accepted \($0.sequence)  \($0.packet)  \($0.reason.rawValue)  \($0.at)" }
        }
    }

    func run() async throws {
        try await list.tell({ try await CentralService.chains(of: $0, in: $1) }, as: { Line($0) })
    }
}
