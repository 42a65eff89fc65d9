import EnrolmentCore
import StationUI
import TerminalKit

/// The loop of the screens: one stream of keys and news in, effects out, until the officer leaves.
package struct StationRunner: Sendable {
    enum Input: Sendable {
        case terminal(TerminalEvent)
        case update(CaseSession, CaseSession.Update)
        case login(LoginDesk.Update)
        case opening(OpeningDesk<Void>.Update)
        case reader(ReaderState)
        /// Has nobody touched a key for too long?
        case idleCheck
        case news(StationEvent)
        /// Something on disk may have changed: draft, queue or visits.
        case refresh
    }

    private let station: Station
    private let screen: StationScreen
    private let doorkeeper: Doorkeeper
    private let idle: Duration?

    /// - Parameters:
    ///   - doorkeeper: who opens the screens.
    ///   - idle: how long nobody may touch a key before the screen goes blank; nil never.
    package init(
        _ station: Station, screen: StationScreen, doorkeeper: Doorkeeper = .nobody, idle: Duration? = nil
    ) {
        self.station = station
        self.screen = screen
        self.doorkeeper = doorkeeper
        self.idle = idle
    }

    package func run() async {
        let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
        let keys = Task { [screen] in
            for await event in screen.events { continuation.yield(.terminal(event)) }
            continuation.yield(.terminal(.closed))
        }
        let ticks = Task { [station] in
            var count = 0
            while !Task.isCancelled {
                // By seconds, since a wait at the locked screen is counted down.
                continuation.yield(.news(station.clockEvent()))
                continuation.yield(.idleCheck)
                if count % 10 == 0 { continuation.yield(.news(.kit(await station.state()))) }
                count += 1
                try? await Task.sleep(for: .seconds(1))
            }
        }
        let logins = doorkeeper.follow(readers: station.devices) { continuation.yield($0) }
        var work = StationWork(station: station, doorkeeper: doorkeeper, idle: idle, inputs: continuation)
        continuation.yield(.refresh)
        for await input in inputs {
            if case .leave = await take(input, &work) { break }
        }
        ticks.cancel()
        keys.cancel()
        for login in logins { login.cancel() }
        await work.end()
        await screen.close()
    }

    private enum Next { case goOn, leave }

    /// Does what the screens ask for, and what they ask for when they hear what came of it.
    private func perform(_ effects: [StationEffect], _ work: inout StationWork) async -> Next {
        var effects = effects[...]
        while let effect = effects.popFirst() {
            if effect == .quit { return .leave }
            for event in await work.perform(effect) { effects += await screen.tell(event) }
        }
        return .goOn
    }

    private func take(_ input: Input, _ work: inout StationWork) async -> Next {
        switch input {
        case .terminal(.closed), .terminal(.endRequested): return .leave
        case .terminal(.resized): await screen.redraw()
        case .terminal(.key(let key)):
            work.touched()
            return await perform(await screen.tell(.key(key)), &work)
        // What a session that was left had still to say is nobody's news.
        case .update(let session, let update) where session.isSame(as: work.session):
            work.note(update)
            await screen.tell(update)
            work.previews.shown(update)
        case .update(_, let update): work.previews.shown(update)
        case .idleCheck: if work.isIdle { return await perform(await screen.tell(.lock), &work) }
        case .opening(.opened): return await perform(await screen.tell(.login(.done(nil))), &work)
        case .opening(.news(let news)), .login(.news(let news)):
            return await perform(await screen.tell(.login(news)), &work)
        case .reader(let state):
            if case .kit(let desk) = doorkeeper { await desk.see(state) }
            await screen.tell(.login(.reader(state)))
        case .login(.admitted(let session, let replaced)):
            // Nobody goes on with a case in another's name; its draft waits.
            if replaced != nil { _ = await perform([.leaveCase], &work) }
            work.admit(session)
        case .news(let event): await screen.tell(event)
        case .refresh:
            for event in await work.lists() { await screen.tell(event) }
        }
        return .goOn
    }
}
