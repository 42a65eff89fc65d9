import CTurboJPEG

extension JPEGCodec {
    /// The same picture, coefficient for coefficient, in a baseline file of its own: without metadata
    /// (a camera's EXIF can say where a person lives), with the Huffman tables that a camera's frame may
    /// lack, and with everything after its end left out.
    ///
    /// A portrait must not be compressed twice (TR-03121, COM), so this is how a file is kept.
    ///
    /// - Parameter pixelsPerInch: the density for a file that states none.
    /// - Returns: nil when it cannot be kept as it is: a picture that its EXIF segment turns, or one that
    ///   is not baseline.
    /// - Throws: as decoding does; a file that does not decode whole is never handed on.
    package func cleaned(_ bytes: [UInt8], pixelsPerInch: Int = 300) throws(JPEGError) -> [UInt8]? {
        let header = try header(of: bytes)
        // To decode it is the proof that it is whole.
        _ = try decodeRGB(bytes)
        guard header.orientation == .upright, !header.isProgressive else { return nil }
        var file = try transcoded(bytes)
        Self.setDensity(header.pixelsPerInch ?? pixelsPerInch, in: &file)
        return file
    }

    private func transcoded(_ bytes: [UInt8]) throws(JPEGError) -> [UInt8] {
        guard let handle = tjInitTransform() else { throw .damaged("no memory for the codec") }
        defer { tjDestroy(handle) }
        var transform = tjtransform()
        transform.op = Int32(TJXOP_NONE.rawValue)
        transform.options = TJXOPT_COPYNONE
        var target: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        defer { tjFree(target) }
        let status = tjTransform(
            handle, bytes, UInt(bytes.count), 1, &target, &length, &transform, TJFLAG_LIMITSCANS)
        guard status == 0, let target else { throw Self.error(handle) }
        return Array(UnsafeBufferPointer(start: target, count: Int(length)))
    }
}
