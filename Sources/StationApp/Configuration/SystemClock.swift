package import EnrolmentCore
import Foundation
package import OfflineCache

/// The laptop's own clock.
package struct SystemClock: TimekeepingClock {
    package var timekeeping: Timekeeping { .kernel }

    package init() {}

    package func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
