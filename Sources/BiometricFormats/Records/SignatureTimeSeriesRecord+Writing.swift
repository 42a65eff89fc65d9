import EnrolmentCore

extension SignatureTimeSeriesRecord {
    static let magic: [UInt8] = Array("SDI\0".utf8)
    static let edition2007: [UInt8] = Array(" 10\0".utf8)
    static let unitsPerMillimetre = 100.0
    private static let channels: [SignatureChannel] = [.x, .y, .time, .force, .penDown]

    /// The bytes of the record; positions and pressures outside the pad's ranges are cut to them.
    ///
    /// - Throws: `.invalidGeometry` or `.tooLong`.
    package func encoded() throws(SignatureRecordError) -> [UInt8] {
        let widths = [geometry.widthInHundredthsOfMillimetre, geometry.heightInHundredthsOfMillimetre]
        guard widths.allSatisfy({ (1...32767).contains($0) }), geometry.maximumX > 0, geometry.maximumY > 0,
            (1...65535).contains(geometry.maximumPressure)
        else { throw .invalidGeometry }
        let points = strokes.filter { !$0.isEmpty }.flatMap { $0.map { ($0, true) } + [($0[$0.count - 1], false)] }
        guard points.count <= 0xFF_FFFF else { throw .tooLong }
        let millisecondsPerUnit = try timeUnit(points.map(\.0.milliseconds).max() ?? 0)

        var bytes = Self.magic + Self.edition2007
        bytes.appendBigEndian(Self.channels.reduce(0) { $0 | Int($1.rawValue) }, byteCount: 2)
        let place = SignatureScaling(Self.unitsPerMillimetre)
        SignatureChannelDescription(scaling: place, minimum: 0, maximum: widths[0]).append(to: &bytes)
        SignatureChannelDescription(scaling: place, minimum: 0, maximum: widths[1]).append(to: &bytes)
        SignatureChannelDescription(scaling: SignatureScaling(1000 / Double(millisecondsPerUnit))).append(to: &bytes)
        SignatureChannelDescription(minimum: 0, maximum: geometry.maximumPressure).append(to: &bytes)
        SignatureChannelDescription().append(to: &bytes)
        bytes.append(0)  // reserved

        bytes.append(0)  // no extended data
        bytes.appendBigEndian(points.count, byteCount: 3)
        bytes.reserveCapacity(bytes.count + 9 * points.count)
        for (point, isDown) in points {
            bytes.appendBigEndian(Self.scaled(point.x, geometry.maximumX, widths[0]), byteCount: 2)
            bytes.appendBigEndian(Self.scaled(point.y, geometry.maximumY, widths[1]), byteCount: 2)
            bytes.appendBigEndian(max(0, point.milliseconds) / millisecondsPerUnit, byteCount: 2)
            bytes.appendBigEndian(isDown ? min(max(0, point.pressure), geometry.maximumPressure) : 0, byteCount: 2)
            bytes.append(isDown ? 1 : 0)
        }
        return bytes
    }

    /// A power of two of milliseconds, since those give scalings that the format holds exactly.
    private func timeUnit(_ last: Int) throws(SignatureRecordError) -> Int {
        for unit in [1, 2, 4, 8, 16, 32, 64, 128] where last / unit <= 65535 { return unit }
        throw .tooLong
    }

    private static func scaled(_ position: Int, _ greatest: Int, _ width: Int) -> Int {
        let part = Double(min(max(position, 0), greatest)) / Double(greatest)
        return Int((part * Double(width)).rounded())
    }
}
