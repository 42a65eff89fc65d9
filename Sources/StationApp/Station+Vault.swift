import EnrolmentCore
import OfflineCache
import StationUI

/// What the vault has to say to the officer before it hurts, and what the officer may decide about it.
extension Station {
    /// The most pressing first.
    func warnings() async -> [KitWarning] {
        var warnings: [KitWarning] = []
        if let mark = try? await kit.store.chain.mark(), mark.acceptedAt == nil { warnings.append(.rolledBack) }
        if let damage = try? await kit.keptDamage() {
            if damage.count > 0 { warnings.append(.keptDamaged(items: damage.count)) }
            if damage.closedFiles > 0 { warnings.append(.filesClosed(damage.closedFiles)) }
        }
        switch try? await kit.store.forecast() {
        case let forecast? where forecast.level == .full: warnings.append(.spaceReserved)
        case let forecast? where forecast.level == .low: warnings.append(.spaceLow(visits: forecast.visitsLeft))
        default: break
        }
        warnings += Self.warnings(of: (try? await kit.retentionNotices(at: clock.now())) ?? [])
        return warnings
    }

    private static func warnings(of notices: [RetentionNotice]) -> [KitWarning] {
        var (drafts, overdue): ([Int], [Int]) = ([], [])
        var packets: [Int] = []
        for notice in notices {
            switch notice {
            case .draftOld(_, let days): drafts.append(days)
            case .draftOverdue(_, let days): overdue.append(days)
            case .packetUnsent(_, let days): packets.append(days)
            }
        }
        return [
            overdue.max().map { .draftsOverdue(cases: overdue.count, days: $0) },
            drafts.max().map { .draftsOld(cases: drafts.count, days: $0) },
            packets.max().map { .packetsOld(days: $0) },
        ].compactMap { $0 }
    }

    /// Brings a packet that was put aside back into the queue, on this officer's word; what kept it from that.
    func retry(_ packet: PacketID) async -> StationEvent? {
        do throws(StoreError) {
            try await kit.store.packets.retry(packet, by: officer.id)
            return nil
        } catch {
            return .failure(error.report(kept: .packet))
        }
    }

    /// Closes today, or says what keeps it open.
    func closeDay(_ reason: DayCloseReason?) async -> [StationEvent] {
        do throws(FailureReport) {
            let closing = try DayClosing(kit, clock: clock)
            let outcome = try await closing.close(by: officer.id, because: reason.flatMap { CloseReason($0) })
            let summary = DaySummary(outcome.sheet, on: today)
            // What is left came between the question and the answer: the screen shows it, and asks again.
            guard case .closed = outcome, let closure = summary.closure else { return [.day(summary)] }
            return [.day(summary), .dayClosed(closure)]
        } catch {
            return [.failure(error)]
        }
    }
}

extension CloseReason {
    init?(_ reason: DayCloseReason) { self.init(rawValue: reason.rawValue) }
}

extension DayClosure {
    init(_ seal: DaySheet.Seal) {
        self.init(
            number: seal.number, closedAt: seal.closedAt, head: String(seal.head.prefix(8)),
            officer: seal.closedBy.map { OfficerID($0) })
    }
}
