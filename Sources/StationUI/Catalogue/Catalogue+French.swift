extension Catalogue {
    static let french: [String: String] = [:]
}
