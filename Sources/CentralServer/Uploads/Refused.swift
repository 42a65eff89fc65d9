import SyncProtocol

/// Central does not do what a kit asked, for a reason that the kit is told.
struct Refused: Error, Hashable {
    let code: RefusalCode
    /// Holds no personal datum: it is sent and logged.
    let detail: String?
    /// Where the upload stands, when that helps; it saves the kit a HEAD.
    let offset: Int?

    init(_ code: RefusalCode, _ detail: String? = nil, offset: Int? = nil) {
        self.code = code
        self.detail = detail
        self.offset = offset
    }
}

extension RefusalCode {
    /// Whether the office keeps a list of it: what a person may have to look at, and nothing that passes by itself.
    var isKept: Bool {
        switch remedy {
        case .setAside, .stopAll: true
        case .announceAgain: self == .digestMismatch
        case .askOffset, .resume, .tryLater: false
        }
    }
}
