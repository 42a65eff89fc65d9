import EnrolmentCore
import PacketFormat

#if canImport(Glibc)
    import Glibc
#endif

/// A stick as `PacketStickLayout` describes it, read by someone who trusts nothing on it. Its calls block.
struct StickFolder: Sendable {
    let path: String

    /// - Parameter path: the stick, or the folder of this program on it.
    init(_ path: String) throws {
        let inside = "\(path)/\(PacketStickLayout.folder)"
        let isInside = path.split(separator: "/").last.map(String.init) == PacketStickLayout.folder
        guard PrivateFile.exists(inside) || isInside else {
            throw CentralError(
                .unreadable, "\(path) has no folder \(PacketStickLayout.folder)",
                hint: "Give the stick that loket queue export wrote.")
        }
        self.path = PrivateFile.exists(inside) ? inside : path
    }

    /// One folder a kit.
    func kitFolders() throws -> [String] {
        try Self.names(in: path).filter { name in
            var information = stat()
            return lstat("\(path)/\(name)", &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
        }
    }

    /// The packets of which a file or a manifest is there.
    func packets(in folder: String) throws -> [PacketID] {
        let names = try Self.names(in: "\(path)/\(folder)")
        return Set(
            names.compactMap { name in
                for suffix in [".manifest.jws", ".age"] where name.hasSuffix(suffix) {
                    return PacketID(String(name.dropLast(suffix.count)))
                }
                return nil
            }
        ).sorted()
    }

    /// The files with seals of closed days, in the order of their numbers.
    func seals(in folder: String) throws -> [String] {
        try Self.names(in: "\(path)/\(folder)").filter(PacketStickLayout.isSeal)
    }

    func file(_ name: String, in folder: String) -> String { "\(path)/\(folder)/\(name)" }

    /// The size of a plain file; nil for anything else.
    static func size(of path: String) -> Int? {
        var information = stat()
        guard lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(information.st_size)
    }

    /// Copies exactly `count` bytes to a new file, and returns when they are on the disk.
    ///
    /// - Returns: False when the source is shorter.
    static func copy(_ source: String, to target: String, count: Int) throws -> Bool {
        // A named pipe in the place of a file must not hold the import up.
        let reading = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard reading >= 0 else { throw PrivateFile.failure(.unreadable, source) }
        let input = AppendableFile(descriptor: reading, path: source)
        let writing = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard writing >= 0 else { throw PrivateFile.failure(.unwritable, target) }
        let output = AppendableFile(descriptor: writing, path: target)
        var done = 0
        while done < count {
            let piece = try input.piece(at: done).prefix(count - done)
            guard !piece.isEmpty else { return false }
            try output.append(Array(piece))
            done += piece.count
        }
        try output.sync()
        return true
    }

    private static func names(in path: String) throws -> [String] {
        guard let directory = opendir(path) else { throw PrivateFile.failure(.unreadable, path) }
        defer { closedir(directory) }
        var names: [String] = []
        while true {
            // Its end and its failure look alike but for this.
            errno = 0
            guard let entry = readdir(directory) else {
                guard errno == 0 else { throw PrivateFile.failure(.unreadable, path) }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
