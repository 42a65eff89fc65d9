import DeviceTransport

/// What a client asks of the device that it has imported.
enum USBIPCommand: Hashable {
    /// Start a transfer.
    case submit(USBIPSubmission)
    /// Give up a transfer: `target` is the sequence of its submission.
    case unlink(sequence: UInt32, target: UInt32)

    var sequence: UInt32 {
        switch self {
        case .submit(let submission): submission.sequence
        case .unlink(let sequence, _): sequence
        }
    }

    /// No device here has anything as long as this.
    static let longestTransfer: Int32 = 1 << 20

    /// Reads a command without the bytes that may follow it.
    ///
    /// - Parameter header: its 48 bytes. The device's number in it is not looked at: the connection says
    ///   which device is meant.
    init(_ header: [UInt8]) throws(USBIPFailure) {
        var reader = BigEndianReader(header)
        let code = reader.long()
        let sequence = reader.long()
        _ = reader.long()
        let direction = reader.long()
        let endpoint = reader.long()
        switch code {
        case 1:
            guard direction <= 1 else { throw .endpoint(direction) }
            guard let endpoint = UInt8(exactly: endpoint), endpoint < 16 else { throw .endpoint(endpoint) }
            self = .submit(
                try USBIPSubmission(sequence: sequence, isIn: direction == 1, endpoint: endpoint, &reader))
        case 2: self = .unlink(sequence: sequence, target: reader.long())
        default: throw .command(code)
        }
    }
}

/// One transfer that a client wants.
struct USBIPSubmission: Hashable {
    let sequence: UInt32
    let isIn: Bool
    /// Without the bit of the direction.
    let endpoint: UInt8
    /// The client takes less than it asked for as an error.
    let refusesShort: Bool
    /// How many bytes come in at most, or go out.
    let length: Int
    let setup: USBSetup
    /// wLength of the setup packet.
    let setupLength: Int
    /// The bytes towards the device.
    var output: [UInt8] = []

    fileprivate init(
        sequence: UInt32, isIn: Bool, endpoint: UInt8, _ reader: inout BigEndianReader
    ) throws(USBIPFailure) {
        let flags = reader.long()
        let length = Int32(bitPattern: reader.long())
        _ = reader.long()
        let packets = reader.long()
        _ = reader.long()
        let setup = reader.bytes(8)
        guard (0...USBIPCommand.longestTransfer).contains(length) else { throw .length(length) }
        // Both are said of a transfer that is not isochronous.
        guard packets == 0 || packets == .max else { throw .isochronous }
        self.sequence = sequence
        self.isIn = isIn
        self.endpoint = endpoint
        refusesShort = flags & 1 != 0
        self.length = Int(length)
        self.setup = USBSetup(
            requestType: setup[0], request: setup[1], value: UInt16(setup[2]) | UInt16(setup[3]) << 8,
            index: UInt16(setup[4]) | UInt16(setup[5]) << 8)
        setupLength = Int(setup[6]) | Int(setup[7]) << 8
        // Without data the direction of a control transfer means nothing, and clients differ.
        if endpoint == 0, setupLength > 0, (setup[0] & 0x80 != 0) != isIn { throw .setup }
    }
}
