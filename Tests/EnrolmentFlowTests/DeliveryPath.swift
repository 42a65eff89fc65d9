import EnrolmentCore

@testable import EnrolmentFlow

/// One way through a delivery.
struct DeliveryPath {
    typealias Given = DeliveryFixtures

    let name: String
    let planned: PlannedCase
    /// What has happened before; it is not written down again.
    let start: [DeliveryMove]
    let moves: [DeliveryMove]

    /// - Parameter parts: the moves, in pieces: one long sum of arrays takes the compiler minutes.
    private init(
        _ name: String, _ planned: PlannedCase = Given.planned(), from start: [DeliveryMove] = [],
        _ parts: [DeliveryMove]...
    ) {
        self.name = name
        self.planned = planned
        self.start = start
        moves = parts.flatMap { $0 }
    }

    static let all: [DeliveryPath] = [plain, cards, pins, certificates, replaced, receipts, trouble].flatMap { $0 }

    // MARK: - Parts of ways

    private static func events(_ events: DeliveryEvent...) -> [DeliveryMove] { events.map { .event($0) } }

    private static func read(
        _ card: CardReading = Given.card(), _ verdict: CardVerdict = .revocationNotChecked
    ) -> [DeliveryMove] { events(.begin, .cardRead(card, Given.proof(verdict))) }

    private static let confirm = events(.confirmPerson(.face, despite: []))
    private static let change = events(
        .begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .pinChanged(.done(PINChanged())))

    private static func test(_ keys: CardHolderKey...) -> [DeliveryMove] {
        keys.flatMap { events(.begin, Given.state(), .tryCertificate($0, .pinpad), Given.trial($0)) }
    }

    private static let hand = events(.takeIn(Given.oldCard, nil))
    private static let sign = events(.begin, .signatureTaken(EnrolmentFixtures.signature), .keep)
    private static let seal = events(.begin, .sealed(EnrolmentFixtures.packetID))
    private static let toPIN = read() + confirm
    private static let toCertificates = toPIN + change
    private static let toReplaced = toCertificates + test(.authentication, .signature)
    private static let toReceipt = toReplaced + hand
    private static let rest = hand + sign + seal

    // MARK: - The ways

    private static let plain: [DeliveryPath] = [
        DeliveryPath("an adult, all in order", Given.planned(), toReplaced, rest),
        DeliveryPath(
            "an adult's first card", Given.planned(replaces: .nothing), toReplaced, sign, seal),
        DeliveryPath(
            "a picture of the face is taken", Given.planned(), read(),
            events(.takePortrait, .portraitTaken(EnrolmentFixtures.portrait)), confirm, change),
        DeliveryPath(
            "a child of nine with a certificate to log in with",
            Given.planned(born: Given.schoolchild, kind: .kidsID, replaces: .nothing),
            read(Given.card(document: "06", certificates: .authentication)),
            events(.confirmPerson(.childNotPresent, despite: [])), change, test(.authentication),
            events(.signBy(.citizen), .signBy(.representative(.guardian))), sign, seal),
        DeliveryPath(
            "a child of four: no PIN, no certificates",
            Given.planned(
                born: Given.toddler, kind: .kidsID, replaces: .nothing,
                present: [PresentPerson(role: .carer, name: "T."), PresentPerson(role: .guardian, name: "V.")]),
            read(Given.card(document: "6", certificates: .none)), confirm, sign, seal),
        DeliveryPath(
            "someone with a card of a foreigner, and an attest", Given.planned(kind: .foreigner, replaces: Given.annex),
            read(Given.card(document: "33")), confirm, change, test(.authentication, .signature),
            events(.takeIn(.annex12("b12 2026 0077"), nil)), sign, seal),
    ]

