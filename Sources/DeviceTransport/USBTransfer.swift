/// One exchange with a USB device, as the host asks for it.
package enum USBTransfer: Hashable, Sendable {
    /// A request on endpoint 0 that the device answers with at most `length` bytes.
    case controlIn(USBSetup, length: Int)
    /// A request on endpoint 0 with its data.
    case controlOut(USBSetup, [UInt8])
    /// At most `length` bytes from an IN endpoint.
    case read(USBPipe, length: Int)
    /// Bytes to an OUT endpoint.
    case write(USBPipe, [UInt8])
}

/// The fixed part of a control transfer; its length follows from the transfer (USB 2.0, 9.3).
package struct USBSetup: Hashable, Sendable {
    /// bmRequestType: direction in bit 7, type in bits 6 to 5, recipient in bits 4 to 0.
    package let requestType: UInt8
    package let request: UInt8
    package let value: UInt16
    package let index: UInt16

    package init(requestType: UInt8, request: UInt8, value: UInt16, index: UInt16 = 0) {
        self.requestType = requestType
        self.request = request
        self.value = value
        self.index = index
    }
}

/// An endpoint other than 0, with the kind of transfer that it takes.
///
/// The kind is stated and not looked up: a bulk transfer on an interrupt endpoint happens to work on
/// a real kernel and not in replay.
package struct USBPipe: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case bulk, interrupt
    }

    package let kind: Kind
    /// The endpoint's address; bit 7 set is towards the host.
    package let endpoint: UInt8

    package init(_ kind: Kind, endpoint: UInt8) {
        self.kind = kind
        self.endpoint = endpoint
    }
}

/// What the driver calls a transfer while it is under way; free again once it has completed.
package struct USBTransferID: Hashable, Sendable {
    package let number: Int

    package init(_ number: Int) {
        self.number = number
    }
}

/// How a transfer ended.
package struct USBCompletion: Hashable, Sendable {
    package let id: USBTransferID
    /// The bytes that came in, empty for a transfer towards the device.
    package let result: Result<[UInt8], TransportError>

    package init(id: USBTransferID, result: Result<[UInt8], TransportError>) {
        self.id = id
        self.result = result
    }
}
