import DeviceTransport
import Foundation
import Glibc
import Testing

@testable import DeviceEmulation

/// The server over the loopback.
@Suite struct USBIPServerTests {
    /// A server on a free port with one scanner, on a thread of its own until it is stopped.
    private final class Serving: Sendable {
        let scanner: EmulatedUareU
        let server: USBIPServer
        private let ended = DispatchSemaphore(value: 0)

        init(_ faults: [ScannerFault.Moment: ScannerFault] = [:]) throws {
            scanner = EmulatedUareU(pace: .real, faults: faults)
            let told = AsyncStream<USBIPServer.Event>.makeStream()
            events = told.stream
            server = try USBIPServer(
                [USBIPExport(scanner, USBDescriptors(of: .uareU4500), port: 1)], port: 0
            ) { told.continuation.yield($0) }
            let (server, ended) = (server, ended)
            Thread {
                server.serve()
                told.continuation.finish()
                ended.signal()
            }.start()
        }

        let events: AsyncStream<USBIPServer.Event>

        /// False when it does not end.
        func stop() -> Bool {
            server.stop()
            return ended.wait(timeout: .now() + 20) == .success
        }
    }

    private struct Client: ~Copyable {
        let descriptor: Int32

        init(_ port: UInt16) throws {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let descriptor = descriptor
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            try #require(isConnected)
            var limit = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        }

        deinit { close(descriptor) }

        func send(_ bytes: [UInt8]) {
            _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }

        /// Fewer when the server closes first.
        func receive(_ count: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
            return [UInt8](bytes.prefix(max(0, got)))
        }

        func list() -> [UInt8] {
            send([1, 0x11, 0x80, 0x05, 0, 0, 0, 0])
            return receive(12)
        }

        /// The status of the reply.
        func attach(_ busID: String) -> UInt8? {
            send(
                [1, 0x11, 0x80, 0x03, 0, 0, 0, 0] + Array(busID.utf8)
                    + [UInt8](repeating: 0, count: 32 - busID.utf8.count))
            let status = receive(8).last
            if status == 0 { _ = receive(312) }
            return status
        }
    }

    private static let statusRegister = USBIPBytes.submit(
        1, isIn: true, endpoint: 0, length: 1, setup: [0xC0, 4, 7, 0, 0, 0, 1, 0])

    @Test("A client finds the device, has it alone, and leaves it closed")
    func session() async throws {
        let serving = try Serving()
        var events = serving.events.makeAsyncIterator()
        do {
            let client = try Client(serving.server.port)
            #expect(client.list() == [1, 0x11, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1])
            _ = client.receive(316)
            #expect(client.attach("1-1") == 0)
            let other = try Client(serving.server.port)
            #expect(other.attach("1-1") == 2)
            client.send(Self.statusRegister)
            #expect(client.receive(49) == USBIPBytes.words([3, 1, 0, 0, 0, 0, 1]) + [0x01])
            #expect(serving.scanner.traces.isOpen)
        }
        #expect(await events.next() == .attached(busID: "1-1"))
        #expect(await events.next() == .detached(busID: "1-1"))
        #expect(!serving.scanner.traces.isOpen)
        #expect(serving.stop())
    }

    @Test("A device that is unplugged closes its client's connection, even while nothing is under way")
    func unplugged() throws {
        let serving = try Serving()
        let client = try Client(serving.server.port)
        #expect(client.attach("1-1") == 0)
        serving.scanner.unplug()
        #expect(client.receive(1).isEmpty)
        let later = try Client(serving.server.port)
        #expect(later.list().last == 0)
        #expect(later.attach("1-1") == 4)
        serving.scanner.plugIn()
        let again = try Client(serving.server.port)
        #expect(again.attach("1-1") == 0)
        #expect(serving.stop())
    }

    @Test("A device that is unplugged at a transfer closes the connection in its place")
    func unpluggedAtTransfer() throws {
        let serving = try Serving([.transfer(2): .unplug])
        let client = try Client(serving.server.port)
        #expect(client.attach("1-1") == 0)
        client.send(Self.statusRegister)
        #expect(client.receive(49).count == 49)
        client.send(USBIPBytes.submit(2, isIn: true, endpoint: 1, length: 64))
        #expect(client.receive(48).isEmpty)
        #expect(serving.stop())
    }

    @Test("Stopping cuts clients off, with a transfer under way too")
    func stopped() throws {
        let serving = try Serving()
        let idle = try Client(serving.server.port)
        let busy = try Client(serving.server.port)
        #expect(busy.attach("1-1") == 0)
        busy.send(USBIPBytes.submit(1, isIn: true, endpoint: 1, length: 64))
        #expect(serving.stop())
        #expect(busy.receive(1).isEmpty && idle.receive(1).isEmpty)
        #expect(!serving.scanner.traces.isOpen)
    }

    @Test("A client that breaks the protocol is cut off by name, and its device is free again")
    func refused() async throws {
        let serving = try Serving()
        var events = serving.events.makeAsyncIterator()
        let client = try Client(serving.server.port)
        #expect(client.attach("1-1") == 0)
        client.send(USBIPBytes.words([77]))
        #expect(client.receive(1).isEmpty)
        #expect(await events.next() == .attached(busID: "1-1"))
        #expect(await events.next() == .detached(busID: "1-1"))
        #expect(await events.next() == .refused(.command(77)))
        let next = try Client(serving.server.port)
        #expect(next.attach("1-1") == 0)
        #expect(serving.stop())
    }

    @Test("A port that is taken, or an address that is none, has a name")
    func notListening() throws {
        let serving = try Serving()
        #expect(throws: USBIPFailure.notListening(EADDRINUSE)) {
            try USBIPServer([], port: serving.server.port)
        }
        #expect(throws: USBIPFailure.notListening(EINVAL)) { try USBIPServer([], host: "nowhere", port: 0) }
        #expect(serving.stop())
    }
}
