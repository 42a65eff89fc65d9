/// Takes the next piece of a stream, in order. It throws to stop the one who writes.
package typealias ByteSink = ([UInt8]) throws -> Void

/// Gives the next piece of a stream, nil at its end. A piece may have any length, none included.
package typealias ByteSource = () throws -> [UInt8]?
