package import DeviceTransport
import Glibc
import Synchronization

/// A STU-430 at the wire: feature reports in and out, and pen reports from a script, which starts
/// each time that inking is switched on.
package final class EmulatedSTU430: HIDTransport {
    struct State {
        var pad: STU430State
        var isOpen = false
        var isUnplugged = false
        var transfers = 0
        var reports = 0
        var sequence: UInt16 = 0
        var script: InkScript
        /// The script's position, and the pad's time at the script's zero; nil while no pen is near.
        var next = 0
        var origin: Duration?
        var time: Duration = .zero
    }

    let state: Mutex<State>
    let faults: [PadFault]
    let pace: EmulationPace
    let cancelSign = CancelSign()
    /// From the moment that inking is on until the pen first touches.
    let hesitation: Duration
    private let start = ContinuousClock.now

    package init(
        signing script: InkScript, pace: EmulationPace, hesitation: Duration = .milliseconds(400),
        faults: [PadFault] = []
    ) {
        self.pace = pace
        self.hesitation = hesitation
        self.faults = faults
        state = Mutex(State(pad: STU430State(faults: faults), script: script))
    }

    /// What the next person writes.
    package func sign(_ script: InkScript) {
        state.withLock { $0.script = script }
    }

    /// The pad's own monotonic time, which a driver under test takes for its clock.
    package var now: Duration {
        switch pace {
        case .real: ContinuousClock.now - start
        case .simulated: state.withLock { $0.time }
        }
    }

    /// What is left of the last person: whether ink still shows, whether the pad still draws, whether it is open.
    package var traces: PadTraces {
        state.withLock { state in
            PadTraces(
                inkOnScreen: state.pad.inkOnScreen, isInking: state.pad.isInking, optionMode: state.pad.optionMode,
                isOpen: state.isOpen, transfers: state.transfers, reports: state.reports)
        }
    }

    package func list(vendorID: UInt16) throws(TransportError) -> [HIDDevice] {
        let isGone = state.withLock { $0.isUnplugged }
        guard vendorID == 0x056A, !isGone, !faults.contains(.absent) else { return [] }
        var productID: UInt16 = 0x00A4
        for case .otherProduct(let other) in faults { productID = other }
        return [
            HIDDevice(
                path: "emulated", vendorID: vendorID, productID: productID, product: "STU-430 (emulated)", serial: nil)
        ]
    }

    package func open(_ device: HIDDevice) throws(TransportError) -> any HIDConnection {
        for case .refusesOpening(let reason) in faults { throw TransportError(reason, "emulated") }
        guard !state.withLock({ $0.isUnplugged }) else { throw TransportError(.absent, "emulated") }
        _ = cancelSign.take()
        state.withLock { state in
            state.isOpen = true
            state.origin = nil
        }
        return EmulatedSTU430Connection(pad: self)
    }
}
