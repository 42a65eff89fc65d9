/// The HID reports of a Wacom STU pad that this driver uses; lengths include the id byte.
enum STUReportID {
    static let status: UInt8 = 0x03
    static let reset: UInt8 = 0x04
    static let information: UInt8 = 0x08
    static let capability: UInt8 = 0x09
    static let serialNumber: UInt8 = 0x0B
    static let endCapture: UInt8 = 0x16
    static let clearScreen: UInt8 = 0x20
    static let inkingMode: UInt8 = 0x21
    static let inkThreshold: UInt8 = 0x22
    static let endImage: UInt8 = 0x27
    static let penDataOptionMode: UInt8 = 0x32

    /// How long the answer to a question is.
    static func length(_ id: UInt8) -> Int {
        switch id {
        case status, inkThreshold: 5
        case serialNumber: 11
        default: 17
        }
    }
}
