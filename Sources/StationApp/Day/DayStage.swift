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
    private let write: @Sendable (String) -> Void
    private let lastSent = Mutex<Int64?>(nil)

    /// - Parameter write: where a line goes; JSON reports have standard output to themselves.
    init(pause: Duration, write: @escaping @Sendable (String) -> Void) {
        self.pause = pause
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
            write("  verzenden: \(progress.bytesSent) van \(progress.bytesTotal) bytes")
        case .done(let result):
            write("  ontvangstbewijzen gecontroleerd: \(result.received), nog in de wachtrij: \(result.waiting)")
        case .failed(let report): write("  niet verzonden: \(report.code.text)")
        case .idle: break
        }
    }

    func tell(_ update: EnrolmentSession.Update) async {
        guard case .state(let machine) = update, let line = Self.line(machine) else { return }
        write("  \(machine.record.planned.id)  \(line)")
        if pause > .zero { try? await Task.sleep(for: pause) }
    }

    func tell(_ update: DeliverySession.Update) async {
        guard case .state(let machine) = update, let line = Self.line(machine) else { return }
        write("  \(machine.record.planned.id)  \(line)")
        if pause > .zero { try? await Task.sleep(for: pause) }
    }

    func say(_ line: String) async { write(line) }

    func close() async {}

    /// Names no one: lines end up in logs.
    private static func line(_ machine: EnrolmentMachine) -> String? {
        switch (machine.step, machine.activity) {
        case (.person, .idle): "kaart gelezen" + (machine.record.card == nil ? " (geen kaart)" : "")
        case (.photo, .reviewing): "foto genomen en bewaard"
        case (.fingers, .reviewing): "vinger genomen en bewaard: \(machine.record.fingers.last?.position.name ?? "")"
        case (.signature, .reviewing): "handtekening genomen en bewaard"
        case (.choices, .idle): machine.record.signature.flatMap(Self.exemption)
        case (.stored, _): "veilig opgeslagen als \(machine.packet?.description ?? "")"
        default: nil
        }
    }

    private static func line(_ machine: DeliveryMachine) -> String? {
        guard machine.activity != .working, machine.activity != .saving else { return nil }
        return switch machine.step {
        case .person where machine.record.portrait == nil: "nieuwe kaart gelezen"
        case .person: "foto genomen en bewaard"
        case .pin where machine.pinState == nil: "persoon bevestigd"
        case .certificates where machine.record.unsettledKeys.count == 2 && machine.pinState != nil: "pincode gewijzigd"
        case .replaced: "certificaten geprobeerd"
        case .receipt where machine.activity == .reviewing: "handtekening voor ontvangst genomen en bewaard"
        case .receipt: "oude kaart ingenomen"
        case .stored: "veilig opgeslagen als \(machine.packet?.description ?? "")"
        case .stopped: "niet afgegeven"
        default: nil
        }
    }

    private static func exemption(_ outcome: SignatureOutcome) -> String? {
        if case .exempt(let reason) = outcome { "vrijgesteld van handtekening (\(reason.rawValue))" } else { nil }
    }
}
