/// What a test may ask of an emulated pad after a driver has let go of it.
package struct PadTraces: Hashable, Sendable {
    /// Touching samples that the screen still shows.
    package let inkOnScreen: Int
    package let isInking: Bool
    package let optionMode: UInt8
    package let isOpen: Bool
    /// Feature reports and reads so far.
    package let transfers: Int
    /// Input reports so far.
    package let reports: Int

    /// The next person finds nothing.
    package var isClean: Bool { inkOnScreen == 0 && !isInking && optionMode == 0 && !isOpen }
}
