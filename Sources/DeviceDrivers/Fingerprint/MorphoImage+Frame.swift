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
        FingerFrame(raw: upright(parameters), image: atStandardScale(parameters), trigger: trigger)
    }

    /// Upright and at 500 pixels an inch, by a calibration's figures or else by its own.
    func atStandardScale(_ parameters: MorphoParameters) -> GrayImage {
        let scale =
            parameters.calibration
            ?? ScannerScale(
                horizontalPixelsPerInch: Double(horizontalPixelsPerInch),
                verticalPixelsPerInch: Double(verticalPixelsPerInch))
        let upright = upright(parameters)
        guard scale.horizontalPixelsPerInch != 500 || scale.verticalPixelsPerInch != 500 else { return upright }
        return upright.scaled(
            horizontallyBy: 500 / scale.horizontalPixelsPerInch, verticallyBy: 500 / scale.verticalPixelsPerInch,
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
