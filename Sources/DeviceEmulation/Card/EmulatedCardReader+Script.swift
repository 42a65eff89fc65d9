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

    package func unplug() {
        locked { slotsNow = [] }
    }

    package func plug(_ name: String = "Emulated Card Reader 00 00") {
        locked { slotsNow.append(Slot(name: name)) }
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
    func place(_ card: (any EmulatedSmartCard)?, _ index: Int) {
        guard slotsNow.indices.contains(index) else { return }
        var card = card
        card?.reset()
        slotsNow[index].card = card
        slotsNow[index].isMute = card?.atr.isEmpty ?? false
        slotsNow[index].changes += 1
    }
}
