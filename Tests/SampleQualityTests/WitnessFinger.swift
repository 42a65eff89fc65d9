import BiometricFormats
import EnrolmentCore
import Foundation

/// Pictures of real fingers that are no part of this project.
enum WitnessFinger {
    static let folder: URL = {
        let named = ProcessInfo.processInfo.environment["LOKET_WITNESS"].map { URL(filePath: $0) }
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (named ?? package.appending(path: "../shared/witness")).appending(path: "fingers")
    }()

    static var isPresent: Bool {
        ["p1_1", "p1_2", "p2_1"].allSatisfy {
            FileManager.default.fileExists(atPath: folder.appending(path: "\($0).png").path(percentEncoded: false))
        }
    }
}

extension WitnessFinger {
    /// At 500 pixels an inch, dark ridges on white.
    static func picture(_ name: String) throws -> GrayImage {
        try PNGCodec().decodeGray([UInt8](Data(contentsOf: folder.appending(path: "\(name).png"))))
    }
}
