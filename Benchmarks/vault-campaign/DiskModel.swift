/// A disk that is told each change of a trace, and knows which of them a power cut may undo.
///
/// What a file holds is durable once the file has been synchronised, a name once its folder has been: stricter
/// than the file systems that we run on, where synchronising any file brings older names along (ext4's journal).
/// Both are modelled.
struct DiskModel {
    /// What lies on a disk.
    struct Image: Hashable {
        fileprivate(set) var names: [String: Int] = [:]
        fileprivate(set) var folders: Set<String> = []
        fileprivate(set) var contents: [Int: [UInt8]] = [:]

        /// The files that can be reached, by their names.
        var files: [String: [UInt8]] {
            var found: [String: [UInt8]] = [:]
            for (name, file) in names where isReachable(name) { found[name] = contents[file] ?? [] }
            return found
        }

        /// To tell one state from another.
        var fingerprint: Int {
            var hasher = Hasher()
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
                hasher.combine(name)
                hasher.combine(bytes.count)
                bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
            }
            hasher.combine(folders)
            return hasher.finalize()
        }

        private func isReachable(_ name: String) -> Bool {
            let folder = DiskModel.folder(of: name)
            return folder.isEmpty || folders.contains(folder)
        }
    }

    /// A change that is not durable yet.
    struct Pending {
        enum Change {
            case create(String, Int)
            case rename(String, String)
            case remove(String)
            case makeFolder(String)
            case write(Int, offset: Int, [UInt8])
            case resize(Int, Int)
        }

        var change: Change
        /// A synchronisation of something else came behind it: a journal has it.
        fileprivate(set) var isJournalled = false

        /// Whether it changes a folder rather than a file.
        var isName: Bool {
            switch change {
            case .create, .rename, .remove, .makeFolder: true
            case .write, .resize: false
            }
        }
    }

    private(set) var durable = Image()
    private(set) var pending: [Pending] = []
    private var names: [String: Int] = [:]
    private var handles: [UInt32: Int] = [:]
    private var lastFile = 0

    /// Starts from a folder that lies on the disk.
    init(files: [String: [UInt8]] = [:]) {
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            lastFile += 1
            durable.names[name] = lastFile
            durable.contents[lastFile] = bytes
            if !Self.folder(of: name).isEmpty { durable.folders.insert(Self.folder(of: name)) }
        }
        names = durable.names
    }

    /// Takes the next change.
    mutating func apply(_ traced: TracedChange) {
        switch traced.kind {
        case .mark: break
        case .open: open(traced)
        case .write: add(.write(file(of: traced), offset: traced.offset, traced.data))
        case .truncate: add(.resize(file(of: traced), traced.offset))
        case .rename:
            names[traced.second] = names.removeValue(forKey: traced.name)
            add(.rename(traced.name, traced.second))
        case .remove:
            names[traced.name] = nil
            add(.remove(traced.name))
        case .makeFolder: add(.makeFolder(traced.name))
        case .sync: synchronise(file(of: traced))
        case .syncFolder: synchronise(folder: traced.name)
        }
    }

    /// What lies there with only those changes that are kept, in their order.
    func image(keeping isKept: (Int, Pending) -> Bool) -> Image {
        var image = durable
        for (index, change) in pending.enumerated() where isKept(index, change) { image.apply(change.change) }
        return image
    }

    /// What lies there when a file's length reached the disk and its bytes did not: zeros.
    func imageWithHoles() -> Image {
        var image = durable
        for change in pending {
            guard case .write(let file, let offset, let bytes) = change.change else {
                image.apply(change.change)
                continue
            }
            let size = image.contents[file]?.count ?? 0
            if offset + bytes.count > size { image.apply(.resize(file, offset + bytes.count)) }
        }
        return image
    }

    /// The same with only the first bytes of the last change, which must be a write.
    func tearing(to count: Int) -> DiskModel {
        var torn = self
        guard let last = pending.last, case .write(let file, let offset, let bytes) = last.change else { return torn }
        torn.pending[pending.count - 1].change = .write(file, offset: offset, Array(bytes.prefix(count)))
        return torn
    }

    fileprivate static func folder(of name: String) -> String {
        name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }

    private func file(of traced: TracedChange) -> Int { handles[traced.handle] ?? 0 }

    private mutating func add(_ change: Pending.Change) { pending.append(Pending(change: change)) }

    private mutating func open(_ traced: TracedChange) {
        if let known = names[traced.name] {
            handles[traced.handle] = known
            if traced.offset & 1 != 0 { add(.resize(known, 0)) }
        } else {
            lastFile += 1
            names[traced.name] = lastFile
            handles[traced.handle] = lastFile
            add(.create(traced.name, lastFile))
        }
    }

    private mutating func synchronise(_ file: Int) {
        settle { pending in
            switch pending.change {
            case .write(file, _, _), .resize(file, _): true
            default: false
            }
        }
    }

    private mutating func synchronise(folder: String) {
        settle { pending in
            switch pending.change {
            case .create(let name, _), .rename(_, let name), .remove(let name), .makeFolder(let name):
                Self.folder(of: name) == folder
            case .write, .resize: false
            }
        }
    }

    private mutating func settle(_ isSettled: (Pending) -> Bool) {
        for change in pending where isSettled(change) { durable.apply(change.change) }
        pending.removeAll(where: isSettled)
        for index in pending.indices { pending[index].isJournalled = true }
    }
}

extension DiskModel.Image {
    fileprivate mutating func apply(_ change: DiskModel.Pending.Change) {
        switch change {
        case .create(let name, let file):
            names[name] = file
            contents[file, default: []] += []
        case .rename(let from, let to): if let file = names.removeValue(forKey: from) { names[to] = file }
        case .remove(let name): names[name] = nil
        case .makeFolder(let name): folders.insert(name)
        case .write(let file, let offset, let bytes):
            var content = contents.removeValue(forKey: file) ?? []
            if content.count < offset { content += [UInt8](repeating: 0, count: offset - content.count) }
            content.replaceSubrange(offset..<min(content.count, offset + bytes.count), with: bytes)
            contents[file] = content
        case .resize(let file, let size):
            var content = contents.removeValue(forKey: file) ?? []
            if content.count > size {
                content.removeLast(content.count - size)
            } else {
                content += [UInt8](repeating: 0, count: size - content.count)
            }
            contents[file] = content
        }
    }
}
