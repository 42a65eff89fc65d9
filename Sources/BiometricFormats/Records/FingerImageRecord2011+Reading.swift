import EnrolmentCore

extension FingerImageRecord2011 {
    /// Reads a record; the image data are taken as they are.
    ///
    /// - Throws: a `FingerImageRecordError` for anything but a whole record.
    package init(_ bytes: [UInt8]) throws(FingerImageRecordError) {
        var reader = ByteReader(bytes)
        guard reader.take(4) == FingerImageRecord.magic else { throw .notFingerImageRecord }
        guard let edition = reader.take(4) else { throw .truncated }
        guard edition == Self.edition else { throw .unsupportedEdition }
        guard let length = reader.uint32(), let count = reader.uint16(), let flag = reader.uint8(),
            let positionCount = reader.uint8()
        else { throw .truncated }
        guard length >= bytes.count else { throw .invalid(.recordLength) }
        guard length == bytes.count else { throw .truncated }
        guard flag <= 1 else { throw .invalid(.certification) }
        var representations: [Representation] = []
        while reader.remaining > 0 {
            guard representations.count < count else { throw .invalid(.representationCount) }
            representations.append(try Self.readRepresentation(&reader, isCertified: flag == 1))
        }
        guard count > 0, representations.count == count else { throw .invalid(.representationCount) }
        guard Set(representations.map(\.position)).count == positionCount else { throw .invalid(.fingerCount) }
        self.init(representations: representations)
    }

    private static func readRepresentation(
        _ reader: inout ByteReader, isCertified: Bool
    ) throws(FingerImageRecordError) -> Representation {
        guard let length = reader.uint32() else { throw .truncated }
        guard length >= representationHeaderLength else { throw .invalid(.blockLength) }
        let start = reader.offset
        guard reader.skip(Int(length) - 4) else { throw .truncated }
        var inner = ByteReader(reader.bytes, from: start, to: reader.offset)
        return try Representation(&inner, isCertified: isCertified)
    }
}

extension FingerImageRecord2011.Representation {
    /// Reads what follows the length, up to the end of the reader.
    fileprivate init(_ reader: inout ByteReader, isCertified: Bool) throws(FingerImageRecordError) {
        let capturedAt = try Self.readTime(&reader)
        guard let technology = reader.uint8(), let vendor = reader.uint16(), let type = reader.uint16() else {
            throw .truncated
        }
        let qualities = try Self.readQualities(&reader)
        let certifications = isCertified ? try Self.readCertifications(&reader) : []
        guard let position = reader.uint8(), let number = reader.uint8() else { throw .truncated }
        guard let position = PrintPosition(rawValue: position) else { throw .invalid(.position) }
        guard number <= 15 else { throw .invalid(.viewNumber) }
        let sampling = try PrintSampling(&reader)
        guard let depth = reader.uint8(), let compression = reader.uint8(), let impression = reader.uint8(),
            let width = reader.uint16(), let height = reader.uint16(), let imageLength = reader.uint32()
        else { throw .truncated }
        guard (1...16).contains(depth) else { throw .invalid(.pixelDepth) }
        guard let compression = FingerImageRecord2011.Compression(rawValue: compression) else {
            throw .invalid(.compression)
        }
        guard let impression = PrintImpression(rawValue: impression) else { throw .invalid(.impression) }
        guard width > 0, height > 0 else { throw .invalid(.imageSize) }
        guard let imageData = reader.take(Int(imageLength)) else { throw .truncated }
        let extendedData = reader.take(reader.remaining) ?? []
        self.init(
            position: position, number: Int(number), impression: impression, capturedAt: capturedAt,
            device: FingerImageRecord2011.CaptureDevice(technology: technology, vendor: vendor, type: type),
            qualities: qualities, certifications: certifications, sampling: sampling, bitDepth: Int(depth),
            compression: compression, width: Int(width), height: Int(height), imageData: imageData,
            extendedData: extendedData)
    }

    /// Nil for all ones or all zeros, which no calendar has.
    private static func readTime(_ reader: inout ByteReader) throws(FingerImageRecordError) -> Timestamp? {
        guard let year = reader.uint16(), let month = reader.uint8(), let day = reader.uint8(),
            let hour = reader.uint8(), let minute = reader.uint8(), let second = reader.uint8(),
            let millisecond = reader.uint16()
        else { throw .truncated }
        let numbers = [Int(year), Int(month), Int(day), Int(hour), Int(minute), Int(second), Int(millisecond)]
        if numbers.allSatisfy({ $0 == 0 }) || numbers == [0xFFFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFFFF] { return nil }
        // 60: a leap second, which becomes the first of the next minute.
        guard year >= 1, let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day)), hour < 24,
            minute < 60, second <= 60, millisecond < 1000
        else { throw .invalid(.captureTime) }
        let ofDay = ((Int(hour) * 60 + Int(minute)) * 60 + Int(second)) * 1000 + Int(millisecond)
        return Timestamp(milliseconds: Int64(date.daysSinceEpoch * 86_400_000 + ofDay))
    }

    private static func readQualities(
        _ reader: inout ByteReader
    ) throws(FingerImageRecordError) -> [FingerImageRecord2011.Quality] {
        guard let count = reader.uint8() else { throw .truncated }
        var qualities: [FingerImageRecord2011.Quality] = []
        for _ in 0..<count {
            guard let score = reader.uint8(), let vendor = reader.uint16(), let algorithm = reader.uint16() else {
                throw .truncated
            }
            guard score <= 100 || score == FingerImageRecord2011.failedQuality else { throw .invalid(.quality) }
            qualities.append(.init(score: score <= 100 ? Int(score) : nil, vendor: vendor, algorithm: algorithm))
        }
        return qualities
    }

    private static func readCertifications(
        _ reader: inout ByteReader
    ) throws(FingerImageRecordError) -> [FingerImageRecord2011.Certification] {
        guard let count = reader.uint8() else { throw .truncated }
        var certifications: [FingerImageRecord2011.Certification] = []
        for _ in 0..<count {
            guard let authority = reader.uint16(), let scheme = reader.uint8() else { throw .truncated }
            certifications.append(.init(authority: authority, scheme: scheme))
        }
        return certifications
    }
}
