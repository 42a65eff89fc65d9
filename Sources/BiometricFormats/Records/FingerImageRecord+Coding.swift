import EnrolmentCore

extension FingerImageRecord {
    static let magic: [UInt8] = Array("FIR\0".utf8)
    private static let edition2005: [UInt8] = Array("010\0".utf8)
    private static let headerLength = 32
    private static let viewHeaderLength = 14
    private static let unmeasuredQuality: UInt8 = 254

    /// The bytes of the record.
    ///
    /// - Throws: `.invalid` with the field that does not fit into the format.
    package func encoded() throws(FingerImageRecordError) -> [UInt8] {
        guard !views.isEmpty, views.count <= 255 else { throw .invalid(.fingerCount) }
        guard (0...65535).contains(acquisitionLevel) else { throw .invalid(.acquisitionLevel) }
        guard (0...65535).contains(captureDevice) else { throw .invalid(.captureDevice) }
        guard (1...16).contains(bitDepth) else { throw .invalid(.pixelDepth) }
        let length = views.reduce(Self.headerLength) { $0 + Self.viewHeaderLength + $1.imageData.count }
        var bytes = Self.magic + Self.edition2005
        bytes.reserveCapacity(length)
        bytes.appendBigEndian(length, byteCount: 6)
        bytes.appendBigEndian(captureDevice, byteCount: 2)
        bytes.appendBigEndian(acquisitionLevel, byteCount: 2)
        bytes.append(UInt8(Set(views.map(\.position)).count))
        try sampling.append(to: &bytes)
        bytes.append(UInt8(bitDepth))
        bytes.append(compression.rawValue)
        bytes.appendBigEndian(0, byteCount: 2)
        var written: [PrintPosition: Int] = [:]
        for view in views {
            let number = written[view.position, default: 0] + 1
            written[view.position] = number
            try append(view, number: number, to: &bytes)
        }
        return bytes
    }

    private func append(_ view: View, number: Int, to bytes: inout [UInt8]) throws(FingerImageRecordError) {
        guard (1...65535).contains(view.width), (1...65535).contains(view.height) else { throw .invalid(.imageSize) }
        guard view.imageData.count <= Int(UInt32.max) - Self.viewHeaderLength else { throw .invalid(.blockLength) }
        guard view.position.isIn2005 else { throw .invalid(.position) }
        guard view.impression.isIn2005 else { throw .invalid(.impression) }
        let quality: UInt8
        switch view.quality {
        case nil: quality = Self.unmeasuredQuality
        case let value? where (0...100).contains(value): quality = UInt8(value)
        default: throw .invalid(.quality)
        }
        bytes.appendBigEndian(Self.viewHeaderLength + view.imageData.count, byteCount: 4)
        bytes.append(view.position.rawValue)
        bytes.append(UInt8(views.count { $0.position == view.position }))
        bytes.append(UInt8(number))
        bytes.append(quality)
        bytes.append(view.impression.rawValue)
        bytes.appendBigEndian(view.width, byteCount: 2)
        bytes.appendBigEndian(view.height, byteCount: 2)
        bytes.append(0)
        bytes += view.imageData
    }

    /// Reads a record; the image data are taken as they are.
    ///
    /// - Throws: a `FingerImageRecordError` for anything but a whole record.
    package init(_ bytes: [UInt8]) throws(FingerImageRecordError) {
        var reader = ByteReader(bytes)
        guard reader.take(4) == Self.magic else { throw .notFingerImageRecord }
        guard let edition = reader.take(4) else { throw .truncated }
        guard edition == Self.edition2005 else { throw .unsupportedEdition }
        guard let length = reader.integer(byteCount: 6), let device = reader.integer(byteCount: 2),
            let level = reader.integer(byteCount: 2), let fingerCount = reader.uint8()
        else { throw .truncated }
        let sampling = try PrintSampling(&reader)
        guard let depth = reader.uint8(), let compression = reader.uint8(), reader.skip(2) else { throw .truncated }
        guard length >= bytes.count else { throw .invalid(.recordLength) }
        guard length == bytes.count else { throw .truncated }
        guard (1...16).contains(depth) else { throw .invalid(.pixelDepth) }
        guard let compression = Compression(rawValue: compression) else { throw .invalid(.compression) }
        var views: [View] = []
        while reader.remaining > 0 { views.append(try Self.readView(&reader)) }
        // Some writers count the fingers, some the views.
        guard !views.isEmpty, Set(views.map(\.position)).count == Int(fingerCount) || views.count == Int(fingerCount)
        else { throw .invalid(.fingerCount) }
        self.init(
            views: views, compression: compression, sampling: sampling, bitDepth: Int(depth),
            acquisitionLevel: level, captureDevice: device)
    }

    private static func readView(_ reader: inout ByteReader) throws(FingerImageRecordError) -> View {
        guard let length = reader.uint32(), let position = reader.uint8(), let count = reader.uint8(),
            let number = reader.uint8(), let quality = reader.uint8(), let impression = reader.uint8(),
            let width = reader.uint16(), let height = reader.uint16(), reader.skip(1)
        else { throw .truncated }
        guard length >= viewHeaderLength else { throw .invalid(.blockLength) }
        guard let position = PrintPosition(rawValue: position), position.isIn2005 else { throw .invalid(.position) }
        guard number >= 1, number <= count else { throw .invalid(.viewNumber) }
        guard quality <= 100 || quality >= unmeasuredQuality else { throw .invalid(.quality) }
        guard let impression = PrintImpression(rawValue: impression), impression.isIn2005 else {
            throw .invalid(.impression)
        }
        guard width > 0, height > 0 else { throw .invalid(.imageSize) }
        guard let data = reader.take(Int(length) - viewHeaderLength) else { throw .truncated }
        return View(
            position: position, impression: impression, quality: quality <= 100 ? Int(quality) : nil,
            width: Int(width), height: Int(height), imageData: data)
    }
}
