import CPCSC
import DeviceDrivers
import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Foundation
import Synchronization
import Testing

@testable import DeviceTransportLinux

extension PCSCTests {
    /// The numbered transport cases of the card's reference that only a real pcscd can show, by the driver
    /// that reads cards in the field. Those that pcscd has no part in are in CardTransportCaseTests.
    @Suite(
        .enabled(if: PCSCWorld.isIsolated, "needs a pcscd of its own: run Tests/Witness/card-transport.sh as root"))
    struct CardCases {
        private typealias Fixtures = PCSCCardFixtures
        private typealias Ending = PCSCCardFixtures.Ending
        private static let alma = Ending.read(surname: PCSCCardFixtures.alma.surname)
        private static let bert = Ending.read(surname: PCSCCardFixtures.bert.surname)

        private func read(_ world: PCSCWorld, patience: CardPatience = CardPatience()) async -> Ending {
            await Fixtures.read(Fixtures.driver(world.transport, patience: patience))
        }

        @Test(
            "Cases 1 and 2: a card that is pulled at a command is named so, and read when it is in again",
            .timeLimit(.minutes(2)))
        func pulled() async throws {
            let world = try PCSCWorld()
            let driver = Fixtures.driver(world.transport)
            for number in [1, 2, 3, 12, 30] {
                try world.insert(try Fixtures.card(), VPCDClient.Script(faults: [number: .pull]))
                #expect(await Fixtures.read(driver) == .retry(.cardRemoved), "pulled at command \(number)")
                try world.insert(try Fixtures.card())
                #expect(await Fixtures.read(driver) == Self.alma, "after command \(number)")
            }
        }

