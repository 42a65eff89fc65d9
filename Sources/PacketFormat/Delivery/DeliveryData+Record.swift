import EnrolmentCore

extension DeliveryData {
    init(_ record: DeliveryRecord) {
        outcome = record.stopped == nil ? .delivered : .stopped
        stopReason = record.stopped
        cardKind = record.planned.applyingFor
        expectedCardNumber = record.expected.cardNumber.text
        readySince = record.expected.readySince?.iso8601
        card = record.newCard.map { Card($0, record) }
        refusedCards = Self.refused(record)
        identity = record.identity.map {
            Identity(
                basis: $0.basis, findings: $0.findings, fingerprints: $0.fingerprints, checkedAt: $0.checkedAt.rfc3339)
        }
        pin = record.pin.map { PIN($0) }
        certificates = CardHolderKey.allCases.compactMap { key in
            record.certificates[key].map { Certificate(key, $0, record) }
        }
        replaced = record.replaced.map { Replaced($0, expected: record.expected.replaces) }
        receipt = record.receipt.map { Receipt($0) }
        log = record.log.map { LogLine($0) }
    }

    /// The cards whose files are evidence, in the order of `documentData`.
    static func documents(of record: DeliveryRecord) -> [CardReading] {
        ([record.newCard] + record.refusedCards.map(\.reading)).compactMap { $0 }.filter { !$0.files.isEmpty }
    }

    private static func refused(_ record: DeliveryRecord) -> [Refused] {
        var next = record.newCard?.files.isEmpty == false ? 1 : 0
        return record.refusedCards.map { card in
            var document: Int?
            if card.reading?.files.isEmpty == false {
                document = next
                next += 1
            }
            return Refused(
                cardNumber: card.cardNumber.text, chipNumber: hexadecimal(card.chipNumber), findings: card.findings,
                refusedAt: card.refusedAt.rfc3339, document: document)
        }
    }
}

extension DeliveryData.Card {
    init(_ card: CardReading, _ record: DeliveryRecord) {
        self.init(
            cardNumber: card.identity.cardNumber.text, chipNumber: hexadecimal(card.chipNumber),
            appletVersion: Int(card.appletVersion), readAt: card.readAt.rfc3339,
            proof: record.newCardProof.map { CardProofData($0) },
            challenge: card.challenge.map { hexadecimal($0.challenge) },
            response: card.challenge.map { hexadecimal($0.response) }, activation: record.activation)
    }
}

extension DeliveryData.PIN {
    init(_ pin: DeliveredPIN) {
        switch pin {
        case .changed(let onPinpad): self.init(outcome: .changed, onPinpad: onPinpad)
        case .kept: self.init(outcome: .kept)
        case .notGiven(let reason): self.init(outcome: .notGiven, reason: reason)
        case .notApplicable: self.init(outcome: .notApplicable)
        }
    }
}

extension DeliveryData.Certificate {
    init(_ key: CardHolderKey, _ outcome: CertificateOutcome, _ record: DeliveryRecord) {
        switch outcome {
        case .tried(let trial): self.init(trial, reason: nil)
        case .notTried(let reason):
            let failed = record.failedTrials.last { $0.key == key }
            if reason == .notWorking, let failed {
                self.init(failed, reason: reason)
            } else {
                // Of a card that did not sign at all there is nothing to show.
                self.init(key: key, outcome: reason == .notWorking ? .tried : .notTried, reason: reason)
            }
        }
    }

    private init(_ trial: CertificateTrial, reason: CertificateAbsence?) {
        self.init(
            key: trial.key, outcome: .tried, reason: reason, statement: trial.statement, hash: trial.hash,
            signature: Base64Bytes(trial.signature.bytes), verdict: trial.verdict, triedAt: trial.triedAt.rfc3339)
    }
}

extension DeliveryData.Replaced {
    init(_ outcome: ReplacedOutcome, expected: ReplacedDocument) {
        let (expectedDocument, expectedNumber) = Self.parts(of: expected)
        switch outcome {
        case .nothingExpected: self.init(outcome: .nothingExpected)
        case .takenIn(let document, let deviation):
            let (kind, number) = Self.parts(of: document)
            self.init(
                outcome: .takenIn, document: kind, number: number, expectedDocument: expectedDocument,
                expectedNumber: expectedNumber, deviation: deviation)
        case .missing(let reason):
            self.init(
                outcome: .missing, expectedDocument: expectedDocument, expectedNumber: expectedNumber, reason: reason)
        }
    }

    private static func parts(of document: ReplacedDocument) -> (Document?, String?) {
        switch document {
        case .nothing: (nil, nil)
        case .card(let number): (.card, number.text)
        case .annex12(let number): (.annex12, number)
        }
    }
}

extension DeliveryData.Receipt {
    init(_ receipt: DeliveryReceipt) {
        if case .representative(let role) = receipt.signer { representative = role }
        if case .exempt(let reason) = receipt.signature { exemption = reason }
    }
}
