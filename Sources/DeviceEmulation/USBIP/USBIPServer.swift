import DeviceTransport
import Foundation
import Synchronization

/// Serves devices to USB/IP clients, the Linux kernel among them (`usbip attach`), so that an emulated device
/// becomes one that every program of the machine sees.
///
/// Each device has one client at a time; it is opened when a client imports it and closed when that client
/// goes. There is no encryption and no password in the protocol, so it listens on the loopback unless told
/// otherwise.
package final class USBIPServer: Sendable {
    /// What a technician wants to see.
    package enum Event: Hashable, Sendable {
        case attached(busID: String)
        case detached(busID: String)
        /// The client was cut off.
        case refused(USBIPFailure)
    }

    private struct State {
        var isStopped = false
        var clients: [Int: USBIPSocket] = [:]
        var nextClient = 0
    }

    /// More clients at once are turned away.
    private static let mostClients = 32
    /// A client that asks for nothing is let go after this, until it has a device.
    private static let patience: Duration = .seconds(10)

    private let listener: USBIPSocket
    private let devices: [USBIPExport]
    private let report: @Sendable (Event) -> Void
    private let state = Mutex(State())
    /// The bus ids of the devices that have a client. Held while a device without one is touched, so that
    /// only one thread at a time ever does.
    private let imported = Mutex<Set<String>>([])
    private let isIdle = DispatchGroup()

    /// Listens; clients are taken once `serve` runs.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address of this machine.
    ///   - port: 3240 is the registered one; 0 for one that is free.
    ///   - report: called from the server's threads.
    /// - Throws: `.notListening`.
    package init(
        _ devices: [USBIPExport], host: String = "127.0.0.1", port: UInt16 = 3240,
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws(USBIPFailure) {
        listener = try USBIPSocket(listeningAt: host, port: port)
        self.devices = devices
        self.report = report
    }

    deinit {
        listener.close()
    }

    /// Where it listens.
    package var port: UInt16 { listener.port }

    /// Takes clients until `stop`; blocks for as long, and returns when all of them are gone.
    package func serve() {
        while let client = listener.accepted() {
            guard let number = admit(client) else {
                client.close()
                continue
            }
            isIdle.enter()
            let thread = Thread {
                self.attend(client)
                self.state.withLock { _ = $0.clients.removeValue(forKey: number) }
                client.close()
                self.isIdle.leave()
            }
            thread.name = "usbip"
            thread.start()
        }
        isIdle.wait()
    }

    /// Cuts every client off, which unplugs their devices, on any thread; `serve` returns, now and later.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            for client in state.clients.values { client.shutDown() }
        }
        listener.shutDown()
    }

    private func admit(_ client: USBIPSocket) -> Int? {
        state.withLock { state in
            guard !state.isStopped, state.clients.count < Self.mostClients else { return nil }
            state.nextClient += 1
            state.clients[state.nextClient] = client
            return state.nextClient
        }
    }

    private func attend(_ client: USBIPSocket) {
        client.limitReading(Self.patience)
        client.limitWriting(Self.patience)
        do throws(USBIPFailure) {
            guard let device = try importedDevice(of: client) else { return }
            report(.attached(busID: device.busID))
            let connection = USBIPConnection(client, device)
            let ending = connection.serve()
            release(device)
            connection.end()
            report(.detached(busID: device.busID))
            if let ending { throw ending }
        } catch {
            if error != .closed { report(.refused(error)) }
        }
    }

    /// Answers requests until the client has a device; nil when it was refused one.
    private func importedDevice(of client: USBIPSocket) throws(USBIPFailure) -> USBIPExport? {
        while true {
            let code = try USBIPMessage.requestCode(client.receive(USBIPMessage.requestLength))
            guard code == USBIPMessage.RequestCode.importDevice else {
                try client.send(USBIPMessage.deviceList(attachedDevices()))
                continue
            }
            let busID = USBIPMessage.busID(try client.receive(USBIPMessage.busIDLength))
            guard let device = devices.first(where: { $0.busID == busID }) else {
                try client.send(USBIPMessage.importRefusal(USBIPMessage.ImportStatus.noDevice))
                return nil
            }
            if let refusal = open(device) {
                try client.send(USBIPMessage.importRefusal(refusal))
                return nil
            }
            do throws(USBIPFailure) {
                try client.send(USBIPMessage.importReply(device))
            } catch {
                release(device)
                throw error
            }
            client.limitReading(nil)
            return device
        }
    }

    private func attachedDevices() -> [USBIPExport] {
        imported.withLock { imported in devices.filter { imported.contains($0.busID) || $0.isAttached } }
    }

    /// - Returns: why not, as a status of the protocol.
    private func open(_ device: USBIPExport) -> UInt32? {
        imported.withLock { imported in
            guard !imported.contains(device.busID) else { return USBIPMessage.ImportStatus.busy }
            do throws(TransportError) {
                try device.transport.open(device.interface)
            } catch {
                return USBIPMessage.ImportStatus.noDevice
            }
            imported.insert(device.busID)
            return nil
        }
    }

    private func release(_ device: USBIPExport) {
        imported.withLock { imported in
            device.transport.close()
            imported.remove(device.busID)
        }
    }
}
