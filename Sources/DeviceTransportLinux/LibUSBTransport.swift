import CLibUSB
package import DeviceTransport
import Synchronization

/// A USB device through libusb's asynchronous interface.
///
/// Its own thread both submits and handles events, so that a completion is always collected where
/// the driver waits for it. Only `cancel` and `wake` come from elsewhere.
// @unchecked: `device` is only touched on the device's own thread; what `wake` needs is in `signal`,
// and `cancel` needs only `transfers`, which has a lock.
package final class LibUSBTransport: USBTransport, @unchecked Sendable {
    /// An open device with its claimed interface.
    private struct Open {
        let context: LibUSBContext
        let handle: OpaquePointer
        let interface: Int32
    }

    private struct Signal {
        var context: LibUSBContext?
        var isRaised = false
    }

    /// How long `close` waits for cancelled transfers. The kernel gives them back within a frame; only
    /// a broken host controller does not.
    private static let collectionLimit: Duration = .seconds(2)

    private let wanted: USBDeviceListing
    private let start = ContinuousClock.now
    private let signal = Mutex(Signal())
    private let transfers = LibUSBTransfers()
    private var device: Open?

    /// - Parameter device: as the lister gave it. It is found again at each opening, also when it was
    ///   plugged in elsewhere meanwhile.
    package init(to device: USBDeviceListing) {
        wanted = device
    }

    deinit {
        close()
    }

    package var now: Duration { start.duration(to: .now) }

    package func identify() throws(TransportError) -> USBDeviceListing {
        let context: LibUSBContext
        if let device { context = device.context } else { context = try LibUSBContext() }
        let found = try context.withDevices { devices throws(TransportError) in
            wanted.found(among: devices.map(\.listing))
        }
        guard let found else { throw TransportError(.absent) }
        return found
    }

    package func open(_ interface: USBInterfaceChoice) throws(TransportError) {
        close()
        let context = try LibUSBContext()
        let opened = try context.withDevices { devices throws(TransportError) -> Open in
            let found = wanted.found(among: devices.map(\.listing))
            guard let device = devices.first(where: { $0.listing == found })?.device else {
                throw TransportError(.absent)
            }
            let number = try Self.interfaceNumber(of: interface, in: device)
            var handle: OpaquePointer?
            try TransportError.check(libusb_open(device, &handle))
            guard let handle else { throw TransportError(.inputOutput, "libusb_open") }
            let claimed = Self.claim(number, of: handle)
            guard claimed == 0 else {
                libusb_close(handle)
                throw TransportError(libusb: claimed)
            }
            return Open(context: context, handle: handle, interface: number)
        }
        device = opened
        signal.withLock { $0.context = context }
    }

    /// Claims the interface, and takes it from a driver of the kernel first: cdc_acm binds some scanners, since
    /// they look like modems. That one does not come back before the device is plugged in again.
    private static func claim(_ number: Int32, of handle: OpaquePointer) -> Int32 {
        // Whether that helped, claiming says.
        if libusb_kernel_driver_active(handle, number) == 1 { libusb_detach_kernel_driver(handle, number) }
        return libusb_claim_interface(handle, number)
    }

    /// Which interface is meant; a composite device has several.
    private static func interfaceNumber(
        of wanted: USBInterfaceChoice, in device: OpaquePointer
    ) throws(TransportError) -> Int32 {
        var configuration: UnsafeMutablePointer<libusb_config_descriptor>?
        try TransportError.check(libusb_get_active_config_descriptor(device, &configuration))
        guard let configuration else { throw TransportError(.absent, "no active configuration") }
        defer { libusb_free_config_descriptor(configuration) }
        for index in 0..<Int(configuration.pointee.bNumInterfaces) {
            let interface = configuration.pointee.interface[index]
            guard interface.num_altsetting > 0, let setting = interface.altsetting?.pointee else { continue }
            if wanted.fits(setting) { return Int32(setting.bInterfaceNumber) }
        }
        throw TransportError(.absent, "no such interface")
    }

    package func submit(
        _ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?
    ) throws(TransportError) {
        guard let device else { throw TransportError(.absent, "not open") }
        try transfers.submit(transfer, as: id, within: limit, to: device.handle)
    }

    package func nextCompletion(before deadline: Duration) throws(TransportError) -> USBCompletion? {
        guard let device else { throw TransportError(.absent, "not open") }
        while true {
            if let completion = transfers.takeCompletion() { return completion }
            let isWoken = signal.withLock { signal in
                defer { signal.isRaised = false }
                return signal.isRaised
            }
            let left = deadline - now
            guard !isWoken, left > .zero else { return nil }
            try Self.handleEvents(of: device.context, within: left)
        }
    }

    /// Lets libusb run the callbacks of what has ended, or returns when `limit` has passed or the
    /// context was interrupted.
    private static func handleEvents(of context: LibUSBContext, within limit: Duration) throws(TransportError) {
        let milliseconds = Int(limit.timeoutMilliseconds(atMost: 60_000))
        var timeout = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        let code = libusb_handle_events_timeout_completed(context.pointer, &timeout, nil)
        // A signal that arrives while it waits is no fault: the caller looks again at its deadline.
        guard code == 0 || code == LIBUSB_ERROR_INTERRUPTED.rawValue else { throw TransportError(libusb: code) }
    }

    package func cancel(_ id: USBTransferID) {
        transfers.cancel(id)
    }

    package func wake() {
        signal.withLock { signal in
            signal.isRaised = true
            // libusb remembers it: an interrupt that comes before the wait ends the wait at once.
            if let context = signal.context { libusb_interrupt_event_handler(context.pointer) }
        }
    }

    package func clearStall(of endpoint: UInt8) throws(TransportError) {
        guard let device else { throw TransportError(.absent, "not open") }
        try TransportError.check(libusb_clear_halt(device.handle, endpoint))
    }

    package func close() {
        guard let open = device else { return }
        device = nil
        signal.withLock { $0 = Signal() }
        transfers.cancelAll()
        let deadline = now + Self.collectionLimit
        while !transfers.areAllCollected, now < deadline {
            guard (try? Self.handleEvents(of: open.context, within: deadline - now)) != nil else { break }
        }
        libusb_release_interface(open.handle, open.interface)
        libusb_close(open.handle)
        transfers.freeAll()
    }
}

extension USBInterfaceChoice {
    fileprivate func fits(_ setting: libusb_interface_descriptor) -> Bool {
        switch self {
        case .number(let number): setting.bInterfaceNumber == number
        case .ofClass(let wanted):
            wanted
                == USBInterfaceClass(
                    classCode: setting.bInterfaceClass, subclass: setting.bInterfaceSubClass,
                    protocolCode: setting.bInterfaceProtocol)
        }
    }
}
