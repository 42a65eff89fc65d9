import OfflineCache
import StationUI

/// How the machine's chip limits guesses, as verbs report it.
struct ShownChipLimit: Encodable {
    /// Whether an authority is needed to set the count back or the limit up.
    let isClosed: Bool
    /// Whether this kit holds that authority, and no other owner of the laptop.
    let isOurs: Bool
    let wrongNow: Int
    let most: Int
    let oneForgottenAfterSeconds: Int

    init(_ protection: ChipProtection) {
        isClosed = protection.limit.isClosed
        isOurs = protection.isOurs
        wrongNow = protection.limit.wrong
        most = protection.limit.most
        oneForgottenAfterSeconds = Int(protection.limit.forgetting.components.seconds)
    }

    func text(in words: Catalogue) -> String {
        words.line(
            isClosed ? isOurs ? .chipOurs : .chipOthers : .chipOpen, "\(most)", "\(oneForgottenAfterSeconds)",
            "\(wrongNow)")
    }
}
