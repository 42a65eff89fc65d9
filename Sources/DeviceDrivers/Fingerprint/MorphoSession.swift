import DeviceTransport

/// Performs the effects of the protocol on an open transport and feeds the results back.
struct MorphoSession {
    /// What the session asks of the scanner's owner while it runs.
    struct Owner {
        let show: (MorphoProtocol.Stage) -> Void
        let judge: (MorphoImage) -> (score: Int, isGood: Bool)
        /// What other threads sent since it was last asked.
        let takeSignals: () -> [MorphoProtocol.Event]
    }

    private var machine: MorphoProtocol
    private let transport: any USBTransport
    private let owner: Owner
    private let readPipe: USBPipe
    private let writePipe: USBPipe
    private var events: [MorphoProtocol.Event] = [.begin]
    private var timer: Duration?
    private var outcome: MorphoProtocol.Outcome?

    /// Longer than any single wait without a timer, which is a write's limit: a transport that is silent for
    /// so long has broken its promise.
    private static let silence: Duration = .seconds(10)
    private static let writing = USBTransferID(1)
    private static let reading = USBTransferID(2)

    init(
        machine: MorphoProtocol, transport: any USBTransport, readEndpoint: UInt8, writeEndpoint: UInt8, owner: Owner
    ) {
        self.machine = machine
        self.transport = transport
        self.owner = owner
        readPipe = USBPipe(.bulk, endpoint: readEndpoint)
        writePipe = USBPipe(.bulk, endpoint: writeEndpoint)
    }

    /// Runs to the end, which a signal may bring early, through the clean-up.
    mutating func run() -> MorphoProtocol.Outcome {
        while true {
            while !events.isEmpty {
                for effect in machine.handle(events.removeFirst()) { perform(effect) }
                if let outcome { return outcome }
                events += owner.takeSignals()
            }
            do throws(TransportError) {
                try wait()
            } catch {
                return .failed(error.scannerProblem, detail: error.technicalText)
            }
            events += owner.takeSignals()
        }
    }

    private mutating func wait() throws(TransportError) {
        let deadline = timer ?? transport.now + Self.silence
        if let completion = try transport.nextCompletion(before: deadline) {
            events.append(event(completion.id, completion.result))
        } else if transport.now >= deadline {
            guard timer != nil else { throw TransportError(.timedOut, "transport is silent") }
            timer = nil
            events.append(.timeElapsed)
        }
    }

    private mutating func perform(_ effect: MorphoProtocol.Effect) {
        switch effect {
        case .write(let command, let limit):
            submit(.write(writePipe, command.frame), as: Self.writing, within: limit)
        case .read(let length): submit(.read(readPipe, length: length), as: Self.reading, within: nil)
        case .cancel(.write): transport.cancel(Self.writing)
        case .cancel(.read): transport.cancel(Self.reading)
        // When it does not help, the next transfer fails and says so.
        case .clearStall(.write): try? transport.clearStall(of: writePipe.endpoint)
        case .clearStall(.read): try? transport.clearStall(of: readPipe.endpoint)
        case .judge(let image):
            let judgement = owner.judge(image)
            events.append(.judged(score: judgement.score, isGood: judgement.isGood))
        case .startTimer(let duration): timer = transport.now + duration
        case .stopTimer: timer = nil
        case .show(let stage): owner.show(stage)
        case .finish(let outcome): self.outcome = outcome
        }
    }

    private mutating func submit(_ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?) {
        do throws(TransportError) {
            try transport.submit(transfer, as: id, within: limit)
        } catch {
            // To the protocol a transfer that could not start is one that ended at once.
            events.append(event(id, .failure(error)))
        }
    }

    private func event(
        _ id: USBTransferID, _ result: Result<[UInt8], TransportError>
    ) -> MorphoProtocol.Event {
        id == Self.writing ? .writeEnded(result) : .readEnded(result)
    }
}
