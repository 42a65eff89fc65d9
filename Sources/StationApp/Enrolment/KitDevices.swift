package import DeviceDrivers
package import EnrolmentCore

/// The four devices of a kit, as capabilities: nothing above knows whether a wire or an emulator is
/// behind them.
package struct KitDevices: Sendable {
    package let scanner: any FingerprintCapturing
    /// Reads cards, and lets their holders show who they are.
    package let cardReader: any KitCardReading
    package let pad: any SignatureCapturing
    package let camera: any PortraitCapturing

    package init(
        scanner: any FingerprintCapturing, cardReader: any KitCardReading,
        pad: any SignatureCapturing, camera: any PortraitCapturing
    ) {
        self.scanner = scanner
        self.cardReader = cardReader
        self.pad = pad
        self.camera = camera
    }
}

/// How long each capture may take before it is given up with a result or a named error.
package struct CaptureLimits: Sendable {
    package var card: Duration
    package var finger: Duration
    package var signature: Duration
    package var portrait: Duration

    package init(card: Duration, finger: Duration, signature: Duration, portrait: Duration) {
        self.card = card
        self.finger = finger
        self.signature = signature
        self.portrait = portrait
    }

    /// At a bedside nothing is hurried: a minute for a card or a finger, three for a signature or a photo.
    package static let bedside = CaptureLimits(
        card: .seconds(60), finger: .seconds(60), signature: .seconds(180), portrait: .seconds(180))
}

/// A card reader as a kit has it: it reads what is wanted of a card, and lets its holder show who they are.
package protocol KitCardReading: IdentityCardReading, CardHolderVerifying {
    /// As `readCard(within:progress:)`, for other files or in another extent than an enrolment needs.
    func readCard(
        _ plan: CardReadingPlan, within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<CardReading>
}

extension BelgianEIDReader: KitCardReading {}
