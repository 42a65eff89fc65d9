import DeviceTransport

/// Performs the effects of the protocol on an open transport and feeds the results back.
struct UareUSession {
    /// What the session asks of the scanner's owner while it runs.
    struct Owner {
        let show: (UareUProtocol.Stage) -> Void
        let judge: ([UInt8]) -> UareUProtocol.Judgement
        /// What other threads sent since it was last asked.
        let takeSignals: () -> [UareUProtocol.Event]
    }

    private var machine: UareUProtocol
    private let transport: any USBTransport
    private let owner: Owner
    private var events: [UareUProtocol.Event] = [.begin]
    private var timer: Duration?
    private var outcome: UareUProtocol.Outcome?

    /// Longer than any single wait without a timer, which is a control transfer's limit: a transport
    /// that is silent for so long has broken its promise.
    private static let silence: Duration = .seconds(10)
    private static let messageLength = 64
    private static let messagePipe = USBPipe(.interrupt, endpoint: 0x81)
    private static let picturePipe = USBPipe(.bulk, endpoint: 0x82)
    private static let registerRequest: UInt8 = 0x04

    init(machine: UareUProtocol, transport: any USBTransport, owner: Owner) {
        self.machine = machine
        self.transport = transport
        self.owner = owner
    }

    /// Runs to the end, which a signal may bring early, through the clean-up.
    mutating func run() -> UareUProtocol.Outcome {
        while true {
            while !events.isEmpty {
                for effect in machine.handle(events.removeFirst()) { perform(effect) }
                if let outcome { return outcome }
                events += owner.takeSignals()
            }
            do throws(TransportError) {
                try wait()
            } catch {
                return .lost(error)
            }
            events += owner.takeSignals()
        }
    }

    private mutating func wait() throws(TransportError) {
        let deadline = timer ?? transport.now + Self.silence
        if let completion = try transport.nextCompletion(before: deadline) {
            events.append(event(completion))
        } else if transport.now >= deadline {
            guard timer != nil else { throw TransportError(.timedOut, "transport is silent") }
            timer = nil
            events.append(.timeElapsed)
        }
    }

    private mutating func perform(_ effect: UareUProtocol.Effect) {
        switch effect {
        case .read(let register, let count, let limit):
            submit(.controlIn(setup(0xC0, register), length: count), as: .control, within: limit)
        case .write(let register, let bytes, let limit):
            submit(.controlOut(setup(0x40, register), bytes), as: .control, within: limit)
        case .awaitMessage:
            submit(.read(Self.messagePipe, length: Self.messageLength), as: .message, within: nil)
        case .awaitPicture:
            submit(.read(Self.picturePipe, length: UareUPacket.maximumLength), as: .picture, within: nil)
        case .cancel(let transfer): transport.cancel(id(of: transfer))
        case .clearStall(let transfer): clearStall(transfer)
        case .startTimer(let duration): timer = transport.now + duration
        case .stopTimer: timer = nil
        case .judge(let picture): events.append(.frameJudged(owner.judge(picture)))
        case .show(let stage): owner.show(stage)
        case .finish(let outcome): self.outcome = outcome
        }
    }

    /// Requests to the device as a whole, of the vendor's type.
    private func setup(_ requestType: UInt8, _ register: UareURegister) -> USBSetup {
        USBSetup(requestType: requestType, request: Self.registerRequest, value: register.address)
    }

    private mutating func submit(
        _ transfer: USBTransfer, as kind: UareUProtocol.Transfer, within limit: Duration?
    ) {
        do throws(TransportError) {
            try transport.submit(transfer, as: id(of: kind), within: limit)
        } catch {
            // To the protocol a transfer that could not start is one that ended at once.
            events.append(event(USBCompletion(id: id(of: kind), result: .failure(error))))
        }
    }

    /// When it does not help, the next transfer fails and says so.
    private func clearStall(_ transfer: UareUProtocol.Transfer) {
        switch transfer {
        case .control: break
        case .message: try? transport.clearStall(of: Self.messagePipe.endpoint)
        case .picture: try? transport.clearStall(of: Self.picturePipe.endpoint)
        }
    }

    private func id(of transfer: UareUProtocol.Transfer) -> USBTransferID {
        switch transfer {
        case .control: USBTransferID(1)
        case .message: USBTransferID(2)
        case .picture: USBTransferID(3)
        }
    }

    private func event(_ completion: USBCompletion) -> UareUProtocol.Event {
        switch completion.id.number {
        case 1: .controlEnded(completion.result)
        case 2: .messageEnded(completion.result)
        default: .pictureEnded(completion.result)
        }
    }
}
