import EnrolmentCore

/// Reads a journal and its seals in order and says what is wrong with them; without a store, a clock or a file.
///
/// A line is compared with the digest that the line before it *has*, not with the one that it should have: so
/// one edit is one finding, at its own place, and what stands behind it is still looked at.
package struct AuditChain {
    /// A seal as it was held; nil for what the holder does not say beside the statement.
    package struct HeldSeal: Sendable {
        package let number: Int
        package let day: String?
        package let part: Int?
        package let position: Int?
        package let statement: String

        package init(
            number: Int, day: String? = nil, part: Int? = nil, position: Int? = nil, statement: String
        ) {
            self.number = number
            self.day = day
            self.part = part
            self.position = position
            self.statement = statement
        }
    }

    /// No journal is longer, and no sum of two of them overflows.
    private static let numbers = 1...(1 << 48)

    private let verifier: AuditSealVerifier
    private let isTraining: Bool

    private var found: [AuditFinding] = []
    /// The last line that closes a day, and the last line that stood there when a seal came, believed or not.
    private var lastClose = 0
    private var lastSealed = 0
    /// What was met on the way; `remarks` adds what only the end can tell.
    private var notes: [AuditReport.Remark] = []
    private(set) var lines = 0
    private(set) var seals: [SignedAuditSeal] = []
    /// Of the last line.
    private(set) var position = 0
    private(set) var digest = ""
    private var events: [String: Int] = [:]
    /// Lines that are wrong already need not be counted to say so again.
    private var hasFoundSinceSeal = false
    private var lastSealNumber = 0
    private var lastSealDigest: String?
    private var coveredPosition = 0
    /// The first and last moment of each day (in UTC) that lines tell of, and the first of those lines.
    private var days: [CalendarDate: (first: Timestamp, last: Timestamp, position: Int)] = [:]

    /// - Parameter isTraining: of the kit, or as the holder of the journal says.
    package init(verifier: AuditSealVerifier, isTraining: Bool) {
        self.verifier = verifier
        self.isTraining = isTraining
    }

    /// A day's close and its seal are written at once: a close behind the last seal tells of one that was taken out.
    var findings: [AuditFinding] {
        guard lastClose > lastSealed else { return found }
        let gone = AuditFinding(
            .sealsMissing, position: lastClose, seal: lastSealNumber + 1, detail: "the last one")
        return found + [gone]
    }

    /// Lines that no seal covers.
    var unsealedLines: Int { max(0, position - coveredPosition) }

    /// What is in order and must be known all the same.
    var remarks: [AuditReport.Remark] {
        var remarks = notes
        if unsealedLines > 0 {
            remarks.append(Self.remark(.unsealedLines, position: coveredPosition + 1, detail: "\(unsealedLines)"))
        }
        let latest = days.max { $0.value.position < $1.value.position }?.key
        for (day, lines) in days.sorted(by: { $0.value.position < $1.value.position }) where day != latest {
            let isClosed = seals.contains { $0.seal.dayBegins <= lines.last && $0.seal.dayEnds > lines.first }
            if !isClosed { remarks.append(Self.remark(.dayNotClosed, position: lines.position, detail: day.iso8601)) }
        }
        return remarks
    }

    package mutating func take(_ line: JournalRecord) {
        lines += 1
        guard Self.numbers.contains(line.position) else {
            return find(.lineUnreadable, position: position + 1, detail: "its position")
        }
        if line.position > position + 1 {
            find(.linesMissing, position: position + 1, detail: "\(line.position - position - 1) lines")
        } else if line.position <= position {
            find(.lineOutOfOrder, position: line.position)
        }
        if line.digest != line.digest(after: digest) { find(.lineChanged, position: line.position) }
        if line.line == nil { find(.lineUnreadable, position: line.position) }
        position = max(position, line.position)
        digest = line.digest
        events[line.event, default: 0] += 1
        line.line.map { note($0) }
    }

    private mutating func note(_ line: JournalLine) {
        let at = Timestamp(milliseconds: min(max(line.at.milliseconds, -(1 << 52)), 1 << 52))
        let known = days[at.dayInUTC]
        days[at.dayInUTC] = (
            min(known?.first ?? at, at), max(known?.last ?? at, at), known?.position ?? line.position
        )
        switch line.event {
        case .dayClosed: lastClose = line.position
        case .clockJumped:
            notes.append(Self.remark(.clockJumped, position: line.position, detail: line.reason ?? ""))
        case .rollbackAccepted:
            notes.append(Self.remark(.rollbackAccepted, position: line.position, detail: line.reason ?? ""))
        default: break
        }
    }

    /// Takes a seal behind the line that it covers last.
    ///
    /// - Returns: What was sealed, when the signature holds.
    @discardableResult
    package mutating func take(_ held: HeldSeal) -> SignedAuditSeal? {
        guard Self.numbers.contains(held.number) else {
            find(.sealNotBelieved, seal: lastSealNumber + 1, detail: "its number")
            return nil
        }
        if held.number > lastSealNumber + 1 {
            find(.sealsMissing, seal: lastSealNumber + 1, detail: "\(held.number - lastSealNumber - 1) seals")
        } else if held.number <= lastSealNumber {
            find(.sealOutOfOrder, seal: held.number)
        }
        lastSealed = position
        let isNext = held.number == lastSealNumber + 1
        defer { lastSealNumber = max(lastSealNumber, held.number) }
        let signed: SignedAuditSeal
        do throws(StatementError) {
            signed = try verifier.verify(held.statement)
        } catch {
            find(.sealNotBelieved, seal: held.number, detail: error.description)
            // The next one is compared with what it would be had this one been taken out.
            (lastSealDigest, events, hasFoundSinceSeal) = (nil, [:], false)
            return nil
        }
        check(signed.seal, against: held, isNext: isNext)
        (lastSealDigest, events, hasFoundSinceSeal) = (signed.digest, [:], false)
        coveredPosition = max(coveredPosition, signed.seal.position)
        note(signed.seal)
        seals.append(signed)
        return signed
    }

    private mutating func check(_ seal: AuditSeal, against held: HeldSeal, isNext: Bool) {
        let follows = seal.number == 1 ? seal.previousSealDigest == nil : seal.previousSealDigest == lastSealDigest
        let isBehindOneNotBelieved = lastSealDigest == nil && seal.number > 1
        if isNext, !follows, !isBehindOneNotBelieved { find(.sealOutOfOrder, seal: held.number) }
        if seal.isTraining != isTraining { find(.sealOfOtherMode, seal: held.number) }
        let agrees =
            seal.number == held.number && held.day ?? seal.day == seal.day && held.part ?? seal.part == seal.part
            && held.position ?? seal.position == seal.position
        if !agrees { find(.sealRowDiffers, seal: held.number, detail: "statement \(seal.number)") }
        if seal.position > position {
            find(.endCutOff, position: position + 1, seal: held.number, detail: "to line \(seal.position)")
        } else if seal.position < position {
            find(.sealOutOfOrder, position: seal.position, seal: held.number)
        } else if seal.headDigest != digest {
            find(.linesRewritten, position: coveredPosition + 1, seal: held.number, detail: "to line \(seal.position)")
        } else if isNext, !isBehindOneNotBelieved, !hasFoundSinceSeal, seal.counts.events != events {
            find(.countsDiffer, position: coveredPosition + 1, seal: held.number)
        }
    }

    private mutating func note(_ seal: AuditSeal) {
        if let before = seals.last?.seal, seal.day < before.day {
            notes.append(Self.remark(.dayEarlier, seal: seal.number, detail: seal.day))
        }
        if seal.timeConfidence == .implausible {
            notes.append(Self.remark(.clockImplausible, seal: seal.number, detail: seal.day))
        }
    }

    private static func remark(
        _ kind: AuditReport.Remark.Kind, position: Int? = nil, seal: Int? = nil, detail: String
    ) -> AuditReport.Remark {
        AuditReport.Remark(kind: kind, position: position, seal: seal, detail: detail)
    }

    private mutating func find(_ kind: AuditFinding.Kind, position: Int? = nil, seal: Int? = nil, detail: String = "") {
        hasFoundSinceSeal = true
        found.append(AuditFinding(kind, position: position, seal: seal, detail: detail))
    }
}
