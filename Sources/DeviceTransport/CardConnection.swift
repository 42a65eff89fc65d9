/// One card, from power-up to release. Once the card has left, every call fails, also when a new one
/// is in the reader; only `reconnect` can turn a connection to that one.
///
/// All calls come from the thread that made the connection.
package protocol CardConnection {
    /// The card's answer to reset.
    var atr: [UInt8] { get }

    /// Keeps other programs from talking to the card until `endTransaction`.
    ///
    /// - Throws: `.timedOut` when another program's transaction did not end within `limit`.
    func beginTransaction(within limit: Duration) throws(TransportError)

    /// Gives other programs their turn; harmless when no transaction is open.
    func endTransaction()

    /// Sends one command APDU and returns the whole response APDU, at least its two status bytes.
    ///
    /// Nothing is repeated or completed: `61xx` and `6Cxx` reach the caller.
    ///
    /// - Throws: `.cardRemoved`, `.cardReset`, `.inputOutput` when the exchange broke or the answer
    ///   had no status, `.timedOut`.
    func transmit(_ command: [UInt8], within limit: Duration) throws(TransportError) -> [UInt8]

    /// Makes the connection usable after `.cardReset` or `.inputOutput`; the transaction
    /// is over, and the card may be another one by now, so ask it who it is.
    ///
    /// - Parameter resetting: also resets the card, to mend a broken exchange.
    func reconnect(resetting: Bool, within limit: Duration) throws(TransportError)

    /// Lets go of the card and leaves it powered; calling it twice is harmless.
    func disconnect()
}
