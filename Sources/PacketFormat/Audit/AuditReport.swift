package import EnrolmentCore

/// What reading a journal, its seals and what they speak of came to.
package struct AuditReport: Hashable, Sendable, Codable {
    /// Something that is in order and that whoever reads a journal must know all the same.
    package struct Remark: Hashable, Sendable, Codable {
        package enum Kind: String, CaseIterable, Sendable, Codable {
            /// Nothing covers the lines behind the last seal: some of them may have been taken away from the end.
            case unsealedLines
            /// Work was done on this day, and it was not closed.
            case dayNotClosed
            /// A seal is of an earlier day than the one before it.
            case dayEarlier
            /// The wall clock was set.
            case clockJumped
            /// A seal was made by a clock that could not be right.
            case clockImplausible
            /// The folder was an older copy of itself, and a technician accepted that.
            case rollbackAccepted
            /// Packets were purged so long ago that their manifests and receipts are kept no more.
            case packetsForgotten
            /// Packets and receipts were not looked at.
            case journalOnly
            /// Seals that whoever compares the journal does not hold: they were not sent yet.
            case sealsNotHeld
            /// Seals and packets that were given away before the kit was put back to an older copy, and that this
            /// journal cannot tell of; a technician accepted that.
            case sealsOfLostTime, packetsOfLostTime
        }

        package let kind: Kind
        package let position: Int?
        package let seal: Int?
        /// A number, a day or a code.
        package let detail: String

        package init(kind: Kind, position: Int?, seal: Int?, detail: String) {
            self.kind = kind
            self.position = position
            self.seal = seal
            self.detail = detail
        }
    }

    package var kit: String
    package var isTraining: Bool
    package var lines = 0
    package var seals = 0
    /// Lines behind the last seal.
    package var unsealedLines = 0
    /// Packets and receipts that were verified.
    package var packets = 0
    package var receipts = 0
    /// Files of packets without a receipt that were read and compared with their manifest; nil where only the journal
    /// was there to be read.
    package var packetFiles: Int?
    /// When a file was given away, as its kit said; nil for a journal that was read in its kit.
    package var exportedAt: Timestamp?
    /// Of the last line: lower-case hex SHA-256, empty without lines.
    package var head = ""
    /// In the order in which they were met.
    package var findings: [AuditFinding] = []
    package var remarks: [Remark] = []

    package var isWhole: Bool { findings.isEmpty }

    /// The first thing that is wrong, by where it is in the journal.
    package var first: AuditFinding? {
        findings.min { ($0.position ?? .max, $0.seal ?? .max) < ($1.position ?? .max, $1.seal ?? .max) }
    }

    package init(of chain: AuditChain, kit: KitID, isTraining: Bool) {
        self.kit = kit.text
        self.isTraining = isTraining
        lines = chain.lines
        seals = chain.seals.count
        unsealedLines = chain.unsealedLines
        head = chain.digest
        findings = chain.findings
        remarks = chain.remarks
    }
}
