import EnrolmentCore
import TerminalKit

/// The unlock screen as it is drawn: which kit it is, what the reader sees, which ways are open, and what to do now.
/// It shows nothing of anybody but the staff number that is typed: who looks on learns neither whose card it is nor a
/// PIN or a passphrase that is typed where it belongs.
struct UnlockPage {
    private let unlock: UnlockScreen
    private let label: KitLabel
    private let reader: ReaderState
    private let catalogue: Catalogue
    private let now: Timestamp?
    private let offset: Duration

    init(
        _ unlock: UnlockScreen, label: KitLabel, reader: ReaderState, catalogue: Catalogue, now: Timestamp?,
        offset: Duration
    ) {
        self.unlock = unlock
        self.label = label
        self.reader = reader
        self.catalogue = catalogue
        self.now = now
        self.offset = offset
    }

    var screen: Screen {
        Screen(
            title: TitleBar(title: purpose, status: status),
            banner: label.isTraining ? Banner(catalogue[.trainingBanner]) : nil,
            body: Stack([
                Panel(catalogue[.homeKit], Facts(facts)), Spacer(rows: 1),
                Panel(heading, style: Style(.accent), Stack(step, gap: 1)), Spacer(),
            ]),
            keys: KeyHintBar(hints, notice: ""), box: nil)
    }

    private var purpose: String {
        catalogue[unlock.offer.passphrase == .ofKit ? .unlockTitle : .loginHeading]
    }

    private var time: String { now.map { catalogue.time($0, offset: offset) } ?? "" }

