import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// What is known so far, as far as the step is about it.
    func facts(_ machine: EnrolmentMachine) -> [any Widget] {
        switch machine.step {
        case .card: cardFacts(machine)
        case .person: personFacts(machine)
        case .fingers: fingerFacts(machine)
        case .choices: [choiceList]
        case .review, .sealing: [partList(machine), partDetail(machine)]
        case .photo, .signature, .stored, .stopped: []
        }
    }

    private func cardFacts(_ machine: EnrolmentMachine) -> [any Widget] {
        let planned = machine.record.planned
        var parts: [any Widget] = [
            Facts([
                Facts.Fact(catalogue[.factPlanned], name(planned.citizen)),
                Facts.Fact(catalogue[.factNationalNumber], planned.citizen.nationalNumber.formatted),
                Facts.Fact(catalogue[.factApplyingFor], catalogue[.cardKind(planned.applyingFor)]),
            ])
        ]
        if let file = capture.file, machine.activity == .working {
            parts.append(
                ProgressBar(done: Int64(file.index), total: Int64(file.count), label: catalogue[.cardProgress]))
        }
        if machine.activity == .working { parts += cardSoFar }
        return parts
    }

    /// What a card said so far, with the word that nothing of it is proven yet.
    var cardSoFar: [any Widget] {
        guard let identity = capture.identity else { return [] }
        var facts = [
            Facts.Fact(catalogue[.factOnCard], "\(identity.surname), \(identity.givenNames)", style: .bold),
            Facts.Fact(catalogue[.factBorn], identity.birthDateText),
        ]
        if let address = capture.address {
            facts.append(
                Facts.Fact(
                    catalogue[.factAddress],
                    "\(address.streetAndNumber), \(address.postalCode) \(address.municipality)"))
        }
        facts.append(Facts.Fact(catalogue[.factAuthenticity], catalogue[.checkRunning], style: Style(.warning)))
        return [Facts(facts)]
    }

    /// What a card's content is worth, as a line among its facts.
    func verdictFact(_ proof: CardProof?) -> Facts.Fact {
        guard let proof else {
            return Facts.Fact(catalogue[.factAuthenticity], catalogue[.checkNone], style: Style(.warning))
        }
        let word = catalogue[.verdict(proof.verdict)]
        return Facts.Fact(
            catalogue[.factAuthenticity], proof.isTest ? "TEST · \(word)" : word, style: proof.verdict.style)
    }

    private func personFacts(_ machine: EnrolmentMachine) -> [any Widget] {
        guard let card = machine.record.card else { return [absence(machine), plannedFacts(machine)] }
        let identity = card.identity
        var facts = [
            Facts.Fact(catalogue[.factName], "\(identity.surname), \(identity.givenNames)", style: .bold),
            Facts.Fact(catalogue[.factBorn], "\(identity.birthDateText), \(identity.birthPlace)"),
            Facts.Fact(catalogue[.factNationalNumber], identity.nationalNumber.formatted),
            Facts.Fact(catalogue[.factNationality], identity.nationality),
            Facts.Fact(catalogue[.factCardNumber], identity.cardNumber.formatted),
            Facts.Fact(
                catalogue[.factValidUntil], identity.validUntil.map { catalogue.shortDay($0) } ?? "—"),
        ]
        if let address = card.address {
            facts.append(
                Facts.Fact(
                    catalogue[.factAddress],
                    "\(address.streetAndNumber), \(address.postalCode) \(address.municipality)"))
        }
        // What everyone has needs no line.
        if let document = identity.documentType.name, document != .identityCard {
            facts.append(Facts.Fact(catalogue[.factDocument], catalogue[.document(document)]))
        }
        facts.append(verdictFact(machine.record.cardProof))
        return warnings(machine) + [Facts(facts)] + verdictMeaning(machine.record.cardProof)
    }

    /// What a verdict that is not plainly good means for the officer.
    func verdictMeaning(_ proof: CardProof?) -> [any Widget] {
        guard let proof, proof.verdict != .authentic, proof.verdict.isTrusted else { return [] }
        return [TextBlock(catalogue[.verdictMeaning(proof.verdict)], style: .muted)]
    }

    private func absence(_ machine: EnrolmentMachine) -> any Widget {
        switch machine.record.cardAbsence {
        case .reportedMissing(let number): TextBlock(catalogue.text(.absenceMissing, number), style: Style(.warning))
        case .firstCard, nil: TextBlock(catalogue[.absenceFirst], style: Style(.warning))
        }
    }

    private func plannedFacts(_ machine: EnrolmentMachine) -> Facts {
        let citizen = machine.record.planned.citizen
        return Facts([
            Facts.Fact(catalogue[.factName], name(citizen), style: .bold),
            Facts.Fact(catalogue[.factBorn], catalogue.shortDay(citizen.birthDate)),
            Facts.Fact(catalogue[.factNationalNumber], citizen.nationalNumber.formatted),
        ])
    }

    private func warnings(_ machine: EnrolmentMachine) -> [any Widget] {
        let warnings = machine.personWarnings
        guard !warnings.isEmpty else { return [] }
        return [
            Stack(
                warnings.map { warning in
                    TextBlock("! \(words(for: warning))", style: warning.style)
                })
        ]
    }

    private func words(for warning: PersonWarning) -> String {
        switch warning {
        case .otherPerson: catalogue[.warningOtherPerson]
        case .otherName: catalogue[.warningOtherName]
        case .notProven(let verdict): catalogue[.verdictMeaning(verdict)]
        case .nationalNumber(let number):
            catalogue.text(.warningNationalNumber, catalogue[.numberWarning(number)])
        case .cardNumber(let number): catalogue.text(.warningCardNumber, catalogue[.numberWarning(number)])
        case .cardExpired: catalogue[.warningExpired]
        case .cardNotYetValid: catalogue[.finding(.notYetValid)]
        case .cardOutgrown: catalogue[.warningOutgrown]
        case .oddFields: catalogue[.warningOddFields]
        case .unknownDocument: catalogue[.warningUnknownDocument]
        case .kindDoesNotFitAge: catalogue[.warningKindAge]
        }
    }

    private var choiceList: ChoiceList {
        ChoiceList(
            [
                ChoiceList.Row(catalogue[.choiceCertificates], value: catalogue[.consent(choices.certificates)]),
                ChoiceList.Row(catalogue[.choiceProcedure], value: catalogue[.procedure(choices.procedure)]),
                ChoiceList.Row(catalogue[.choiceLanguage], value: catalogue[.language(choices.cardLanguage)]),
            ], selected: choices.row)
    }

    /// The whole of what the table has no room for.
    private func partDetail(_ machine: EnrolmentMachine) -> any Widget {
        guard machine.step == .review, EnrolmentPart.allCases.indices.contains(selectedPart) else { return Spacer() }
        let part = EnrolmentPart.allCases[selectedPart]
        return Stack([
            TextBlock(catalogue[.part(part)], style: .muted), TextBlock(summary(of: part, machine.record)),
        ])
    }

    private func partList(_ machine: EnrolmentMachine) -> Table {
        let record = machine.record
        let rows = EnrolmentPart.allCases.map { part in
            let isMissing = record.missing.contains(part)
            return Table.Row(
                [isMissing ? "✗" : "✓", catalogue[.part(part)], summary(of: part, record)],
                style: isMissing ? Style(.danger, .bold) : .plain)
        }
        return Table(
            columns: [Table.Column("", .fixed(1)), Table.Column("", .fixed(14)), Table.Column("", .share(1))],
            rows: rows, selected: machine.step == .review ? selectedPart : nil)
    }

    private func summary(of part: EnrolmentPart, _ record: EnrolmentRecord) -> String {
        switch part {
        case .card:
            if record.card == nil, record.cardAbsence != nil { return catalogue[.summaryNoCard] }
            return record.card?.identity.cardNumber.formatted ?? catalogue[.summaryMissing]
        case .photo: return record.portrait.map { "\($0.width) × \($0.height)" } ?? catalogue[.summaryMissing]
        case .fingers: return fingerSummary(record)
        case .signature:
            switch record.signature {
            case .signed: return catalogue[.summarySigned]
            case .exempt(let reason):
                return catalogue.text(.summaryExempt, catalogue[.signatureExemption(reason)])
            case nil: return catalogue[.summaryMissing]
            }
        case .choices:
            guard let choices = record.choices else { return catalogue[.summaryMissing] }
            return [
                catalogue[.procedure(choices.procedure)], catalogue[.consent(choices.certificates)],
                catalogue[.language(choices.cardLanguage)],
            ].joined(separator: ", ")
        }
    }

    private func fingerSummary(_ record: EnrolmentRecord) -> String {
        switch record.fingerOutcome {
        case nil: catalogue[.summaryMissing]
        case .notRequired: catalogue[.summaryNoFingersChild]
        case .permanentlyImpossible: catalogue[.summaryNoFingersEver]
        case .temporarilyImpossible(let attest, _):
            catalogue.text(.summaryNoFingersNow, attest.map { catalogue.shortDay($0.issuedOn) } ?? "—")
        case .taken: record.fingers.map { catalogue[.finger($0.position)] }.joined(separator: ", ")
        }
    }
}

extension CardVerdict {
    var style: Style {
        switch self {
        case .authentic: Style(.good)
        case .chainExpired, .revocationNotChecked: .plain
        case .cannotBeChecked: Style(.warning, .bold)
        case .forged: Style(.danger, .bold)
        }
    }
}

extension PersonWarning {
    /// What stops the enrolment stands out.
    var style: Style {
        switch self {
        case .otherPerson, .notProven(.forged): Style(.danger, .bold)
        default: Style(.warning)
        }
    }
}
