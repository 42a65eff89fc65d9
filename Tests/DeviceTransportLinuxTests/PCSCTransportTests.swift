import CPCSC
import DeviceEmulation
import DeviceTransport
import Foundation
import Glibc
import Synchronization
import Testing

@testable import DeviceTransportLinux

extension PCSCTests {
    /// What only the real pcscd can do to us.
    @Suite(
        .enabled(if: PCSCWorld.isIsolated, "needs a pcscd of its own: run Tests/Witness/card-pcsc.sh as root"))
    struct RealService {
        private let read: [UInt8] = [0x00, 0xB0, 0x00, 0x00, 0x10]

        private func reason<Value>(_ body: () throws(TransportError) -> Value) -> TransportError.Reason? {
            do throws(TransportError) {
                _ = try body()
                return nil
            } catch {
                return error.reason
            }
        }

        @Test("A reset by another program is told once, and mended by connecting again", .timeLimit(.minutes(1)))
        func reset() throws {
            let world = try PCSCWorld()
            try world.insert(EmulatedBankCard())
            let reader = try world.transport.slots()[0].reader
            let ours = try world.transport.connect(to: reader, within: .seconds(5))
            let other = PCSCTransport()
            let theirs = try other.connect(to: reader, within: .seconds(5))
            try theirs.reconnect(resetting: true, within: .seconds(5))
            theirs.disconnect()
            #expect(reason { () throws(TransportError) in try ours.transmit(read, within: .seconds(5)) } == .cardReset)
            try ours.reconnect(resetting: false, within: .seconds(5))
            #expect(try ours.transmit(read, within: .seconds(5)) == [0x6D, 0x00])
            ours.disconnect()
        }

        @Test("Another program's transaction is waited for, and no longer than told", .timeLimit(.minutes(1)))
        func longTransaction() throws {
            let world = try PCSCWorld()
            try world.insert(EmulatedBankCard())
            let reader = try world.transport.slots()[0].reader
            let other = PCSCTransport()
            let theirs = try other.connect(to: reader, within: .seconds(5))
            let ours = try world.transport.connect(to: reader, within: .seconds(5))
            try theirs.beginTransaction(within: .seconds(5))
            #expect(
                reason { () throws(TransportError) in try ours.beginTransaction(within: .milliseconds(300)) }
                    == .timedOut)
            ours.disconnect()
            // pcscd lets nobody connect during a transaction either.
            #expect(
                reason { () throws(TransportError) in
                    try world.transport.connect(to: reader, within: .milliseconds(300))
                } == .timedOut)
            theirs.endTransaction()
            // The context that was given up resets the card as it goes, and in that moment it seems mute.
            try PCSCWorld.wait("the card") {
                guard let again = try? world.transport.connect(to: reader, within: .seconds(5)) else { return false }
                defer { again.disconnect() }
                try? again.beginTransaction(within: .seconds(5))
                return (try? again.transmit(read, within: .seconds(5))) == [0x6D, 0x00]
            }
            theirs.disconnect()
        }

        @Test("A card that is held by another program alone is a sharing violation", .timeLimit(.minutes(1)))
        func exclusive() throws {
            let world = try PCSCWorld()
            try world.insert(EmulatedBankCard())
            let slots = try world.transport.slots()
            var context: SCARDCONTEXT = 0
            var handle: SCARDHANDLE = 0
            var active: DWORD = 0
            #expect(SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context) == SCARD_S_SUCCESS)
            #expect(
                SCardConnect(
                    context, slots[0].reader, DWORD(SCARD_SHARE_EXCLUSIVE),
                    DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1),
                    &handle, &active) == SCARD_S_SUCCESS)
            let held = try world.transport.waitForChange(from: slots, within: .seconds(5))
            #expect(held[0].state == .heldByAnother(atr: EmulatedBankCard().atr))
            #expect(
                reason { () throws(TransportError) in
                    try world.transport.connect(to: slots[0].reader, within: .seconds(5))
                } == .sharingViolation)
            SCardReleaseContext(context)
            let free = try world.transport.waitForChange(from: held, within: .seconds(5))
            #expect(free[0].state == .card(atr: EmulatedBankCard().atr))
        }

        @Test("A card that never answers is given up, and the transport works on", .timeLimit(.minutes(1)))
        func silence() throws {
            let world = try PCSCWorld()
            let card = SilentCard()
            try world.insert(card)
            let reader = try world.transport.slots()[0].reader
            let connection = try world.transport.connect(to: reader, within: .seconds(5))
            #expect(
                reason { () throws(TransportError) in
                    try connection.transmit(read, within: .milliseconds(200))
                } == .timedOut)
            connection.disconnect()
            #expect(try world.transport.slots().count == 2)
            card.release()
        }

        @Test("Cancelling reaches a command that is never answered", .timeLimit(.minutes(1)))
        func cancelCommand() async throws {
            let world = try PCSCWorld()
            let card = SilentCard()
            try world.insert(card)
            let transport = world.transport
            let reader = try transport.slots()[0].reader
            let ended = AsyncStream<TransportError.Reason?> { continuation in
                Thread {
                    do throws(TransportError) {
                        let connection = try transport.connect(to: reader, within: .seconds(5))
                        defer { connection.disconnect() }
                        _ = try connection.transmit([0x00, 0xB0, 0x00, 0x00, 0x10], within: .seconds(3600))
                        continuation.yield(nil)
                    } catch {
                        continuation.yield(error.reason)
                    }
                    continuation.finish()
                }.start()
            }
            try card.waitForCommand()
            transport.cancel()
            for await end in ended { #expect(end == .cancelled) }
            transport.rearm()
            #expect(try transport.slots().count == 2)
            card.release()
        }

        @Test("A service that stops is named, and found again once it runs", .timeLimit(.minutes(1)))
        func restart() throws {
            let world = try PCSCWorld()
            try world.insert(EmulatedBankCard())
            let slots = try world.transport.slots()
            let connection = try world.transport.connect(to: slots[0].reader, within: .seconds(5))
            world.stopService()
            #expect(
                reason { () throws(TransportError) in try connection.transmit(read, within: .seconds(5)) }
                    == .serviceDown)
            #expect(reason { () throws(TransportError) in try world.transport.slots() } == .serviceDown)
            #expect(
                reason { () throws(TransportError) in
                    try world.transport.waitForChange(from: slots, within: .seconds(5))
                } == .serviceDown)
            connection.disconnect()
            try world.startService()
            try world.insert(EmulatedBankCard())
            let again = try world.transport.connect(to: slots[0].reader, within: .seconds(5))
            #expect(try again.transmit(read, within: .seconds(5)) == [0x6D, 0x00])
            again.disconnect()
        }
    }
}

/// Takes commands and answers none of them until it is released.
private struct SilentCard: EmulatedSmartCard {
    let atr: [UInt8] = [0x3B, 0x67, 0x00, 0x00, 0x29, 0x20, 0x00, 0x6F, 0x78, 0x90, 0x00]
    private let asked = DispatchSemaphore(value: 0)
    private let released = DispatchSemaphore(value: 0)

    mutating func reset() {}

    mutating func answer(_ command: [UInt8]) -> [UInt8] {
        asked.signal()
        released.wait()
        return [0x6D, 0x00]
    }

    func waitForCommand() throws {
        try #require(asked.wait(timeout: .now() + 20) == .success)
    }

    func release() { released.signal() }
}