    private static let cards: [DeliveryPath] = [
        DeliveryPath(
            "case 33: the card of the wrong person", Given.planned(),
            read(Given.card(nationalNumber: "71715100070")), confirm,
            events(.refuseCard(faceDiffers: false)), read(), confirm),
        DeliveryPath(
            "case 33: the card of the wrong person, and it ends there", Given.planned(),
            read(Given.card(nationalNumber: "71715100070")), events(.stop(.otherPerson), .discarded)),
        DeliveryPath(
            "case 33: the card number is not the expected one", Given.planned(),
            read(Given.card(number: "590000000123")), confirm, events(.stop(.otherCard), .discarded)),
        DeliveryPath(
            "case 33: a finished card that is not activated gives nothing at all", Given.planned(),
            events(.begin, .personMustRetry(.cardNotActivated)), [.crash], read(), confirm),
        DeliveryPath(
            "case 33: a card that is not activated lets itself be read, and its keys refuse", Given.planned(),
            from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .pinChanged(.notActivated)),
            events(.changePIN(from: .pinpad, to: .pinpad), .keepPIN, .leavePIN(.codesNotReceived)), [.crash],
            events(.begin, .pinStateKnown(.notActivated), .stop(.cardNotActivated), .discarded)),
        DeliveryPath(
            "case 33: not activated, and later it is", Given.planned(), from: toPIN,
            events(.begin, .pinStateKnown(.notActivated)), [.crash], change),
        DeliveryPath(
            "case 33: the card waited for more than three months",
            Given.planned(readySince: CalendarDate(iso8601: "2026-08-21")), read(), confirm,
            events(.confirmPerson(.face, despite: [.waitedTooLong])), change),
        DeliveryPath(
            "case 33: the card waited for three months less a day",
            Given.planned(readySince: CalendarDate(iso8601: "2026-08-22")), read(), confirm),
        DeliveryPath(
            "case 33: the card waited too long, and the officer takes it back",
            Given.planned(readySince: CalendarDate(iso8601: "2026-08-01")), read(),
            events(.stop(.waitedTooLong), .discarded)),
        DeliveryPath(
            "forged", Given.planned(), read(Given.card(), .forged), confirm,
            events(.stop(.cardForged), .sealed(EnrolmentFixtures.packetID))),
        DeliveryPath(
            "forged, put away, and the right one", Given.planned(), read(Given.card(), .forged),
            events(.refuseCard(faceDiffers: false)), toReplaced, rest),
        DeliveryPath(
            "cannot be proven, named otherwise, other dates, another kind", Given.planned(),
            read(Given.card(surname: "Voorbeld", document: "33", until: "2035-01-01"), .cannotBeChecked), confirm,
            events(
                .confirmPerson(.face, despite: [.notProven, .otherName, .otherDates]),
                .confirmPerson(.face, despite: [.notProven, .otherName, .otherDates, .otherKind]))),
        DeliveryPath(
            "run out, and not valid yet", Given.planned(),
            read(Given.card(until: "2026-11-20", from: "2027-01-01")), confirm),
        DeliveryPath(
            "another face", Given.planned(), read(),
            events(.refuseCard(faceDiffers: true), .stop(.otherPerson), .discarded)),
        DeliveryPath(
            "an adult who is not there", Given.planned(), read(), events(.confirmPerson(.childNotPresent, despite: []))),
    ]

    private static let pins: [DeliveryPath] = [
        DeliveryPath(
            "wrong twice, then right", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .pinChanged(.wrongPIN(triesLeft: 2))),
            events(.changePIN(from: .pinpad, to: .pinpad), .pinChanged(.wrongPIN(triesLeft: 1))), [.crash],
            events(.changePIN(from: .pinpad, to: .pinpad)), change),
        DeliveryPath(
            "case 33: blocked on applet 1.8, which has no PUK", Given.planned(), from: toPIN,
            events(.begin, Given.state(triesLeft: 1), .changePIN(from: .pinpad, to: .pinpad)),
            events(.pinChanged(.blocked(.byMunicipality)), .changePIN(from: .pinpad, to: .pinpad)),
            events(.leavePIN(.codesNotReceived), .leavePIN(.blocked)), rest),
        DeliveryPath(
            "case 33: blocked on applet 1.7, where tries cost nothing to ask for", Given.planned(),
            read(Given.card(applet: 0x17)), confirm, events(.begin, Given.state(triesLeft: 0, applet: 0x17)),
            events(.leavePIN(.blocked)), rest),
        DeliveryPath(
            "blocked, and freed with the PUK of the letter", Given.planned(), from: toPIN,
            events(.begin, Given.state(triesLeft: 0, applet: 0x17)), change),
        DeliveryPath(
            "the two new PINs differ, one is too short, the citizen takes too long", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .pinChanged(.newPINsDiffer)),
            events(.changePIN(from: .pinpad, to: .pinpad), .pinChanged(.badPIN)),
            events(.changePIN(from: .pinpad, to: .pinpad), .pinChanged(.timedOut)),
            events(.changePIN(from: .pinpad, to: .pinpad), .pinChanged(.cancelled))),
        DeliveryPath(
            "the citizen keeps the PIN of the letter", Given.planned(), from: toPIN,
            events(.keepPIN, .begin, Given.state(), .keepPIN), test(.authentication, .signature), rest),
        DeliveryPath(
            "kept, and then it is not known", Given.planned(), from: toPIN, events(.begin, Given.state(), .keepPIN),
            events(.tryCertificate(.authentication, .pinpad)),
            events(.certificateTried(.authentication, .wrongPIN(triesLeft: 2)), .revisit(.pin)),
            events(.leavePIN(.codesNotReceived)), rest),
        DeliveryPath(
            "the letter with the codes never came", Given.planned(), from: toPIN, events(.leavePIN(.codesNotReceived)),
            rest),
        DeliveryPath(
            "the program dies while the PIN is changed", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad)), [.crash],
            events(.changePIN(from: .pinpad, to: .pinpad), .begin, Given.state(), .keepPIN)),
        DeliveryPath(
            "the program dies while the PIN is changed, and the delivery is given up", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad)), [.crash],
            events(.stop(.citizenUnwell), .sealed(EnrolmentFixtures.packetID))),
        DeliveryPath(
            "the card leaves while the PIN is changed", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .pinChanged(.removed)), [.crash],
            change),
        DeliveryPath(
            "the reader is unplugged while the PIN is changed", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .failed(Given.unplugged)), change),
        DeliveryPath(
            "cancelled while the PIN is changed", Given.planned(), from: toPIN,
            events(.begin, Given.state(), .changePIN(from: .pinpad, to: .pinpad), .cancel, .failed(Given.cancelled))),
        DeliveryPath(
            "the disk is full before the PIN is changed", Given.planned(), from: toPIN, events(.begin, Given.state()),
            [.fullDisk], events(.changePIN(from: .pinpad, to: .pinpad)), [.crash], change),
        DeliveryPath(
            "another card, then no card", Given.planned(), from: toPIN, events(.begin, .pinStateKnown(.otherCard)),
            events(.begin, .pinStateKnown(.noCard), .begin, .failed(Given.unplugged))),
    ]

    private static let certificates: [DeliveryPath] = [
        DeliveryPath(
            "a signature that is not the certificate's", Given.planned(), from: toCertificates,
            events(.begin, Given.state(), .tryCertificate(.authentication, .pinpad)),
            events(Given.trial(.authentication, .wrong)), [.crash],
            events(.leaveCertificate(.authentication, .notWorking)), test(.signature), rest),
        DeliveryPath(
            "revoked, tried again, and then it is not", Given.planned(), from: toCertificates,
            events(.begin, Given.state(), .tryCertificate(.signature, .pinpad), Given.trial(.signature, .revoked)),
            test(.signature, .authentication)),
        DeliveryPath(
            "no known root", Given.planned(), from: toCertificates,
            events(.begin, Given.state(), .tryCertificate(.authentication, .pinpad)),
            events(Given.trial(.authentication, .cannotBeChecked)), test(.signature)),
        DeliveryPath(
            "the citizen did without certificates", Given.planned(), read(Given.card(certificates: .none)), confirm,
            change, events(.begin, Given.state(), .tryCertificate(.signature, .pinpad)),
            events(.leaveCertificate(.authentication, .citizenDeclines)),
            events(.leaveCertificate(.authentication, .waived), .leaveCertificate(.signature, .waived)), rest),
        DeliveryPath(
            "nobody may say that a card has no certificate when it has", Given.planned(), from: toCertificates,
            events(.leaveCertificate(.authentication, .waived), .leaveCertificate(.authentication, .notWorking)),
            events(.leaveCertificate(.authentication, .citizenDeclines))),
        DeliveryPath(
            "blocked while a certificate is tried", Given.planned(), from: toCertificates,
            events(.begin, Given.state(triesLeft: 1), .tryCertificate(.authentication, .pinpad)),
            events(.certificateTried(.authentication, .blocked(.byMunicipality))),
            events(.tryCertificate(.authentication, .pinpad), .leaveCertificate(.authentication, .pinNotKnown)),
            events(.leaveCertificate(.signature, .pinNotKnown)), rest),
        DeliveryPath(
            "a key that the card has not", Given.planned(), from: toCertificates,
            events(.begin, Given.state(), .tryCertificate(.signature, .pinpad), .certificateTried(.signature, .noKey)),
            events(.leaveCertificate(.signature, .notWorking))),
    ]

    private static let replaced: [DeliveryPath] = [
        DeliveryPath(
            "case 32: the old card is missing, and its attest is taken in", Given.planned(replaces: Given.annex),
            from: toReplaced, events(.takeIn(.annex12(" "), nil), .takeIn(Given.annex, nil))),
        DeliveryPath(
            "case 32: a card that was found back after DOC STOP is refused", Given.planned(replaces: Given.annex),
            from: toReplaced, events(.takeIn(Given.oldCard, nil), .takeIn(Given.oldCard, .replacedSince)), [.crash],
            events(.takeIn(Given.annex, nil))),
        DeliveryPath(
            "case 33: the old card is not handed in, because it was lost since", Given.planned(), from: toReplaced,
            events(.nothingToTakeIn(.lostAndReported)), sign, seal),
        DeliveryPath(
            "case 33: the old card is not handed in, and the new one goes back", Given.planned(), from: toReplaced,
            events(.stop(.documentWithheld), .sealed(EnrolmentFixtures.packetID))),
        DeliveryPath(
            "an attest for a card that was lost since", Given.planned(), from: toReplaced,
            events(.takeIn(Given.annex, nil), .takeIn(Given.annex, .replacedSince))),
        DeliveryPath(
            "the number of the old card differs", Given.planned(), from: toReplaced,
            events(.takeIn(.card(CardNumber("590 0000001 24")), nil)),
            events(.takeIn(.card(CardNumber("590 0000001 24")), .plannedInError))),
        DeliveryPath(
            "a reason that is not needed is not kept", Given.planned(), from: toReplaced,
            events(.takeIn(.card(CardNumber("590-0000001-23")), .damaged))),
        DeliveryPath(
            "nothing can be taken in as nothing", Given.planned(), from: toReplaced, events(.takeIn(.nothing, nil))),
    ]

    private static let receipts: [DeliveryPath] = [
        DeliveryPath(
            "signed twice", Given.planned(), from: toReceipt,
            events(.begin, .signatureTaken(EnrolmentFixtures.signature)),
            [.crash], events(.retake, .personMustRetry(.penCleared), .retake),
            events(.signatureTaken(EnrolmentFixtures.signature), .keep)),
        DeliveryPath("cannot sign", Given.planned(), from: toReceipt, events(.exemptSignature(.disability)), seal),
        DeliveryPath(
            "signed, and then exempt after all", Given.planned(), from: toReceipt,
            events(.begin, .signatureTaken(EnrolmentFixtures.signature), .exemptSignature(.seriousIllness))),
        DeliveryPath(
            "an administrator signs for an adult", Given.planned(), from: toReceipt,
            events(.signBy(.representative(.administrator))), [.crash], sign, seal),
        DeliveryPath(
            "every part anew", Given.planned(), from: toReceipt, sign,
            events(.revisit(.card), .revisit(.receipt), .keep),
            events(.revisit(.replaced)), hand, events(.revisit(.certificates)), test(.authentication, .signature),
            events(.revisit(.pin)), change, events(.revisit(.person)), confirm, seal),
        DeliveryPath(
            "another card after all was done", Given.planned(), from: toReceipt, sign, events(.revisit(.person)),
            events(.refuseCard(faceDiffers: false), .refuseCard(faceDiffers: true)), toReplaced, sign, seal),
    ]

    private static let trouble: [DeliveryPath] = [
        DeliveryPath(
            "put off at the first step, and gone on with", Given.planned(),
            events(.begin, .personMustRetry(.noCard), .begin, .cancel, .failed(Given.cancelled))),
        DeliveryPath(
            "the disk is full, and then it is not", Given.planned(), events(.begin), [.fullDisk],
            events(.cardRead(Given.card(), Given.proof()), .confirmPerson(.face, despite: []), .begin)),
        DeliveryPath(
            "the disk is full, and the delivery is given up", Given.planned(), events(.begin), [.fullDisk],
            events(.cardRead(Given.card(), Given.proof()), .stop(.plannedInError), .discarded)),
        DeliveryPath(
            "it cannot be sealed, and then it can", Given.planned(), from: toReceipt, sign,
            events(.begin, .notSealed(EnrolmentFixtures.diskFull)), seal),
        DeliveryPath(
            "the power goes while it is sealed", Given.planned(), from: toReceipt, sign, events(.begin), [.crash], seal),
        DeliveryPath(
            "given up after the old card was taken in: central is told", Given.planned(), from: toReceipt,
            events(.stop(.citizenUnwell), .notSealed(EnrolmentFixtures.diskFull), .stop(.citizenRefuses), .discarded),
            events(.sealed(EnrolmentFixtures.packetID), .begin)),
        DeliveryPath(
            "given up before anything was done", Given.planned(), from: toPIN, events(.stop(.citizenRefuses), .begin)),
        DeliveryPath(
            "sealed with parts missing", Given.planned(), events(.keep, .retake, .takePortrait, .revisit(.pin))),
    ]
}
