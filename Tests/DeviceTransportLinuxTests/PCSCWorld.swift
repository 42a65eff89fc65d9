import DeviceEmulation
import DeviceTransport
import Foundation
import Glibc
import Synchronization

@testable import DeviceTransportLinux

/// Readers with nothing in them, into the first of which a test puts cards: emulated in process, or
/// the real pcscd with its virtual reader.
protocol CardWorld: Sendable {
    var transport: any CardTransport { get }
    func insert(_ card: any EmulatedSmartCard) throws
    func remove()
}

/// The emulated reader.
struct EmulatedCardWorld: CardWorld {
    private let reader = EmulatedCardReader(readers: ["Reader 00 00", "Reader 00 01"])
    var transport: any CardTransport { reader }
    func insert(_ card: any EmulatedSmartCard) { reader.insert(card) }
    func remove() { reader.remove() }
}

/// A pcscd that belongs to the test, with vpcd's two readers unless told otherwise. Only in namespaces of its
/// own, since there is one socket and one port for it on a machine: Tests/Witness/card-pcsc.sh makes them.
final class PCSCWorld: CardWorld {
    static let isIsolated = getenv("LOKET_PCSC_ISOLATED") != nil

    struct Failure: Error { let what: String }

    let transport: any CardTransport = PCSCTransport()
    /// For looking at the readers while `transport` is in use.
    let lookout: any CardTransport = PCSCTransport()
    private let daemon = Mutex<Process?>(nil)
    private let clients = Mutex<[Int: VPCDClient]>([:])
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    /// - Parameter readers: names of virtual readers, each of which has two slots; Debian's own one unless given.
    init(readers: [String]? = nil) throws {
        try startService(readers: readers)
    }

    deinit {
        for slot in clients.withLock({ $0.keys.sorted() }) { remove(from: slot) }
        stopService()
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: - The service

    func startService(readers: [String]? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/pcscd")
        process.arguments = ["--foreground", "--error"] + (try readers.map { try configuration($0) } ?? [])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        daemon.withLock { $0 = process }
        let count = 2 * (readers?.count ?? 1)
        try Self.wait("pcscd's readers") {
            guard let slots = try? lookout.slots() else { return false }
            return slots.count == count
        }
    }

    private func configuration(_ readers: [String]) throws -> [String] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
        let text = readers.enumerated().map { index, name in
            let port = "0x" + String(Self.firstPort + 2 * UInt16(index), radix: 16, uppercase: true)
            return """
                FRIENDLYNAME "\(name)"
                DEVICENAME \(nowhere):\(port)
                LIBPATH \(driver)
                CHANNELID \(port)

                """
        }.joined(separator: "\n")
        let file = folder.appendingPathComponent("reader.conf")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return ["--config", file.path]
    }

    /// What vpcd listens with when it is given no host to call.
    private let nowhere = "/dev/null"

    func stopService() {
        guard let process = daemon.withLock({ $0 }) else { return }
        // A signal that can be caught stays pending: pcscd inherits the mask of this pool thread.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        daemon.withLock { $0 = nil }
    }

    /// Stops the service where it stands, until `resumeService`.
    func suspendService() { signalService(SIGSTOP) }

    func resumeService() { signalService(SIGCONT) }

    private func signalService(_ signal: Int32) {
        if let process = daemon.withLock({ $0 }) { kill(process.processIdentifier, signal) }
    }

    // MARK: - Cards

    private static let firstPort: UInt16 = 35963

    func insert(_ card: any EmulatedSmartCard) throws { try insert(card, VPCDClient.Script()) }

    func insert(_ card: any EmulatedSmartCard, _ script: VPCDClient.Script, into slot: Int = 0) throws {
        remove(from: slot)
        // A card that comes while pcscd has not yet seen the last one go is none to it. With ten slots on a busy
        // machine it may also look late: each try waits twice as long as the last.
        for attempt in 0..<5 {
            if try place(card, script, slot, within: .seconds(2 << attempt)) { return }
            remove(from: slot)
        }
        throw Failure(what: "pcscd does not see the card")
    }

    /// - Returns: whether pcscd has seen the card come.
    private func place(
        _ card: any EmulatedSmartCard, _ script: VPCDClient.Script, _ slot: Int, within limit: Duration
    ) throws -> Bool {
        let client = VPCDClient(script)
        clients.withLock { $0[slot] = client }
        let before = try lookout.slots()
        guard before.indices.contains(slot) else { throw Failure(what: "there is no reader \(slot)") }
        let connected = DispatchSemaphore(value: 0)
        let port = Self.firstPort + UInt16(slot)
        Thread {
            while (try? client.serve(card, port: port) { connected.signal() }) == nil {}
            connected.signal()
        }.start()
        guard connected.wait(timeout: .now() + 20) == .success else { throw Failure(what: "vpcd does not listen") }
        return look(within: limit) { now in
            now.indices.contains(slot) && now[slot].movements != before[slot].movements && now[slot].state != .empty
        }
    }

    func remove() { remove(from: 0) }

    /// Returns once pcscd has seen it: a card that is put in before that is none to it but the first.
    func remove(from slot: Int) {
        guard let pulled = clients.withLock({ $0.removeValue(forKey: slot) }) else { return }
        pulled.stop()
        look(within: .seconds(20)) { !$0.indices.contains(slot) || $0[slot].state == .empty }
    }

    /// Waits until the readers are as they should be.
    @discardableResult
    private func look(within limit: Duration, _ isReady: ([CardSlot]) -> Bool) -> Bool {
        let end = ContinuousClock.now + limit
        guard var slots = try? lookout.slots() else { return false }
        while !isReady(slots) {
            guard .now < end, let next = try? lookout.waitForChange(from: slots, within: end - .now) else {
                return false
            }
            slots = next
        }
        return true
    }

    static func wait(_ what: String, _ isReady: () -> Bool) throws {
        let end = ContinuousClock.now + .seconds(20)
        while !isReady() {
            guard .now < end else { throw Failure(what: "waited in vain for \(what)") }
            sched_yield()
        }
    }
}
