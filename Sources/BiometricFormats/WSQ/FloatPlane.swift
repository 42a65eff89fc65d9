/// Numbers in one piece of memory, freed with the last reference.
///
/// An array would do but for its bounds checks, which keep the filter loops from being vectorised.
final class FloatPlane {
    let width: Int
    let height: Int
    let base: UnsafeMutablePointer<Float>

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        base = .allocate(capacity: max(1, width * height))
        base.initialize(repeating: 0, count: max(1, width * height))
    }

    deinit { base.deallocate() }

    func row(_ y: Int) -> UnsafeMutablePointer<Float> { base + y * width }
}
