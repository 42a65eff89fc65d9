import CPCSC
import DeviceTransport
import Glibc

/// Looks at all readers of a context, and waits for what changes in them.
enum PCSCSlots {
    /// A name that stands for "a reader came or went".
    private static let anyReader = #"\\?PnP?\Notification"#
    /// That one call may look at; Debian's pcscd has the same limit.
    private static let mostReaders = Int(PCSCLITE_MAX_READERS_CONTEXTS)

    static func look(_ context: SCARDCONTEXT) throws(TransportError) -> [CardSlot] {
        // A reader may go between the listing and the look; then all are listed again.
        var attemptsLeft = 3
        while true {
            let names = try names(context)
            if names.isEmpty { return [] }
            let (code, slots) = poll(context, names.map { ($0, DWORD(SCARD_STATE_UNAWARE)) }, milliseconds: 0)
            if code == SCARD_E_UNKNOWN_READER, attemptsLeft > 0 {
                attemptsLeft -= 1
                continue
            }
            if code != SCARD_E_TIMEOUT { try TransportError.check(pcsc: code) }
            return slots
        }
    }

    /// All readers after a change; nil when nothing changed.
    static func wait(
        _ context: SCARDCONTEXT, from known: [CardSlot], within limit: Duration
    ) throws(TransportError) -> [CardSlot]? {
        if try names(context) != known.map(\.reader) { return try look(context) }
        var states = known.map { ($0.reader, DWORD($0.stamp)) }
        // With as many readers as pcscd can have there is no room for the name, nor for another reader.
        if states.count < mostReaders { states.append((anyReader, DWORD(SCARD_STATE_UNAWARE))) }
        let milliseconds = DWORD(min(max(limit / .milliseconds(1), 0), 1e9).rounded(.up))
        let (code, _) = poll(context, states, milliseconds: milliseconds)
        // pcsc-lite lets a waiting caller sleep when another program takes the card for itself alone,
        // so that the end of the time is a reason to look, too.
        let isReasonToLook = [SCARD_S_SUCCESS, SCARD_E_TIMEOUT, SCARD_E_UNKNOWN_READER, SCARD_E_READER_UNAVAILABLE]
        if !isReasonToLook.contains(code) { try TransportError.check(pcsc: code) }
        let now = try look(context)
        return now == known ? nil : now
    }

    private static func names(_ context: SCARDCONTEXT) throws(TransportError) -> [String] {
        // The list may grow between the question for its length and the one for itself.
        for _ in 0..<3 {
            var length: DWORD = 0
            let code = SCardListReaders(context, nil, nil, &length)
            if code == SCARD_E_NO_READERS_AVAILABLE { return [] }
            try TransportError.check(pcsc: code)
            guard length > 0 else { return [] }
            var list = [CChar](repeating: 0, count: Int(length))
            switch SCardListReaders(context, nil, &list, &length) {
            case SCARD_E_NO_READERS_AVAILABLE: return []
            case SCARD_E_INSUFFICIENT_BUFFER: continue
            case let code:
                try TransportError.check(pcsc: code)
                return list.split(separator: 0).map { String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self) }
            }
        }
        throw TransportError(.overflow, "the list of card readers keeps growing")
    }

    /// One call of SCardGetStatusChange; the slots hold what it answered.
    private static func poll(
        _ context: SCARDCONTEXT, _ readers: [(name: String, known: DWORD)], milliseconds: DWORD
    ) -> (LONG, [CardSlot]) {
        // The names must stay where they are during the call, which may be long.
        let storage = readers.map { strdup($0.name) }
        defer { for name in storage { free(name) } }
        var states = zip(readers, storage).map { reader, name in
            var state = SCARD_READERSTATE()
            state.szReader = UnsafePointer(name)
            state.dwCurrentState = reader.known
            return state
        }
        let code = SCardGetStatusChange(context, milliseconds, &states, DWORD(states.count))
        return (code, zip(readers, states).map { slot($0.name, $1) })
    }

    private static func slot(_ name: String, _ state: SCARD_READERSTATE) -> CardSlot {
        let event = state.dwEventState & ~DWORD(SCARD_STATE_CHANGED)
        func has(_ flag: some BinaryInteger) -> Bool { event & DWORD(flag) != 0 }
        let atr = withUnsafeBytes(of: state.rgbAtr) { [UInt8]($0.prefix(Int(min(state.cbAtr, DWORD(MAX_ATR_SIZE))))) }
        let content: CardSlot.State =
            if has(SCARD_STATE_UNAVAILABLE) || has(SCARD_STATE_UNKNOWN) {
                .unavailable
            } else if !has(SCARD_STATE_PRESENT) {
                .empty
            } else if has(SCARD_STATE_MUTE) || atr.isEmpty {
                .mute
            } else {
                has(SCARD_STATE_EXCLUSIVE) ? .heldByAnother(atr: atr) : .card(atr: atr)
            }
        // The upper half counts insertions and removals.
        return CardSlot(reader: name, state: content, stamp: UInt64(event), movements: UInt64(event >> 16))
    }
}
