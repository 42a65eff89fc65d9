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
