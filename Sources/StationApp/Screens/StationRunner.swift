import EnrolmentCore
import StationUI
import TerminalKit

/// The loop of the screens: one stream of keys and news in, effects out, until the officer leaves.
package struct StationRunner: Sendable {
    enum Input: Sendable {
        case terminal(TerminalEvent)
        case enrolment(EnrolmentSession, EnrolmentSession.Update)
        case news(StationEvent)
        /// Something on disk may have changed: draft, queue or visits.
        case refresh
    }

    private let station: Station
    private let screen: StationScreen
    private let unlock: @Sendable (String) async -> Bool

    /// - Parameter unlock: whether a passphrase opens this kit.
    package init(_ station: Station, screen: StationScreen, unlock: @escaping @Sendable (String) async -> Bool) {
        self.station = station
        self.screen = screen
        self.unlock = unlock
    }

    package func run() async {
        let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
        let keys = Task { [screen] in
            for await event in screen.events { continuation.yield(.terminal(event)) }
            continuation.yield(.terminal(.closed))
        }
        let ticks = Task { [station] in
            while !Task.isCancelled {
                continuation.yield(.news(station.clockEvent()))
                continuation.yield(.news(.kit(await station.state())))
                try? await Task.sleep(for: .seconds(10))
            }
        }
        var work = StationWork(station: station, unlock: unlock, inputs: continuation)
        continuation.yield(.refresh)
        for await input in inputs {
            if case .leave = await take(input, &work) { break }
        }
        ticks.cancel()
        keys.cancel()
        await work.end()
        await screen.close()
    }

    private enum Next { case goOn, leave }

    private func take(_ input: Input, _ work: inout StationWork) async -> Next {
        switch input {
        case .terminal(.closed), .terminal(.endRequested): return .leave
        case .terminal(.resized): await screen.redraw()
        case .terminal(.key(let key)):
            for effect in await screen.tell(.key(key)) {
                if effect == .quit { return .leave }
                for event in await work.perform(effect) { await screen.tell(event) }
            }
        // What a session that was left had still to say is nobody's news.
        case .enrolment(let session, let update) where session === work.session:
            work.note(update)
            await screen.tell(update)
            work.previews.shown(update)
        case .enrolment(_, let update): work.previews.shown(update)
        case .news(let event): await screen.tell(event)
        case .refresh:
            for event in await station.listEvents() { await screen.tell(event) }
        }
        return .goOn
    }
}
