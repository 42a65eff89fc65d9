package import EnrolmentCore
import EnrolmentFlow
package import TerminalKit

/// All screens of the station as one value: what they show, and what keys and news do to it.
///
/// It never does anything itself: keys come in as events and leave as effects for the app, which
/// tells the outcome in further events. The same keys on the same news give the same screens.
package struct StationModel: Sendable {
    let kit: Kit
    let catalogue: Catalogue
    let pictures: PictureStyle
    let label: KitLabel
    let unlocking: UnlockMeans

    // What the app told.
    var now: Timestamp?
    var offset = Duration.zero
    var kitState = KitState.unknown
    var visits: [VisitMachine] = []
    var queue = QueueList()
    var seals = SealState()
    var sync = SyncState.idle
    var day: DaySummary?
    /// What the card reader sees, for the unlock screen.
    var reader = ReaderState.unknown
    /// Who has logged in.
    var officer: Officer?
    var enrolment: EnrolmentMachine?
    /// The case that was left last: what still comes of it is late news and must not open it again.
    var leftCase: CaseID?
    var delivery: DeliveryMachine?
    /// While the screen is turned to the citizen.
    var citizenPIN: CitizenPIN?
    /// What the officer wanted to take in, until it is settled.
    var offeredDocument: ReplacedDocument?
    var capture = CaptureView()
    var pad: PadGeometry?
    var cardPhoto: RGBImage?
    var portrait: RGBImage?

    // Where the officer is.
    var place = Place.home
    var prompt: Prompt?
    var lock: LockState
    /// Why the last key did nothing, until the next key.
    var refusedKey: UIText?
    /// The case, the packet and the part under the cursor.
    var selectedCase = 0
    var selectedPacket = 0
    var selectedPart = 0
    var choices = ChoiceForm()

    enum LockState: Hashable, Sendable {
        case open
        case blank
        case unlocking(UnlockScreen)
    }

    /// - Parameters:
    ///   - kit: a training kit is marked on every screen.
    ///   - municipality: as the kit's label has it; it stands on the unlock screen alone.
    ///   - unlocking: how a blank screen is opened; with `.login` it is blank at first, but for an officer who is in.
    ///   - officer: who has logged in before there were screens.
    package init(
        kit: Kit, municipality: String = "", catalogue: Catalogue = Catalogue(), pictures: PictureStyle = .shades,
        unlocking: UnlockMeans = .key, officer: Officer? = nil
    ) {
        self.kit = kit
        label = KitLabel(kit: kit.id, municipality: municipality, isTraining: kit.isTraining)
        self.catalogue = catalogue
        self.pictures = pictures
        self.unlocking = unlocking
        self.officer = officer
        lock = unlocking == .login && officer == nil ? .blank : .open
    }

    /// Takes one event.
    /// - Returns: what the officer asked for by it, in order.
    package mutating func handle(_ event: StationEvent) -> [StationEffect] {
        switch event {
        case .key(let key):
            let effects = press(key)
            for effect in effects { follow(effect) }
            return effects
        case .clock(let now, let offset): (self.now, self.offset) = (now, offset)
        case .kit(let state): kitState = state
        case .visits(let visits):
            self.visits = visits
            selectedCase = min(selectedCase, max(0, cases.count - 1))
        case .queue(let list):
            queue = list
            selectedPacket = min(selectedPacket, max(0, list.rows.count - 1))
        case .seals(let state): seals = state
        case .sync(let state): show(state)
        case .day(let summary): day = summary
        case .dayClosed(let closure):
            day?.closure = closure
            kitState.warnings.removeAll { if case .dayNotClosed = $0 { true } else { false } }
        case .enrolment(let machine): show(machine)
        case .delivery(let machine): show(machine)
        case .pinEntries(let entries): citizenPIN?.begin(entries)
        case .progress(let progress): capture.handle(progress)
        case .pad(let geometry): pad = geometry
        case .picture(.card, let image): cardPhoto = image
        case .picture(.portrait, let image): portrait = image
        case .failure(let report): prompt = .failure(report)
        case .lock: return goBlank()
        case .login(let news): return take(news)
        }
        return []
    }

    private mutating func show(_ state: SyncState) {
        sync = state
        if case .failed(let report) = state, place == .sync { prompt = .failure(report) }
    }

    private mutating func show(_ machine: EnrolmentMachine?) {
        if let machine, machine.record.planned.id == leftCase { return }
        let before = enrolment
        enrolment = machine
        guard let machine else {
            if let before, before.step.isFinal {
                selectNext(after: before.record.planned.id, in: before.record.visitID)
            }
            forgetCase()
            return
        }
        place = .enrolment
        if before?.step != machine.step { stepChanged(to: machine) }
        if before?.activity != machine.activity { activityChanged(machine) }
        if case .failure(let report) = machine.notice, machine.notice != before?.notice { prompt = .failure(report) }
    }

    private mutating func follow(_ effect: StationEffect) {
        switch effect {
        case .leaveCase: leftCase = openCase?.id
        case .openCase(_, let id): if leftCase == id { leftCase = nil }
        case .delivery(.takeIn(let document, nil)): offeredDocument = document
        default: break
        }
    }

    /// Who is done needs no second Enter: the cursor goes on to who is not.
    mutating func selectNext(after done: CaseID, in visit: VisitID) {
        let all = cases
        let open = all.indices.filter { !all[$0].outcome.isFinal && all[$0].planned.id != done }
        let sameVisit = open.first { all[$0].visit.id == visit }
        selectedCase = sameVisit ?? open.first ?? selectedCase
    }

    /// Nobody's face stays in memory for a screen that no longer shows it.
    mutating func forgetCase() {
        leaveTurned()
        capture = CaptureView()
        cardPhoto = nil
        portrait = nil
        if prompt != nil, !isFailure(prompt) { prompt = nil }
        if place == .enrolment || place == .delivery { place = .home }
    }

    private mutating func stepChanged(to machine: EnrolmentMachine) {
        if !isFailure(prompt) { prompt = nil }
        if machine.step == .choices { choices = ChoiceForm(machine.record.choices) }
        selectedPart = 0
    }

    private mutating func activityChanged(_ machine: EnrolmentMachine) {
        if machine.activity == .working { capture = CaptureView() }
        // The photo of an earlier card never stands beside the name of the next.
        if machine.activity == .working, machine.step == .card { cardPhoto = nil }
        if machine.activity != .working { capture.preview = nil }
    }

    private func isFailure(_ prompt: Prompt?) -> Bool {
        if case .failure = prompt { true } else { false }
    }
}
