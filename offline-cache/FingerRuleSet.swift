/// The rules for fingers that are part of the program, as they lie in `rules/`.
///
/// Whoever reads them decodes them: this target knows files, not fingers.
package enum FingerRuleSet: String, CaseIterable, Sendable {
    case belgian, german

    /// The file, in JSON.
    package var json: [UInt8] {
        switch self {
        case .belgian: PackageResources.belgian_json
        case .german: PackageResources.german_json
        }
    }
}
