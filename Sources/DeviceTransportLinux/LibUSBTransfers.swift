import CLibUSB
import DeviceTransport
import Synchronization

/// The transfers of one open device that are under way, and the ends that nobody has taken yet.
///
/// Its own object because libusb's callbacks hold on to it: they may still run while the transport
/// that started them is being released.
// @unchecked: `completed` is only touched on the device's own thread, where libusb handles events; the
// table of what is under way is behind a lock, since `cancel` comes from any thread.
final class LibUSBTransfers: @unchecked Sendable {
    /// What a transfer's callback needs; owned by the transfer through `user_data`.
    private final class Ticket {
        let transfers: LibUSBTransfers
        let id: USBTransferID

        init(_ transfers: LibUSBTransfers, _ id: USBTransferID) {
            self.transfers = transfers
            self.id = id
        }
    }

    /// An entry lives until its callback ran, so that `libusb_cancel_transfer`, called under the lock,
    /// never meets freed memory.
    private struct Table: @unchecked Sendable {
        var transfers: [USBTransferID: UnsafeMutablePointer<libusb_transfer>] = [:]
    }

    private let table = Mutex(Table())
    private var completed: [USBCompletion] = []

    var areAllCollected: Bool { table.withLock { $0.transfers.isEmpty } }

    func takeCompletion() -> USBCompletion? {
        completed.isEmpty ? nil : completed.removeFirst()
    }

    func submit(
        _ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?, to handle: OpaquePointer
    ) throws(TransportError) {
        let isFree = table.withLock { $0.transfers[id] == nil }
        guard isFree else { throw TransportError(.busy, "transfer id in use") }
        let filled = try LibUSBMemory.allocate(transfer)
        filled.pointee.dev_handle = handle
        // 0 means no limit to libusb.
        filled.pointee.timeout = limit.map { UInt32(max(1, $0.timeoutMilliseconds())) } ?? 0
        filled.pointee.user_data = Unmanaged.passRetained(Ticket(self, id)).toOpaque()
        filled.pointee.callback = { ended in
            guard let ended, let user = ended.pointee.user_data else { return }
            let ticket = Unmanaged<Ticket>.fromOpaque(user).takeUnretainedValue()
            ticket.transfers.collect(ended, as: ticket.id)
        }
        let code = table.withLock { table in
            let code = libusb_submit_transfer(filled)
            if code == 0 { table.transfers[id] = filled }
            return code
        }
        guard code == 0 else {
            Self.free(filled)
            throw TransportError(libusb: code)
        }
    }

    func cancel(_ id: USBTransferID) {
        table.withLock { table in
            // The result is of no use: a transfer that has just ended is not found, and that is fine.
            if let transfer = table.transfers[id] { _ = libusb_cancel_transfer(transfer) }
        }
    }

    func cancelAll() {
        table.withLock { table in
            for transfer in table.transfers.values { _ = libusb_cancel_transfer(transfer) }
        }
    }

    /// Frees what libusb never gave back. Only after the handle is closed: then the kernel can no
    /// longer write to its memory and its callback can no longer run.
    func freeAll() {
        table.withLock { table in
            for transfer in table.transfers.values { Self.free(transfer) }
            table.transfers = [:]
        }
        completed = []
    }

    /// Runs within `libusb_handle_events`, on the device's own thread.
    private func collect(_ ended: UnsafeMutablePointer<libusb_transfer>, as id: USBTransferID) {
        _ = table.withLock { $0.transfers.removeValue(forKey: id) }
        let result: Result<[UInt8], TransportError> =
            if let error = TransportError(libusb: ended.pointee.status) {
                .failure(error)
            } else {
                .success(LibUSBMemory.received(by: ended))
            }
        completed.append(USBCompletion(id: id, result: result))
        Self.free(ended)
    }

    private static func free(_ transfer: UnsafeMutablePointer<libusb_transfer>) {
        if let user = transfer.pointee.user_data { Unmanaged<Ticket>.fromOpaque(user).release() }
        LibUSBMemory.free(transfer)
    }
}
