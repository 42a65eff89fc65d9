package import EnrolmentCore

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

    /// As `transmit`, for a command that bears a PIN: it is lent to the library from where it lies, and
    /// copied nowhere on our side of it.
    ///
    /// Once begun it is not ended by `cancel`, since only the card's answer tells whether a try was used;
    /// the limit holds all the same. Nothing is ever sent twice.
    func transmit(secret command: SecretBytes, within limit: Duration) throws(TransportError) -> [UInt8]

    /// Asks something of the reader itself (SCardControl): what it can do, or to have a PIN typed on its
    /// own keys and to hand it to the card.
    ///
    /// - Parameter limit: as long as a person may take, where one is asked to type.
    /// - Throws: `.inputOutput` also when the reader does not know the code.
    func control(_ code: UInt32, _ input: [UInt8], within limit: Duration) throws(TransportError) -> [UInt8]

    /// Makes the connection usable after `.cardReset` or `.inputOutput`; the transaction
    /// is over, and the card may be another one by now, so ask it who it is.
    ///
    /// - Parameter resetting: also resets the card, to mend a broken exchange.
    func reconnect(resetting: Bool, within limit: Duration) throws(TransportError)

    /// Lets go of the card and leaves it powered; calling it twice is harmless.
    func disconnect()
}
