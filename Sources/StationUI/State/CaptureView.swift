import EnrolmentCore

/// What the running capture has shown so far.
struct CaptureView: Hashable, Sendable {
    var phase: CaptureProgress?
    /// What the card said so far; nothing of it is proven while it is read.
    var identity: CardIdentity?
    var address: CardAddress?
    var file: (index: Int, count: Int)? {
        if case .cardFile(_, let index, let count) = phase { (index, count) } else { nil }
    }
    /// The ink so far; a stroke ends where the pen leaves the pad.
    var strokes: [[PenPoint]] = []
    private var isPenDown = false
    var preview: RGBImage?
    /// The finger that lies on the glass.
    var finger: FingerPreview?
    /// What the scanner itself asked of the person last.
    var hint: PlacementHint?

    mutating func handle(_ progress: CaptureProgress) {
        switch progress {
        case .ink(let point): add(point)
        case .preview(let image): preview = image
        case .identity(let identity): self.identity = identity
        case .address(let address): self.address = address
        // As pixels it comes in an event of its own.
        case .cardPhoto: break
        case .sign:
            // The pad asks anew: what was written is wiped from it too.
            strokes = []
            isPenDown = false
            phase = progress
        case .finger(let preview): finger = preview
        case .hint(let hint): self.hint = hint
        case .insertCard:
            // Whoever's card comes next, it is not the one that was here.
            (identity, address) = (nil, nil)
            phase = progress
        case .placeFinger, .reading, .liftFinger, .cardFile: phase = progress
        }
    }

    private mutating func add(_ point: PenPoint) {
        guard point.pressure > 0 else {
            isPenDown = false
            return
        }
        if isPenDown, !strokes.isEmpty {
            strokes[strokes.count - 1].append(point)
        } else {
            strokes.append([point])
        }
        isPenDown = true
    }
}
