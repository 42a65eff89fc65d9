package import EnrolmentCore

/// Counters (TPM 2.0 Part 1, section 37.2.4): the chip starts each new one above the highest that it ever had,
/// so that removing and making one does not take it back either.
///
/// Anybody at the machine may read and advance one, which can raise a false alarm but never hide a roll-back.
/// They go over the bus unprotected: a number is no secret, and who can answer in the chip's place can also
/// set up the session that would protect it.
extension TrustedPlatform {
    package func makeCounter() throws(MachineSafeError) -> MachineCounter {
        try converse { chip throws(MachineSafeError) in
            let place = NVPlace.counter(at: try chip.freeIndex())
            // A counter has no value before its first step (Part 3, section 31.8).
            try chip.define(place) { counter throws(MachineSafeError) in try chip.advance(counter) }
            return MachineCounter(index: place.index)
        }
    }

    package func value(of counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        try converse { chip throws(MachineSafeError) in
            try chip.withCounter(at: counter.index) { place throws(MachineSafeError) in try chip.count(of: place) }
        }
    }

    package func advance(_ counter: MachineCounter) throws(MachineSafeError) -> UInt64 {
        try converse { chip throws(MachineSafeError) in
            try chip.withCounter(at: counter.index) { place throws(MachineSafeError) in
                try chip.advance(place)
                return try chip.count(of: place)
            }
        }
    }

    package func destroy(_ counter: MachineCounter) throws(MachineSafeError) {
        try remove(counter.index)
    }
}
