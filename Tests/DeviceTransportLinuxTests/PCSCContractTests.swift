import DeviceEmulation
import DeviceTransport
import Foundation
import Testing

@testable import DeviceTransportLinux

extension PCSCTests {
    /// What every `CardTransport` promises, asked of the emulated one and of the real one.
    @Suite struct Contract {
        enum Kind: String, CaseIterable, Sendable { case emulated, real }

        static let kinds: [Kind] = PCSCWorld.isIsolated ? Kind.allCases : [.emulated]

        private func world(_ kind: Kind) throws -> any CardWorld {
            switch kind {
            case .emulated: EmulatedCardWorld()
            case .real: try PCSCWorld()
            }
        }

        private func reason<Value>(_ body: () throws(TransportError) -> Value) -> TransportError.Reason? {
            do throws(TransportError) {
                _ = try body()
                return nil
            } catch {
                return error.reason
            }
        }

        private let card = EmulatedBankCard()
        private let read: [UInt8] = [0x00, 0xB0, 0x00, 0x00, 0x10]

        @Test("Empty readers are listed, and nothing changes in them", .timeLimit(.minutes(1)), arguments: kinds)
        func empty(_ kind: Kind) throws {
            let world = try world(kind)
            let slots = try world.transport.slots()
            #expect(slots.map(\.state) == [.empty, .empty])
            #expect(
                reason { () throws(TransportError) in
                    try world.transport.waitForChange(from: slots, within: .milliseconds(20))
                } == .timedOut)
            #expect(try world.transport.slots() == slots)
            #expect(
                reason { () throws(TransportError) in
                    try world.transport.connect(to: slots[0].reader, within: .seconds(5))
                } == .noCard)
            #expect(
                reason { () throws(TransportError) in
                    try world.transport.connect(to: "No such reader", within: .seconds(5))
                } == .unplugged)
        }

        @Test(
            "Insertion, removal and insertion again are changes, each unlike the other", .timeLimit(.minutes(1)),
            arguments: kinds)
        func changes(_ kind: Kind) throws {
            let world = try world(kind)
            var seen = [try world.transport.slots()]
            try world.insert(card)
            seen.append(try world.transport.waitForChange(from: seen[0], within: .seconds(20)))
            #expect(seen[1][0].atr == card.atr)
            world.remove()
            seen.append(try world.transport.waitForChange(from: seen[1], within: .seconds(20)))
            #expect(seen[2][0].state == .empty)
            #expect(seen[2] != seen[0])
            try world.insert(card)
            // Whoever looked away still sees that it is not the card from before.
            seen.append(try world.transport.waitForChange(from: seen[1], within: .seconds(20)))
            #expect(seen[3][0].atr == card.atr)
            #expect(seen[3][0] != seen[1][0])
        }

        @Test("Answers reach the caller as the card gave them", .timeLimit(.minutes(1)), arguments: kinds)
        func transmit(_ kind: Kind) throws {
            let world = try world(kind)
            try world.insert(AnsweringCard())
            let connection = try world.transport.connect(to: try world.transport.slots()[0].reader, within: .seconds(5))
            #expect(connection.atr == AnsweringCard().atr)
            try connection.beginTransaction(within: .seconds(5))
            #expect(try connection.transmit([0x00, 0xB0, 0x00, 0x00, 0x00], within: .seconds(5)) == [0x6C, 0x05])
            #expect(try connection.transmit([0x00, 0xB0, 0x00, 0x01, 0x00], within: .seconds(5)) == [0x61, 0x05])
            let longest = try connection.transmit([0x00, 0xB0, 0x00, 0x02, 0x00], within: .seconds(5))
            #expect(longest == [UInt8](repeating: 7, count: 256) + [0x90, 0x00])
            connection.endTransaction()
            connection.endTransaction()
            connection.disconnect()
            connection.disconnect()
            #expect(
                reason { () throws(TransportError) in try connection.transmit(read, within: .seconds(5)) } == .unplugged
            )
        }

        @Test("A connection dies with its card, also when another is put in", .timeLimit(.minutes(1)), arguments: kinds)
        func removal(_ kind: Kind) throws {
            let world = try world(kind)
            try world.insert(card)
            let reader = try world.transport.slots()[0].reader
            let connection = try world.transport.connect(to: reader, within: .seconds(5))
            #expect(try connection.transmit(read, within: .seconds(5)) == [0x6D, 0x00])
            world.remove()
            #expect(
                [.cardRemoved, .inputOutput].contains(
                    reason { () throws(TransportError) in
                        try connection.transmit(read, within: .seconds(5))
                    }))
            try world.insert(card)
            #expect(
                reason { () throws(TransportError) in try connection.transmit(read, within: .seconds(5)) }
                    == .cardRemoved)
            connection.disconnect()
            let fresh = try world.transport.connect(to: reader, within: .seconds(5))
            #expect(try fresh.transmit(read, within: .seconds(5)) == [0x6D, 0x00])
            fresh.disconnect()
        }

        @Test(
            "Cancelling ends a wait at once and every later call until it is called off", .timeLimit(.minutes(1)),
            arguments: kinds)
        func cancel(_ kind: Kind) async throws {
            let world = try world(kind)
            let transport = world.transport
            let slots = try transport.slots()
            let ended = AsyncStream<TransportError.Reason?> { continuation in
                Thread {
                    do throws(TransportError) {
                        _ = try transport.waitForChange(from: slots, within: .seconds(3600))
                        continuation.yield(nil)
                    } catch {
                        continuation.yield(error.reason)
                    }
                    continuation.finish()
                }.start()
            }
            transport.cancel()
            for await end in ended { #expect(end == .cancelled) }
            #expect(reason { () throws(TransportError) in try transport.slots() } == .cancelled)
            transport.rearm()
            #expect(try transport.slots() == slots)
        }
    }
}

/// Answers READ BINARY by its offset: a correction, an announcement, the longest answer.
private struct AnsweringCard: EmulatedSmartCard {
    let atr: [UInt8] = [0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11]

    mutating func reset() {}

    mutating func answer(_ command: [UInt8]) -> [UInt8] {
        guard command.count >= 4, command[1] == 0xB0 else { return [0x6D, 0x00] }
        return switch command[3] {
        case 0: [0x6C, 0x05]
        case 1: [0x61, 0x05]
        default: [UInt8](repeating: 7, count: 256) + [0x90, 0x00]
        }
    }
}
