import DeviceDrivers
import DeviceEmulation
import EnrolmentCore
import OfflineCache
import StationUI
import Synchronization
import Testing

@testable import StationApp

/// A desk whose readings come to what the test says, one after the other, each after what it does meanwhile.
private final class DeskBench: Sendable {
    struct Reading: Sendable {
        let report: FailureReport?
        let meanwhile: @Sendable (OpeningDesk<String>, CardUnlock) async -> Void

        static let opens = Reading(report: nil) { _, _ in }

        static func fails(
            _ report: FailureReport,
            after meanwhile: @escaping @Sendable (OpeningDesk<String>, CardUnlock) async -> Void = { _, _ in }
        ) -> Reading {
            Reading(report: report, meanwhile: meanwhile)
        }
    }

    private struct Script {
        var desk: OpeningDesk<String>?
        var readings: [Reading]
        var count = 0
    }

    private let script: Mutex<Script>

    init(_ readings: Reading...) { script = Mutex(Script(readings: readings)) }

    /// How many cards were looked at.
    var count: Int { script.withLock(\.count) }

    func desk() throws -> OpeningDesk<String> {
        let clock = MovedClock(Timestamp(milliseconds: 1_795_262_400_000))
        let desk = OpeningDesk<String>(
            OpeningDesk<String>.Means(
                reader: BelgianEIDReader(transport: EmulatedCardReader(), clock: clock),
                byCard: { [self] (unlock) throws(FailureReport) in try await read(unlock) },
                byPassphrase: { (_) throws(FailureReport) in "by passphrase" },
                tries: try LoginBench.rules().tries, clock: clock, uptime: MovedUptime()))
        script.withLock { $0.desk = desk }
        return desk
    }

    private func read(_ unlock: CardUnlock) async throws(FailureReport) -> String {
        let (desk, reading) = script.withLock { script in
            script.count += 1
            return (script.desk, script.readings.isEmpty ? nil : script.readings.removeFirst())
        }
        guard let desk, let reading else { throw FailureReport(.store(.cardRefused), kept: .draft) }
        await reading.meanwhile(desk, unlock)
        if let report = reading.report { throw report }
        return "open"
    }

    /// What the desk says next, in a word.
    static func next(_ desk: OpeningDesk<String>) async -> String {
        for await update in desk.updates {
            switch update {
            case .opened: return "opened"
            case .news(.insertCard): return "insert"
            case .news(.askPIN): return "PIN"
            case .news(.refused(let report)): return report.code.text
            case .news(let news): return "\(news)"
            }
        }
        return "closed"
    }
}

@Suite("The desk at which a kit is opened", .timeLimit(.minutes(1)))
struct OpeningDeskTests {
    private static let absent = FailureReport(DeviceError(.cardReader, .absent), kept: .draft)

    /// What stands between a card and its reading, and says nothing against it.
    private static let wants = [
        absent, FailureReport(DeviceError(.cardReader, .serviceDown), kept: .draft),
        FailureReport(DeviceError(.cardReader, .unplugged), kept: .draft),
        FailureReport(.person(.cardMute), kept: .draft), FailureReport(.person(.cardRemoved), kept: .draft),
    ]

    @Test("that was begun without a reader reads the card that is put in once there is one, without a key")
    func pluggedIn() async throws {
        let bench = DeskBench(.fails(Self.absent), .opens)
        let desk = try bench.desk()
        await desk.take(.begin)
        #expect(await DeskBench.next(desk) == "insert")
        // Nobody has looked at the reader yet, so that nothing else on the screen says it.
        #expect(await DeskBench.next(desk) == "cardReader.absent")
        for state in [ReaderState.noReader, .noCard] {
            await desk.see(state)
            #expect(await DeskBench.next(desk) == "insert", "\(state)")
        }
        await desk.see(.card)
        #expect(await DeskBench.next(desk) == "opened")
        await desk.close()
    }

    @Test("waits for a card where the reader is seen to have none that answers", arguments: wants)
    func waits(_ report: FailureReport) async throws {
        for state in [ReaderState.noReader, .noCard, .mute] {
            let bench = DeskBench(.fails(report) { desk, _ in await desk.see(state) }, .opens)
            let desk = try bench.desk()
            await desk.see(.card)
            await desk.take(.begin)
            #expect(await [DeskBench.next(desk), DeskBench.next(desk)] == ["insert", "insert"], "\(state)")
            await desk.see(.card)
            #expect(await DeskBench.next(desk) == "opened", "\(state)")
            await desk.close()
        }
    }

    @Test("reads at once what was put in while the reading before it came to nothing")
    func meanwhile() async throws {
        let bench = DeskBench(
            .fails(Self.absent) { desk, _ in
                await desk.see(.noCard)
                await desk.see(.card)
            }, .opens)
        let desk = try bench.desk()
        await desk.take(.begin)
        #expect(await [DeskBench.next(desk), DeskBench.next(desk)] == ["insert", "insert"])
        #expect(await DeskBench.next(desk) == "opened")
        await desk.close()
    }

    @Test("does not read the same mute card over and over, and says why; it reads the next one")
    func mute() async throws {
        let mute = FailureReport(.person(.cardMute), kept: .draft)
        let bench = DeskBench(.fails(mute), .opens)
        let desk = try bench.desk()
        await desk.see(.card)
        await desk.take(.begin)
        #expect(await [DeskBench.next(desk), DeskBench.next(desk)] == ["insert", "person.cardMute"])
        // As when the reading lets the card go.
        await desk.see(.card)
        #expect(bench.count == 1)
        await desk.see(.noCard)
        #expect(await DeskBench.next(desk) == "insert")
        await desk.see(.card)
        #expect(await DeskBench.next(desk) == "opened")
        await desk.close()
    }

    @Test("says what a card was refused for, and does not read it again by itself")
    func refused() async throws {
        let bench = DeskBench()
        let desk = try bench.desk()
        await desk.see(.card)
        await desk.take(.begin)
        #expect(await [DeskBench.next(desk), DeskBench.next(desk)] == ["insert", "store.cardRefused"])
        await desk.see(.noCard)
        await desk.see(.card)
        #expect(bench.count == 1)
        await desk.close()
    }

    @Test(
        "asks for no PIN of a card that has gone with its reader, or is mute",
        arguments: [ReaderState.noReader, .mute, .noCard])
    func goneBeforePIN(_ state: ReaderState) async throws {
        let bench = DeskBench(
            .fails(FailureReport(.login(.needed), kept: .draft)) { desk, unlock in
                await desk.see(state)
                let known = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false)
                let entry = try? await unlock.pin(.init(state: known, wrongBefore: false, isFirst: true))
                #expect(entry == nil)
            }, .opens)
        let desk = try bench.desk()
        await desk.see(.card)
        await desk.take(.begin)
        #expect(await [DeskBench.next(desk), DeskBench.next(desk)] == ["insert", "insert"])
        await desk.see(.card)
        #expect(await DeskBench.next(desk) == "opened")
        await desk.close()
    }
}
