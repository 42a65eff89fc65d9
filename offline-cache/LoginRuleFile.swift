/// The rules for logging in and for the idle lock that are part of the program: `reference/login.json`.
///
/// Whoever reads it decodes it: this target knows files, not officers.
package enum LoginRuleFile {
    package static var json: [UInt8] { PackageResources.login_json }
}
