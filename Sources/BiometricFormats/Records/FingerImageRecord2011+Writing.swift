import EnrolmentCore

extension FingerImageRecord2011 {
    static let edition: [UInt8] = Array("020\0".utf8)
    static let headerLength = 16
    /// Everything of a representation but its blocks and its image.
    static let representationHeaderLength = 41
    static let failedQuality: UInt8 = 255

    /// The bytes of the record.
    ///
    /// - Throws: `.invalid` with the field that does not fit into the format.
    package func encoded() throws(FingerImageRecordError) -> [UInt8] {
        guard !representations.isEmpty, representations.count <= 65535 else { throw .invalid(.representationCount) }
        // All representations have the blocks, or none has.
        let isCertified = representations.contains { !$0.certifications.isEmpty }
        let length = representations.reduce(Self.headerLength) { $0 + $1.length(isCertified: isCertified) }
        guard length <= Int(UInt32.max) else { throw .invalid(.recordLength) }
        var bytes = FingerImageRecord.magic + Self.edition
        bytes.reserveCapacity(length)
        bytes.appendBigEndian(length, byteCount: 4)
        bytes.appendBigEndian(representations.count, byteCount: 2)
        bytes.append(isCertified ? 1 : 0)
        bytes.append(UInt8(Set(representations.map(\.position)).count))
        for representation in representations {
            try representation.append(isCertified: isCertified, to: &bytes)
        }
        return bytes
    }
}

extension FingerImageRecord2011.Representation {
    fileprivate func length(isCertified: Bool) -> Int {
        FingerImageRecord2011.representationHeaderLength + 5 * qualities.count
            + (isCertified ? 1 + 3 * certifications.count : 0) + imageData.count + extendedData.count
    }

    fileprivate func append(isCertified: Bool, to bytes: inout [UInt8]) throws(FingerImageRecordError) {
        guard (1...65535).contains(width), (1...65535).contains(height) else { throw .invalid(.imageSize) }
        guard (0...15).contains(number) else { throw .invalid(.viewNumber) }
        guard (1...16).contains(bitDepth) else { throw .invalid(.pixelDepth) }
        bytes.appendBigEndian(length(isCertified: isCertified), byteCount: 4)
        try appendTime(to: &bytes)
        bytes.append(device.technology)
        bytes.appendBigEndian(Int(device.vendor), byteCount: 2)
        bytes.appendBigEndian(Int(device.type), byteCount: 2)
        try appendQualities(to: &bytes)
        if isCertified { try appendCertifications(to: &bytes) }
        bytes.append(position.rawValue)
        bytes.append(UInt8(number))
        try sampling.append(to: &bytes)
        bytes.append(UInt8(bitDepth))
        bytes.append(compression.rawValue)
        bytes.append(impression.rawValue)
        bytes.appendBigEndian(width, byteCount: 2)
        bytes.appendBigEndian(height, byteCount: 2)
        bytes.appendBigEndian(imageData.count, byteCount: 4)
        bytes += imageData
        bytes += extendedData
    }

    private func appendTime(to bytes: inout [UInt8]) throws(FingerImageRecordError) {
        guard let capturedAt else {
            bytes += [UInt8](repeating: 0xFF, count: 9)
            return
        }
        let day = capturedAt.dayInUTC
        guard (1...9999).contains(day.year) else { throw .invalid(.captureTime) }
        let ofDay = capturedAt.milliseconds - Int64(day.daysSinceEpoch) * 86_400_000
        bytes.appendBigEndian(day.year, byteCount: 2)
        bytes += [
            UInt8(day.month), UInt8(day.day), UInt8(ofDay / 3_600_000), UInt8(ofDay / 60_000 % 60),
            UInt8(ofDay / 1000 % 60),
        ]
        bytes.appendBigEndian(Int(ofDay % 1000), byteCount: 2)
    }

    private func appendQualities(to bytes: inout [UInt8]) throws(FingerImageRecordError) {
        guard qualities.count <= 255, qualities.allSatisfy({ (0...100).contains($0.score ?? 0) }) else {
            throw .invalid(.quality)
        }
        bytes.append(UInt8(qualities.count))
        for quality in qualities {
            bytes.append(quality.score.map { UInt8($0) } ?? FingerImageRecord2011.failedQuality)
            bytes.appendBigEndian(Int(quality.vendor), byteCount: 2)
            bytes.appendBigEndian(Int(quality.algorithm), byteCount: 2)
        }
    }

    private func appendCertifications(to bytes: inout [UInt8]) throws(FingerImageRecordError) {
        guard certifications.count <= 255 else { throw .invalid(.certification) }
        bytes.append(UInt8(certifications.count))
        for certification in certifications {
            bytes.appendBigEndian(Int(certification.authority), byteCount: 2)
            bytes.append(certification.scheme)
        }
    }
}
