/// What a module was told when it was asked for a picture.
struct MorphoOrder: Hashable {
    /// 0 is without end.
    let seconds: Int
    /// Which messages it sends meanwhile, a bit each.
    let messages: UInt32
    let wantsPicture: Bool
    let findsResidue: Bool

    init(seconds: Int, messages: UInt32, wantsPicture: Bool, findsResidue: Bool) {
        self.seconds = seconds
        self.messages = messages
        self.wantsPicture = wantsPicture
        self.findsResidue = findsResidue
    }

    /// Nil for what a module would refuse, or this one does not know: more than one acquisition of one finger,
    /// and all that would store something.
    init?(_ value: [UInt8]) {
        guard value.count >= 8, value[4] == 1, value[5] == 1, value[6] == 0, value[7] == 0,
            let elements = MorphoWire.elements(value[8...])
        else { return nil }
        var (messages, wantsPicture, findsResidue) = (UInt32(0), false, false)
        for (identifier, content) in elements {
            switch (identifier, content.count) {
            case (0x34, 4): messages = content.reversed().reduce(0) { $0 << 8 | UInt32($1) }
            case (0x3D, 6):
                guard Array(content) == [0, 0x3E, 2, 0, 0x2C, 0] else { return nil }
                wantsPicture = true
            case (0x39, 1): findsResidue = content.first == 1
            default: return nil
            }
        }
        self.init(
            seconds: Int(value[1]) | Int(value[2]) << 8, messages: messages, wantsPicture: wantsPicture,
            findsResidue: findsResidue)
    }
}
