package import EnrolmentCore
package import OfflineCache
import PacketFormat

/// What became of a wish to close a day.
package enum DayCloseOutcome: Sendable {
    /// The kit signed everything that it wrote down up to there.
    case closed(DaySheet)
    /// Something is still open, and no reason was given to close over it; nothing was signed.
    case leftOpen(DaySheet)

    package var sheet: DaySheet {
        switch self {
        case .closed(let sheet), .leftOpen(let sheet): sheet
        }
    }
}

/// Closes the kit's days: one for the screens, the verb and the tests.
package struct DayClosing: Sendable {
    private let kit: OpenKit
    private let clock: any WallClock
    private let key: KitSigningKey

    /// - Throws: `input.missingConfiguration` when the kit bundle holds no signing key.
    package init(_ kit: OpenKit, clock: any WallClock) throws(FailureReport) {
        self.kit = kit
        self.clock = clock
        do throws(SigningKeyError) {
            key = try KitSigningKey(pem: kit.bundle.signingKey)
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "signing key", kept: .packet)
        }
    }

    /// The day that it is for the people on the visit.
    package var today: CalendarDate { LocalTime.day(of: clock.now()) }

    /// A day's sheet as it stands, closed or not; nothing is written.
    package func sheet(of day: CalendarDate? = nil) async throws(FailureReport) -> DaySheet {
        let day = day ?? today
        return try await kit.store.reporting(kept: .packet) { [self] () throws(StoreError) in try await drawUp(day) }
    }

    /// Closes a day, today when none is named: signs the journal as it stands.
    ///
    /// On a day that is closed already, what was done since is signed by itself; where nothing was, the sheet
    /// comes back as it is. An earlier day is closed late, once; a later one never.
    ///
    /// - Parameters:
    ///   - officer: who closes it, nil when nobody has logged in.
    ///   - reason: why it is closed although something is open; not needed when nothing is.
    /// - Throws: `FailureReport` of the store; `input.dayToCome` for a day that is still to come.
    package func close(
        _ day: CalendarDate? = nil, by officer: OfficerID?, because reason: CloseReason? = nil
    ) async throws(FailureReport) -> DayCloseOutcome {
        let day = day ?? today
        guard day <= today else {
            throw FailureReport(.input(.dayToCome), detail: day.iso8601, kept: .packet)
        }
        return try await kit.store.reporting(kept: .packet) { [self] () throws(StoreError) in
            let before = try await drawUp(day)
            // Nothing to sign: an earlier day that is closed, or today without work since.
            if before.seal != nil, !before.hasWorkSince || day < today { return .closed(before) }
            let isOpen = !before.left.isEmpty
            guard !isOpen || reason != nil else { return .leftOpen(before) }
            let (begins, ends) = LocalTime.bounds(of: day)
            _ = try await kit.store.seals.close(
                ClosingDay(date: day, begins: begins, ends: ends), by: officer, because: isOpen ? reason : nil,
                with: key)
            return .closed(try await drawUp(day))
        }
    }

    private func drawUp(_ day: CalendarDate) async throws(StoreError) -> DaySheet {
        let store = kit.store
        let (begins, ends) = LocalTime.bounds(of: day)
        let standing = try await store.clockMark.standing(of: clock.now())
        var sheet = DaySheet(
            kit: kit.kit, day: day, figures: try await store.figures(from: begins, to: ends), clock: standing)
        sheet.left = try await left(standing)
        sheet.hasWorkSince = try await store.seals.hasUnsealedLines()
        if let statement = try await store.seals.statement(of: day) {
            let verifier = AuditSealVerifier(kit: kit.kit.id, keys: [key.verifyingKey])
            let signed: SignedAuditSeal
            do throws(StatementError) {
                signed = try verifier.verify(statement)
            } catch {
                throw .unreadable("the day's seal (\(error.description))")
            }
            sheet.seal = DaySheet.Seal(signed, by: try await store.journal.line(at: signed.seal.position)?.officer)
        }
        return sheet
    }

    private func left(_ standing: TimeStanding) async throws(StoreError) -> [DaySheet.Left] {
        let store = kit.store
        var left = try await store.drafts.cases().map { DaySheet.Left(kind: .draft, name: $0.text) }
        for packet in try await store.packets.packets(in: PacketState.waiting.union([.conflict, .refused])) {
            let kind: DaySheet.Left.Kind = PacketState.waiting.contains(packet.state) ? .waiting : .setAside
            left.append(DaySheet.Left(kind: kind, name: packet.id.description))
        }
        if standing.confidence == .implausible { left.append(DaySheet.Left(kind: .clock, name: "clock")) }
        return left
    }
}
