import EnrolmentCore
import EnrolmentFlow

/// A piece of text of the screens. Each has an id that the languages' tables use.
enum Phrase: Hashable, Sendable {
    case ui(UIText)
    case finger(FingerPosition)
    /// In a heading or a list, where room is little.
    case fingerShort(FingerPosition)
    case fingerException(FingerException)
    case retry(CaptureRetry)
    /// What to do with the finger now, short enough to be read at a glance.
    case hint(PlacementHint)
    case qualityPart(FingerQuality.Part)
    case acceptance(FingerAcceptance)
    case objection(FingerObjection)
    case refusal(Refusal)
    case place(VisitPlace)
    case cardKind(CardKind)
    case device(DeviceKind)
    case deviceProblem(DeviceError.Problem)
    case stopReason(StopReason)
    case dayCloseReason(DayCloseReason)
    case signatureExemption(SignatureExemption)
    case consent(CertificateConsent)
    case procedure(Procedure)
    case language(Language)
    case numberWarning(NumberWarning)
    case document(CardDocumentName)
    /// What a card's content is worth, in a word or two.
    case verdict(CardVerdict)
    /// What that means for the officer.
    case verdictMeaning(CardVerdict)
    // Deliveries.
    case deliveryStep(DeliveryStep)
    case deliveryPart(DeliveryPart)
    case deliveryRefusal(DeliveryRefusal)
    case deliveryStop(DeliveryStopReason)
    /// What comparing a new card with its case found.
    case finding(DeliveryFinding)
    case pinAbsence(PINAbsence)
    case certificateAbsence(CertificateAbsence)
    case numberDeviation(NumberDeviation)
    case documentAbsence(DocumentAbsence)
    case holderVerdict(HolderVerdict)
    case holderKey(CardHolderKey)
    /// How a blocked PIN is freed.
    case unblocking(CardUnblocking)
    case role(PresentPerson.Role)
    case step(EnrolmentStep)
    case part(EnrolmentPart)
    case queueState(QueueRow.State)
    case clock(TimeConfidence)
    case kept(FailureReport.Kept)
    case deviceFailure(DeviceError.Problem, FailurePart)
    /// What to do about one device's problem, where it differs from the other devices'.
    case deviceRemedy(DeviceKind, DeviceError.Problem)
    case storeFailure(FailureCode.Store, FailurePart)
    case centralFailure(FailureCode.Central, FailurePart)
    case inputFailure(FailureCode.Input, FailurePart)
    case loginFailure(FailureCode.Login, FailurePart)
    case selfTestVerdict(SelfTestVerdict)
    case opening(OpeningText)
    case line(LineText)
    case counted(CountedThing, CountedThing.Number)
    /// What a technician is told of the machine, and what to do about it.
    case condition(VaultCondition, ConditionPart)
    case stickFailure(FailureCode.Stick, FailurePart)
    /// 1 is January.
    case month(Int)
    /// 0 is Monday.
    case weekday(Int)

    enum FailurePart: String, CaseIterable, Sendable {
        case title, happened, remedy
    }

    enum ConditionPart: String, CaseIterable, Sendable {
        case condition, conditionRemedy
    }

