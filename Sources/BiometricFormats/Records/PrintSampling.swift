/// How densely the scanner sampled a finger and how densely its stored image does (ISO/IEC 19794-4).
package struct PrintSampling: Hashable, Sendable {
    /// What the densities count.
    package enum Unit: UInt8, Sendable {
        case pixelsPerInch = 1
        case pixelsPerCentimetre
    }

    package let unit: Unit
    package let scanHorizontal: Int
    package let scanVertical: Int
    /// At most the scanner's: an image is never made denser than it was taken.
    package let imageHorizontal: Int
    package let imageVertical: Int

    /// 500 pixels an inch all over, what ICAO and WSQ ask for.
    package static let standard500 = PrintSampling(pixelsPerInch: 500)

    package init(unit: Unit, scanHorizontal: Int, scanVertical: Int, imageHorizontal: Int, imageVertical: Int) {
        self.unit = unit
        self.scanHorizontal = scanHorizontal
        self.scanVertical = scanVertical
        self.imageHorizontal = imageHorizontal
        self.imageVertical = imageVertical
    }

    /// The same density in both directions, before and after.
    package init(pixelsPerInch: Int) {
        self.init(
            unit: .pixelsPerInch, scanHorizontal: pixelsPerInch, scanVertical: pixelsPerInch,
            imageHorizontal: pixelsPerInch, imageVertical: pixelsPerInch)
    }

    /// The image's density, rounded to whole pixels; nil where its two directions differ.
    package var pixelsPerInch: Int? {
        guard imageHorizontal == imageVertical else { return nil }
        // 2.54 cm in an inch.
        return unit == .pixelsPerInch ? imageHorizontal : (imageHorizontal * 254 + 50) / 100
    }

    var isValid: Bool {
        (1...65535).contains(scanHorizontal) && (1...65535).contains(scanVertical)
            && (1...scanHorizontal).contains(imageHorizontal) && (1...scanVertical).contains(imageVertical)
    }

    /// Reads the unit and the four densities, which follow it in both editions.
    init(_ reader: inout ByteReader) throws(FingerImageRecordError) {
        guard let code = reader.uint8(), let scanX = reader.uint16(), let scanY = reader.uint16(),
            let imageX = reader.uint16(), let imageY = reader.uint16()
        else { throw .truncated }
        guard let unit = Unit(rawValue: code) else { throw .invalid(.scaleUnits) }
        self.init(
            unit: unit, scanHorizontal: Int(scanX), scanVertical: Int(scanY), imageHorizontal: Int(imageX),
            imageVertical: Int(imageY))
        guard isValid else { throw .invalid(.resolution) }
    }

    func append(to bytes: inout [UInt8]) throws(FingerImageRecordError) {
        guard isValid else { throw .invalid(.resolution) }
        bytes.append(unit.rawValue)
        for density in [scanHorizontal, scanVertical, imageHorizontal, imageVertical] {
            bytes.appendBigEndian(density, byteCount: 2)
        }
    }
}
