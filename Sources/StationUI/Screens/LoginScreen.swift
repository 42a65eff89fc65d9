import EnrolmentCore
import TerminalKit

extension StationModel {
    /// The login: which kit it is, what to do now, and nothing of anybody.
    func loginScreen(_ view: LoginView) -> Screen {
        Screen(
            title: TitleBar(title: catalogue[.homeTitle], status: loginStatus),
            banner: kit.isTraining ? Banner(catalogue[.trainingBanner]) : nil,
            body: Stack([Spacer(rows: 2)] + loginBody(view) + [Spacer()], gap: 1),
            keys: KeyHintBar(loginHints(view), notice: ""), box: nil)
    }

    private var loginStatus: String {
        [kit.id.text, now.map { catalogue.time($0, offset: offset) } ?? ""].filter { !$0.isEmpty }
            .joined(separator: " · ")
    }

    private func loginBody(_ view: LoginView) -> [any Widget] {
        switch view {
        case .waiting: [heading(.loginHeading), TextBlock(catalogue[.loginInsert])]
        case .reading: [heading(.loginHeading), TextBlock(catalogue[.loginReading])]
        case .pin(let state, let entry, let wrongBefore):
            [heading(.loginPIN)]
                + (wrongBefore ? [TextBlock("! \(catalogue[.loginWrongPIN])", style: Style(.warning, .bold))] : [])
                + [tries(state), dots(entry.count), TextBlock(catalogue[.loginPINText])]
                + (state.hasPinpad ? [TextBlock(catalogue[.loginPinpadOffer])] : [])
        case .passphrase(let officer, let entry, let isTypingIt):
            [
                heading(.loginPassphrase),
                Facts([Facts.Fact(catalogue[.loginStaffNumber], officer)]),
            ] + (isTypingIt ? [TextBlock(catalogue[.loginPassphraseText]), dots(characters(entry))] : [])
        case .pinpad: [heading(.loginPIN), TextBlock(catalogue[.loginPinpad])]
        case .checking: [heading(.loginHeading), TextBlock(catalogue[.lockChecking])]
        case .refused(let report): refused(report)
        }
    }

    private func heading(_ text: UIText) -> any Widget { TextBlock(catalogue[text], style: .bold) }

    private func dots(_ count: Int) -> any Widget {
        TextBlock(count == 0 ? "_" : String(repeating: "•", count: count), style: .bold)
    }

    private func characters(_ entry: SecretBytes) -> Int {
        entry.withBytes { bytes in bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
    }

    /// How many tries are left, said before one is used.
    func tries(_ state: CardPINState) -> any Widget {
        guard let left = state.triesLeft else { return TextBlock(catalogue[.pinTriesUnknown], style: Style(.warning)) }
        let style: Style = left <= 1 ? Style(.danger, .bold) : left == 2 ? Style(.warning) : .plain
        return TextBlock(catalogue.text(.pinTriesLeft, "\(left)"), style: style)
    }

    private func refused(_ report: FailureReport) -> [any Widget] {
        let words = catalogue.explain(report)
        return [
            TextBlock(words.title, style: Style(.danger, .bold)), TextBlock(words.happened), TextBlock(words.remedy),
        ]
    }

    private func loginHints(_ view: LoginView) -> [KeyHintBar.Hint] {
        var hints: [KeyHintBar.Hint] = []
        switch view {
        case .pin(let state, let entry, _):
            hints.append(KeyHintBar.Hint("Enter", catalogue[.keyLogin], isEnabled: entry.count >= 4))
            if state.hasPinpad { hints.append(KeyHintBar.Hint("F6", catalogue[.keyPinpad])) }
        case .passphrase: hints.append(KeyHintBar.Hint("Enter", catalogue[.keyLogin]))
        case .refused:
            hints.append(KeyHintBar.Hint("Enter", catalogue[.keyLoginAgain]))
            hints.append(KeyHintBar.Hint("F5", catalogue[.keyPassphrase]))
        case .waiting: hints.append(KeyHintBar.Hint("F5", catalogue[.keyPassphrase]))
        case .reading, .pinpad, .checking: break
        }
        return hints + [KeyHintBar.Hint("Esc", catalogue[.keyLock])]
    }
}
