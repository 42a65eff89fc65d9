/// A key on an officer's card, by its public half, and how it signs.
package enum CardKey: Hashable, Sendable {
    /// RSA of 2048 bits with the exponent 65537, signing PKCS#1 v1.5 over SHA-256; the modulus is 256 bytes. Cards
    /// of applet 1.7.
    case rsa2048(modulus: [UInt8])
    /// ECDSA on P-384 over SHA-384; each coordinate is 48 bytes. Cards from applet 1.8.
    case p384(x: [UInt8], y: [UInt8])
}
