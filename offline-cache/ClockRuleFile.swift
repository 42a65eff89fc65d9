/// By what the kit's clock is judged, as part of the program: `reference/clock.json`.
///
/// Whoever reads it decodes it: this target knows files, not clocks.
package enum ClockRuleFile {
    package static var json: [UInt8] { PackageResources.clock_json }
}
