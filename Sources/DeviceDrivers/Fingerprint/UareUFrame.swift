import DeviceProfiles
import EnrolmentCore

/// A decoded picture made upright, cropped and scaled.
struct UareUFrame {
    /// All that the sensor gave, and the glass at 500 pixels an inch.
    let raw: GrayImage
    let image: GrayImage
    /// What the person should do better, when there is next to nothing to see.
    let retry: CaptureRetry?

    /// - Parameter picture: `UareUPacket.rows` lines, ridges bright.
    init(_ picture: [UInt8], parameters: ScannerParameters) {
        let upright = parameters.isTurned ? picture.reversed() : picture
        raw = GrayImage(width: UareUPacket.columns, height: UareUPacket.rows, pixels: upright).inverted()
        let active = raw.cropped(columns: parameters.activeColumns, rows: parameters.activeRows)
        image = active.scaled(
            horizontallyBy: 500 / parameters.horizontalPixelsPerInch,
            verticallyBy: 500 / parameters.verticalPixelsPerInch, pixelsPerInch: 500)
        retry = Self.retry(for: Self.coverage(of: active))
    }

    /// Which part of the glass shows anything, from 0 to 1: squares of 16 pixels whose grey varies. An
    /// empty glass varies by 1 to 5, the faintest skin in recordings by 8 and more.
    private static func coverage(of image: GrayImage) -> Double {
        let side = 16
        var (covered, count) = (0, 0)
        for top in stride(from: 0, through: image.height - side, by: side) {
            for left in stride(from: 0, through: image.width - side, by: side) {
                var (sum, squares) = (0, 0)
                for y in top..<top + side {
                    for x in left..<left + side {
                        let value = Int(image[x, y])
                        sum += value
                        squares += value * value
                    }
                }
                let area = side * side
                // Variance times the squared area, in whole numbers; 8 grey levels.
                if squares * area - sum * sum >= 64 * area * area { covered += 1 }
                count += 1
            }
        }
        return count == 0 ? 0 : Double(covered) / Double(count)
    }

    /// Only what no picture of a finger can be; whether a finger is good enough is judged elsewhere.
    private static func retry(for coverage: Double) -> CaptureRetry? {
        if coverage < 0.01 { return .liftedTooEarly }
        return coverage < 0.04 ? .pressHarder : nil
    }
}
