import EnrolmentCore
import EnrolmentFlow

/// What runs for the case on the screen.
enum CaseSession: Sendable {
    case enrolment(EnrolmentSession)
    case delivery(DeliverySession)

    /// What a session tells.
    enum Update: Sendable {
        case enrolment(EnrolmentSession.Update)
        case delivery(DeliverySession.Update)

        /// Whether a newer one makes it needless.
        var isLivePicture: Bool {
            switch self {
            case .enrolment(.progress(let progress)), .delivery(.progress(let progress)): progress.isLivePicture
            case .enrolment(.state), .delivery(.state): false
            }
        }
    }

    func isSame(as other: CaseSession?) -> Bool {
        switch (self, other) {
        case (.enrolment(let left), .enrolment(let right)): left === right
        case (.delivery(let left), .delivery(let right)): left === right
        default: false
        }
    }

    func close() async {
        switch self {
        case .enrolment(let session): await session.close()
        case .delivery(let session): await session.close()
        }
    }

    /// Takes the picture that is being framed.
    func shutter() async {
        switch self {
        case .enrolment(let session): await session.shutter()
        case .delivery(let session): await session.shutter()
        }
    }

    /// Ends the signature that is being written.
    func finishInk() async {
        switch self {
        case .enrolment(let session): await session.finishInk()
        case .delivery(let session): await session.finishInk()
        }
    }

    /// Hands on each update; ends with the session.
    func follow(_ tell: @Sendable (Update) -> Void) async {
        switch self {
        case .enrolment(let session): for await update in session.updates { tell(.enrolment(update)) }
        case .delivery(let session): for await update in session.updates { tell(.delivery(update)) }
        }
    }
}

extension CaptureProgress {
    fileprivate var isLivePicture: Bool {
        switch self {
        case .preview, .finger: true
        default: false
        }
    }
}
