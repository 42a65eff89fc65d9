package import EnrolmentCore
import StationUI
import TerminalKit

/// The loop of the screens: one stream of keys and news in, effects out, until the officer leaves.
package struct StationRunner: Sendable {
    enum Input: Sendable {
        case terminal(TerminalEvent)
        case update(CaseSession, CaseSession.Update)
        case login(LoginDesk.Update)
        /// Has nobody touched a key for too long?
        case idleCheck
        case news(StationEvent)
        /// Something on disk may have changed: draft, queue or visits.
        case refresh
    }

    private let station: Station
    private let screen: StationScreen
    private let desk: LoginDesk?
    private let idle: Duration?
    private let unlock: @Sendable (SecretBytes) async -> Bool

    /// - Parameters:
    ///   - desk: where officers log in; nil on a kit that has no list of them.
    ///   - idle: how long nobody may touch a key before the screen goes blank; nil never.
    ///   - unlock: whether a passphrase, in UTF-8, opens this kit; it is wiped afterwards.
    package init(
        _ station: Station, screen: StationScreen, desk: LoginDesk? = nil, idle: Duration? = nil,
        unlock: @escaping @Sendable (SecretBytes) async -> Bool
    ) {
        self.station = station
        self.screen = screen
        self.desk = desk
        self.idle = idle
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
                continuation.yield(.idleCheck)
                continuation.yield(.news(.kit(await station.state())))
                try? await Task.sleep(for: .seconds(10))
            }
        }
        let logins = desk.map { desk in
            Task { for await update in desk.updates { continuation.yield(.login(update)) } }
        }
        var work = StationWork(station: station, desk: desk, idle: idle, unlock: unlock, inputs: continuation)
        continuation.yield(.refresh)
        for await input in inputs {
            if case .leave = await take(input, &work) { break }
        }
        ticks.cancel()
        keys.cancel()
        logins?.cancel()
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
        case .idleCheck: if work.isIdle { await screen.tell(.lock) }
        case .login(.admitted(let session, let replaced)):
            // Nobody goes on with a case in another's name; its draft waits.
            if replaced != nil { _ = await perform([.leaveCase], &work) }
            work.admit(session)
        case .login(.news(let news)): await screen.tell(.login(news))
        case .news(let event): await screen.tell(event)
        case .refresh:
            for event in await work.lists() { await screen.tell(event) }
        }
        return .goOn
    }
}
