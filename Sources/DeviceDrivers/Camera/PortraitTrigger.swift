/// When a camera's frame becomes the portrait.
package enum PortraitTrigger: Hashable, Sendable {
    /// When the officer presses the shutter.
    case shutter
    /// By itself, after so many frames: exposure and white balance need the first of them.
    case afterFrames(Int)
    /// At once: the frame is a picture file, and reading it again will not make it better.
    case pictureFile

    func isDue(after frames: Int) -> Bool {
        switch self {
        case .shutter: false
        case .afterFrames(let count): frames > count
        case .pictureFile: true
        }
    }

    /// How many frames in a row may be damaged: about a second of them, and no file.
    var unreadableLimit: Int { self == .pictureFile ? 0 : 30 }
}
