import FoundationEssentials

/// One finger that was taken and kept.
package struct FingerSample: Hashable, Sendable, Codable {
    package let position: FingerPosition
    package let impression: ImpressionType
    /// Dark ridges on white, upright, 500 pixels an inch.
    package let image: GrayImage
    /// 0 to 100, or nil while no quality measure exists for this kit.
    package let quality: Int?
    /// Which attempt at this finger it was, from 1.
    package let attempt: Int
    package let capturedAt: Timestamp
    package let device: DeviceDescription

    package init(
        position: FingerPosition, impression: ImpressionType = .liveScanPlain, image: GrayImage, quality: Int?,
        attempt: Int, capturedAt: Timestamp, device: DeviceDescription
    ) {
        self.position = position
        self.impression = impression
        self.image = image
        self.quality = quality
        self.attempt = attempt
        self.capturedAt = capturedAt
        self.device = device
    }
}

/// The passport photo that was taken and kept.
package struct PortraitSample: Hashable, Sendable, Codable {
    /// A baseline JPEG file.
    package let jpeg: [UInt8]
    package let width: Int
    package let height: Int
    package let capturedAt: Timestamp
    package let device: DeviceDescription

    package init(jpeg: [UInt8], width: Int, height: Int, capturedAt: Timestamp, device: DeviceDescription) {
        self.jpeg = jpeg
        self.width = width
        self.height = height
        self.capturedAt = capturedAt
        self.device = device
    }

    private enum CodingKeys: String, CodingKey {
        case jpeg, width, height, capturedAt, device
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        jpeg = [UInt8](try container.decode(Data.self, forKey: .jpeg))
        width = try container.decode(Int.self, forKey: .width)
        height = try container.decode(Int.self, forKey: .height)
        capturedAt = try container.decode(Timestamp.self, forKey: .capturedAt)
        device = try container.decode(DeviceDescription.self, forKey: .device)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Data(jpeg), forKey: .jpeg)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(capturedAt, forKey: .capturedAt)
        try container.encode(device, forKey: .device)
    }
}

/// One moment of the pen on the pad.
package struct PenPoint: Hashable, Sendable, Codable {
    /// In units of the pad, from its top left.
    package let x: Int
    package let y: Int
    /// 0 to the pad's maximum; 0 means that the pen does not touch.
    package let pressure: Int
    /// Since the first point of the signature.
    package let milliseconds: Int

    package init(x: Int, y: Int, pressure: Int, milliseconds: Int) {
        self.x = x
        self.y = y
        self.pressure = pressure
        self.milliseconds = milliseconds
    }
}

/// What the pen can tell: the ranges that make its points mean something.
package struct PadGeometry: Hashable, Sendable, Codable {
    /// Largest x, y and pressure that the pad reports.
    package let maximumX: Int
    package let maximumY: Int
    package let maximumPressure: Int
    /// The writing surface in hundredths of a millimetre.
    package let widthInHundredthsOfMillimetre: Int
    package let heightInHundredthsOfMillimetre: Int

    package init(
        maximumX: Int, maximumY: Int, maximumPressure: Int, widthInHundredthsOfMillimetre: Int,
        heightInHundredthsOfMillimetre: Int
    ) {
        self.maximumX = maximumX
        self.maximumY = maximumY
        self.maximumPressure = maximumPressure
        self.widthInHundredthsOfMillimetre = widthInHundredthsOfMillimetre
        self.heightInHundredthsOfMillimetre = heightInHundredthsOfMillimetre
    }
}

/// A signature as it was written: strokes, each a run of points with the pen down.
package struct SignatureSample: Hashable, Sendable, Codable {
    package let strokes: [[PenPoint]]
    package let geometry: PadGeometry
    package let capturedAt: Timestamp
    package let device: DeviceDescription

    package init(strokes: [[PenPoint]], geometry: PadGeometry, capturedAt: Timestamp, device: DeviceDescription) {
        self.strokes = strokes
        self.geometry = geometry
        self.capturedAt = capturedAt
        self.device = device
    }
}

/// Which device made a sample: its product name and a serial that names no person.
package struct DeviceDescription: Hashable, Sendable, Codable {
    package let product: String
    package let serial: String?

    package init(product: String, serial: String? = nil) {
        self.product = product
        self.serial = serial
    }
}
