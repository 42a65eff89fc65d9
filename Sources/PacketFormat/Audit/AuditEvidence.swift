package import EnrolmentCore

/// What somebody else holds of a kit's journal: the seals that it was given, and the packets that came. Whoever
/// cuts a journal cannot take these away.
package struct AuditEvidence: Sendable {
    package struct Packet: Hashable, Sendable {
        package let id: PacketID
        /// Its number in the chain of the kit's manifests.
        package let sequence: Int

        package init(id: PacketID, sequence: Int) {
            self.id = id
            self.sequence = sequence
        }
    }

    /// Verified, in the order of their numbers.
    package let seals: [SignedAuditSeal]
    package let packets: [Packet]

    package init(seals: [SignedAuditSeal], packets: [Packet]) {
        self.seals = seals
        self.packets = packets
    }
}

/// Compares a journal, line by line as it is read, with what somebody else holds of it.
struct AuditComparison {
    private let evidence: AuditEvidence
    private var told: Set<PacketID> = []
    /// Where a technician accepted an older copy of the kit, and after which number its manifests went on.
    private var accepted: [(position: Int, sequence: Int)] = []

    init(_ evidence: AuditEvidence) { self.evidence = evidence }

    mutating func take(_ record: JournalRecord) {
        guard let line = record.line else { return }
        switch line.event {
        case .packetSealed: if let packet = line.packetID { told.insert(packet) }
        case .rollbackAccepted: accepted.append((line.position, line.reason.flatMap { Int($0) } ?? 0))
        default: break
        }
    }

    /// Adds what the journal lacks; what was lost with an older copy that was accepted is a remark.
    ///
    /// - Parameter seals: those of the journal.
    func finish(_ report: inout AuditReport, seals: [SignedAuditSeal], lastPosition: Int) {
        let known = Dictionary(seals.map { ($0.digest, $0.seal.position) }, uniquingKeysWith: max)
        // The last line up to which the two agree.
        var (lost, common) = (0, 0)
        for held in evidence.seals {
            if let position = known[held.digest] {
                common = max(common, position)
                continue
            }
            guard !accepted.contains(where: { $0.position > common }) else {
                lost += 1
                continue
            }
            report.findings.append(Self.finding(held.seal, lastPosition: lastPosition))
        }
        let untold = evidence.packets.filter { !told.contains($0.id) }
        for packet in untold where !accepted.contains(where: { $0.sequence >= packet.sequence }) {
            report.findings.append(AuditFinding(.packetWithoutLine, detail: "\(packet.id), number \(packet.sequence)"))
        }
        if lost > 0 { remark(.sealsOfLostTime, lost, &report) }
        let excused = untold.count { packet in accepted.contains { $0.sequence >= packet.sequence } }
        if excused > 0 { remark(.packetsOfLostTime, excused, &report) }
        let held = Set(evidence.seals.map(\.digest))
        let unknown = seals.count { !held.contains($0.digest) }
        if unknown > 0 { remark(.sealsNotHeld, unknown, &report) }
    }

    private static func finding(_ seal: AuditSeal, lastPosition: Int) -> AuditFinding {
        guard seal.position > lastPosition else {
            return AuditFinding(.historyDiffers, position: seal.position, seal: seal.number, detail: seal.day)
        }
        return AuditFinding(
            .endCutOff, position: lastPosition + 1, seal: seal.number,
            detail: "to line \(seal.position), closed \(seal.day)")
    }

    private func remark(_ kind: AuditReport.Remark.Kind, _ count: Int, _ report: inout AuditReport) {
        report.remarks.append(AuditReport.Remark(kind: kind, position: nil, seal: nil, detail: "\(count)"))
    }
}
