import EnrolmentCore
import TerminalKit

extension StationModel {
    /// The keys while the unlock screen is shown.
    mutating func press(_ key: Key, in screen: UnlockScreen) -> [StationEffect] {
        var screen = screen
        let wishes = screen.press(key, at: now)
        lock = wishes.contains(.cancel) ? .blank : .unlocking(screen)
        return wishes.map { .login($0) }
    }

    /// Brings the unlock screen up, where there is one.
    mutating func beginUnlocking() -> [StationEffect] {
        guard let offer = unlocking.offer else {
            lock = .open
            return []
        }
        let screen = UnlockScreen(offer)
        lock = .unlocking(screen)
        return [.login(screen.firstWish)]
    }

    mutating func take(_ news: LoginNews) -> [StationEffect] {
        switch news {
        case .reader(let state): reader = state
        case .done(let officer):
            // What was done while the lock key was pressed is late, and opens nothing.
            guard case .unlocking = lock else { break }
            if let officer { self.officer = officer }
            lock = .open
        default:
            // News of an unlocking that was cancelled is late.
            guard case .unlocking(var screen) = lock else { break }
            let wishes = screen.take(news)
            lock = .unlocking(screen)
            return wishes.map { .login($0) }
        }
        return []
    }

    /// Blanks the screen, and forgets what was being typed to open it.
    mutating func goBlank() -> [StationEffect] {
        leaveTurned()
        switch lock {
        case .open: lock = .blank
        case .blank: break
        case .unlocking(var screen):
            screen.wipe()
            lock = .blank
            return [.login(.cancel)]
        }
        return []
    }
}
