import EnrolmentCore

extension OSIAContextualData {
    init(
        _ record: EnrolmentRecord, _ place: PacketPlace, _ card: CardReading?, _ fingers: FingerOutcome,
        _ signature: SignatureOutcome
    ) {
        self.init(
            packetID: place.id, visitID: record.visitID, caseID: record.planned.id, kitID: record.kit.id,
            officerID: record.officer.id, isTraining: record.kit.isTraining, startedAt: record.startedAt.rfc3339,
            sealedAt: place.sealedAt.rfc3339, timeConfidence: place.timeConfidence, place: record.place,
            eligibility: Reason(
                reason: record.eligibility.reason, attestIssuedOn: record.eligibility.attest?.issuedOn.iso8601),
            present: record.planned.present, fingers: Fingers(fingers, record.fingerLog),
            signature: Signature(signature),
            currentCard: card.map {
                CurrentCard(
                    chipNumber: hexadecimal($0.chipNumber), appletVersion: Int($0.appletVersion),
                    readAt: $0.readAt.rfc3339)
            }, cardAbsence: card == nil ? record.cardAbsence.map { CardAbsence($0) } : nil)
    }
}

extension OSIAContextualData.CardAbsence {
    init(_ absence: EnrolmentCore.CardAbsence) {
        switch absence {
        case .firstCard: self.init(reason: .firstCard, annex12: nil)
        case .reportedMissing(let number): self.init(reason: .reportedMissing, annex12: number)
        }
    }
}

extension OSIAContextualData.Fingers {
    init(_ outcome: FingerOutcome, _ log: [FingerTrial]) {
        switch outcome {
        case .taken: self.init(outcome: .taken)
        case .notRequired: self.init(outcome: .notRequired)
        case .temporarilyImpossible(let attest, let months):
            self.init(
                outcome: .temporarilyImpossible, attestIssuedOn: attest?.issuedOn.iso8601,
                cardValidityInMonths: months)
        case .permanentlyImpossible: self.init(outcome: .permanentlyImpossible)
        }
        guard !log.isEmpty else { return }
        qualityMeasure = "NFIQ2-like"
        trials = log.map { OSIAFingerTrial($0) }
    }
}

extension OSIAContextualData.Signature {
    init(_ outcome: SignatureOutcome) {
        switch outcome {
        case .signed: self.init(exemption: nil)
        case .exempt(let exemption): self.init(exemption: exemption)
        }
    }
}
