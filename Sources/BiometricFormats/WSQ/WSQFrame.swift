/// The frame segment: size, and the shift and scale that were taken off the pixels.
struct WSQFrame: Hashable {
    let black: UInt8
    let white: UInt8
    let height: Int
    let width: Int
    let shift: WSQScaledNumber
    /// 0 for an image of one grey value.
    let scale: WSQScaledNumber
    let encoderVersion: UInt8
    /// The number that the FBI gave to a certified encoder; 0 for all others.
    let softwareNumber: UInt16
}
