import Crypto
import EnrolmentCore
import Synchronization

/// A machine's safe in memory that checks what cards sign: P-384 only, as a chip that knows no other.
final class SigningSafe: MachineSafe {
    private struct Place {
        let secret: [UInt8]
        let authorisation: [UInt8]?
        var branches: [[UInt8]] = []
    }

    private struct State {
        var places: [UInt32: Place] = [:]
        var next: UInt32 = 0x0150_0000
        var counters: [UInt32: UInt64] = [:]
        var authority: [UInt8]?
        var wrong = 0
    }

    private let state = Mutex(State())
    private let ownName = ChipName([UInt8](repeating: 0x0B, count: ChipName.size))

    var slotCount: Int { state.withLock { $0.places.count } }

    func name() -> ChipName { ownName }
    func expecting(_ name: ChipName) -> any MachineSafe { self }

    func keep(_ secret: SecretBytes, under authorisation: SecretBytes, bound: [Int]) -> MachineSlot {
        let place = Place(secret: Self.copy(secret), authorisation: Self.copy(authorisation))
        return MachineSlot(index: put(place), measurements: bound)
    }

    func open(_ slot: MachineSlot, with authorisation: SecretBytes) throws(MachineSafeError) -> SecretBytes {
        let given = Self.copy(authorisation)
        guard let place = state.withLock({ $0.places[slot.index] }) else { throw .unknownSlot }
        guard place.authorisation == given else {
            state.withLock { $0.wrong += 1 }
            throw .wrongAuthorisation
        }
        return try Self.secret(place.secret)
    }

    func destroy(_ slot: MachineSlot) { state.withLock { $0.places[slot.index] = nil } }
    func holds(_ slot: MachineSlot) -> Bool { state.withLock { $0.places[slot.index] != nil } }

    func branch(of key: CardKey) throws(MachineSafeError) -> [UInt8] {
        guard case .p384(let x, let y) = key else { throw .unknownCurve }
        return Array(SHA256.hash(data: x + y))
    }

    func keep(_ secret: SecretBytes, forCards branches: [[UInt8]], bound: [Int]) -> MachineCardSlot {
        let place = Place(secret: Self.copy(secret), authorisation: nil, branches: branches)
        return MachineCardSlot(index: put(place), measurements: bound, branches: branches)
    }

    func beginOpening(_ slot: MachineCardSlot) throws(MachineSafeError) -> any MachineOpening {
        guard holds(slot) else { throw .unknownSlot }
        return Opening(slot, of: self)
    }

    func destroy(_ slot: MachineCardSlot) { state.withLock { $0.places[slot.index] = nil } }
    func holds(_ slot: MachineCardSlot) -> Bool { state.withLock { $0.places[slot.index] != nil } }

    func guessing() -> GuessingLimit {
        state.withLock {
            GuessingLimit(wrong: $0.wrong, most: 32, forgetting: .seconds(7200), isClosed: $0.authority != nil)
        }
    }

    func closeGuessing(most: Int, forgetting: Duration, under authority: SecretBytes) throws(MachineSafeError) {
        let given = Self.copy(authority)
        let isRight = state.withLock { state in
            guard state.authority == nil || state.authority == given else { return false }
            (state.authority, state.wrong) = (given, 0)
            return true
        }
        if !isRight { throw .wrongAuthorisation }
    }

    func makeCounter() -> MachineCounter {
        state.withLock { state in
            state.next += 1
            state.counters[state.next] = 1
            return MachineCounter(index: state.next)
        }
    }

    func value(of counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        guard let value = state.withLock({ $0.counters[counter.index] }) else { throw .unknownSlot }
        return value
    }

    func advance(_ counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        let value = try value(of: counter) + 1
        state.withLock { $0.counters[counter.index] = value }
        return value
    }

    func destroy(_ counter: MachineCounter) { state.withLock { $0.counters[counter.index] = nil } }

    private func put(_ place: Place) -> UInt32 {
        state.withLock { state in
            state.next += 1
            state.places[state.next] = place
            return state.next
        }
    }

    private func open(_ index: UInt32, for branch: [UInt8]) throws(MachineSafeError) -> SecretBytes {
        guard let place = state.withLock({ $0.places[index] }) else { throw .unknownSlot }
        guard place.branches.contains(branch) else { throw .wrongAuthorisation }
        return try Self.secret(place.secret)
    }

    private static func copy(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { Array($0) } }

    private static func secret(_ bytes: [UInt8]) throws(MachineSafeError) -> SecretBytes {
        guard let secret = try? SecretBytes() else { throw .failed(code: 0) }
        for byte in bytes { secret.append(byte) }
        return secret
    }

    private final class Opening: MachineOpening {
        let message: [UInt8]
        private let slot: MachineCardSlot
        private let safe: SigningSafe

        init(_ slot: MachineCardSlot, of safe: SigningSafe) {
            var generator = SystemRandomNumberGenerator()
            message = (0..<40).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            (self.slot, self.safe) = (slot, safe)
        }

        func open(with signature: [UInt8], of key: CardKey) throws(MachineSafeError) -> SecretBytes {
            guard case .p384(let x, let y) = key else { throw .unknownCurve }
            guard let key = try? P384.Signing.PublicKey(rawRepresentation: x + y),
                let given = try? P384.Signing.ECDSASignature(rawRepresentation: signature),
                key.isValidSignature(given, for: SHA384.hash(data: message))
            else { throw .wrongAuthorisation }
            return try safe.open(slot.index, for: Array(SHA256.hash(data: x + y)))
        }
    }
}
