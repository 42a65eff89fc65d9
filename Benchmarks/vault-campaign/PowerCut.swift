/// One state in which a power cut, or the end of the process, can leave the disk.
struct PowerCut {
    enum Kind: String, CaseIterable {
        /// All that was written is there: the process ended, the machine did not.
        case written
        /// Only what was synchronised is there, each name by its own folder.
        case dropped
        /// The same with a journal that brings older names along (ext4).
        case journalled
        /// Every name is there, and of the files only what was synchronised.
        case namesKept
        /// The same, and the files have their lengths, with zeros.
        case holes
        /// The last write is there in part, with all before it, or with nothing that was not synchronised.
        case torn
        case tornAlone
        /// One change that was not synchronised is there without its neighbours, or they without it.
        case keptAlone
        case droppedAlone
    }

    let kind: Kind
    let image: DiskModel.Image

    /// Changes of one kind that are tried at one point at most, evenly among those that there are.
    private static let most = 16
    /// What a disk writes whole.
    private static let sector = 512

    /// The states behind the last change that `disk` was told.
    static func all(_ disk: DiskModel, after last: TracedChange?, kinds: Set<Kind>) -> [PowerCut] {
        var cuts: [PowerCut] = []
        func add(_ kind: Kind, _ image: @autoclosure () -> DiskModel.Image) {
            if kinds.contains(kind) { cuts.append(PowerCut(kind: kind, image: image())) }
        }
        add(.written, disk.image { _, _ in true })
        add(.dropped, disk.image { _, _ in false })
        add(.journalled, disk.image { _, change in change.isJournalled && change.isName })
        add(.namesKept, disk.image { _, change in change.isName })
        add(.holes, disk.imageWithHoles())
        if let last, last.kind == .write {
            for count in cutPoints(last.data.count) {
                let torn = disk.tearing(to: count)
                add(.torn, torn.image { _, _ in true })
                add(.tornAlone, torn.image { index, change in change.isName || index == disk.pending.count - 1 })
            }
        }
        for alone in some(Array(disk.pending.indices)) {
            add(.keptAlone, disk.image { index, change in index == alone || (change.isName && change.isJournalled) })
            add(.droppedAlone, disk.image { index, _ in index != alone })
        }
        return cuts
    }

    /// A half, a third, and every sector.
    private static func cutPoints(_ count: Int) -> [Int] {
        Set([count / 2, count / 3] + some(Array(stride(from: sector, to: count, by: sector)))).filter { $0 > 0 }
            .sorted()
    }

    private static func some(_ all: [Int]) -> [Int] {
        guard all.count > most else { return all }
        return (0..<most).map { all[$0 * all.count / most] }
    }
}
