/// The packets of this kit as the screens show them: all of them counted, the first of them in lines.
///
/// After a year there are thousands, of which a screen shows twenty.
package struct QueueList: Hashable, Sendable {
    /// From the first on; those that have a way to go before those that have arrived.
    package var rows: [QueueRow]
    /// Of people whom the home screen names, where they are not among `rows`.
    package var beside: [QueueRow]
    /// Whether there are further ones, which `StationEffect.showPackets` brings.
    package var hasMore: Bool
    /// Still to be brought to central.
    package var waiting: Int
    /// Of those that wait, what central does not hold yet.
    package var bytesWaiting: Int64
    /// Received by central, whether deleted here or not.
    package var received: Int
    /// Put aside: in conflict, or refused.
    package var needPerson: Int

    package init(
        rows: [QueueRow], beside: [QueueRow] = [], hasMore: Bool, waiting: Int, bytesWaiting: Int64, received: Int,
        needPerson: Int
    ) {
        self.rows = rows
        self.beside = beside
        self.hasMore = hasMore
        self.waiting = waiting
        self.bytesWaiting = bytesWaiting
        self.received = received
        self.needPerson = needPerson
    }

    /// A queue that is shown whole.
    package init(_ rows: [QueueRow] = []) {
        let waiting = rows.filter(\.state.isWaiting)
        let needPerson = rows.count(where: \.state.needsPerson)
        self.init(
            rows: rows, hasMore: false, waiting: waiting.count,
            bytesWaiting: waiting.reduce(0) { $0 + $1.bytes - $1.bytesAtCentral },
            received: rows.count - waiting.count - needPerson, needPerson: needPerson)
    }

    /// How many rows the screen should have when the cursor is at `index`; nil when it has enough.
    ///
    /// Twice as many each time, so that who goes through all of them waits a few times and not hundreds.
    func rowsWanted(at index: Int) -> Int? {
        hasMore && index + Self.lookahead >= rows.count ? max(rows.count, Self.lookahead) * 2 : nil
    }

    /// More than a screen has rows.
    private static let lookahead = 50
}
