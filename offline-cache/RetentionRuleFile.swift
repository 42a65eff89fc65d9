/// How long what is kept: `reference/retention.json`.
///
/// Whoever reads it decodes it: this target knows files, not packets.
package enum RetentionRuleFile {
    package static var json: [UInt8] { PackageResources.retention_json }
}
