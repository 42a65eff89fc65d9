import EnrolmentCore
import Testing

@testable import PacketFormat

/// Deliveries to people who do not exist.
enum DeliveryRecordFixtures {
    static let noon = RecordFixtures.noon

    /// Every part done, a picture of the face, two certificates tried, the old card taken in.
    static func complete(isTraining: Bool = false) throws -> DeliveryRecord {
        var record = try empty(isTraining: isTraining)
        let enrolment = try RecordFixtures.complete()
        let card = try #require(enrolment.card)
        record.newCard = CardReading(
            files: card.files, chipNumber: card.chipNumber, appletVersion: 0x18, atr: card.atr, identity: card.identity,
            address: card.address, readAt: noon,
            challenge: CardChallenge(challenge: [1, 2], response: [3, 4]))
        record.newCardProof = proof(.revocationNotChecked)
        record.activation = .activated
        record.identity = IdentityCheck(basis: .face, findings: [.waitedTooLong, .cardNumberDoubtful], at: noon)
        record.portrait = enrolment.portrait
        record.pin = .changed(onPinpad: false)
        record.certificates = [
            .authentication: .tried(trial(.authentication, .revocationNotChecked)),
            .signature: .notTried(.notWorking),
        ]
        record.failedTrials = [trial(.signature, .revoked)]
        record.replaced = .takenIn(.card(CardNumber("590000000124")), .plannedInError)
        if let signature = enrolment.signature {
            record.receipt = DeliveryReceipt(signer: .representative(.administrator), signature: signature)
        }
        record.log = everyAct.enumerated().map { index, act in
            DeliveryLogEntry(at: noon.advanced(by: .seconds(index)), act: act)
        }
        return record
    }

    static func proof(_ verdict: CardVerdict) -> CardProof {
        CardProof(
            verdict: verdict,
            findings: [
                CardFinding(.identitySignature, verdict == .forged ? .wrong : .right, "ECDSA, SHA-384"),
                CardFinding(.revocation, .notChecked),
            ], isTest: true, root: "TEST Root", trustListVersion: 3, provenAt: noon)
    }

    /// Given up because the card was forged.
    static func forged() throws -> DeliveryRecord {
        var record = try empty()
        let card = try #require(try complete().newCard)
        record.refusedCards = [
            RefusedCard(card, findings: [.otherCard], at: noon), RefusedCard(card, findings: [.forged], at: noon),
        ]
        record.stopped = .cardForged
        return record
    }

    static func empty(isTraining: Bool = false) throws -> DeliveryRecord {
        let planned = try RecordFixtures.empty().planned
        let delivery = PlannedCase(
            id: planned.id, citizen: planned.citizen, applyingFor: .eID, present: planned.present,
            delivery: ExpectedCard(
                cardNumber: CardNumber("591000000042"), readySince: CalendarDate(daysSinceEpoch: 20_600),
                replaces: .card(CardNumber("590000000123"))))
        let visit = Visit(
            id: VisitID("visit-1"), plannedFor: CalendarDate(daysSinceEpoch: 20_778), place: .careHome,
            address: CardAddress(streetAndNumber: "Dorp 1", postalCode: "8000", municipality: "Brugge"),
            eligibility: Eligibility(reason: .bedridden, attest: nil), cases: [delivery])
        return try #require(
            DeliveryRecord(
                visit: visit, planned: delivery, officer: Officer(id: OfficerID("o-12"), proof: .card),
                kit: Kit(id: StatementFixtures.kit, isTraining: isTraining), startedAt: noon))
    }

    private static func trial(_ key: CardHolderKey, _ verdict: HolderVerdict) -> CertificateTrial {
        let statement = TrialStatement(by: key, of: CaseID("case-1"), applet: 0x18, nonce: [9, 9], at: noon)
        return CertificateTrial(
            key: key, statement: statement.text, hash: statement.hash,
            signature: CardSignature(bytes: [UInt8](repeating: 5, count: 96), isEllipticCurve: true),
            verdict: verdict, triedAt: noon)
    }

    private static let everyAct: [DeliveryAct] = [
        .cardNotActivated, .cardRead(.revocationNotChecked), .cardRefused([.otherFace]), .portraitTaken,
        .personConfirmed(.face, despite: [.waitedTooLong]), .pinWrong(triesLeft: 2), .pinWrong(triesLeft: nil),
        .pinBlocked(.byPUK), .pinChangeUnknown, .pinSettled(.changed(onPinpad: false)),
        .pinSettled(.notGiven(.blocked)),
        .certificateTried(.authentication, .revocationNotChecked), .certificateLeft(.signature, .notWorking),
        .foundCardRefused, .replacedSettled(.takenIn(.card(CardNumber("590000000124")), .plannedInError)),
        .receiptGiven(.representative(.administrator), isExempt: false), .revisited(.receipt), .stopped(.citizenUnwell),
    ]
}
