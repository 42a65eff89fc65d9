package import EnrolmentCore

/// The exit codes of `loket`, one table for all verbs; README repeats it.
package enum ExitStatus: Int32, CaseIterable, Sendable {
    case success = 0
    /// `selftest` or a check found something wrong.
    case checkFailed = 1
    /// The person did not do what was asked in time: no card, no finger, no ink.
    case personNeeded = 3
    /// What was asked for, a file that was named or the configuration cannot be used.
    case input = 4
    /// No officer has logged in, or is let in.
    case login = 5
    case device = 10
    case store = 20
    case central = 30
    /// `sync` ended with packets that wait for a next time.
    case packetsLeft = 31

    package init(_ code: FailureCode) {
        switch code {
        case .device: self = .device
        case .store: self = .store
        case .central: self = .central
        case .person: self = .personNeeded
        case .input: self = .input
        case .login: self = .login
        case .stick: self = .store
        }
    }

    /// What it means, for `--help` and the manual.
    package var meaning: String {
        switch self {
        case .success: "done"
        case .checkFailed: "a check found something wrong"
        case .personNeeded: "nobody put in a card, a finger or a pen in time"
        case .input: "a name, a file or the configuration cannot be used"
        case .login: "nobody is logged in, or the officer is not let in"
        case .device: "a device is absent, unplugged, busy or answers wrongly"
        case .store: "the data folder, or a stick, cannot be used"
        case .central: "central cannot be reached, or refuses"
        case .packetsLeft: "some packets are still in the queue"
        }
    }
}