    private var status: String {
        [label.kit?.text ?? "", time].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    // MARK: - The kit

    private var facts: [Facts.Fact] {
        var facts: [Facts.Fact] = []
        if let kit = label.kit { facts.append(Facts.Fact(catalogue[.unlockKit], kit.text, style: .bold)) }
        if !label.municipality.isEmpty {
            facts.append(Facts.Fact(catalogue[.unlockMunicipality], label.municipality))
        }
        if let now {
            facts.append(
                Facts.Fact(
                    catalogue[.unlockTime], "\(catalogue.day(now.advanced(by: offset).dayInUTC)), \(time)"))
        }
        facts.append(Facts.Fact(catalogue[.unlockWays], ways))
        if unlock.offer.byCard, let (text, style) = readerText {
            facts.append(Facts.Fact(catalogue[.shortCardReader], text, style: style))
        }
        return facts
    }

    private var ways: String {
        let passphrase = catalogue[unlock.offer.passphrase == .ofKit ? .unlockByPassphrase : .unlockByOfficer]
        return unlock.offer.byCard
            ? catalogue.text(.unlockEither, catalogue[.unlockByCard], passphrase) : passphrase
    }

    private var readerText: (String, Style)? {
        switch reader {
        case .unknown: nil
        case .noReader: (catalogue[.readerAbsent], Style(.danger, .bold))
        case .noCard: (catalogue[.readerEmpty], .plain)
        case .mute: (catalogue[.readerMute], Style(.danger, .bold))
        case .card: (catalogue[.readerCard], Style(.good))
        }
    }

    // MARK: - The step

    private var heading: String {
        switch unlock.view {
        case .pin, .pinpad: catalogue[.loginPIN]
        case .passphrase: catalogue[.loginPassphrase]
        case .kitPassphrase: catalogue[.unlockPassphrase]
        case .refused(let report): catalogue.explain(report).title
        case .waiting, .reading, .checking:
            purpose
        }
    }

    private var step: [any Widget] {
        switch unlock.view {
        case .waiting: [TextBlock(catalogue[.loginInsert], style: .bold)]
        case .reading: [TextBlock(catalogue[.loginReading], style: .bold), Busy(now)]
        case .pin(let state, let entry, let wrongBefore):
            (wrongBefore ? [warning(catalogue[.loginWrongPIN])] : [])
                + [catalogue.tries(state), dots(entry.count), TextBlock(catalogue[.loginPINText])]
                + (state.hasPinpad ? [TextBlock(catalogue[.loginPinpadOffer])] : [])
        case .passphrase(let officer, let entry, let isTypingIt):
            [Facts([Facts.Fact(catalogue[.loginStaffNumber], officer.isEmpty ? "_" : officer)])]
                + (isTypingIt ? [TextBlock(catalogue[.loginPassphraseText]), dots(entry.characterCount)] : [])
        case .kitPassphrase(let entry):
            problem + triesLeft + [dots(entry.characterCount), TextBlock(catalogue[.unlockPassphraseText])]
        case .pinpad: [TextBlock(catalogue[.loginPinpad], style: .bold)]
        case .checking: [TextBlock(catalogue[.unlockChecking], style: .bold), Busy(now)]
        case .refused(let report): refused(report)
        }
    }

    private func warning(_ text: String) -> any Widget { TextBlock("! \(text)", style: Style(.warning, .bold)) }

    /// Of a passphrase only how much was typed, and beyond a line not even that.
    private func dots(_ count: Int) -> any Widget {
        TextBlock(count == 0 ? "_" : String(repeating: "•", count: min(count, 64)), style: .bold)
    }

    private var problem: [any Widget] {
        guard let report = unlock.problem else { return [] }
        return [warning(catalogue.explain(report).happened)] + capitals
    }

    private var capitals: [any Widget] { unlock.wasInCapitals ? [TextBlock(catalogue[.unlockCapitals])] : [] }

    private var triesLeft: [any Widget] {
        guard let left = unlock.tries?.left else { return [] }
        return [TextBlock(catalogue.text(.unlockTriesLeft, "\(left)"), style: Style(ofTries: left))]
    }

    private func refused(_ report: FailureReport) -> [any Widget] {
        let words = catalogue.explain(report)
        let what = [TextBlock(words.happened, style: Style(.danger, .bold))] + capitals + countdown
        // What is to be done is to wait, and for how long is said better here; the other way has its key below.
        let isTold = [.login(.tooManyTries), .store(.tooManyTries)].contains(report.code) && !countdown.isEmpty
        return isTold ? what : what + [TextBlock(words.remedy)]
    }

    private var countdown: [any Widget] {
        guard unlock.way == .passphrase, let tries = unlock.tries, let until = tries.waitUntil, let now,
            until > now
        else { return [] }
        return [
            Countdown(until.since(now)) {
                catalogue.text(tries.isAtMost ? .unlockWaitAtMost : .unlockWait, catalogue.span($0))
            }
        ]
    }

    // MARK: - Keys

    private var hints: [KeyHintBar.Hint] {
        var hints: [KeyHintBar.Hint] = []
        let open = catalogue[unlock.offer.passphrase == .ofKit ? .keyUnlock : .keyLogin]
        switch unlock.view {
        case .pin(let state, let entry, _):
            hints.append(KeyHintBar.Hint("Enter", open, isEnabled: entry.count >= 4))
            if state.hasPinpad { hints.append(KeyHintBar.Hint("F6", catalogue[.keyPinpad])) }
        case .passphrase(let officer, let entry, let isTypingIt):
            hints.append(KeyHintBar.Hint("Enter", open, isEnabled: isTypingIt ? !entry.isEmpty : !officer.isEmpty))
        case .kitPassphrase(let entry): hints.append(KeyHintBar.Hint("Enter", open, isEnabled: !entry.isEmpty))
        case .refused:
            let mustWait = unlock.way == .passphrase && (now.map { unlock.isWaiting(at: $0) } ?? false)
            hints.append(KeyHintBar.Hint("Enter", catalogue[.keyLoginAgain], isEnabled: !mustWait))
        case .waiting, .reading, .pinpad, .checking: break
        }
        if unlock.canChangeWay {
            hints.append(KeyHintBar.Hint("F5", catalogue[unlock.way == .card ? .keyPassphrase : .keyWithCard]))
        }
        return hints + [KeyHintBar.Hint("Esc", catalogue[unlock.offer.isStart ? .keyQuit : .keyLock])]
    }
}

extension Catalogue {
    /// How many tries a card's PIN has left, said before one is used.
    func tries(_ state: CardPINState) -> TextBlock {
        guard let left = state.triesLeft else { return TextBlock(self[.pinTriesUnknown], style: Style(.warning)) }
        return TextBlock(text(.pinTriesLeft, "\(left)"), style: Style(ofTries: left))
    }
}

extension Style {
    fileprivate init(ofTries left: Int) {
        self = left <= 1 ? Style(.danger, .bold) : left == 2 ? Style(.warning) : .plain
    }
}

/// That something takes its time: it moves with the clock, and is not read aloud.
private struct Busy: Widget {
    private static let width = 24
    private let place: Int

    init(_ now: Timestamp?) {
        let step = Int((now?.milliseconds ?? 0) / 250 % Int64(2 * Self.width - 8))
        place = step <= Self.width - 4 ? step : 2 * Self.width - 8 - step
    }

    func rows(width: Int) -> Int? { 1 }

    func draw(in area: Rect, on buffer: inout CellBuffer) {
        guard !area.isEmpty else { return }
        for x in 0..<min(Self.width, area.width) {
            let isOn = (place..<place + 4).contains(x)
            buffer.put(Cell(isOn ? "█" : "░", Style(isOn ? .accent : .muted)), x: area.x + x, y: area.y)
        }
    }

    var plainLines: [String] { [] }
}

/// How long one has to wait: it is shown by seconds, and read aloud by minutes, and by quarters of the last one.
private struct Countdown: Widget {
    private let shown: TextBlock
    let plainLines: [String]

    init(_ left: Duration, _ text: (Duration) -> String) {
        let seconds = (left + .milliseconds(999)).components.seconds
        let step: Int64 = seconds > 60 ? 60 : 15
        // Never sooner than it is over.
        let told = (seconds + step - 1) / step * step
        shown = TextBlock(text(.seconds(seconds)), style: .bold)
        plainLines = [text(.seconds(told))]
    }

    func rows(width: Int) -> Int? { shown.rows(width: width) }
    func draw(in area: Rect, on buffer: inout CellBuffer) { shown.draw(in: area, on: &buffer) }
}
