import DeviceTransport
package import EnrolmentCore
package import EnrolmentFlow
import Foundation
import OfflineCache
import OfflineCacheSchema
import PacketFormat

/// Keeps cases in the kit's store: drafts as sealed records, and complete ones as packets in the queue.
/// What it does for deliveries is in `StoredCases+Delivery.swift`.
///
/// Sealing waits for the disk, so the actor has a thread of its own.
package actor StoredCases: EnrolmentStoring {
    private let store: Store
    private let copies: RollbackGuard?
    private let sealer: PacketSealer
    private let clock: any WallClock
    private let thread = DeviceThread(name: "sealer")
    /// The revision that the store holds of each case that was saved or loaded here. It is the store's
    /// own count: a save that failed does not advance it.
    private var held: [CaseID: Int] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Throws: `input.missingConfiguration` when the kit bundle names no key of central that packets
    ///   may be sealed for, or holds no signing key.
    package init(_ kit: OpenKit, clock: any WallClock) throws(FailureReport) {
        store = kit.store
        copies = kit.copies
        self.clock = clock
        do {
            guard let recipient = kit.bundle.recipients.first else { throw PacketError.recipientNotPostQuantum }
            sealer = try PacketSealer(
                directory: kit.folder.packets, recipient: try AgeRecipient(recipient),
                // Which kinds of key it gives its kits is central's choice, in a bundle that it made.
                acceptsClassical: true, key: try KitSigningKey(pem: kit.bundle.signingKey),
                files: kit.store.packetCalls)
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "recipient or signing key", kept: .draft)
        }
    }

    /// The saved draft of a case, nil when there is none.
    ///
    /// - Throws: `store.unreadable`, also when the draft is a delivery's.
    package func draft(of id: CaseID) async throws(FailureReport) -> EnrolmentDraft? {
        guard let content = try await content(of: id) else { return nil }
        guard DraftKind(of: content) == .enrolment,
            let draft = try? JSONDecoder().decode(EnrolmentDraft.self, from: Data(content))
        else { throw FailureReport(.store(.unreadable), detail: "draft of case \(id)", kept: .draft) }
        return draft
    }

    package func save(_ draft: EnrolmentDraft) async throws(FailureReport) {
        try await save(draft, of: draft.record.planned.id, in: draft.record.visitID)
    }

    package func seal(_ draft: EnrolmentDraft) async throws(FailureReport) -> PacketID {
        try await seal(draft.record.planned.id, isUrgent: draft.record.choices?.procedure == .urgent) {
            sealer, place in try sealer.seal(draft.record, at: place)
        }
    }

    package func discard(
        _ id: CaseID, because reason: StopReason, by officer: Officer
    ) async throws(FailureReport) {
        try await discard(id, code: reason.journalCode, by: officer)
    }
}

/// What is the same for every kind of case.
extension StoredCases {
    /// The saved draft of a case as it was written, nil when there is none.
    func content(of id: CaseID) async throws(FailureReport) -> [UInt8]? {
        do throws(StoreError) {
            guard let draft = try await store.drafts.draft(of: id) else { return nil }
            held[id] = draft.revision
            return draft.content
        } catch {
            throw error.report(kept: .draft)
        }
    }

    func save(_ draft: some Encodable, of id: CaseID, in visit: VisitID) async throws(FailureReport) {
        do {
            let content = [UInt8](try JSONEncoder().encode(draft))
            held[id] = try await store.drafts.save(content, for: id, in: visit, after: held[id] ?? 0)
        } catch let error as StoreError {
            throw error.report(kept: held[id] == nil ? .nothingToKeep : .draft)
        } catch {
            throw FailureReport(.store(.unwritable), detail: "draft of case \(id)", kept: .draft)
        }
    }

    /// Seals what `write` writes as the packet of a case, and queues it.
    func seal(
        _ caseID: CaseID, isUrgent: Bool, _ write: (PacketSealer, PacketPlace) throws -> SealedPacket
    ) async throws(FailureReport) -> PacketID {
        let (store, sealer, clock) = (store, sealer, clock)
        do throws(SealingFailure) {
            let packet = try await store.packets.seal(caseID, at: held[caseID] ?? 0, isUrgent: isUrgent) {
                var generator = SystemRandomNumberGenerator()
                return PacketID(at: clock.now(), using: &generator)
            } write: { slot in
                let now = clock.now()
                let standing = try await store.clockMark.standing(of: now)
                let place = PacketPlace(
                    id: slot.packetID, sequence: slot.sequence, previousManifestDigest: slot.previousManifestDigest,
                    sealedAt: now, timeConfidence: standing.confidence, caseDigest: Manifest.caseDigest(of: caseID),
                    timeEvidenceAge: standing.evidenceAge)
                return try write(sealer, place)
            }
            held[caseID] = nil
            // A copy of the disk from before this packet is one that can be told. The packet is safe without.
            _ = try? await copies?.check()
            return packet.id
        } catch {
            throw error.report
        }
    }

    /// - Parameter code: of `reference/discard-reasons.csv`.
    func discard(_ id: CaseID, code: String, by officer: Officer) async throws(FailureReport) {
        do {
            guard let listed = DiscardReason(code: code) else { throw StoreError.unreadable("reason \(code)") }
            try await store.drafts.discard(id, because: listed, by: officer.id)
            held[id] = nil
        } catch StoreError.unknownDraft {
            // Stopped before anything was saved.
        } catch let error as StoreError {
            throw error.report(kept: .draft)
        } catch {
            throw FailureReport(.store(.unwritable), kept: .draft)
        }
    }
}

extension StopReason {
    /// The code of `reference/discard-reasons.csv`.
    var journalCode: String {
        switch self {
        case .citizenRefuses: "citizen-withdrew"
        case .citizenUnwell: "citizen-unwell"
        case .notEligible: "not-eligible"
        case .otherPerson: "wrong-person"
        case .plannedInError: "started-by-mistake"
        case .retention: "retention"
        }
    }
}
