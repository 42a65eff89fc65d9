extension Catalogue {
    static let english: [String: String] = [:]
}
