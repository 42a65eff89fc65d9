import EnrolmentCore
import StationUI

// When the next card is waited for, rather than a refusal told.

extension ReaderState {
    /// Whether somebody looked, and saw no card that could be read.
    var isSeenWithoutCard: Bool {
        switch self {
        case .noReader, .noCard, .mute: true
        case .unknown, .card: false
        }
    }
}

extension FailureReport {
    /// Whether there was no card to be read, or none that answered, rather than one that was refused.
    var isForWantOfCard: Bool {
        switch code {
        case .device(.cardReader, .absent), .device(.cardReader, .unplugged), .device(.cardReader, .serviceDown),
            .person(.cardMute), .person(.cardRemoved):
            true
        default: false
        }
    }
}
