import SyncProtocol

/// What an answer means before its status is looked at: is it central that speaks?
enum AnswerReading: Hashable {
    /// Central did what was asked.
    case done
    case refused(RefusalCode)
    /// Central, or a proxy before it, cannot answer now.
    case unavailable
    /// Someone else answers, for example a captive portal: never a success.
    case notCentral

    /// - Parameter expected: The statuses that mean success for this request.
    init(_ answer: SyncAnswer, expecting expected: Set<Int>) {
        guard answer[header: SyncHeader.tusResumable] == TusCapabilities.version else {
            self = [502, 503, 504].contains(answer.status) ? .unavailable : .notCentral
            return
        }
        if expected.contains(answer.status) {
            self = .done
        } else if let problem = try? Problem(decoding: answer.body), problem.status == answer.status {
            self = .refused(problem.code)
        } else if let code = Self.code(for: answer.status) {
            self = .refused(code)
        } else {
            self = answer.status >= 500 ? .unavailable : .notCentral
        }
    }

    /// A HEAD has no body, and another tus server has bodies of its own: the status alone must do.
    private static func code(for status: Int) -> RefusalCode? {
        switch status {
        case 401: .unknownKit
        case 403, 404, 410: .unknownPacket
        case 409: .offsetMismatch
        case 412: .unsupportedVersion
        case 413: .tooLarge
        case 415: .unsupportedMediaType
        case 429: .tooManyUploads
        case 460: .checksumMismatch
        case 507: .storageFull
        default: nil
        }
    }
}