    var id: String {
        switch self {
        case .ui(let text): "ui.\(text.rawValue)"
        case .finger(let position): "finger.\(position.name)"
        case .fingerShort(let position): "fingerShort.\(position.name)"
        case .fingerException(let exception): "fingerException.\(exception.rawValue)"
        case .retry(let retry): "retry.\(retry.rawValue)"
        case .hint(let hint): "hint.\(hint.rawValue)"
        case .qualityPart(let part): "qualityPart.\(part.rawValue)"
        case .acceptance(let reason): "acceptance.\(reason.rawValue)"
        case .objection(let reason): "objection.\(reason.rawValue)"
        case .refusal(let refusal): "refusal.\(refusal.rawValue)"
        case .place(let place): "place.\(place.rawValue)"
        case .cardKind(let kind): "cardKind.\(kind.rawValue)"
        case .device(let kind): "device.\(kind.rawValue)"
        case .deviceProblem(let problem): "deviceProblem.\(problem.rawValue)"
        case .stopReason(let reason): "stopReason.\(reason.rawValue)"
        case .dayCloseReason(let reason): "dayCloseReason.\(reason.rawValue)"
        case .signatureExemption(let exemption): "signatureExemption.\(exemption.rawValue)"
        case .consent(let consent): "consent.\(consent.rawValue)"
        case .procedure(let procedure): "procedure.\(procedure.rawValue)"
        case .language(let language): "language.\(language.rawValue)"
        case .numberWarning(let warning): "numberWarning.\(warning.rawValue)"
        case .document(let name): "document.\(name.rawValue)"
        case .verdict(let verdict): "verdict.\(verdict.rawValue)"
        case .verdictMeaning(let verdict): "verdictMeaning.\(verdict.rawValue)"
        case .deliveryStep(let value): "deliveryStep.\(value.rawValue)"
        case .deliveryPart(let value): "deliveryPart.\(value.rawValue)"
        case .deliveryRefusal(let value): "deliveryRefusal.\(value.rawValue)"
        case .deliveryStop(let value): "deliveryStop.\(value.rawValue)"
        case .finding(let value): "finding.\(value.rawValue)"
        case .pinAbsence(let value): "pinAbsence.\(value.rawValue)"
        case .certificateAbsence(let value): "certificateAbsence.\(value.rawValue)"
        case .numberDeviation(let value): "numberDeviation.\(value.rawValue)"
        case .documentAbsence(let value): "documentAbsence.\(value.rawValue)"
        case .holderVerdict(let value): "holderVerdict.\(value.rawValue)"
        case .holderKey(let value): "holderKey.\(value.rawValue)"
        case .unblocking(let value): "unblocking.\(value.rawValue)"
        case .role(let value): "role.\(value.rawValue)"
        case .step(let step): "step.\(step.rawValue)"
        case .part(let part): "part.\(part.rawValue)"
        case .queueState(let state): "queueState.\(state.rawValue)"
        case .clock(let confidence): "clock.\(confidence.rawValue)"
        case .kept(let kept): "kept.\(kept.rawValue)"
        case .deviceFailure(let problem, let part): "failure.device.\(problem.rawValue).\(part.rawValue)"
        case .deviceRemedy(let kind, let problem): "failure.\(kind.rawValue).\(problem.rawValue).remedy"
        case .storeFailure(let failure, let part): "failure.store.\(failure.rawValue).\(part.rawValue)"
        case .centralFailure(let failure, let part): "failure.central.\(failure.rawValue).\(part.rawValue)"
        case .inputFailure(let failure, let part): "failure.input.\(failure.rawValue).\(part.rawValue)"
        case .loginFailure(let failure, let part): "failure.login.\(failure.rawValue).\(part.rawValue)"
        case .opening(let text): "opening.\(text.rawValue)"
        case .line(let text): "line.\(text.rawValue)"
        case .counted(let thing, let number): "count.\(thing.rawValue).\(number.rawValue)"
        case .selfTestVerdict(let verdict): "selfTestVerdict.\(verdict.rawValue)"
        case .condition(let condition, let part): "\(part.rawValue).\(condition.rawValue)"
        case .stickFailure(let failure, let part): "failure.stick.\(failure.rawValue).\(part.rawValue)"
        case .month(let number): "month.\(number)"
        case .weekday(let number): "weekday.\(number)"
        }
    }

    /// All that a complete language has; `deviceRemedy` only where Dutch has one.
    static var all: [Phrase] { words + deliveries + failures + lines }

