import DeviceTransport
import Foundation

/// A client that has imported a device: one thread reads its commands, this one works with the device.
// @unchecked: what both threads touch is only touched under `condition`.
final class USBIPConnection: @unchecked Sendable {
    /// How often a device that says nothing is asked whether it is still there.
    private static let presenceInterval: Duration = .milliseconds(200)
    /// Commands that were read and not yet begun; the client waits when there are more.
    private static let mostWaiting = 64

    private let socket: USBIPSocket
    private let device: USBIPExport
    private let condition = NSCondition()
    private var commands: [USBIPCommand] = []
    private var ending: USBIPFailure?
    private var isReading = true
    private var isWorking = true

    init(_ socket: USBIPSocket, _ device: USBIPExport) {
        self.socket = socket
        self.device = device
    }

    /// Serves until the client goes, breaks the protocol, or the device is unplugged. The client is still
    /// connected then, so that the device can be free again before the client learns of it.
    ///
    /// - Returns: why it ended; `.closed` for a client that went, nil for a device that did.
    func serve() -> USBIPFailure? {
        let reader = Thread { self.read() }
        reader.name = "usbip-read"
        reader.start()
        do throws(USBIPFailure) {
            try work()
            return nil
        } catch {
            return error
        }
    }

    /// Ends the connection after `serve`, except for its descriptor.
    func end() {
        socket.shutDown()
        condition.lock()
        isWorking = false
        condition.broadcast()
        // The descriptor is closed after this, and its number may be another's then.
        while isReading { condition.wait() }
        condition.unlock()
    }

    // MARK: The thread that reads

    private func read() {
        var failure = USBIPFailure.closed
        do throws(USBIPFailure) {
            while try take(nextCommand()) {}
        } catch {
            failure = error
        }
        condition.lock()
        ending = ending ?? failure
        isReading = false
        condition.broadcast()
        condition.unlock()
        device.transport.wake()
    }

    private func nextCommand() throws(USBIPFailure) -> USBIPCommand {
        let command = try USBIPCommand(socket.receive(USBIPMessage.commandLength))
        guard case .submit(var submission) = command, !submission.isIn else { return command }
        submission.output = try socket.receive(submission.length)
        return .submit(submission)
    }

    /// - Returns: false once nobody works with the device any more.
    private func take(_ command: USBIPCommand) -> Bool {
        condition.lock()
        while isWorking, commands.count >= Self.mostWaiting { condition.wait() }
        commands.append(command)
        let isWorking = isWorking
        condition.unlock()
        device.transport.wake()
        return isWorking
    }

    // MARK: The thread that works

    private func work() throws(USBIPFailure) {
        var session = USBIPSession(device.descriptors)
        while true {
            for command in try waiting() {
                guard try perform(try session.handle(command), in: &session) else { return }
            }
            let completion: USBCompletion?
            do throws(TransportError) {
                completion = try device.transport.nextCompletion(before: device.transport.now + Self.presenceInterval)
            } catch {
                return
            }
            if let completion {
                guard try perform(session.handle(completion), in: &session) else { return }
            } else if !device.isAttached {
                return
            }
        }
    }

    /// The commands that have come since; throws when there will be no more.
    private func waiting() throws(USBIPFailure) -> [USBIPCommand] {
        condition.lock()
        defer { condition.unlock() }
        if commands.isEmpty, let ending { throw ending }
        defer { commands = [] }
        condition.broadcast()
        return commands
    }

    /// - Returns: false when the device is gone.
    private func perform(_ effects: [USBIPSession.Effect], in session: inout USBIPSession) throws(USBIPFailure) -> Bool
    {
        for effect in effects {
            switch effect {
            case .reply(let reply): try socket.send(reply.bytes)
            case .cancel(let id): device.transport.cancel(id)
            case .leave: return false
            case .submit(let transfer, let id):
                do throws(TransportError) {
                    try device.transport.submit(transfer, as: id, within: nil)
                } catch {
                    let refused = USBCompletion(id: id, result: .failure(error))
                    guard try perform(session.handle(refused), in: &session) else { return false }
                }
            case .clearStall(let endpoint):
                do throws(TransportError) {
                    try device.transport.clearStall(of: endpoint)
                } catch {
                    return false
                }
            }
        }
        return true
    }
}
