import DeviceProfiles
import EnrolmentCore

extension MorphoImage {
    /// The picture upright and dark on white, at the scale that its own header tells.
    func upright(_ parameters: MorphoParameters) -> GrayImage {
        let turned = parameters.isTurned ? pixels.reversed() : pixels
        return GrayImage(
            width: columns, height: rows, pixels: parameters.isInverted ? turned.map { 255 - $0 } : turned,
            pixelsPerInch: horizontalPixelsPerInch == verticalPixelsPerInch ? horizontalPixelsPerInch : nil)
    }

    /// As it came, and at 500 pixels an inch.
    func frame(_ parameters: MorphoParameters, trigger: FingerAttempt.Trigger) -> FingerFrame {
        let raw = upright(parameters)
        return FingerFrame(raw: raw, image: atStandardScale(raw), trigger: trigger)
    }

    func atStandardScale(_ upright: GrayImage) -> GrayImage {
        guard horizontalPixelsPerInch != 500 || verticalPixelsPerInch != 500 else { return upright }
        return upright.scaled(
            horizontallyBy: 500 / Double(horizontalPixelsPerInch), verticallyBy: 500 / Double(verticalPixelsPerInch),
            pixelsPerInch: 500)
    }
}

extension PlacementHint {
    init(_ hint: MorphoHint) {
        self =
            switch hint {
            case .noFinger: .placeFinger
            case .moveUp: .moveUp
            case .moveDown: .moveDown
            case .moveLeft: .moveLeft
            case .moveRight: .moveRight
            case .pressHarder: .pressHarder
            case .latent: .cleanGlass
            case .removeFinger: .liftFinger
            case .fingerIsGood: .holdStill
            }
    }
}
