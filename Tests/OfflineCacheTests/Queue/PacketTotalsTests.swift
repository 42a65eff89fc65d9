import EnrolmentCore
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Counting the queue")
struct PacketTotalsTests {
    @Test("tells the packets of each state, and what central does not hold of them")
    func totals() async throws {
        let maker = try StoreMaker(try DataFolder())
        let store = try await maker.open()
        #expect(try await store.packets.totals().amount(in: Set(PacketState.allCases)).packets == 0)
        let signatures = Signatures()
        var packets: [QueuedPacket] = []
        for number in 1...3 {
            packets.append(try await store.sealPacket("case-\(number)", signatures: signatures))
        }
        try await store.packets.refuse(packets[2].id, because: .refusedByCentral)
        let totals = try await store.packets.totals()
        let waiting = totals.amount(in: PacketState.waiting)
        #expect(waiting.packets == 2)
        #expect(waiting.bytesLeft == packets[0].fileSize + packets[1].fileSize)
        #expect(totals.amount(in: [.refused]).packets == 1)
        #expect(totals.amount(in: []).packets == 0)
    }
}
