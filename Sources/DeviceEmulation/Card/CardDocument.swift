/// Which document a synthetic card is.
package enum CardDocument: Hashable, Sendable {
    case belgian
    /// Under six years the card holds no certificate of the child; from six an authentication one.
    case kids(hasAuthenticationCertificate: Bool)
    /// A residence card, by its number in tag 0F, for example 15 for E or 16 for E+.
    case foreigner(type: Int)

    var typeText: String {
        switch self {
        case .belgian: "01"
        case .kids: "06"
        case .foreigner(let type): String(type)
        }
    }

    var hasAuthenticationCertificate: Bool {
        if case .kids(let has) = self { has } else { true }
    }

    var hasSignatureCertificate: Bool {
        if case .kids = self { false } else { true }
    }

    /// A card number with right check digits: twelve digits, or `B` and nine for a foreigner.
    ///
    /// - Parameter serial: counts synthetic cards; only its last seven digits are used.
    package func cardNumber(serial: Int) -> String {
        let serial = abs(serial % 10_000_000)
        switch self {
        case .foreigner: return "B" + Self.digits(serial, 7) + Self.digits(Self.check(serial), 2)
        case .belgian, .kids:
            // 999 was never the start of a Belgian card number.
            let body = 9_990_000_000 + serial
            return Self.digits(body, 10) + Self.digits(Self.check(body), 2)
        }
    }

    private static func check(_ body: Int) -> Int {
        let remainder = body % 97
        return remainder == 0 ? 97 : remainder
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