    private static var words: [Phrase] {
        var all: [Phrase] = UIText.allCases.map { .ui($0) }
        all += FingerPosition.allCases.map { .finger($0) } + FingerPosition.allCases.map { .fingerShort($0) }
        all += FingerException.allCases.map { .fingerException($0) }
        all += CaptureRetry.allCases.map { .retry($0) }
        all += PlacementHint.allCases.map { .hint($0) }
        all += FingerQuality.Part.allCases.map { .qualityPart($0) }
        all += FingerAcceptance.allCases.map { .acceptance($0) } + FingerObjection.allCases.map { .objection($0) }
        all += Refusal.allCases.map { .refusal($0) }
        all += VisitPlace.allCases.map { .place($0) }
        all += CardKind.allCases.map { .cardKind($0) }
        all += DeviceKind.allCases.map { .device($0) }
        all += DeviceError.Problem.allCases.map { .deviceProblem($0) }
        all += StopReason.allCases.map { .stopReason($0) }
        all += DayCloseReason.allCases.map { .dayCloseReason($0) }
        all += SignatureExemption.allCases.map { .signatureExemption($0) }
        all += CertificateConsent.allCases.map { .consent($0) }
        all += Procedure.allCases.map { .procedure($0) }
        all += Language.allCases.map { .language($0) }
        all += NumberWarning.allCases.map { .numberWarning($0) }
        all += CardDocumentName.allCases.map { .document($0) }
        all += CardVerdict.allCases.map { .verdict($0) } + CardVerdict.allCases.map { .verdictMeaning($0) }
        all += EnrolmentStep.allCases.map { .step($0) }
        all += EnrolmentPart.allCases.map { .part($0) }
        all += QueueRow.State.allCases.map { .queueState($0) }
        all += TimeConfidence.allCases.map { .clock($0) }
        return all + (1...12).map { .month($0) } + (0..<7).map { .weekday($0) }
    }

    private static var deliveries: [Phrase] {
        var all: [Phrase] = DeliveryStep.allCases.map { .deliveryStep($0) }
        all += DeliveryPart.allCases.map { .deliveryPart($0) }
        all += DeliveryRefusal.allCases.map { .deliveryRefusal($0) }
        all += DeliveryStopReason.allCases.map { .deliveryStop($0) }
        all += DeliveryFinding.allCases.map { .finding($0) }
        all += PINAbsence.allCases.map { .pinAbsence($0) }
        all += CertificateAbsence.allCases.map { .certificateAbsence($0) }
        all += NumberDeviation.allCases.map { .numberDeviation($0) }
        all += DocumentAbsence.allCases.map { .documentAbsence($0) }
        all += HolderVerdict.allCases.map { .holderVerdict($0) }
        all += CardHolderKey.allCases.map { .holderKey($0) }
        all += CardUnblocking.allCases.map { .unblocking($0) }
        all += PresentPerson.Role.allCases.map { .role($0) }
        return all
    }

    private static var failures: [Phrase] {
        var all: [Phrase] = FailureReport.Kept.allCases.map { .kept($0) }
        all += SelfTestVerdict.allCases.map { .selfTestVerdict($0) }
        all += OpeningText.allCases.map { .opening($0) }
        for condition in VaultCondition.allCases where condition.wantsRemedy {
            all += ConditionPart.allCases.map { .condition(condition, $0) }
        }
        for part in FailurePart.allCases {
            all += DeviceError.Problem.allCases.map { .deviceFailure($0, part) }
            all += FailureCode.Store.allCases.map { .storeFailure($0, part) }
            all += FailureCode.Central.allCases.map { .centralFailure($0, part) }
            all += FailureCode.Input.allCases.map { .inputFailure($0, part) }
            all += FailureCode.Login.allCases.map { .loginFailure($0, part) }
            all += FailureCode.Stick.allCases.map { .stickFailure($0, part) }
        }
        return all
    }

    private static var lines: [Phrase] {
        LineText.allCases.map { .line($0) }
            + CountedThing.Number.allCases.flatMap { number in CountedThing.allCases.map { .counted($0, number) } }
    }

    /// The remedies that one device may have of its own.
    static var optional: [Phrase] {
        DeviceKind.allCases.flatMap { kind in DeviceError.Problem.allCases.map { .deviceRemedy(kind, $0) } }
    }
}