        @Test("Case 2: an answer of one byte is an exchange that broke, and mended", .timeLimit(.minutes(1)))
        func oneByte() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card(), VPCDClient.Script(faults: [5: .answer([0x90])]))
            #expect(await read(world) == Self.alma)
        }

        @Test(
            "Case 4: another program that resets the card all the time costs nothing but time", .timeLimit(.minutes(1)))
        func resets() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card())
            let other = Resetter(try world.lookout.slots()[0].reader)
            var endings: [Ending] = []
            for _ in 0..<6 { endings.append(await read(world)) }
            other.stop()
            #expect(endings.allSatisfy { $0 == Self.alma || $0 == .error(.busy) }, "\(endings)")
            #expect(endings.contains(Self.alma))
            #expect(other.count > 0)
            #expect(await read(world) == Self.alma)
        }

        @Test("Case 5: what another program has selected before us is no obstacle", .timeLimit(.minutes(1)))
        func selected() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card())
            let reader = try world.lookout.slots()[0].reader
            for path in [[0x3F, 0x00, 0xDF, 0x00, 0x50, 0x31], [0x3F, 0x00, 0xDF, 0x00], [0x3F, 0x00]] as [[UInt8]] {
                let connection = try world.lookout.connect(to: reader, within: .seconds(5))
                let command = [0x00, 0xA4, 0x08, 0x0C, UInt8(path.count)] + path
                #expect(try connection.transmit(command, within: .seconds(5)) == [0x90, 0x00])
                connection.disconnect()
                #expect(await read(world) == Self.alma)
            }
        }

        @Test("Case 6: a card that is held alone is named as busy, and read when it is let go", .timeLimit(.minutes(1)))
        func exclusive() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card())
            let holder = try ExclusiveHolder(try world.lookout.slots()[0].reader)
            let driver = Fixtures.driver(world.transport)
            #expect(await Fixtures.read(driver, within: .milliseconds(300)) == .error(.busy))
            let reading = Task { await Fixtures.read(driver, within: .seconds(20)) }
            holder.release()
            #expect(await reading.value == Self.alma)
        }

        @Test(
            "Case 6: another program's long transaction is named, freezes nothing and can be cancelled",
            .timeLimit(.minutes(1)))
        func longTransaction() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card())
            let theirs = try world.lookout.connect(to: try world.lookout.slots()[0].reader, within: .seconds(5))
            try theirs.beginTransaction(within: .seconds(5))
            var patience = CardPatience()
            patience.transaction = .milliseconds(300)
            #expect(await read(world, patience: patience) == .error(.busy))
            patience.transaction = .seconds(3600)
            let driver = Fixtures.driver(world.transport, patience: patience)
            let reading = Task { await Fixtures.read(driver) }
            let start = ContinuousClock.now
            reading.cancel()
            #expect(await reading.value == .error(.cancelled))
            #expect(start.duration(to: .now) < .seconds(5))
            theirs.endTransaction()
            theirs.disconnect()
            #expect(await read(world) == Self.alma)
        }

        @Test(
            "Case 7: pcscd killed while nobody uses it, while a card is read and while one is waited for",
            .timeLimit(.minutes(2)))
        func killed() async throws {
            let world = try PCSCWorld()
            let driver = Fixtures.driver(world.transport)
            try world.insert(try Fixtures.card())
            #expect(await Fixtures.read(driver) == Self.alma)

            world.stopService()
            #expect(await Fixtures.read(driver) == .error(.serviceDown))
            try world.startService()
            try world.insert(
                try Fixtures.card(),
                VPCDClient.Script(faults: [
                    9: .change { [weak world] answer in
                        world?.stopService()
                        return answer
                    }
                ]))
            #expect(await Fixtures.read(driver) == .error(.serviceDown))

            world.remove()
            try world.startService()
            let ending = await Fixtures.read(driver, within: .seconds(30)) {
                if $0 == .insertCard { world.stopService() }
            }
            #expect(ending == .error(.serviceDown))
            try world.startService()
            let start = ContinuousClock.now
            try world.insert(try Fixtures.card())
            #expect(await Fixtures.read(driver) == Self.alma)
            #expect(start.duration(to: .now) < .seconds(5), "readers are back within a few seconds")
        }

        @Test(
            """
            Case 8: a service that stands still for a while, as in a suspend, is waited for; for longer it is named, \
            and found again
            """, .timeLimit(.minutes(2)))
        func suspended() async throws {
            let world = try PCSCWorld()
            let script = VPCDClient.Script(faults: [
                9: .change { [weak world] answer in
                    world?.suspendService()
                    DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [weak world] in world?.resumeService() }
                    return answer
                }
            ])
            try world.insert(try Fixtures.card(), script)
            #expect(await read(world) == Self.alma)

            let stopping = VPCDClient.Script(faults: [
                9: .change { [weak world] answer in
                    world?.suspendService()
                    return answer
                }
            ])
            try world.insert(try Fixtures.card(), stopping)
            var patience = CardPatience()
            patience.command = .milliseconds(500)
            let stopped = await read(world, patience: patience)
            #expect(stopped == .error(.timedOut))
            world.resumeService()
            // The context that was given up resets the card as it goes.
            #expect(await read(world) == Self.alma)
        }

        @Test("Case 8: a service that ended by itself, and was started for us again, is used", .timeLimit(.minutes(1)))
        func ended() async throws {
            let world = try PCSCWorld()
            let driver = Fixtures.driver(world.transport)
            #expect(await Fixtures.read(driver, within: .milliseconds(10)) == .retry(.noCard))
            for _ in 0..<2 {
                world.stopService()
                try world.startService()
                try world.insert(try Fixtures.card())
                #expect(await Fixtures.read(driver) == Self.alma)
            }
        }

        @Test(
            "Case 9: no reader; a card in the second of two; a list of readers longer than 1024; another name",
            .timeLimit(.minutes(2)))
        func readers() async throws {
            let world = try PCSCWorld()
            let driver = Fixtures.driver(world.transport)
            try world.insert(EmulatedBankCard())
            try world.insert(try Fixtures.card(), VPCDClient.Script(), into: 1)
            #expect(await Fixtures.read(driver) == Self.alma)

            world.remove(from: 0)
            world.remove(from: 1)
            world.stopService()
            try world.startService(readers: [])
            let none = await Fixtures.read(driver)
            #expect(none == .error(.absent))

            world.stopService()
            let names = (1...5).map { "Proof reader \($0) " + String(repeating: "x", count: 95) }
            try world.startService(readers: names)
            #expect(try world.lookout.slots().reduce(0) { $0 + $1.reader.utf8.count + 1 } > 1024)
            try world.insert(try Fixtures.card(Fixtures.bert), VPCDClient.Script(), into: 9)
            var last = await Fixtures.read(driver)
            // With so many readers to look after, pcscd itself is late at times, which is named.
            for _ in 0..<3 where last == .error(.timedOut) || last == .error(.busy) {
                last = await Fixtures.read(driver)
            }
            #expect(last == Self.bert)

            world.remove(from: 9)
            world.stopService()
            try world.startService(readers: ["A reader of another name"])
            try world.insert(try Fixtures.card())
            #expect(await Fixtures.read(driver) == Self.alma)
        }

        @Test(
            "Case 10: a card that is exchanged between two looks of pcscd never gives two persons' data",
            .timeLimit(.minutes(2)))
        func exchanged() async throws {
            let world = try PCSCWorld()
            let driver = Fixtures.driver(world.transport)
            let other = try Fixtures.card(Fixtures.bert)
            for number in [1, 2, 3, 5, 9, 15, 22, 40] {
                try world.insert(try Fixtures.card(), VPCDClient.Script(faults: [number: .exchange(other)]))
                let ending = await Fixtures.read(driver)
                // All from the second card is right, too, as long as nothing of the first was read.
                let isTheirs = ending == Self.bert && number <= 3
                #expect(isTheirs || ending == .retry(.cardRemoved), "exchanged at command \(number): \(ending)")
                let next = await Fixtures.read(driver)
                #expect(next == Self.bert, "after command \(number)")
            }
        }

        @Test("Case 11: a bank card and a Java card are other cards; vpcd knows no mute ones", .timeLimit(.minutes(1)))
        func otherCards() async throws {
            let world = try PCSCWorld()
            try world.insert(EmulatedBankCard())
            #expect(await read(world) == .retry(.otherCard))
            try world.insert(EmulatedJavaCard())
            #expect(await read(world) == .retry(.otherCard))
        }

        @Test("Case 12: a slow card is read, with progress all the time", .timeLimit(.minutes(2)))
        func slow() async throws {
            let world = try PCSCWorld()
            let script = VPCDClient.Script(latency: .milliseconds(40), faults: [12: .delay(.seconds(2))])
            try world.insert(try Fixtures.card(), script)
            let seen = Mutex<[CaptureProgress]>([])
            #expect(
                await Fixtures.read(Fixtures.driver(world.transport)) { step in seen.withLock { $0.append(step) } }
                    == Self.alma)
            #expect(seen.withLock { $0.count { if case .cardFile = $0 { true } else { false } } } == 11)
        }

        @Test("Case 12: a card that never answers runs into its time, or into a cancellation", .timeLimit(.minutes(1)))
        func silent() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card(), VPCDClient.Script(faults: [7: .silence]))
            var patience = CardPatience()
            patience.command = .milliseconds(300)
            #expect(await read(world, patience: patience) == .error(.timedOut))
            let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
            world.remove()
            try world.insert(try Fixtures.card(), VPCDClient.Script(faults: [7: .silence]))
            patience.command = .seconds(3600)
            let driver = Fixtures.driver(world.transport, patience: patience)
            let reading = Task {
                await Fixtures.read(driver) { if case .cardFile(.photo, _, _) = $0 { continuation.yield() } }
            }
            for await _ in asked { break }
            reading.cancel()
            #expect(await reading.value == .error(.cancelled))
            try world.insert(try Fixtures.card())
            #expect(await read(world) == Self.alma)
        }

        @Test("A watcher sees cards exchanged between two looks, and pcscd killed and started", .timeLimit(.minutes(2)))
        func watching() async throws {
            let world = try PCSCWorld()
            try world.insert(try Fixtures.card())
            let names = try world.lookout.slots().map(\.reader)
            let atr = try Fixtures.card().atr
            let watcher = CardWatcher(transport: PCSCTransport())
            var events: [CardEvent] = []
            var step = 0
            for await event in watcher.events() {
                events.append(event)
                switch (step, event) {
                case (0, .cardIn), (1, .cardIn):
                    step += 1
                    // The first time another card takes its place, the second time pcscd goes.
                    if step == 1 { try world.insert(try Fixtures.card(Fixtures.bert)) } else { world.stopService() }
                case (2, .serviceLost):
                    step = 3
                    try world.startService()
                case (3, .readerCame(names[1])): step = 4
                default: break
                }
                if step == 4 { break }
            }
            let one = names[0]
            let expected: [CardEvent] = [
                .readerCame(one), .cardIn(reader: one, atr: atr), .readerCame(names[1]), .cardOut(reader: one),
                .cardIn(reader: one, atr: atr), .cardOut(reader: one), .readerLeft(one), .readerLeft(names[1]),
                .serviceLost, .serviceFound,
            ]
            #expect(Array(events.prefix(expected.count)) == expected)
        }
    }
}

