import EnrolmentCore
import Synchronization
import Testing

/// A chip in memory: limits guesses, and forgets what is destroyed.
final class InMemoryMachineSafe: MachineSafe {
    private struct Place {
        let secret: [UInt8]
        let authorisation: [UInt8]
        /// The registers that were bound, as they were.
        let registers: [Int: Int]
    }

    private struct State {
        var places: [UInt32: Place] = [:]
        var counters: [UInt32: UInt64] = [:]
        var highest: UInt64 = 0
        var next: UInt32 = 0x0150_0000
        var wrong = 0
        var registers: [Int: Int] = [:]
    }

    private let state: Mutex<State>
    /// Wrong ones before the chip takes none.
    private let limit: Int

    init(limit: Int = 5) {
        self.limit = limit
        state = Mutex(State())
    }

    private init(limit: Int, _ held: State) {
        self.limit = limit
        state = Mutex(held)
    }

    /// The chip as it is now, for a world that goes on from here.
    func copy() -> InMemoryMachineSafe { InMemoryMachineSafe(limit: limit, state.withLock { $0 }) }

    /// What is started changes.
    func change(_ register: Int) { state.withLock { $0.registers[register, default: 0] += 1 } }

    var slotCount: Int { state.withLock { $0.places.count } }
    /// As raw bytes, for who looks whether they lie elsewhere.
    var secrets: [[UInt8]] { state.withLock { $0.places.values.map(\.secret) } }

    func keep(
        _ secret: SecretBytes, under authorisation: SecretBytes, bound measurements: [Int]
    ) throws(MachineSafeError) -> MachineSlot {
        let (secret, authorisation) = (Self.copy(secret), Self.copy(authorisation))
        return state.withLock { state in
            let index = state.next
            state.next += 1
            let registers = Dictionary(uniqueKeysWithValues: measurements.map { ($0, state.registers[$0, default: 0]) })
            state.places[index] = Place(secret: secret, authorisation: authorisation, registers: registers)
            return MachineSlot(index: index, measurements: measurements)
        }
    }

    func open(
        _ slot: MachineSlot, with authorisation: SecretBytes
    ) throws(MachineSafeError) -> SecretBytes {
        let authorisation = Self.copy(authorisation)
        let result = state.withLock { state -> Result<[UInt8], MachineSafeError> in
            guard let place = state.places[slot.index] else { return .failure(.unknownSlot) }
            guard state.wrong < limit else { return .failure(.lockedOut) }
            guard place.authorisation == authorisation else {
                state.wrong += 1
                return .failure(.wrongAuthorisation)
            }
            guard place.registers.allSatisfy({ state.registers[$0.key, default: 0] == $0.value }) else {
                return .failure(.measurementsChanged)
            }
            return .success(place.secret)
        }
        let bytes = try result.get()
        guard let secret = try? SecretBytes() else { throw .failed(code: 0) }
        for byte in bytes { secret.append(byte) }
        return secret
    }

    func destroy(_ slot: MachineSlot) { state.withLock { $0.places[slot.index] = nil } }
    func holds(_ slot: MachineSlot) -> Bool { state.withLock { $0.places[slot.index] != nil } }

    func makeCounter() -> MachineCounter {
        state.withLock { state in
            let index = state.next
            state.next += 1
            state.counters[index] = state.highest + 1
            state.highest += 1
            return MachineCounter(index: index)
        }
    }

    func value(of counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        guard let value = state.withLock({ $0.counters[counter.index] }) else { throw .unknownSlot }
        return value
    }

    func advance(_ counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        let value = state.withLock { state -> UInt64? in
            guard let value = state.counters[counter.index] else { return nil }
            state.counters[counter.index] = value + 1
            state.highest = max(state.highest, value + 1)
            return value + 1
        }
        guard let value else { throw .unknownSlot }
        return value
    }

    func destroy(_ counter: MachineCounter) { state.withLock { $0.counters[counter.index] = nil } }

    private static func copy(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { Array($0) } }
}

@Suite("The fake of a machine's safe")
struct InMemoryMachineSafeTests {
    @Test("does what every safe does")
    func contract() throws { try MachineSafeContract(safe: InMemoryMachineSafe()).check() }
}
