/// A channel of a signature time series; the raw value is its bit in the inclusion field.
enum SignatureChannel: UInt16, CaseIterable {
    case x = 0x8000
    case y = 0x4000
    case z = 0x2000
    case velocityX = 0x1000
    case velocityY = 0x0800
    case accelerationX = 0x0400
    case accelerationY = 0x0200
    case time = 0x0100
    case timeStep = 0x0080
    case force = 0x0040
    case penDown = 0x0020
    case tiltX = 0x0010
    case tiltY = 0x0008
    case azimuth = 0x0004
    case elevation = 0x0002
    case rotation = 0x0001

    var isSigned: Bool {
        switch self {
        case .x, .y, .velocityX, .velocityY, .accelerationX, .accelerationY, .tiltX, .tiltY: true
        default: false
        }
    }

    /// In each point; the pen switch alone takes one byte.
    var byteCount: Int { self == .penDown ? 1 : 2 }

    /// A stored number as a value.
    ///
    /// Two's complement for signed channels, as ISO/IEC 8825-6 has it in its example of this format. The
    /// standard's own annex can be read as offset binary instead; this is the one place to change that.
    func value(stored: Int) -> Int {
        isSigned ? Int(Int16(truncatingIfNeeded: stored)) : stored
    }
}
