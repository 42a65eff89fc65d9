import DeviceEmulation
import DeviceTransport
import Dispatch
import EnrolmentCore
import Synchronization
import Testing

@testable import DeviceTransportLinux

extension PCSCTests {
    /// Commands that bear a PIN, and the reader's own functions, through the real pcscd.
    @Suite(.enabled(if: PCSCWorld.isIsolated, "needs namespaces of its own: Tests/Witness/card-pcsc.sh"))
    struct Secrets {
        /// Keeps what it is sent, and answers when it may.
        private struct Card: EmulatedSmartCard {
            final class Desk: Sendable {
                let commands = Mutex<[[UInt8]]>([])
                let arrived = DispatchSemaphore(value: 0)
                let mayAnswer = DispatchSemaphore(value: 0)
                var sent: [[UInt8]] { commands.withLock { $0 } }
            }

            let desk = Desk()
            var atr: [UInt8] { EmulatedBankCard().atr }

            mutating func reset() {}

            mutating func answer(_ command: [UInt8]) -> [UInt8] {
                desk.commands.withLock { $0.append(command) }
                desk.arrived.signal()
                desk.mayAnswer.wait()
                return [0x63, 0xC2]
            }
        }

        private static let command: [UInt8] = [
            0x00, 0x20, 0x00, 0x01, 0x08, 0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        ]

        private func secret() throws -> SecretBytes {
            let secret = try SecretBytes()
            for byte in Self.command { secret.append(byte) }
            return secret
        }

        private func reason<Value>(_ body: () throws(TransportError) -> Value) -> TransportError.Reason? {
            do throws(TransportError) {
                _ = try body()
                return nil
            } catch {
                return error.reason
            }
        }

        @Test("A secret reaches the card byte for byte, and its answer comes back", .timeLimit(.minutes(1)))
        func lent() throws {
            let world = try PCSCWorld()
            let card = Card()
            try world.insert(card)
            let connection = try world.transport.connect(to: try world.transport.slots()[0].reader, within: .seconds(5))
            card.desk.mayAnswer.signal()
            let secret = try secret()
            #expect(try connection.transmit(secret: secret, within: .seconds(5)) == [0x63, 0xC2])
            #expect(card.desk.sent == [Self.command])
            #expect(secret.count == Self.command.count)
            connection.disconnect()
        }

        @Test(
            "Cancelled before, it is not sent; cancelled on the way, its answer is waited for", .timeLimit(.minutes(1)))
        func cancelling() throws {
            let world = try PCSCWorld()
            let card = Card()
            try world.insert(card)
            let connection = try world.transport.connect(to: try world.transport.slots()[0].reader, within: .seconds(5))
            let secret = try secret()
            world.transport.cancel()
            #expect(
                reason { () throws(TransportError) in try connection.transmit(secret: secret, within: .seconds(5)) }
                    == .cancelled)
            #expect(card.desk.sent.isEmpty)
            world.transport.rearm()
            let transport = world.transport
            DispatchQueue.global().async {
                card.desk.arrived.wait()
                transport.cancel()
                card.desk.mayAnswer.signal()
            }
            #expect(try connection.transmit(secret: secret, within: .seconds(20)) == [0x63, 0xC2])
            connection.disconnect()
        }

        @Test("A card that does not answer keeps neither us nor the wipe waiting", .timeLimit(.minutes(1)))
        func silence() throws {
            let world = try PCSCWorld()
            let card = Card()
            try world.insert(card)
            let connection = try world.transport.connect(to: try world.transport.slots()[0].reader, within: .seconds(5))
            let secret = try secret()
            #expect(
                reason { () throws(TransportError) in
                    try connection.transmit(secret: secret, within: .milliseconds(300))
                } == .timedOut)
            secret.wipe()
            #expect(secret.isEmpty)
            card.desk.mayAnswer.signal()
            connection.disconnect()
        }

        @Test("A reader without keys answers what it can do, and an unknown code is an error", .timeLimit(.minutes(1)))
        func control() throws {
            let world = try PCSCWorld()
            try world.insert(EmulatedBankCard())
            let connection = try world.transport.connect(to: try world.transport.slots()[0].reader, within: .seconds(5))
            let features = try? connection.control(0x4200_0D48, [], within: .seconds(5))
            // vpcd tells nothing, or its list of properties.
            #expect((features ?? []).count % 6 == 0)
            #expect(
                reason { () throws(TransportError) in
                    try connection.control(0x4233_0006, [0x00], within: .seconds(5))
                } == .inputOutput)
            connection.disconnect()
        }
    }
}
