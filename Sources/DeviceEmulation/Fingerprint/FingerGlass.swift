/// The picture that a sensor makes of its glass.
package struct FingerGlass: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// The part of the picture that shows the glass; the rest is white.
    let columns: Range<Int>
    let rows: Range<Int>
    private let horizontalPixelsPerInch: Float
    private let verticalPixelsPerInch: Float

    /// 368 x 400 pixels at 500 an inch.
    package static let plain = FingerGlass(
        width: 368, height: 400, columns: 0..<368, rows: 0..<400, horizontalPixelsPerInch: 500,
        verticalPixelsPerInch: 500)
    /// A U.are.U scanner's own picture, upright, its scale as the profile has it.
    package static let uareU = FingerGlass(
        width: 384, height: 290, columns: 15..<372, rows: 0..<289, horizontalPixelsPerInch: 512,
        verticalPixelsPerInch: 379)
    /// A MorphoSmart's picture, 416 x 416 at 500 an inch; its glass is 14 mm x 22 mm.
    package static let morpho = FingerGlass(
        width: 416, height: 416, columns: 70..<346, rows: 0..<416, horizontalPixelsPerInch: 500,
        verticalPixelsPerInch: 500)

    /// A glass that fills its picture.
    package init(width: Int, height: Int, pixelsPerInch: Int = 500) {
        self.init(
            width: width, height: height, columns: 0..<width, rows: 0..<height,
            horizontalPixelsPerInch: Float(pixelsPerInch), verticalPixelsPerInch: Float(pixelsPerInch))
    }

    private init(
        width: Int, height: Int, columns: Range<Int>, rows: Range<Int>, horizontalPixelsPerInch: Float,
        verticalPixelsPerInch: Float
    ) {
        self.width = width
        self.height = height
        self.columns = columns
        self.rows = rows
        self.horizontalPixelsPerInch = horizontalPixelsPerInch
        self.verticalPixelsPerInch = verticalPixelsPerInch
    }

    /// The scale, when it is the same both ways.
    var pixelsPerInch: Int? {
        horizontalPixelsPerInch == verticalPixelsPerInch ? Int(horizontalPixelsPerInch) : nil
    }

    var centreX: Float { Float(columns.lowerBound + columns.upperBound) / 2 }
    var centreY: Float { Float(rows.lowerBound + rows.upperBound) / 2 }
    /// Pixels of 1/500 inch in a pixel of the picture.
    var horizontalScale: Float { 500 / horizontalPixelsPerInch }
    var verticalScale: Float { 500 / verticalPixelsPerInch }
}
