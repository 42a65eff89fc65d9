import EnrolmentCore
import Foundation

/// Ink as a pad of 96 x 60 mm would give it.
enum SignatureFixture {
    static let geometry = PadGeometry(
        maximumX: 9600, maximumY: 6000, maximumPressure: 1023, widthInHundredthsOfMillimetre: 9600,
        heightInHundredthsOfMillimetre: 6000)

    static func sample(_ strokes: [[PenPoint]], geometry: PadGeometry = geometry) throws -> SignatureSample {
        SignatureSample(
            strokes: strokes, geometry: geometry, capturedAt: Timestamp(milliseconds: 0),
            device: DeviceDescription(product: "test"))
    }

    /// Two strokes: a wave and a dash below it.
    static let strokes: [[PenPoint]] = {
        let wave = (0..<120).map { index in
            PenPoint(
                x: 1000 + 50 * index, y: 2500 + Int(900 * sin(Double(index) / 9)), pressure: 300 + 5 * index,
                milliseconds: 5 * index)
        }
        let dash = (0..<30).map { index in
            PenPoint(x: 2000 + 120 * index, y: 4200, pressure: 700, milliseconds: 900 + 5 * index)
        }
        return [wave, dash]
    }()
}
