/// The roots of Belgian cards that are part of the program, as they lie in `reference/card-roots.json`.
///
/// Whoever reads them decodes them: this target knows files, not certificates.
package enum CardRoots {
    /// The list, in JSON.
    package static var json: [UInt8] { PackageResources.card_roots_json }
}
