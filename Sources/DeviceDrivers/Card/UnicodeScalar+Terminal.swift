extension Unicode.Scalar {
    /// Control characters, line separators, and marks that turn the direction of writing or show nothing:
    /// what a forged card could use against a terminal.
    var isObeyedByTerminals: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
