import Testing

@testable import OfflineCache

@Suite("Packet states")
struct PacketStateTests {
    /// What each state allows; whatever is not here is not possible.
    static let table: [PacketState: [PacketOperation: PacketState]] = [
        .sealed: [.announce: .announced, .record: .received, .refuse: .refused, .findConflict: .conflict],
        .announced: [
            .advance: .uploading, .forgetUpload: .sealed, .record: .received, .refuse: .refused,
            .findConflict: .conflict,
        ],
        .uploading: [
            .advance: .uploading, .forgetUpload: .sealed, .record: .received, .refuse: .refused,
            .findConflict: .conflict,
        ],
        .received: [.purge: .purged],
        .purged: [:],
        .conflict: [.record: .received, .retry: .sealed],
        .refused: [.record: .received, .retry: .sealed],
    ]

    @Test("every pair of state and operation does what the table says", arguments: PacketState.allCases)
    func pairs(state: PacketState) {
        for operation in PacketOperation.allCases {
            #expect(state.after(operation) == Self.table[state]?[operation], "\(operation)")
        }
    }

    @Test("only a receipt leads to received, and only received leads to purged")
    func receiptFirst() {
        for state in PacketState.allCases {
            for operation in PacketOperation.allCases {
                if state.after(operation) == .received { #expect(operation == .record) }
                if state.after(operation) == .purged { #expect(state == .received) }
            }
        }
    }
}
