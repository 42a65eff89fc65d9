import EnrolmentCore
import SyncProtocol
import Testing

@Suite("What central says about itself")
struct CentralStatusTests {
    private func status(_ chain: KitChain?) -> CentralStatus {
        CentralStatus(
            server: "central.example", time: Timestamp(milliseconds: 1), isTraining: false, kit: KitID("kit-7"),
            maximumPacketSize: 1 << 20, chain: chain)
    }

    @Test("Its knowledge of the kit crosses the wire, and may be missing, as from an earlier central")
    func chain() throws {
        for chain in [
            nil, KitChain(sequence: 0, digest: nil, receipts: 0),
            KitChain(sequence: 7, digest: String(repeating: "a", count: 64), receipts: 5),
        ] {
            let sent = status(chain)
            #expect(try CentralStatus(decoding: sent.encoded()) == sent)
        }
        let earlier =
            #"{"isTraining":false,"kit":"kit-7","maximumPacketSize":1048576,"server":"central.example","time":1,"version":1}"#
        #expect(try CentralStatus(decoding: Array(earlier.utf8)) == status(nil))
        #expect(try status(nil).encoded() == Array(earlier.utf8))
    }
}
