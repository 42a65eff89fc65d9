import EnrolmentCore
import EnrolmentFlow
import StationUI
import Synchronization
import TerminalKit

/// Where a played day is seen: the real screens in a terminal, or lines of text anywhere else.
protocol DayStage: Sendable {
    /// News for the lists and the sync screen.
    func tell(_ event: StationEvent) async
    func tell(_ update: EnrolmentSession.Update) async
    func tell(_ update: DeliverySession.Update) async
    func say(_ line: String) async
    func close() async
}

/// The same screens that an officer uses; the played officer's decisions come from the script.
struct ScreenStage: DayStage {
    let screen: StationScreen
    /// How long each state stays, for a person to read; zero without pauses.
    let pause: Duration

    func tell(_ event: StationEvent) async {
        await screen.tell(event)
    }

    func tell(_ update: EnrolmentSession.Update) async {
        await screen.tell(update)
        switch update {
        case .state(let machine): await rest(machine.activity == .saving ? .zero : pause)
        case .progress(let progress): await rest(after: progress)
        }
    }

    func tell(_ update: DeliverySession.Update) async {
        await screen.tell(.delivery(update))
        switch update {
        case .state(let machine): await rest(machine.activity == .saving ? .zero : pause)
        case .progress(let progress): await rest(after: progress)
        }
    }

    /// The screens say it already; a person gets the time to read them.
    func say(_ line: String) async {
        await rest(pause * 2)
    }

    func close() async { await screen.close() }

    private func rest(after progress: CaptureProgress) async {
        switch progress {
        case .ink, .cardFile: await rest(pause / 100)
        default: await rest(pause / 2)
        }
    }

    private func rest(_ time: Duration) async {
        guard time > .zero else { return }
        try? await Task.sleep(for: time)
    }
}

/// One line for each thing that an onlooker wants to know.
final class LineStage: DayStage {
    private let pause: Duration
    private let words: Catalogue
    private let write: @Sendable (String) -> Void
    private let lastSent = Mutex<Int64?>(nil)

    /// - Parameter write: where a line goes; JSON reports have standard output to themselves.
    init(pause: Duration, words: Catalogue, write: @escaping @Sendable (String) -> Void) {
        self.pause = pause
        self.words = words
        self.write = write
    }

    func tell(_ event: StationEvent) async {
        guard case .sync(let state) = event else { return }
        switch state {
        case .running(let progress):
            let isNews = lastSent.withLock { last in
                defer { last = progress.bytesSent }
                return last != progress.bytesSent
            }
            guard isNews else { return }
            write("  " + words.line(.playSending, "\(progress.bytesSent)", "\(progress.bytesTotal)"))
        case .done(let result):
            write("  " + words.line(.playSent, "\(result.received)", "\(result.waiting)"))
        case .failed(let report): write("  " + words.line(.playNotSent, report.code.text))
        case .idle: break
        }
    }

    func tell(_ update: EnrolmentSession.Update) async {
        guard case .state(let machine) = update, let line = line(machine) else { return }
        write("  \(machine.record.planned.id)  \(line)")
        if pause > .zero { try? await Task.sleep(for: pause) }
    }

    func tell(_ update: DeliverySession.Update) async {
        guard case .state(let machine) = update, let line = line(machine) else { return }
        write("  \(machine.record.planned.id)  \(line)")
        if pause > .zero { try? await Task.sleep(for: pause) }
    }

    func say(_ line: String) async { write(line) }

    func close() async {}

    /// Names no one: lines end up in logs.
    private func line(_ machine: EnrolmentMachine) -> String? {
        switch (machine.step, machine.activity) {
        case (.person, .idle): words.line(machine.record.card == nil ? .playNoCard : .playCardRead)
        case (.photo, .reviewing): words.line(.playPhoto)
        case (.fingers, .reviewing): words.line(.playFinger, machine.record.fingers.last?.position.name ?? "")
        case (.signature, .reviewing): words.line(.playSignature)
        case (.choices, .idle): machine.record.signature.flatMap(exemption)
        case (.stored, _): words.line(.storedAs, machine.packet?.description ?? "")
        default: nil
        }
    }

    private func line(_ machine: DeliveryMachine) -> String? {
        guard machine.activity != .working, machine.activity != .saving else { return nil }
        return switch machine.step {
        case .person where machine.record.portrait == nil: words.line(.playNewCardRead)
        case .person: words.line(.playPhoto)
        case .pin where machine.pinState == nil: words.line(.playConfirmed)
        case .certificates where machine.record.unsettledKeys.count == 2 && machine.pinState != nil:
            words.line(.playPINChanged)
        case .replaced: words.line(.playCertificates)
        case .receipt where machine.activity == .reviewing: words.line(.playReceipt)
        case .receipt: words.line(.playOldCard)
        case .stored: words.line(.storedAs, machine.packet?.description ?? "")
        case .stopped: words.line(.notDelivered)
        default: nil
        }
    }

    private func exemption(_ outcome: SignatureOutcome) -> String? {
        if case .exempt(let reason) = outcome { words.line(.playExempt, reason.rawValue) } else { nil }
    }
}
