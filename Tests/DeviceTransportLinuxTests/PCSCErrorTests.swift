import CPCSC
import DeviceTransport
import Glibc
import Testing

@testable import DeviceTransportLinux

@Suite struct PCSCErrorTests {
    @Test(
        "Every answer of libpcsclite that a person or a driver acts on has its reason",
        arguments: [
            (SCARD_E_NO_SERVICE, .serviceDown), (SCARD_E_SHARING_VIOLATION, .sharingViolation),
            (SCARD_E_NO_SMARTCARD, .noCard), (SCARD_W_REMOVED_CARD, .cardRemoved), (SCARD_W_RESET_CARD, .cardReset),
            (SCARD_E_PROTO_MISMATCH, .cardReset),
            (SCARD_W_UNRESPONSIVE_CARD, .cardMute), (SCARD_E_UNKNOWN_READER, .unplugged), (SCARD_E_TIMEOUT, .timedOut),
            (SCARD_E_CANCELLED, .cancelled), (SCARD_E_NOT_TRANSACTED, .inputOutput), (SCARD_F_COMM_ERROR, .inputOutput),
            (SCARD_E_COMM_DATA_LOST, .inputOutput), (0x7FFF_FFFF, .inputOutput),
        ] as [(LONG, TransportError.Reason)])
    func reasons(_ code: LONG, _ reason: TransportError.Reason) {
        #expect(TransportError(pcsc: code)?.reason == reason)
    }

    @Test("Success is no error, and an error names its code")
    func names() {
        #expect(TransportError(pcsc: SCARD_S_SUCCESS) == nil)
        #expect(TransportError(pcsc: SCARD_W_REMOVED_CARD)?.detail == "PC/SC 0x80100069")
    }

    @Test(
        "Without a service every call says so, each time",
        .enabled(if: !PCSCWorld.isIsolated, "the isolated run has a service"))
    func noService() {
        // libpcsclite remembers this name for the life of the process; nothing else here needs pcscd.
        setenv("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm", 1)
        let transport = PCSCTransport()
        for _ in 0..<3 {
            #expect(throws: TransportError(.serviceDown, "PC/SC 0x8010001D")) { _ = try transport.slots() }
            #expect(throws: TransportError(.serviceDown, "PC/SC 0x8010001D")) {
                _ = try transport.waitForChange(from: [], within: .seconds(1))
            }
            #expect(throws: TransportError(.serviceDown, "PC/SC 0x8010001D")) {
                _ = try transport.connect(to: "Reader", within: .seconds(1))
            }
        }
    }
}
