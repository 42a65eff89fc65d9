/// How a terminal can show a picture.
package struct PictureStyle: Hashable, Sendable {
    package let symbols: Symbols
    package let depth: ColourDepth

    package init(symbols: Symbols, depth: ColourDepth) {
        self.symbols = symbols
        self.depth = depth
    }

    /// Five shades of grey by our own arithmetic: the same cells on every machine, for golden files
    /// and for terminals without blocks.
    package static let shades = PictureStyle(symbols: .shades, depth: .none)

    /// The finest blocks that the terminal's font surely has.
    package enum Symbols: String, CaseIterable, Sendable {
        /// ` ░▒▓█`, or ASCII signs where even those lack.
        case shades, ascii
        /// Two pixels a cell.
        case halves
        /// Four pixels a cell.
        case quadrants
        /// Six pixels a cell (Unicode 13).
        case sextants
    }

    /// How many colours the terminal has, of those that make a difference.
    package enum ColourDepth: Int, CaseIterable, Sendable, Comparable {
        case none = 0
        case eight = 8
        case sixteen = 16
        case palette = 256

        package init(colours: Int) {
            self = Self.allCases.last { $0.rawValue <= colours } ?? .none
        }

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// What is known of a terminal by its environment. A font is never asked, so a block is used
    /// only where the terminal is known to draw it by itself.
    ///
    /// - Parameters:
    ///   - environment: `TERM`, and what terminals say of themselves.
    ///   - colours: as terminfo has it.
    package init(environment: [String: String], colours: Int) {
        let term = environment["TERM"] ?? ""
        depth = ColourDepth(colours: colours)
        switch term {
        case "linux": symbols = .halves
        case "dumb", "vt100", "vt102", "vt220": symbols = .ascii
        case _ where Self.drawsSextants(term, environment): symbols = .sextants
        default: symbols = .quadrants
        }
    }

    private static func drawsSextants(_ term: String, _ environment: [String: String]) -> Bool {
        // Inside a multiplexer the terminal outside is unknown.
        if environment["TMUX"] != nil || term.hasPrefix("screen") || term.hasPrefix("tmux") { return false }
        if term.hasPrefix("foot") || term.hasPrefix("xterm-kitty") || term.hasPrefix("alacritty") { return true }
        return (environment["VTE_VERSION"].flatMap { Int($0) } ?? 0) >= 6200
    }
}
