import EnrolmentCore
import Synchronization
import Testing

/// A chip in memory: limits guesses, and forgets what is destroyed.
final class InMemoryMachineSafe: MachineSafe {
    private struct Place {
        let secret: [UInt8]
        /// Nil for one that cards open.
        let authorisation: [UInt8]?
        var branches: [[UInt8]] = []
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
        var authority: [UInt8]?
        var most = 5
        var drawn: UInt64 = 0
    }

    private let state: Mutex<State>
    private let ownName: ChipName

    /// - Parameter limit: wrong ones before the chip takes none.
    init(limit: Int = 5, number: UInt8 = 1) {
        ownName = ChipName([0x00, 0x0B] + [UInt8](repeating: number, count: 32))
        state = Mutex(State(most: limit))
    }

    private init(_ name: ChipName, _ held: State) {
        ownName = name
        state = Mutex(held)
    }

    /// The chip as it is now, for a world that goes on from here.
    func copy() -> InMemoryMachineSafe { InMemoryMachineSafe(ownName, state.withLock { $0 }) }

    func name() -> ChipName { ownName }
    func expecting(_ name: ChipName) -> any MachineSafe { name == ownName ? self : OtherMachineSafe() }

    /// Somebody else's authority.
    func own() { state.withLock { $0.authority = [UInt8](repeating: 9, count: 32) } }
    var authority: [UInt8]? { state.withLock { $0.authority } }

    /// What is started changes.
    func change(_ register: Int) { state.withLock { $0.registers[register, default: 0] += 1 } }

    /// Leaves one place.
    func destroyAll(but slot: MachineSlot?) {
        state.withLock { state in state.places = state.places.filter { $0.key == slot?.index } }
    }

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
            guard let place = state.places[slot.index], place.authorisation != nil else {
                return .failure(.unknownSlot)
            }
            guard state.wrong < state.most else { return .failure(.lockedOut) }
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

    // MARK: - Cards

    func branch(of key: CardKey) throws(MachineSafeError) -> [UInt8] {
        guard case .p384(let x, let y) = key else { throw .unknownCurve }
        return Array((x + y).prefix(32))
    }

    func keep(
        _ secret: SecretBytes, forCards branches: [[UInt8]], bound measurements: [Int]
    ) throws(MachineSafeError) -> MachineCardSlot {
        guard (1...8).contains(branches.count) else { throw .failed(code: 0) }
        let secret = Self.copy(secret)
        return state.withLock { state in
            let index = state.next
            state.next += 1
            let registers = Dictionary(uniqueKeysWithValues: measurements.map { ($0, state.registers[$0, default: 0]) })
            state.places[index] = Place(secret: secret, authorisation: nil, branches: branches, registers: registers)
            return MachineCardSlot(index: index, measurements: measurements, branches: branches)
        }
    }

    func beginOpening(_ slot: MachineCardSlot) throws(MachineSafeError) -> any MachineOpening {
        guard holds(slot) else { throw .unknownSlot }
        let number = state.withLock { state in
            state.drawn += 1
            return state.drawn
        }
        return InMemoryOpening(message: withUnsafeBytes(of: number.bigEndian) { Array($0) }, safe: self, slot: slot)
    }

    /// The fake of a card signs a message by putting its branch in front of it.
    static func sign(_ message: [UInt8], by branch: [UInt8]) -> [UInt8] { branch + message }

    fileprivate func open(
        _ slot: MachineCardSlot, branch: [UInt8]
    ) throws(MachineSafeError) -> SecretBytes {
        let result = state.withLock { state -> Result<[UInt8], MachineSafeError> in
            guard let place = state.places[slot.index] else { return .failure(.unknownSlot) }
            guard place.branches.contains(branch) else { return .failure(.wrongAuthorisation) }
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

    func destroy(_ slot: MachineCardSlot) { state.withLock { $0.places[slot.index] = nil } }
    func holds(_ slot: MachineCardSlot) -> Bool { state.withLock { $0.places[slot.index] != nil } }

    // MARK: - The limit

    func guessing() -> GuessingLimit {
        state.withLock {
            GuessingLimit(
                wrong: $0.wrong, most: $0.most, forgetting: .seconds(600), isClosed: $0.authority != nil)
        }
    }

    func closeGuessing(
        most: Int, forgetting: Duration, under authority: SecretBytes
    ) throws(MachineSafeError) {
        let authority = Self.copy(authority)
        let isRight = state.withLock { state in
            guard state.authority == nil || state.authority == authority else { return false }
            (state.authority, state.most, state.wrong) = (authority, most, 0)
            return true
        }
        if !isRight { throw .wrongAuthorisation }
    }

    // MARK: - Counters

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

/// What a chip of another name is to whoever expects one.
private struct OtherMachineSafe: MachineSafe {
    func name() throws(MachineSafeError) -> ChipName { throw .otherChip }
    func expecting(_ name: ChipName) -> any MachineSafe { self }
    func keep(_: SecretBytes, under _: SecretBytes, bound _: [Int]) throws(MachineSafeError) -> MachineSlot {
        throw .otherChip
    }
    func open(_: MachineSlot, with _: SecretBytes) throws(MachineSafeError) -> SecretBytes { throw .otherChip }
    func destroy(_: MachineSlot) throws(MachineSafeError) { throw .otherChip }
    func holds(_: MachineSlot) throws(MachineSafeError) -> Bool { throw .otherChip }
    func branch(of _: CardKey) throws(MachineSafeError) -> [UInt8] { throw .otherChip }
    func keep(_: SecretBytes, forCards _: [[UInt8]], bound _: [Int]) throws(MachineSafeError) -> MachineCardSlot {
        throw .otherChip
    }
    func beginOpening(_: MachineCardSlot) throws(MachineSafeError) -> any MachineOpening { throw .otherChip }
    func destroy(_: MachineCardSlot) throws(MachineSafeError) { throw .otherChip }
    func holds(_: MachineCardSlot) throws(MachineSafeError) -> Bool { throw .otherChip }
    func guessing() throws(MachineSafeError) -> GuessingLimit { throw .otherChip }
    func closeGuessing(most _: Int, forgetting _: Duration, under _: SecretBytes) throws(MachineSafeError) {
        throw .otherChip
    }
    func makeCounter() throws(MachineSafeError) -> MachineCounter { throw .otherChip }
    func value(of _: MachineCounter) throws(MachineSafeError) -> UInt64 { throw .otherChip }
    func advance(_: MachineCounter) throws(MachineSafeError) -> UInt64 { throw .otherChip }
    func destroy(_: MachineCounter) throws(MachineSafeError) { throw .otherChip }
}

private final class InMemoryOpening: MachineOpening {
    let message: [UInt8]
    private let safe: InMemoryMachineSafe
    private let slot: MachineCardSlot

    init(message: [UInt8], safe: InMemoryMachineSafe, slot: MachineCardSlot) {
        (self.message, self.safe, self.slot) = (message, safe, slot)
    }

    func open(with signature: [UInt8], of key: CardKey) throws(MachineSafeError) -> SecretBytes {
        let branch = try safe.branch(of: key)
        guard signature == InMemoryMachineSafe.sign(message, by: branch) else { throw .wrongAuthorisation }
        return try safe.open(slot, branch: branch)
    }
}

@Suite("The fake of a machine's safe")
struct InMemoryMachineSafeTests {
    @Test("does what every safe does")
    func contract() throws { try MachineSafeContract(safe: InMemoryMachineSafe()).check() }
}