/// Another program that resets the card again and again.
// @unchecked: all state is behind the mutex.
private final class Resetter: @unchecked Sendable {
    private let state = Mutex((count: 0, isOver: false))
    private let ended = DispatchSemaphore(value: 0)

    init(_ reader: String) {
        Thread { [self] in
            let transport = PCSCTransport()
            while !state.withLock({ $0.isOver }) {
                guard let card = try? transport.connect(to: reader, within: .seconds(5)) else { continue }
                if (try? card.reconnect(resetting: true, within: .seconds(5))) != nil {
                    state.withLock { $0.count += 1 }
                }
                card.disconnect()
            }
            ended.signal()
        }.start()
    }

    var count: Int { state.withLock { $0.count } }

    func stop() {
        state.withLock { $0.isOver = true }
        ended.wait()
    }
}

/// Another program that has the card for itself alone.
private final class ExclusiveHolder {
    private let context: SCARDCONTEXT

    init(_ reader: String) throws {
        var context: SCARDCONTEXT = 0
        var handle: SCARDHANDLE = 0
        var active: DWORD = 0
        try TransportError.check(pcsc: SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context))
        try TransportError.check(
            pcsc: SCardConnect(
                context, reader, DWORD(SCARD_SHARE_EXCLUSIVE), DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1), &handle,
                &active))
        self.context = context
    }

    func release() { SCardReleaseContext(context) }
}
