import Foundation

/// A folder for one campaign, for its owner only, gone when the campaign lets go of it.
final class CampaignFolder: Sendable {
    let path: String
    private let keeps: Bool

    /// - Parameters:
    ///   - parent: where to make it; the temporary folder unless told.
    ///   - keeps: leaves it behind, for whoever looks into a failure.
    init(in parent: String? = nil, keeps: Bool = false) throws {
        let parent = parent ?? FileManager.default.temporaryDirectory.path
        path = "\(parent)/vault-campaign-\(UUID().uuidString.lowercased())"
        self.keeps = keeps
        try Self.make(path)
    }

    deinit {
        if !keeps { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Makes a folder below this one.
    func folder(_ name: String) throws -> String {
        try Self.make("\(path)/\(name)")
        return "\(path)/\(name)"
    }

    /// In memory where that is possible: what the campaigns ask is decided by what is synchronised, not by how
    /// long that takes.
    static var inMemory: String? {
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : nil
    }

    private static func make(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
}
