import EnrolmentCore
import Foundation

/// How a finger lies on the glass, from the area that touches it.
struct ContactShape {
    /// In pixels.
    let area: Double
    /// How far its middle lies from that of the glass, to the right and down, as a share of the glass.
    let right: Double
    let down: Double
    /// The free glass beside it, as a share of the glass's width or height.
    let margins: (left: Double, right: Double, top: Double, bottom: Double)
    /// How far its long axis leans to the right at the top, in degrees from -90 to 90.
    let lean: Double
    /// Its length over its width.
    let elongation: Double

    /// Nil when nothing touches.
    init?(_ contact: ContactArea, of picture: TrimmedPicture, in image: GrayImage) {
        let cell = Double(ContactArea.cell)
        var (count, sumX, sumY) = (0.0, 0.0, 0.0)
        var (left, right, top, bottom) = (contact.columns, -1, contact.rows, -1)
        for (index, isContact) in contact.isContact.enumerated() where isContact {
            let (column, row) = (index % contact.columns, index / contact.columns)
            count += 1
            sumX += Double(column)
            sumY += Double(row)
            (left, right) = (min(left, column), max(right, column))
            (top, bottom) = (min(top, row), max(bottom, row))
        }
        guard count > 0 else { return nil }
        let (middleX, middleY) = (sumX / count, sumY / count)
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (index, isContact) in contact.isContact.enumerated() where isContact {
            let dx = Double(index % contact.columns) - middleX
            let dy = Double(index / contact.columns) - middleY
            xx += dx * dx
            yy += dy * dy
            xy += dx * dy
        }
        let (width, height) = (Double(image.width), Double(image.height))
        area = count * cell * cell
        self.right = (Double(picture.left) + (middleX + 0.5) * cell) / width - 0.5
        down = (Double(picture.top) + (middleY + 0.5) * cell) / height - 0.5
        margins = (
            (Double(picture.left) + Double(left) * cell) / width,
            max(0, width - Double(picture.left) - Double(right + 1) * cell) / width,
            (Double(picture.top) + Double(top) * cell) / height,
            max(0, height - Double(picture.top) - Double(bottom + 1) * cell) / height
        )
        // The direction of the larger moment, from the upright; rows run downwards.
        lean = atan2(-2 * xy, yy - xx) / 2 * 180 / .pi
        let root = ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot()
        elongation = ((xx + yy + root) / max(1, xx + yy - root)).squareRoot()
    }
}
