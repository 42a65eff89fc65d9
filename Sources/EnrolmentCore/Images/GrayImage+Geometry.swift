extension GrayImage {
    /// The part within these columns and rows, as far as the picture has it; all of it when there is none.
    package func cropped(columns: Range<Int>, rows: Range<Int>) -> GrayImage {
        let columns = columns.clamped(to: 0..<width)
        let rows = rows.clamped(to: 0..<height)
        guard !columns.isEmpty, !rows.isEmpty else { return self }
        var part: [UInt8] = []
        part.reserveCapacity(columns.count * rows.count)
        for row in rows { part += pixels[row * width + columns.lowerBound..<row * width + columns.upperBound] }
        return GrayImage(width: columns.count, height: rows.count, pixels: part, pixelsPerInch: pixelsPerInch)
    }

    /// Dark for bright and bright for dark.
    package func inverted() -> GrayImage {
        GrayImage(width: width, height: height, pixels: pixels.map { 255 - $0 }, pixelsPerInch: pixelsPerInch)
    }

    /// Half a turn.
    package func turnedAround() -> GrayImage {
        GrayImage(width: width, height: height, pixels: pixels.reversed(), pixelsPerInch: pixelsPerInch)
    }

    /// The picture in the middle of a white one that is at least this large; an odd column or row goes to
    /// the right or below. Larger sides stay as they are.
    package func padded(toWidth newWidth: Int, height newHeight: Int) -> GrayImage {
        let (fullWidth, fullHeight) = (max(width, newWidth), max(height, newHeight))
        guard (fullWidth, fullHeight) != (width, height) else { return self }
        let (left, top) = ((fullWidth - width) / 2, (fullHeight - height) / 2)
        var result = [UInt8](repeating: 255, count: fullWidth * fullHeight)
        for row in 0..<height {
            let start = (top + row) * fullWidth + left
            result.replaceSubrange(start..<start + width, with: pixels[row * width..<(row + 1) * width])
        }
        return GrayImage(width: fullWidth, height: fullHeight, pixels: result, pixelsPerInch: pixelsPerInch)
    }
}
