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

/// A pcscd that belongs to the test, with vpcd's two readers. Only in namespaces of its own, since
/// there is one socket and one port for it on a machine: Tests/Witness/card-pcsc.sh makes them.
final class PCSCWorld: CardWorld {
    static let isIsolated = getenv("LOKET_PCSC_ISOLATED") != nil

    struct Failure: Error { let what: String }

    let transport: any CardTransport = PCSCTransport()
    private let daemon = Mutex<Process?>(nil)
    private let client = Mutex<VPCDClient?>(nil)

    init() throws {
        try startService()
    }

    deinit {
        remove()
        stopService()
    }

    func startService() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/pcscd")
        process.arguments = ["--foreground", "--error"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        daemon.withLock { $0 = process }
        let transport = transport
        try Self.wait("pcscd's readers") { ((try? transport.slots()) ?? []).count == 2 }
    }

    func stopService() {
        guard let process = daemon.withLock({ $0 }) else { return }
        // A signal that can be caught stays pending: pcscd inherits the mask of this pool thread.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        daemon.withLock { $0 = nil }
    }

    func insert(_ card: any EmulatedSmartCard) throws {
        remove()
        let client = VPCDClient()
        self.client.withLock { $0 = client }
        let known = try transport.slots()
        let connected = DispatchSemaphore(value: 0)
        Thread {
            while (try? client.serve(card) { connected.signal() }) == nil {}
            connected.signal()
        }.start()
        guard connected.wait(timeout: .now() + 20) == .success else { throw Failure(what: "vpcd does not listen") }
        _ = try transport.waitForChange(from: known, within: .seconds(20))
    }

    func remove() {
        let pulled = client.withLock { client in
            defer { client = nil }
            return client
        }
        guard let pulled else { return }
        let known = try? transport.slots()
        pulled.stop()
        if let known, known.first?.atr != nil { _ = try? transport.waitForChange(from: known, within: .seconds(20)) }
    }

    static func wait(_ what: String, _ isReady: () -> Bool) throws {
        let end = ContinuousClock.now + .seconds(20)
        while !isReady() {
            guard .now < end else { throw Failure(what: "waited in vain for \(what)") }
            sched_yield()
        }
    }
}
