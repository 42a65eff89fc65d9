/// What came of trying to take a sample.
package enum CaptureOutcome<Sample: Sendable>: Sendable {
    case captured(Sample)
    /// Nothing is broken: the person can mend it and try again.
    case retry(CaptureRetry)
}

extension CaptureOutcome: Equatable where Sample: Equatable {}

/// What a person can do better at the next attempt.
package enum CaptureRetry: String, CaseIterable, Sendable, Codable {
    /// No finger came on the glass within the time.
    case noFinger
    /// The finger left before the picture was there.
    case liftedTooEarly
    /// Too little of the finger touches the glass.
    case pressHarder
    /// The finger stayed on the glass.
    case liftFinger
    /// What lies on the glass is what an earlier finger left, or dirt.
    case cleanGlass
    /// The finger is too wet to show its ridges.
    case dryFinger
    /// The finger went over the glass while the picture was taken.
    case holdStill
    /// The scanner takes what lies on it for no living finger.
    case notAFinger
    /// The pen never touched the pad.
    case noInk
    /// The citizen asked to start again, on the pad.
    case penCleared
    /// No card was put in within the time.
    case noCard
    /// The card is not a Belgian identity card.
    case otherCard
    /// The card left the reader during reading.
    case cardRemoved
    /// The card does not answer: put in the wrong way round, or broken.
    case cardMute
    /// The card is finished and not activated yet, as before every delivery.
    case cardNotActivated
}

/// What a capture in progress shows, for the screen.
package enum CaptureProgress: Hashable, Sendable {
    case placeFinger(FingerPosition)
    case reading
    /// What the scanner sees now, and what is thought of it.
    case finger(FingerPreview)
    /// What the person should do with the finger, when the scanner itself says so.
    case hint(PlacementHint)
    case liftFinger
    case insertCard
    /// One file of the card of so many.
    case cardFile(CardFile, index: Int, count: Int)
    /// There before the rest of the card is; not proven yet.
    case identity(CardIdentity)
    case address(CardAddress)
    /// The JPEG on the chip; not proven yet.
    case cardPhoto([UInt8])
    case sign
    case ink(PenPoint)
    case preview(RGBImage)
}

/// One picture of a finger as a driver gives it.
package struct FingerFrame: Hashable, Sendable {
    /// The sensor's picture after decoding, inversion and orientation, before crop and scaling.
    package let raw: GrayImage
    /// Cropped to the active area and scaled to 500 pixels an inch; dark ridges on white.
    package let image: GrayImage
    /// Whether someone asked for this very picture, or it was taken by itself.
    package let trigger: FingerAttempt.Trigger

    package init(raw: GrayImage, image: GrayImage, trigger: FingerAttempt.Trigger = .automatic) {
        self.raw = raw
        self.image = image
        self.trigger = trigger
    }
}

package typealias ProgressHandler = @Sendable (CaptureProgress) -> Void

/// A scanner that takes one finger at a time.
package protocol FingerprintCapturing: Sendable {
    /// Powers the scanner up, waits for a finger, takes pictures as the request's trigger says, waits for
    /// the finger to leave and switches off; releases the scanner however it ends.
    ///
    /// - Throws: `DeviceError` for what the machine must mend; a cancelled task gives `.cancelled`.
    func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame>

    /// Takes the picture of the running capture now, whatever it is like.
    func trigger() async

    func describe() async throws(DeviceError) -> DeviceDescription
}

/// A reader with, perhaps, a card in it.
package protocol IdentityCardReading: Sendable {
    /// Waits for a card, reads all its files and releases it.
    func readCard(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<CardReading>

    func describe() async throws(DeviceError) -> DeviceDescription
}

/// A pad to sign on.
package protocol SignatureCapturing: Sendable {
    /// Clears the pad, takes ink until the pen has rested for a while or `finish` is called, and
    /// clears the pad again however it ends.
    func capture(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<SignatureSample>

    /// Ends the running capture with what has been written so far.
    func finish() async

    func describe() async throws(DeviceError) -> DeviceDescription
}

/// A source of portraits: a camera, or a picture file.
package protocol PortraitCapturing: Sendable {
    /// Shows previews until `shutter` is called, then gives one full picture as JPEG.
    func capture(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<PortraitSample>

    /// Takes the picture of the running capture now.
    func shutter() async

    func describe() async throws(DeviceError) -> DeviceDescription
}
