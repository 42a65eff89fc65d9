/// One thing that is not as it should be in a journal, its seals, or what they speak of.
package struct AuditFinding: Hashable, Sendable, Codable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        // The journal's own chain.
        /// The line does not follow from the one before: something in one of the two was changed.
        case lineChanged
        /// One or more lines before this one are not there.
        case linesMissing
        /// The line stands before one that it should follow.
        case lineOutOfOrder
        /// The line tells of something that no journal tells of.
        case lineUnreadable
        // The seals.
        /// No key that the kit is known by made it, or it is no seal.
        case sealNotBelieved
        /// It is for training where the journal is not, or the reverse.
        case sealOfOtherMode
        /// One or more seals before this one are not there.
        case sealsMissing
        /// It does not name the seal before, or repeats its number.
        case sealOutOfOrder
        /// The row says something else than the statement in it.
        case sealRowDiffers
        /// It covers lines that are not there: the journal's end was cut off.
        case endCutOff
        /// The line that it covers last has another digest: lines since the seal before were rewritten.
        case linesRewritten
        /// The lines that it covers are not those that it counted.
        case countsDiffer
        // What the lines speak of.
        /// A packet was sealed by the journal, and is not in the queue.
        case packetMissing
        /// A packet is in the queue, and no line tells of it.
        case packetWithoutLine
        /// The file of a packet that has no receipt yet is gone, or is not the one that was sealed.
        case packetFileDiffers
        /// The row of a packet is not as the kit wrote it, so that nothing it says is believed.
        case packetRowChanged
        /// A manifest is not one of this kit, or does not follow from the one before.
        case manifestNotBelieved
        /// A receipt was stored by the journal, and is not in the queue.
        case receiptMissing
        case receiptWithoutLine
        /// A receipt is not one of central, or does not follow from the one before.
        case receiptNotBelieved
        /// A seal, or the store's own note, says that the chain of manifests or receipts stood elsewhere.
        case headDiffers
        // A file that was exported.
        /// A line of the file is not as it was written.
        case fileChanged
        /// The file does not end as it was written.
        case fileCutOff
        /// What the file holds is not what was held before: it, or the kit, is another or an older one.
        case historyDiffers
    }

    package let kind: Kind
    /// Of the journal's line where it was found.
    package let position: Int?
    /// The number of the seal where it was found.
    package let seal: Int?
    /// For a technician; holds no personal datum.
    package let detail: String

    package init(_ kind: Kind, position: Int? = nil, seal: Int? = nil, detail: String = "") {
        self.kind = kind
        self.position = position
        self.seal = seal
        self.detail = detail
    }
}
