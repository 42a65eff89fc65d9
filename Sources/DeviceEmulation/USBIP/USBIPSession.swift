import DeviceTransport
import Glibc

/// One imported device: turns a client's commands into transfers, and the ends of transfers into replies.
///
/// Without sockets, threads or waiting; the connection performs its effects in their order.
struct USBIPSession {
    enum Effect: Hashable {
        case reply(USBIPReply)
        case submit(USBTransfer, USBTransferID)
        case cancel(USBTransferID)
        /// Tell the device that the endpoint may be used again.
        case clearStall(UInt8)
        /// The device is gone, which a client is told by closing its connection.
        case leave
    }

    /// A client that starts more than this without waiting for an end is refused the next.
    static let mostPending = 64

    private var standard: USBStandardRequests
    private var pending: [UInt32: USBIPSubmission] = [:]

    init(_ descriptors: USBDescriptors) {
        standard = USBStandardRequests(descriptors)
    }

    mutating func handle(_ command: USBIPCommand) throws(USBIPFailure) -> [Effect] {
        guard pending[command.sequence] == nil else { throw .sequence(command.sequence) }
        switch command {
        case .submit(let submission):
            return start(submission)
        case .unlink(let sequence, let target):
            guard pending.removeValue(forKey: target) != nil else {
                return [.reply(.unlinked(sequence: sequence, status: 0))]
            }
            return [.cancel(id(target)), .reply(.unlinked(sequence: sequence, status: -ECONNRESET))]
        }
    }

    /// A transfer ended, or could not be started.
    mutating func handle(_ completion: USBCompletion) -> [Effect] {
        // Not found when the client gave it up.
        guard let sequence = UInt32(exactly: completion.id.number),
            let submission = pending.removeValue(forKey: sequence)
        else { return [] }
        switch completion.result {
        case .success(let bytes): return [.reply(reply(to: submission, bytes))]
        case .failure(let error):
            if [.unplugged, .absent].contains(error.reason) { return [.leave] }
            if error.reason == .stalled, submission.endpoint != 0 { standard.halt(submission.address) }
            return [refusal(of: submission, error.reason.transferStatus)]
        }
    }

    private mutating func start(_ submission: USBIPSubmission) -> [Effect] {
        guard pending.count < Self.mostPending else { return [refusal(of: submission, -ENOMEM)] }
        guard submission.endpoint == 0 else { return startOnPipe(submission) }
        switch standard.answer(submission.setup) {
        case .done(let bytes): return [.reply(reply(to: submission, Array(bytes.prefix(submission.setupLength))))]
        case .stall: return [refusal(of: submission, -EPIPE)]
        case .clearHalt(let endpoint): return [.clearStall(endpoint), .reply(reply(to: submission, []))]
        case .forDevice:
            let isIn = submission.setup.requestType & 0x80 != 0
            return begin(
                submission,
                isIn
                    ? .controlIn(submission.setup, length: min(submission.setupLength, submission.length))
                    : .controlOut(submission.setup, submission.output))
        }
    }

    private mutating func startOnPipe(_ submission: USBIPSubmission) -> [Effect] {
        guard let pipe = standard.descriptors.pipe(submission.address),
            !standard.haltedEndpoints.contains(submission.address)
        else { return [refusal(of: submission, -EPIPE)] }
        return begin(
            submission, submission.isIn ? .read(pipe, length: submission.length) : .write(pipe, submission.output))
    }

    private mutating func begin(_ submission: USBIPSubmission, _ transfer: USBTransfer) -> [Effect] {
        pending[submission.sequence] = submission
        return [.submit(transfer, id(submission.sequence))]
    }

    private func id(_ sequence: UInt32) -> USBTransferID { USBTransferID(Int(sequence)) }

    private func reply(to submission: USBIPSubmission, _ bytes: [UInt8]) -> USBIPReply {
        guard submission.isIn else {
            return .submitted(sequence: submission.sequence, status: 0, length: submission.output.count, input: [])
        }
        let input = Array(bytes.prefix(submission.length))
        var status: Int32 = 0
        if bytes.count > submission.length { status = -EOVERFLOW }
        if input.count < submission.length, submission.refusesShort { status = -EREMOTEIO }
        return .submitted(sequence: submission.sequence, status: status, length: input.count, input: input)
    }

    private func refusal(of submission: USBIPSubmission, _ status: Int32) -> Effect {
        .reply(.submitted(sequence: submission.sequence, status: status, length: 0, input: []))
    }
}

extension USBIPSubmission {
    /// The endpoint with the bit of its direction.
    fileprivate var address: UInt8 { endpoint | (isIn ? 0x80 : 0) }
}
