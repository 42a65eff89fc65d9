import Foundation

/// A window of 32 by 16 pixels on the middle of a square, turned so that the ridges stand or lie in it.
///
/// The nearest pixel is taken, found in steps of 1/1024 as OpenCV finds it: clarity is a count of pixels, and
/// it is NFIQ 2's to the last digit only with the very same ones.
struct TurnedWindow {
    static let long = 32
    static let short = 16
    /// The square and what its corners need around it when it turns.
    private static let extent = RegionMoments.side + 2 * LocalRegions.margin
    private static let unit = 1024.0

    /// Sums of the pixels beside each other across the window's length, `long` of them.
    private(set) var sums = ContiguousArray<Int32>(repeating: 0, count: TurnedWindow.long)
    /// `short` pixels for each of `long` places along the window.
    private(set) var pixels = ContiguousArray<UInt8>(repeating: 0, count: TurnedWindow.long * TurnedWindow.short)
    /// How far each column is from the first, right and down.
    private var across = ContiguousArray<(x: Int, y: Int)>(repeating: (0, 0), count: TurnedWindow.long)

    /// - Parameter isUpright: whether its length goes down the picture instead of across.
    mutating func read(
        _ picture: TrimmedPicture, at region: LocalRegions.Inner, angle: Double, isUpright: Bool
    ) {
        let (cosine, sine) = (cos(angle), sin(angle))
        let middle = Double(Self.extent) / 2
        let (columns, rows) = isUpright ? (Self.short, Self.long) : (Self.long, Self.short)
        let (firstX, firstY) = ((Self.extent - columns) / 2, (Self.extent - rows) / 2)
        for column in 0..<columns {
            let x = Double(firstX + column) * Self.unit
            across[column] = (Self.nearest(cosine * x), Self.nearest(sine * x))
        }
        for index in sums.indices { sums[index] = 0 }
        let origin = (region.y - LocalRegions.margin) * picture.width + region.x - LocalRegions.margin
        let strides = isUpright ? (row: Self.short, column: 1) : (row: 1, column: Self.short)
        picture.pixels.withUnsafeBufferPointer { source in
            for row in 0..<rows {
                let y = Double(firstY + row)
                let startX = Self.nearest((middle - cosine * middle + sine * middle - sine * y) * Self.unit) + 512
                let startY = Self.nearest((middle - sine * middle - cosine * middle + cosine * y) * Self.unit) + 512
                for column in 0..<columns {
                    // The window's corners are as far from its middle as the square's sides, or a hair less.
                    let x = min(Self.extent - 1, max(0, (startX + across[column].x) >> 10))
                    let y = min(Self.extent - 1, max(0, (startY + across[column].y) >> 10))
                    let grey = source[origin + y * picture.width + x]
                    pixels[row * strides.row + column * strides.column] = grey
                    sums[isUpright ? row : column] += Int32(grey)
                }
            }
        }
    }

    private static func nearest(_ value: Double) -> Int {
        Int(value.rounded(.toNearestOrEven))
    }
}
