package import EnrolmentCore

/// Compresses finger images as the FBI's Wavelet Scalar Quantisation does (IAFIS-IC-0110 version 3.1).
///
/// The file says software number 0: this encoder has no certificate of the FBI, and a number in
/// that field would claim one.
package struct WSQEncoder: Sendable {
    /// Bits a pixel: 0.75 gives about 15:1, 2.25 about 5:1.
    package let bitRate: Double
    /// Whether a `NIST_COM` comment states size and resolution, which the format itself does not.
    package let describesImage: Bool
    /// Further comments, each a segment of its own, at most 65533 bytes of UTF-8.
    package let comments: [String]

    package init(bitRate: Double = 0.75, describesImage: Bool = true, comments: [String] = []) {
        self.bitRate = bitRate
        self.describesImage = describesImage
        self.comments = comments
    }

    /// The WSQ file of an image of up to 65535 pixels a side and as many pixels as `WSQDecoder` reads.
    ///
    /// Give no image with a side below 90 pixels to others: it comes back well from `WSQDecoder`, but NBIS 5.0
    /// filters such short lines wrongly, its own files included (measured: 33 to 80 pixels lose 2 to 28 dB).
    ///
    /// - Throws: `.tooLarge`, `.invalidBitRate`, or `.invalidSegment(.comment)` for a comment that is too long.
    package func encode(_ image: GrayImage) throws(WSQError) -> [UInt8] {
        try checkSettings(for: image)
        return file(WSQAnalysedImage(image), bitRate)
    }

    /// The WSQ file at about the highest rate, not above `bitRate`, that fits in `byteCount` bytes.
    ///
    /// BSI TR-03121 (COM-FP-WSQR) asks for at most 18 KiB, and for more compression where 0.75 bits a
    /// pixel gives a longer file. The image is transformed once, only quantised again, until the file
    /// fills at least 63/64 of the room or the search gains no more.
    ///
    /// - Throws: as `encode(_:)`, and `.cannotReach` if not even the coarsest bins make the file short enough.
    package func encode(_ image: GrayImage, atMost byteCount: Int) throws(WSQError) -> [UInt8] {
        try checkSettings(for: image)
        let analysed = WSQAnalysedImage(image)
        let whole = file(analysed, bitRate)
        guard whole.count > byteCount else { return whole }
        var search = WSQRateSearch(bitRate: bitRate, wholeCount: whole.count, limit: byteCount)
        var best: [UInt8]?
        while let rate = search.next {
            let candidate = file(analysed, rate)
            if candidate.count <= byteCount, candidate.count > best?.count ?? 0 { best = candidate }
            search.record(candidate.count, at: rate)
        }
        guard let best else { throw .cannotReach(byteCount: byteCount) }
        return best
    }

    private func checkSettings(for image: GrayImage) throws(WSQError) {
        guard image.width <= 65535, image.height <= 65535,
            image.pixels.count <= WSQDecoder.Limits().maximumPixelCount
        else { throw .tooLarge(width: image.width, height: image.height) }
        guard bitRate > 0, bitRate <= 8 else { throw .invalidBitRate }
        guard comments.allSatisfy({ $0.utf8.count <= 65533 }) else { throw .invalidSegment(.comment) }
    }

    private func file(_ image: WSQAnalysedImage, _ bitRate: Double) -> [UInt8] {
        let widths = image.binWidths(bitRate: bitRate)
        let blocks = image.blocks(widths)
        let first = WSQHuffmanTable(counts: blocks[0].counts)
        let second = WSQHuffmanTable(counts: zip(blocks[1].counts, blocks[2].counts).map { $0 + $1 })
        var writer = WSQSegmentWriter()
        if describesImage { writer.comment(image.description(bitRate: bitRate)) }
        for comment in comments { writer.comment(comment) }
        writer.transform()
        writer.quantisation(WSQQuantisation(widths: widths))
        writer.frame(image.frame)
        writer.huffman(first, id: 0)
        writer.block(blocks[0].entropyData(first), table: 0)
        writer.huffman(second, id: 1)
        writer.block(blocks[1].entropyData(second), table: 1)
        writer.block(blocks[2].entropyData(second), table: 1)
        return writer.finish()
    }
}
