/// Why a list of roots was not taken.
package enum TrustListError: Error, Hashable, Sendable {
    /// No JSON of the list's shape; what is wrong, without the content.
    case malformed(String)
    /// A field that this program does not know, so that what it means cannot be honoured.
    case unknownField(String)
    /// A root whose certificate is not the one that its fingerprint names.
    case otherFingerprint(root: String)
    /// A root whose certificate cannot be read, or is no root's, signed by itself.
    case unusableCertificate(root: String)
    /// A list without roots would make every card unknown.
    case empty
    /// Not newer than the one in use: a list never goes back.
    case notNewer(version: Int, than: Int)
}
