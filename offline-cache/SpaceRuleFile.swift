/// How much room a visit takes, and when to warn: `reference/space.json`.
///
/// Whoever reads it decodes it: this target knows files, not disks.
package enum SpaceRuleFile {
    package static var json: [UInt8] { PackageResources.space_json }
}
