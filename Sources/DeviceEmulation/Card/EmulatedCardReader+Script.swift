package import DeviceTransport

extension EmulatedCardReader {
    /// Puts a card into a reader, in place of the one that is in it.
    package func insert(_ card: any EmulatedSmartCard, into index: Int = 0) {
        locked { place(card, index) }
    }

    package func remove(from index: Int = 0) {
        locked { place(nil, index) }
    }

    /// Puts in a card that does not answer its reset, such as one the wrong way round.
    package func insertMute(into index: Int = 0) {
        insert(EmulatedMuteCard(), into: index)
    }

    /// Another program takes the card for itself alone, or lets it go.
    package func holdByAnother(_ isHeld: Bool, at index: Int = 0) {
        locked {
            if slotsNow.indices.contains(index) { slotsNow[index].isHeldByAnother = isHeld }
        }
    }

    /// The next attempts at connecting fail, one for each reason; later ones succeed.
    package func refuseConnections(_ reasons: [TransportError.Reason]) {
        locked { refusedConnections = reasons }
    }

    /// Another program begins a transaction on the card, or ends it.
    package func keepBusyByAnother(_ isBusy: Bool, at index: Int = 0) {
        locked {
            if slotsNow.indices.contains(index) { slotsNow[index].isBusy = isBusy }
        }
    }

    /// Gives a reader keys to type a PIN on; none at all unless this was called.
    package func fit(_ pinpad: EmulatedPinpad?, at index: Int = 0) {
        locked {
            if slotsNow.indices.contains(index) { slotsNow[index].pinpad = pinpad }
        }
    }

    /// How long every command takes at least, in real time.
    package func setLatency(_ latency: Duration) {
        locked { self.latency = latency }
    }

    /// Unplugs all readers.
    package func unplug() {
        locked { unplugAll() }
    }

    /// Unplugs one reader, by its place.
    package func unplug(at index: Int) {
        locked {
            if slotsNow.indices.contains(index) { slotsNow[index].isAttached = false }
        }
    }

    /// Its place is the next one, or the first again when no reader is left.
    package func plug(_ name: String = "Emulated Card Reader 00 00") {
        locked {
            plugged += 1
            var slot = Slot(name: name)
            // No connection of earlier days fits it.
            slot.changes = plugged << 32
            if slotsNow.contains(where: \.isAttached) { slotsNow.append(slot) } else { slotsNow = [slot] }
        }
    }

    package func setService(running: Bool) {
        locked { isServiceDown = !running }
    }

    /// What happens at the command of this number, counted from 1 from now on; forgets earlier scripts.
    package func play(_ script: [Int: EmulatedCardFault]) {
        locked {
            self.script = script
            commandCount = 0
            commandLog = []
        }
    }

    /// The commands that were sent since `play`, or from the start.
    package var commands: [[UInt8]] { locked { commandLog } }

    /// Connections that were made and not let go.
    package var openConnections: Int { locked { connections } }

    /// Transactions that were begun and not ended.
    package var openTransactions: Int { locked { transactions } }

    /// Under the lock.
    func unplugAll() {
        for index in slotsNow.indices { slotsNow[index].isAttached = false }
    }

    /// Under the lock.
    func place(_ card: (any EmulatedSmartCard)?, _ index: Int) {
        guard slotsNow.indices.contains(index) else { return }
        var card = card
        card?.reset()
        slotsNow[index].card = card
        slotsNow[index].isMute = card?.atr.isEmpty ?? false
        slotsNow[index].changes += 1
    }
}
