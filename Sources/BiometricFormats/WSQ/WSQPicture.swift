package import EnrolmentCore

/// A decoded WSQ file: the picture and what the file says about it.
package struct WSQPicture: Hashable, Sendable {
    package let image: GrayImage
    /// With all comments, also those between and behind the blocks.
    package let header: WSQHeader
}
