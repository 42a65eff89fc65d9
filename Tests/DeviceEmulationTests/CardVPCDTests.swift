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
    private func serve(
        _ client: VPCDClient, _ card: any EmulatedSmartCard = EmulatedBankCard(), port: UInt16
    ) -> AsyncStream<VPCDClient.Failure?> {
        AsyncStream { continuation in
            Thread {
                do throws(VPCDClient.Failure) {
                    try client.serve(card, port: port)
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

    private static let select: [UInt8] = [0, 5, 0x00, 0xA4, 0x04, 0x0C, 0x00]

    @Test(
        "Faults play over the socket: other answers, other commands first, silence, a pulled card",
        .timeLimit(.minutes(1)))
    func faults() async throws {
        let listener = try Listener()
        let script = VPCDClient.Script(faults: [
            1: .answer([0x6B, 0x00]), 2: .change { [0x61] + $0 }, 3: .delay(.milliseconds(1)),
            4: .exchangeUnnoticed(EmulatedJavaCard()), 5: .silence, 7: .pull,
        ])
        let ending = serve(VPCDClient(script), port: listener.port)
        let reader = try listener.accepted()
        for answer in [[0, 2, 0x6B, 0x00], [0, 3, 0x61, 0x6A, 0x82], [0, 2, 0x6A, 0x82]] as [[UInt8]] {
            send(Self.select, reader)
            #expect(receive(answer.count, reader) == answer)
        }
        send(Self.select + [0, 1, 0x04], reader)
        let java = EmulatedJavaCard().atr
        #expect(receive(4 + 2 + java.count, reader) == [0, 2, 0x6A, 0x82, 0, UInt8(java.count)] + java)
        send(Self.select + Self.select, reader)
        #expect(receive(4, reader) == [0, 2, 0x6A, 0x82], "the fifth stays without an answer")
        send(Self.select, reader)
        #expect(receive(1, reader) == [])
        for await end in ending { #expect(end == nil) }
        close(reader)
        close(listener.descriptor)
    }

    @Test("A card is exchanged for another: by a script, and from another thread", .timeLimit(.minutes(1)))
    func exchanging() async throws {
        let listener = try Listener()
        let client = VPCDClient(VPCDClient.Script(faults: [1: .exchange(EmulatedJavaCard())]))
        let ending = serve(client, port: listener.port)
        var reader = try listener.accepted()
        send(Self.select, reader)
        #expect(receive(1, reader) == [], "the first is gone")
        close(reader)
        reader = try listener.accepted()
        send([0, 1, 0x04], reader)
        #expect(receive(2, reader) == [0, UInt8(EmulatedJavaCard().atr.count)])
        client.exchange(for: EmulatedBankCard())
        let next = try listener.accepted()
        send([0, 1, 0x04], next)
        #expect(receive(2, next) == [0, UInt8(EmulatedBankCard().atr.count)])
        client.stop()
        for await end in ending { #expect(end == nil) }
        close(reader)
        close(next)
        close(listener.descriptor)
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
