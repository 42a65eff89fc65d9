import EnrolmentCore
package import TerminalKit

/// The screen that comes before all others: a kit that is to be opened, as one value.
///
/// It takes the same events as `StationModel` and answers with the same effects: `login` and `quit`.
package struct OpeningModel: Sendable {
    private let label: KitLabel
    private let catalogue: Catalogue
    private var screen: UnlockScreen
    private var reader = ReaderState.unknown
    private var now: Timestamp?
    private var offset = Duration.zero

    /// - Parameter byCard: whether officers' cards open this kit.
    package init(label: KitLabel, catalogue: Catalogue = Catalogue(), byCard: Bool) {
        self.label = label
        self.catalogue = catalogue
        screen = UnlockScreen(UnlockOffer(byCard: byCard, passphrase: .ofKit, isStart: true))
    }

    /// What to do first.
    package var beginning: [StationEffect] { [.login(screen.firstWish)] }

    package mutating func handle(_ event: StationEvent) -> [StationEffect] {
        switch event {
        case .key(let key):
            let wishes = screen.press(key, at: now)
            return wishes.contains(.cancel) ? [.quit] : wishes.map { .login($0) }
        case .clock(let now, let offset): (self.now, self.offset) = (now, offset)
        case .login(.reader(let state)): reader = state
        case .login(let news): return screen.take(news).map { .login($0) }
        case .lock:
            // Nobody was at the keys for long: what was typed is forgotten, and it begins anew.
            screen.wipe()
            screen = UnlockScreen(screen.offer)
            return [.login(.cancel), .login(screen.firstWish)]
        default: break
        }
        return []
    }

    private var page: UnlockPage {
        UnlockPage(screen, label: label, reader: reader, catalogue: catalogue, now: now, offset: offset)
    }
}

extension OpeningModel: TerminalContent {
    package func draw(into buffer: inout CellBuffer) {
        guard buffer.size.fitsStation else {
            buffer.writeAlone(catalogue[.windowTooSmall])
            return
        }
        page.screen.draw(into: &buffer)
    }

    package var plainLines: [String] { page.screen.plainLines }
}
