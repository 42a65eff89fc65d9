/// Card readers and the cards in them: PC/SC in the field, an emulated reader in tests and in
/// training.
///
/// Every call but `cancel` blocks and comes from one thread, the device's own; none blocks longer
/// than its limit, whatever the service, the reader or the card does.
package protocol CardTransport: Sendable {
    /// All readers that are attached now, in the service's order; empty when there is none.
    ///
    /// - Throws: `.serviceDown` when the service that owns the readers does not run.
    func slots() throws(TransportError) -> [CardSlot]

    /// Waits until a reader or a card comes or goes, and gives what is there then.
    ///
    /// A card that was exchanged for another between two calls counts as a change.
    ///
    /// - Parameter known: what an earlier call gave; anything that differs from it is a change.
    /// - Throws: `.timedOut` when nothing changed within `limit`, `.cancelled` after `cancel`.
    func waitForChange(from known: [CardSlot], within limit: Duration) throws(TransportError) -> [CardSlot]

    /// Powers the card in a reader up, shared with other programs.
    ///
    /// - Throws: `.noCard`, `.cardMute`, `.sharingViolation`, `.unplugged` when there is no such reader, and
    ///   `.timedOut` when another program's transaction did not end within `limit`.
    func connect(to reader: String, within limit: Duration) throws(TransportError) -> any CardConnection

    /// Ends the call under way and every later one with `.cancelled` until `rearm`; from any thread.
    ///
    /// `CardConnection.endTransaction` and `disconnect` still do their work, so that a cancelled
    /// driver leaves the card free.
    func cancel()

    /// Lets calls through again after `cancel`.
    func rearm()
}
