package import EnrolmentCore
package import PacketFormat

/// Every address that central answers and the kit asks, so that both ends build and read the same paths.
///
/// A packet's address follows from its id: a kit that lost the `Location` of an upload knows it all the same.
package enum SyncRoute: Hashable, Sendable {
    /// Where a packet is announced (tus creation) and where central tells what it can do.
    case packets
    /// One upload, by the packet it carries.
    case packet(PacketID)
    /// Central's signed statement about a packet that it holds whole.
    case receipt(PacketID)
    /// The receipt with this number in the chain of the kit that asks, so that a kit that lost an answer
    /// can take up the chain where it stopped.
    case receiptInChain(Int)
    /// The manifest with this number that the kit which asks once signed: what a kit whose data folder is an
    /// older copy learns its lost packets from, and believes because the signature is its own.
    case manifestInChain(Int)
    /// Who central is, what time it is there, and whether it trains.
    case status
    /// The newest of a list that central signs, as far as it concerns the kit that asks.
    case list(SignedListKind)
    /// Where central asks a responder on the kit's behalf whether a certificate was revoked.
    case revocation
    /// Where a kit hands in the seals of its days, in the order of their numbers.
    case seals

    /// The absolute path, without host or query.
    package var path: String {
        switch self {
        case .packets: "/v1/packets"
        case .packet(let id): "/v1/packets/\(id)"
        case .receipt(let id): "/v1/packets/\(id)/receipt"
        case .receiptInChain(let sequence): "/v1/receipts/\(sequence)"
        case .manifestInChain(let sequence): "/v1/manifests/\(sequence)"
        case .status: "/v1/status"
        case .list(let kind): "/v1/lists/\(kind.rawValue)"
        case .revocation: "/v1/revocation"
        case .seals: "/v1/seals"
        }
    }

    /// Reads a path as central or a `Location` states it; nil for any other path, also for one whose
    /// packet id is not in its one written form.
    package init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts[0].isEmpty, parts[1] == "v1" else { return nil }
        switch (parts[2], parts.count) {
        case ("status", 3):
            self = .status
        case ("packets", 3):
            self = .packets
        case ("revocation", 3):
            self = .revocation
        case ("seals", 3):
            self = .seals
        case ("lists", 4):
            guard let kind = SignedListKind(rawValue: parts[3]) else { return nil }
            self = .list(kind)
        case ("receipts", 4), ("manifests", 4):
            guard let sequence = ByteCount.parse(parts[3]), sequence > 0, String(sequence) == parts[3] else {
                return nil
            }
            self = parts[2] == "receipts" ? .receiptInChain(sequence) : .manifestInChain(sequence)
        case ("packets", 4):
            guard let id = PacketID(parts[3]) else { return nil }
            self = .packet(id)
        case ("packets", 5):
            guard let id = PacketID(parts[3]), parts[4] == "receipt" else { return nil }
            self = .receipt(id)
        default:
            return nil
        }
    }

    /// The methods that central performs here; any other gets 405.
    package var methods: [SyncMethod] {
        switch self {
        case .packets: [.options, .post]
        case .packet: [.options, .head, .patch]
        case .receipt, .receiptInChain, .manifestInChain, .status, .list: [.get]
        case .revocation, .seals: [.post]
        }
    }
}

/// A request method of the upload protocol, in the spelling of RFC 9110.
package enum SyncMethod: String, CaseIterable, Sendable {
    case get = "GET"
    case head = "HEAD"
    case options = "OPTIONS"
    case patch = "PATCH"
    case post = "POST"
}
