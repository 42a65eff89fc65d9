/// How many pixels of the raw picture make an inch on the glass, as a calibration measured it on one device.
package struct ScannerScale: Hashable, Sendable {
    /// Along a row and along a column.
    package let horizontalPixelsPerInch: Double
    package let verticalPixelsPerInch: Double

    package init(horizontalPixelsPerInch: Double, verticalPixelsPerInch: Double) {
        self.horizontalPixelsPerInch = horizontalPixelsPerInch
        self.verticalPixelsPerInch = verticalPixelsPerInch
    }
}
