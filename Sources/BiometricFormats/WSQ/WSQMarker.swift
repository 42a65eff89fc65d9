/// The two-byte marks that divide a WSQ file.
enum WSQMarker: UInt16 {
    case startOfImage = 0xFFA0
    case endOfImage = 0xFFA1
    case startOfFrame = 0xFFA2
    case startOfBlock = 0xFFA3
    case defineTransform = 0xFFA4
    case defineQuantisation = 0xFFA5
    case defineHuffman = 0xFFA6
    case defineRestart = 0xFFA7
    case comment = 0xFFA8

    /// Inside entropy data: restart 0 to 7.
    static let restarts: ClosedRange<UInt16> = 0xFFB0...0xFFB7
}
