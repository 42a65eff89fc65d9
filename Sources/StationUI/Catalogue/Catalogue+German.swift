extension Catalogue {
    static let german: [String: String] = [:]
}
