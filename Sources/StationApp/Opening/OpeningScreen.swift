import EnrolmentCore
import OfflineCache
import StationUI
import TerminalKit

/// The screen at which a kit is opened, until it is open or the officer leaves.
struct OpeningScreen: Sendable {
    private enum Input: Sendable {
        case terminal(TerminalEvent)
        case desk(OpeningDesk<OpenKit>.Update)
        case reader(ReaderState)
        case tick
    }

    let terminal: any Terminal
    let desk: OpeningDesk<OpenKit>
    let readers: AsyncStream<ReaderState>
    let clock: any WallClock
    /// How long nobody may touch a key before what was typed is forgotten.
    let idle: Duration
    let uptime: any UptimeClock

    /// - Returns: nil when the officer leaves, or the terminal is gone; then nothing is open.
    func run(_ model: OpeningModel) async -> OpenKit? {
        var model = model
        let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
        let following = follow(continuation)
        var watch = (try? uptime.now()).map { IdleWatch(limit: idle, now: $0) }
        var kit: OpenKit?
        await perform(model.beginning)
        loop: for await input in inputs {
            var effects: [StationEffect] = []
            switch input {
            case .terminal(.closed), .terminal(.endRequested): break loop
            case .terminal(.resized): break
            case .terminal(.key(let key)):
                if let now = try? uptime.now() { watch?.key(at: now) }
                effects = model.handle(.key(key))
            case .reader(let state):
                await desk.see(state)
                effects = model.handle(.login(.reader(state)))
            case .desk(.news(let news)): effects = model.handle(.login(news))
            case .desk(.opened):
                kit = await desk.claim()
                break loop
            case .tick:
                effects = model.handle(.clock(clock.now(), offset: LocalTime.offset(at: clock.now())))
                if let now = try? uptime.now(), watch?.isOver(at: now) == true {
                    watch?.key(at: now)
                    effects += model.handle(.lock)
                }
            }
            if effects.contains(.quit) { break loop }
            await perform(effects)
            terminal.show(model)
        }
        for task in following { task.cancel() }
        // What opens from here on is closed again.
        await desk.close()
        return kit
    }

    private func follow(_ inputs: AsyncStream<Input>.Continuation) -> [Task<Void, Never>] {
        [
            Task { [terminal] in
                for await event in terminal.events { inputs.yield(.terminal(event)) }
                inputs.yield(.terminal(.closed))
            },
            Task { [desk] in for await update in desk.updates { inputs.yield(.desk(update)) } },
            Task { [readers] in for await state in readers { inputs.yield(.reader(state)) } },
            Task {
                while !Task.isCancelled {
                    inputs.yield(.tick)
                    try? await Task.sleep(for: .milliseconds(250))
                }
            },
        ]
    }

    private func perform(_ effects: [StationEffect]) async {
        for case .login(let wish) in effects { await desk.take(wish) }
    }
}
