package import EnrolmentCore

/// One packet of the queue on the screen. It names no person: a sealed packet cannot be read here.
package struct QueueRow: Hashable, Sendable {
    package var packet: PacketID
    /// Counts this kit's packets from 1.
    package var sequence: Int
    package var caseID: CaseID
    package var state: State
    package var isUrgent: Bool
    package var sealedAt: Timestamp
    /// Bytes of the packet, and how many of them central is known to hold.
    package var bytes: Int64
    package var bytesAtCentral: Int64
    /// When central's receipt says that it has it; set only for a receipt that was verified.
    package var receivedAt: Timestamp?
    /// Why a person must look at it.
    package var problem: FailureCode?

    /// Where it is on its way.
    package enum State: String, CaseIterable, Sendable {
        /// Safe on this disk.
        case sealed
        /// Being sent.
        case uploading
        /// The receipt is verified.
        case received
        /// Received, and deleted here.
        case purged
        case conflict, refused

        /// Still to be brought to central.
        package var isWaiting: Bool { self == .sealed || self == .uploading }
        package var needsPerson: Bool { self == .conflict || self == .refused }
    }

    package init(
        packet: PacketID, sequence: Int, caseID: CaseID, state: State, isUrgent: Bool = false, sealedAt: Timestamp,
        bytes: Int64, bytesAtCentral: Int64 = 0, receivedAt: Timestamp? = nil, problem: FailureCode? = nil
    ) {
        self.packet = packet
        self.sequence = sequence
        self.caseID = caseID
        self.state = state
        self.isUrgent = isUrgent
        self.sealedAt = sealedAt
        self.bytes = bytes
        self.bytesAtCentral = bytesAtCentral
        self.receivedAt = receivedAt
        self.problem = problem
    }
}
