import DeviceTransport

/// Endpoint 0 of a device as far as every device is the same (USB 2.0, 9.4): descriptors, configuration,
/// halted endpoints. What it does not know is the device's own business.
struct USBStandardRequests {
    enum Answer: Hashable {
        /// Done, with the bytes that go to the host.
        case done([UInt8])
        /// Refused, as a device refuses what it does not have.
        case stall
        /// The endpoint may be used again, once the device has been told so.
        case clearHalt(UInt8)
        /// Not a standard request, or one that only the device can answer.
        case forDevice
    }

    private enum Request {
        static let getStatus: UInt8 = 0
        static let clearFeature: UInt8 = 1
        static let setFeature: UInt8 = 3
        static let setAddress: UInt8 = 5
        static let getDescriptor: UInt8 = 6
        static let getConfiguration: UInt8 = 8
        static let setConfiguration: UInt8 = 9
        static let getInterface: UInt8 = 10
        static let setInterface: UInt8 = 11
    }

    private static let endpointHalt: UInt16 = 0
    private static let remoteWakeUp: UInt16 = 1

    let descriptors: USBDescriptors
    private(set) var haltedEndpoints: Set<UInt8> = []
    private var configuration: UInt8 = 0
    private var mayWakeHost = false

    init(_ descriptors: USBDescriptors) {
        self.descriptors = descriptors
    }

    /// A transfer stalled, so the endpoint takes no more until it is cleared.
    mutating func halt(_ endpoint: UInt8) {
        haltedEndpoints.insert(endpoint)
    }

    mutating func answer(_ setup: USBSetup) -> Answer {
        let endpoint = UInt8(truncatingIfNeeded: setup.index)
        switch (setup.requestType, setup.request) {
        case (0x80, Request.getDescriptor), (0x81, Request.getDescriptor): return descriptor(setup)
        case (0x80, Request.getStatus):
            return .done([(descriptors.isSelfPowered ? 1 : 0) | (mayWakeHost ? 2 : 0), 0])
        case (0x81, Request.getStatus): return has(interface: setup.index) ? .done([0, 0]) : .stall
        case (0x82, Request.getStatus):
            return has(endpoint: endpoint) ? .done([haltedEndpoints.contains(endpoint) ? 1 : 0, 0]) : .stall
        case (0x00, Request.clearFeature), (0x00, Request.setFeature): return deviceFeature(setup)
        case (0x02, Request.clearFeature), (0x02, Request.setFeature): return endpointFeature(setup, endpoint)
        case (0x00, Request.setAddress): return .done([])
        case (0x80, Request.getConfiguration): return .done([configuration])
        case (0x00, Request.setConfiguration): return configure(setup.value)
        case (0x81, Request.getInterface): return has(interface: setup.index) ? .done([0]) : .stall
        case (0x01, Request.setInterface):
            return has(interface: setup.index) && setup.value == 0 ? .done([]) : .stall
        default: return .forDevice
        }
    }

    private func descriptor(_ setup: USBSetup) -> Answer {
        let index = UInt8(truncatingIfNeeded: setup.value)
        let interface = UInt8(truncatingIfNeeded: setup.index)
        let bytes: [UInt8]? =
            switch (UInt8(setup.value >> 8), setup.requestType) {
            case (USBDescriptors.DescriptorType.device, 0x80): descriptors.device
            case (USBDescriptors.DescriptorType.configuration, 0x80): index == 0 ? descriptors.configuration : nil
            case (USBDescriptors.DescriptorType.string, 0x80): descriptors.string(index)
            case (USBDescriptors.DescriptorType.hid, 0x81): descriptors.hidDescriptor(of: interface)
            case (USBDescriptors.DescriptorType.hidReport, 0x81): descriptors.reports[interface]
            default: nil
            }
        return bytes.map(Answer.done) ?? .stall
    }

    private mutating func deviceFeature(_ setup: USBSetup) -> Answer {
        guard setup.value == Self.remoteWakeUp, descriptors.wakesHost else { return .stall }
        mayWakeHost = setup.request == Request.setFeature
        return .done([])
    }

    private mutating func endpointFeature(_ setup: USBSetup, _ endpoint: UInt8) -> Answer {
        guard setup.value == Self.endpointHalt, has(endpoint: endpoint) else { return .stall }
        // Endpoint 0 recovers by itself.
        guard endpoint & 0x7F != 0 else { return .done([]) }
        if setup.request == Request.setFeature {
            haltedEndpoints.insert(endpoint)
            return .done([])
        }
        haltedEndpoints.remove(endpoint)
        return .clearHalt(endpoint)
    }

    private mutating func configure(_ value: UInt16) -> Answer {
        guard value == 0 || value == UInt16(descriptors.configurationValue) else { return .stall }
        configuration = UInt8(truncatingIfNeeded: value)
        haltedEndpoints = []
        return .done([])
    }

    private func has(interface index: UInt16) -> Bool {
        descriptors.interfaces.contains { UInt16($0.number) == index }
    }

    private func has(endpoint: UInt8) -> Bool {
        endpoint & 0x7F == 0 || descriptors.pipe(endpoint) != nil
    }
}
