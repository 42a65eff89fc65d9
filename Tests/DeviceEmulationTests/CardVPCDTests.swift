import DeviceTransport
import Foundation
import Glibc
import Testing

@testable import DeviceEmulation

/// The card against a socket that plays vpcd.
@Suite struct CardVPCDTests {
    /// Listens on a free port and takes one connection.
    private struct Listener {
        let descriptor: Int32
        let port: UInt16

        init() throws {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = descriptor
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                        && getsockname(descriptor, $0, &length) == 0
                }
            }
            try #require(isBound)
            port = UInt16(bigEndian: address.sin_port)
        }

        func accepted() throws -> Int32 {
            let connection = accept(descriptor, nil, nil)
            try #require(connection >= 0)
            return connection
        }
    }

    private func send(_ bytes: [UInt8], _ descriptor: Int32) {
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func receive(_ count: Int, _ descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
        return [UInt8](bytes.prefix(max(0, got)))
    }

    /// Serves a bank card on a thread of its own; the stream gives how that ended.
    private func serve(_ client: VPCDClient, port: UInt16) -> AsyncStream<VPCDClient.Failure?> {
        AsyncStream { continuation in
            Thread {
                do throws(VPCDClient.Failure) {
                    try client.serve(EmulatedBankCard(), port: port)
                    continuation.yield(nil)
                } catch {
                    continuation.yield(error)
                }
                continuation.finish()
            }.start()
        }
    }

    @Test(
        "The card answers for its reset and to commands, however the frames are cut, until it is pulled",
        .timeLimit(.minutes(1)))
    func serving() async throws {
        let listener = try Listener()
        let client = VPCDClient()
        let ending = serve(client, port: listener.port)
        let reader = try listener.accepted()
        send([0, 1, 0x01], reader)
        send([0, 1, 0x04], reader)
        let atr = EmulatedBankCard().atr
        #expect(receive(2 + atr.count, reader) == [0, UInt8(atr.count)] + atr)
        for byte in [0, 5, 0x00, 0xB0, 0, 0, 0] as [UInt8] { send([byte], reader) }
        #expect(receive(4, reader) == [0, 2, 0x6D, 0x00])
        send([0, 1, 0x02, 0, 1, 0x00, 0, 4, 0x00, 0xA4, 0, 0], reader)
        #expect(receive(4, reader) == [0, 2, 0x6A, 0x82])
        client.stop()
        #expect(receive(1, reader) == [])
        for await end in ending { #expect(end == nil) }
        close(reader)
        close(listener.descriptor)
    }

    @Test("A reader that goes, or sends nonsense, is named", .timeLimit(.minutes(1)))
    func failures() async throws {
        let listener = try Listener()
        for (bytes, failure) in [([], VPCDClient.Failure.readerGone), ([0, 0], .badFrame)]
            as [([UInt8], VPCDClient.Failure)]
        {
            let ending = serve(VPCDClient(), port: listener.port)
            let reader = try listener.accepted()
            send(bytes, reader)
            shutdown(reader, Int32(SHUT_WR))
            for await end in ending { #expect(end == failure) }
            close(reader)
        }
        close(listener.descriptor)
        #expect(throws: VPCDClient.Failure.self) { try VPCDClient().serve(EmulatedBankCard(), port: listener.port) }
        #expect(throws: VPCDClient.Failure.unreachable(EINVAL)) {
            try VPCDClient().serve(EmulatedBankCard(), host: "no address", port: 1)
        }
    }

    @Test("A card that was pulled before it was put in never goes in", .timeLimit(.minutes(1)))
    func stoppedBefore() throws {
        let listener = try Listener()
        let client = VPCDClient()
        client.stop()
        var wasInserted = false
        try client.serve(EmulatedBankCard(), port: listener.port) { wasInserted = true }
        #expect(!wasInserted)
        close(listener.descriptor)
    }
}
