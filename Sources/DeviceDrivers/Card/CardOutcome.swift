import DeviceTransport
import EnrolmentCore

extension CardVisit.Result {
    /// What a person can mend, as a retry; what the machine must mend, thrown.
    func outcome(at time: Timestamp) throws(DeviceError) -> CaptureOutcome<CardReading> {
        switch self {
        case .ended(.read(let contents)): return .captured(contents.reading(at: time))
        case .ended(.otherCard): return .retry(.otherCard)
        case .ended(.notActivated): return .retry(.cardNotActivated)
        case .mute: return .retry(.cardMute)
        case .ended(.exchanged), .removed: return .retry(.cardRemoved)
        case .noCard: return .retry(.noCard)
        case .ended(.failed(let failure)): throw DeviceError(failure)
        }
    }
}

extension DeviceError {
    /// Names files and status words, never content.
    init(_ failure: CardSession.Failure) {
        switch failure {
        case .refused(let file, let status):
            self.init(.cardReader, .unreadable, "\(file?.rawValue ?? "card"): refused with \(status)")
        case .violation(let file):
            self.init(.cardReader, .protocolViolation, "\(file?.rawValue ?? "card"): answer out of protocol")
        case .unreadable(let file, let error):
            self.init(.cardReader, .unreadable, "\(file.rawValue): \(error.map(\.description) ?? "not whole")")
        case .blank:
            self.init(.cardReader, .unreadable, "the card is not personalised")
        }
    }

    init(_ error: TransportError) {
        let problem: Problem =
            switch error.reason {
            case .absent: .absent
            case .unplugged, .noCard, .cardRemoved: .unplugged
            case .busy, .sharingViolation, .cardReset: .busy
            case .permissionDenied: .permissionDenied
            case .timedOut: .timedOut
            case .cancelled: .cancelled
            case .serviceDown: .serviceDown
            case .stalled, .overflow, .inputOutput, .cardMute: .protocolViolation
            }
        self.init(.cardReader, problem, error.detail)
    }
}
